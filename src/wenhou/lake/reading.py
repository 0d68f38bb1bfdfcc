"""SQL that reads a contract's rows from parts, with the keys of people who were found to be one read as one."""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from wenhou.lake import files, parquet
from wenhou.lake.models import SamePerson
from wenhou.lake.schema import Table

Same = Mapping[int, int]
"""Absorbed person key → the key it is read as."""
AS_SAID: Same = {}


class Lying(Protocol):
    """A part by where its file lies."""

    @property
    def path(self) -> str:
        """Relative to the lake."""


def same_people() -> Same:
    """Whose keys are read as another's today."""
    return dict(SamePerson.objects.values_list("absorbed", "kept"))


def all_rows(table: Table, parts: Sequence[Lying], *, same: Same | None = None) -> str:
    """SQL for every row of these parts; none gives no rows of the right types. same: as today, unless given."""
    columns = ", ".join(f'"{column.name}"' for column in table.stored)
    if not parts:
        typed = ", ".join(f'cast(null as {column.type}) as "{column.name}"' for column in table.stored)
        return f"select {typed} where false"
    rows = f"select {columns} from {parquet.file(*(files.root() / part.path for part in parts))}"
    return as_one(rows, table.person_columns, same_people() if same is None else same)


def as_one(rows: str, persons: Sequence[str], same: Same) -> str:
    """SQL for rows with absorbed keys replaced in their columns of persons.

    Rows that name nobody absorbed are read by themselves, so that what is asked of them still reaches the file.
    """
    if not same or not persons:
        return rows
    keys, kept = _listed(same), _listed(same.values())
    concerned = " or ".join(_among(name, same) for name in persons)
    read = ", ".join(f'coalesce(map([{keys}], [{kept}])["{name}"], "{name}") as "{name}"' for name in persons)
    return (
        f"select * from (select * from ({rows}) where not ({concerned})"
        f" union all select * replace ({read}) from ({rows}) where {concerned})"
    )


def latest_rows(
    table: Table, parts: Sequence[Lying], *, among: str | None = None, same: Same | None = None
) -> str:
    """SQL for the latest row per key. One part holds each key once already, so it is read as it lies, but for the rows of
    people who were found to be one.

    among: SQL of the keys that are wanted alone. same: as today, unless given.
    """
    same = same_people() if same is None else same
    rows = all_rows(table, parts, same=same)
    key = ", ".join(f'"{name}"' for name in table.key)
    if among is not None:
        rows = f"select * from ({rows}) semi join ({among}) using ({key})"
    latest = f"qualify row_number() over (partition by {key} order by delivery desc, line desc) = 1"
    if len(parts) > 1:
        return f"select * from ({rows}) {latest}"
    persons = [name for name in table.person_columns if name in table.key]
    if not same or not persons or not parts:
        return rows
    concerned = " or ".join(_among(name, set(same.values())) for name in persons)
    return (
        f"select * from (select * from ({rows}) where not ({concerned})"
        f" union all select * from ({rows}) where {concerned} {latest})"
    )


def _among(name: str, keys: Collection[int]) -> str:
    return f'coalesce("{name}" in ({_listed(keys)}), false)'


def _listed(keys: Collection[int]) -> str:
    return ", ".join(str(int(key)) for key in keys)
