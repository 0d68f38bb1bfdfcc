"""Whose answers may be others once somebody is touched, and whose rows decide those: as far as the formulas look."""

from collections.abc import Collection, Iterable

import duckdb

from wenhou.engine import reach
from wenhou.engine.plan import Plan
from wenhou.engine.reach import Path
from wenhou.linkage.touched import HOMES, TOUCHED
from wenhou.linkage.whole import SCHEMA

NEAR = "asked_near"
ANSWERED = {"person": "asked_persons", "household": "asked_households"}
"""Tables of the keys whose answers are given anew."""
_KIN = "asked_kin"


def choose(connection: duckdb.DuckDBPyConnection, plan: Plan, *, changed: Collection[str] | None) -> None:
    """Fill the tables ANSWERED and NEAR from those touched. changed: facts that may be others; None is all of them, and
    who is whose kin."""
    run, people, homes = connection.execute, ANSWERED["person"], ANSWERED["household"]
    answers = (*plan.persons, *plan.households)
    kin = ", ".join(("person", "household", *plan.links))
    run(f"create temp table {_KIN} as select {kin} from {SCHEMA}.people")
    steps = _Steps(connection, plan)
    steps.walk(people, f"select person from {TOUCHED}", reach.paths(plan, answers, to=changed), back=True)
    run(
        f"create temp table {homes} as select household from {HOMES} union"
        f" select household from {_KIN} semi join {people} using (person) where household is not null"
    )
    near = (
        f"select person from {_KIN} where person in (select person from {people})"
        f" or household in (select household from {homes})"
    )
    steps.walk(NEAR, near, reach.paths(plan, answers), back=False)
    run(f"drop table {_KIN}")


class _Steps:
    """Going along links, everybody who lives with whom is reached included."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
        self._run = connection.execute
        self._turned = {link.name: link.inverse_of for link in plan.book.links if link.inverse_of}

    def walk(self, table: str, start: str, paths: Iterable[Path], *, back: bool) -> None:
        """Make a table of the persons at the start and of whoever is reached; back: from the end of the paths."""
        ways = {tuple(reversed(path)) if back else path for path in paths}
        made: dict[Path, str] = {(): f"{table}_0"}
        self._run(f"create temp table {made[()]} as {start}")
        begun = {one[:length] for one in ways for length in range(1, len(one) + 1)}
        for way in sorted(begun, key=len):
            made[way] = f"{table}_{len(made)}"
            self._step(made[way], made[way[:-1]], way[-1], back=back)
        every = " union ".join(f"select person from {one}" for one in made.values())
        self._run(f"create temp table {table} as {every}")
        for one in made.values():
            self._run(f"drop table {one}")

    def _step(self, table: str, origin: str, step: str, *, back: bool) -> None:
        turned = self._turned.get(step, ())
        links, to_kin = (turned, back) if turned else ((step,), not back)
        reached = " union ".join(
            f"select {link} as person from {_KIN} semi join {origin} using (person)"
            if to_kin
            else f"select person from {_KIN} where {link} in (select person from {origin})"
            for link in links
        )
        self._run(
            f"create temp table {table} as with reached as ({reached}),"
            f" homes as (select household from {_KIN} semi join reached using (person))"
            f" select person from {_KIN} where person in (select person from reached)"
            " or household in (select household from homes where household is not null)"
        )
