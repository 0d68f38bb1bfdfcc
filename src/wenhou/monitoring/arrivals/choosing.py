"""Whose answers may be others once somebody is touched, and whose rows decide those: as far as the formulas look."""

from collections.abc import Collection, Iterable, Mapping

import duckdb

from wenhou.engine import reach
from wenhou.engine.plan import Plan
from wenhou.engine.reach import HOME, MEMBERS, Path
from wenhou.linkage.touched import HOMES, TOUCHED
from wenhou.linkage.whole import SCHEMA

NEAR = "asked_near"
ANSWERED = {"person": "asked_persons", "household": "asked_households"}
"""Tables of the keys whose answers are given anew."""
_TOUCHED = {"person": TOUCHED, "household": HOMES}
_KIN = "asked_kin"


def choose(connection: duckdb.DuckDBPyConnection, plan: Plan, *, changed: Collection[str] | None) -> None:
    """Fill the tables ANSWERED and NEAR from those touched. changed: facts that may be others; None is all of them, and
    who is whose kin."""
    steps = _Steps(connection, plan)
    told = {"person": plan.persons, "household": plan.households}
    asked: dict[str, list[str]] = {entity: [table] for entity, table in _TOUCHED.items()}
    for entity, names in told.items():
        ways = reach.paths(plan, entity, names, to=changed)
        asked[entity] += [steps.back(_TOUCHED, entity, way) for way in sorted(ways)]
    people, homes = ANSWERED["person"], ANSWERED["household"]
    steps.gather(people, "person", asked["person"])
    asked["household"].append(steps.forward({"person": people}, "person", (HOME,)))
    steps.gather(homes, "household", asked["household"])
    near: dict[str, list[str]] = {"person": [people], "household": [homes]}
    for entity, names in told.items():
        for way in sorted(reach.paths(plan, entity, names)):
            near[_end(entity, way)].append(steps.forward(ANSWERED, entity, way))
    steps.gather("near_reached", "person", near["person"])
    near["household"].append(steps.forward({"person": "near_reached"}, "person", (HOME,)))
    steps.gather("near_reached_homes", "household", near["household"])
    near["person"].append(steps.forward({"household": "near_reached_homes"}, "household", (MEMBERS,)))
    steps.gather(NEAR, "person", near["person"])
    connection.execute(f"delete from {NEAR} where person not in (select person from {_KIN})")


def _end(entity: str, way: Path) -> str:
    """Whether a way that begins at a person or a household ends at one."""
    return entity if not way else "household" if way[-1] == HOME else "person"


class _Steps:
    """Going along links, and between people and their households; where several ways begin alike, once."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
        self._run = connection.execute
        self._turned = {link.name: link.inverse_of for link in plan.book.links if link.inverse_of}
        self._made: dict[tuple[str, str, Path], str] = {}
        kin = ", ".join(("person", "household", *plan.links))
        self._run(f"create temp table {_KIN} as select {kin} from {SCHEMA}.people")

    def forward(self, start: Mapping[str, str], entity: str, way: Path) -> str:
        """Where a way leads that begins at the entity's table of `start`."""
        return self._walked(start[entity], way, f">{entity}", back=False)

    def back(self, start: Mapping[str, str], entity: str, way: Path) -> str:
        """From where a way of the entity leads that ends in its table of `start`."""
        end = _end(entity, way)
        return self._walked(start[end], tuple(reversed(way)), f"<{end}", back=True)

    def _walked(self, start: str, way: Path, how: str, *, back: bool) -> str:
        if not way:
            return start
        key = (start, how, way)
        if key not in self._made:
            origin = self._walked(start, way[:-1], how, back=back)
            self._made[key] = table = f"asked_way_{len(self._made)}"
            self._run(f"create temp table {table} as {self._step(origin, way[-1], back=back)}")
        return self._made[key]

    def _step(self, origin: str, step: str, *, back: bool) -> str:
        if step in (HOME, MEMBERS):
            if (step == HOME) != back:
                return f"select distinct household from {_KIN} semi join {origin} using (person) where household is not null"
            return f"select person from {_KIN} semi join {origin} using (household)"
        turned = self._turned.get(step, ())
        links, to_kin = (turned, back) if turned else ((step,), not back)
        return " union ".join(
            f"select {link} as person from {_KIN} semi join {origin} using (person) where {link} is not null"
            if to_kin
            else f"select person from {_KIN} where {link} in (select person from {origin})"
            for link in links
        )

    def gather(self, table: str, key: str, several: Iterable[str]) -> None:
        """Make a table of every key of several."""
        every = " union ".join(f"select {key} from {one}" for one in dict.fromkeys(several))
        self._run(f"create temp table {table} as {every}")
