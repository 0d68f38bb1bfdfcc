"""Whom a row names: in columns of person keys, within a text, by the number of a case or of a register's household."""

from collections.abc import Iterable

from wenhou.lake.schema import Table

WITHIN = {"SA-ALERT": ("subject",), "SA-ARCH": ("supporters",)}
"""Texts in which a person key stands, written p123."""
PEOPLE, HOMES, CASES, NUMBERS = "near_people", "near_homes", "near_cases", "near_numbers"
"""Tables of those asked about: person; household; case_no; county and household_no."""
_KEYS = "cast(unnest(regexp_extract_all({text}, '\\bp(\\d+)\\b', 1)) as bigint)"


def has(table: Table, *names: str) -> bool:
    there = {column.name for column in table.columns}
    return there.issuperset(names)


def is_numbered(table: Table) -> bool:
    """Whether rows name a household of the register by its number there."""
    return table.contract.startswith("SA-") and has(table, "household_no", "division_code")


def names_several(table: Table) -> bool:
    """Whether one row may name more than one person."""
    return len(table.person_columns) + len(WITHIN.get(table.contract, ())) > 1


def people(table: Table, rows: str) -> str:
    """SQL of every person that rows name, once each."""
    parts = [f'select "{name}" as person from ({rows})' for name in table.person_columns]
    parts += [f"select {_KEYS.format(text=name)} as person from ({rows})" for name in _texts(table)]
    told = " union all ".join(parts) or "select null::bigint as person where false"
    return f"select distinct person from ({told}) where person is not null"


def cases(table: Table, rows: str) -> str:
    return f"select distinct case_no from ({rows}) where case_no is not null"


def numbers(rows: str) -> str:
    """SQL of the register's households that rows name: county, household_no."""
    return f"select distinct substr(division_code, 1, 6) as county, household_no from ({rows})"


def match(table: Table) -> str:
    """SQL condition: a row names somebody of the tables of those asked about. A table of places is read whole."""
    by = [f'"{name}" in (select person from {PEOPLE})' for name in table.person_columns]
    by += [_within(name) for name in _texts(table)]
    if has(table, "case_no"):
        by.append(f"case_no in (select case_no from {CASES})")
    if is_numbered(table):
        number = "(substr(division_code, 1, 6), household_no)"
        by.append(f"{number} in (select (county, household_no) from {NUMBERS})")
    return " or ".join(by) or "true"


def _texts(table: Table) -> Iterable[str]:
    return WITHIN.get(table.contract, ())


def _within(text: str) -> str:
    """Each key by itself looked up in the table: a list of everybody would be gone through for every row."""
    keys = f"select {_KEYS.format(text=text)} as named"
    return f"exists (select 1 from ({keys}) where named in (select person from {PEOPLE}))"
