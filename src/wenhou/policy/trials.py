"""One household asked many times with one fact changed: only what rests on the fact is reckoned anew."""

from collections.abc import Iterable
from functools import lru_cache

from wenhou.engine import nodes, subjects, units
from wenhou.engine.declared import Fact
from wenhou.engine.nodes import Value
from wenhou.engine.plan import Plan
from wenhou.engine.subjects import READ, Rows, Subject
from wenhou.policy.asking.levers import Lever


class Trial:
    """The rows of a question, read once."""

    def __init__(self, plan: Plan, rows: Rows) -> None:
        self._plan = plan
        self._world = subjects.world(plan, rows)
        self._everybody = [*self._world.households.values(), *self._world.persons.values()]

    def holds(self, names: Iterable[tuple[str, int]], lever: Lever, value: Value) -> bool:
        """Whether one of these (name, key) would be yes, if the fact of somebody were another."""
        holder, known = self._subject(lever.entity, lever.key), self._plan.book[lever.name]
        assert isinstance(known, Fact)
        before = holder.given
        holder.given = {**before, lever.name: READ[units.storage(known.unit)](value)}
        affected = resting_on(self._plan, lever.name)
        self._forget(affected)
        try:
            return any(
                self._subject(self._plan.trees[name][0], key)[name].value is True for name, key in names
            )
        finally:
            holder.given = before
            self._forget(affected)

    def _subject(self, entity: str, key: int) -> Subject:
        return self._world.households[key] if entity == "household" else self._world.persons[key]

    def _forget(self, names: frozenset[str]) -> None:
        for one in self._everybody:
            for name in names & one.keys():
                del one[name]


@lru_cache(maxsize=4096)
def resting_on(plan: Plan, name: str) -> frozenset[str]:
    """A fact and every rule of a plan that rests on it, at any depth."""
    found = {name}
    for rule, (_, tree) in plan.trees.items():  # each after those it rests on
        if not found.isdisjoint(nodes.names(tree)):
            found.add(rule)
    return frozenset(found)
