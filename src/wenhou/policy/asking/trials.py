"""One household asked many times with a fact or two changed: only what rests on them is reckoned anew."""

from collections.abc import Iterable, Mapping
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

    def first(
        self, names: Iterable[tuple[str, int]], changed: Mapping[Lever, Value]
    ) -> tuple[str, int] | None:
        """The first of these (name, key) that would be yes, if facts were others; None where none would."""
        holders = {(at.entity, at.key): self._subject(at.entity, at.key) for at in changed}
        before = [(one, one.given) for one in holders.values()]
        affected = frozenset[str]().union(*(resting_on(self._plan, at.name) for at in changed))
        for at, value in changed.items():
            holder, known = holders[at.entity, at.key], self._plan.book[at.name]
            assert isinstance(known, Fact)
            holder.given = {**holder.given, at.name: READ[units.storage(known.unit)](value)}
        self._forget(affected)
        try:
            return next((one for one in names if self._is_yes(*one)), None)
        finally:
            for holder, given in before:
                holder.given = given
            self._forget(affected)

    def _is_yes(self, name: str, key: int) -> bool:
        return self._subject(self._plan.trees[name][0], key)[name].value is True

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
