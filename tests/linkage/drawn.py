"""One person's facts from a few rows, for tests of fills."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from wenhou.linkage.case_tables import case_tables

DAY = date(2026, 10, 31)
PLACE = "640104001001"
HOME = {"household": 10, "division": PLACE, "hukou_county": "640104", "urban_rural": "城市"}


def somebody(key: int = 1, **fields: Any) -> dict[str, Any]:
    return {
        "person": key,
        "household": 10,
        "birth_date": date(1980, 1, 1),
        "hukou_division": PLACE,
    } | fields


def facts_of(
    *wanted: str,
    rows: Mapping[str, Sequence[Mapping[str, Any]]],
    people: Sequence[Mapping[str, Any]] | None = None,
    coverage: Any = None,
    as_of: date = DAY,
    person: int = 1,
    home: Mapping[str, Any] = HOME,
    people_asked: bool = False,
) -> dict[str, Any]:
    """The facts wanted of a person, or of the household where they are a household's."""
    known = people or [somebody()]
    tables = case_tables(
        rows,
        people=known,
        households=[home],
        coverage=coverage,
        as_of=as_of,
        wanted=wanted,
        people_asked=people_asked,
    )
    told: dict[str, Any] = {}
    for table, key, value in (
        (tables.persons, "person", person),
        (tables.households, "household", home["household"]),
    ):
        if set(wanted) & set(table.columns):
            (row,) = [row for row in table.to_pyarrow().to_pylist() if row[key] == value]
            told |= row
    return {name: told[name] for name in wanted}
