"""The rows that decide the answers of a few subjects: their households, and whoever links lead to and from."""

from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from wenhou.engine.plan import Plan
from wenhou.engine.run import Rows
from wenhou.monitoring.verdicts import HOUSEHOLDS, PERSONS, Verdicts

_HOUSEMATES = f"""
select person from {PERSONS}
where household in (select household from {PERSONS} join near using (person) where household is not null)
"""


def rows(verdicts: Verdicts, plan: Plan, *, households: Iterable[int], persons: Iterable[int]) -> Rows:
    """Input rows for `engine.run.one`. persons: those who belong to no household."""
    members = f"select person from {PERSONS} where household in (select unnest($homes))"
    near = set(persons) | _keys(verdicts, members, {"homes": sorted(households)})
    for _ in range(plan.hops):
        near |= _linked(verdicts, plan, near)
    people = _taken(verdicts, plan, "persons", PERSONS, "person", near)
    homes = {row["household"] for row in people if row["household"] is not None}
    houses = _taken(verdicts, plan, "households", HOUSEHOLDS, "household", homes)
    counties = {row["county"] for row in houses}
    needed = plan.needs["standards"]
    standards = [
        {"county": county, **{name: row.get(name) for name in needed}}
        for county, row in verdicts.standards.items()
        if county in counties
    ]
    return Rows(people, houses, standards)


def _linked(verdicts: Verdicts, plan: Plan, near: set[int]) -> set[int]:
    """Those one step away along any link, either way, and who lives with them."""
    steps = [
        f"select {link} as person from {PERSONS} join near using (person) where {link} is not null"
        f" union all select {PERSONS}.person from {PERSONS} join near on {PERSONS}.{link} = near.person"
        for link in plan.links
    ]
    if not steps:
        return set()
    found = near | _with(verdicts, near, " union all ".join(steps))
    return found | _with(verdicts, found, _HOUSEMATES)


def _with(verdicts: Verdicts, near: set[int], query: str) -> set[int]:
    verdicts.connection.register("near", _column("person", near))
    found = _keys(verdicts, query)
    verdicts.connection.unregister("near")
    return found


def _keys(verdicts: Verdicts, query: str, given: dict[str, Any] | None = None) -> set[int]:
    return {row[0] for row in verdicts.connection.execute(query, given or {}).fetchall()}


def _column(name: str, keys: Iterable[int]) -> pa.Table:
    return pa.table({name: pa.array(sorted(keys), pa.int64())})


def _taken(
    verdicts: Verdicts, plan: Plan, table: str, source: str, key: str, keys: set[int]
) -> list[dict[str, Any]]:
    """Rows of an input table by key, with the columns the plan reads."""
    other = "county" if key == "household" else "household"
    there = {row[0] for row in verdicts.connection.table(source).description}
    read = [name for name in plan.needs[table] if name in there and name not in (key, other)]
    columns = ", ".join(f'"{name}"' for name in (key, other, *read))
    verdicts.connection.register("asked", _column(key, keys))
    query = f"select {columns} from {source} join asked using ({key}) order by {key}"
    found = verdicts.connection.execute(query).to_arrow_table().to_pylist()
    verdicts.connection.unregister("asked")
    return found
