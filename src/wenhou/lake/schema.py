"""The shape of a contract's rows as the lake keeps them. Told by `exchange`; the lake knows no contract of its own."""

import re
from dataclasses import dataclass

PERSON_KEYS = (
    "id_no",
    "father_id",
    "mother_id",
    "spouse_id",
    "guardian_id",
    "newborn_id",
    "deceased_id",
    "applicant_id",
    "subject_id",
    "carer_id",
)
"""Columns that hold an identity number in a delivery and a BIGINT person key in the lake."""

_NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Column:
    """A column and its DuckDB type, e.g. Column("self_pay", "BIGINT")."""

    name: str
    type: str

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise ValueError(f"not a column name: {self.name!r}")


@dataclass(frozen=True)
class Table:
    """A contract's columns and the key whose latest row wins. `delivery` and `line` come on top."""

    contract: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def view(self) -> str:
        """'DI31' → 'di31', 'SA-ARCH' → 'sa_arch'."""
        return self.contract.lower().replace("-", "_")

    @property
    def stored(self) -> tuple[Column, ...]:
        """Every column of the Parquet file."""
        return (*self.columns, Column("delivery", "BIGINT"), Column("line", "BIGINT"))

    @property
    def person_columns(self) -> tuple[str, ...]:
        """The columns that hold person keys, in the contract's order."""
        return tuple(column.name for column in self.columns if column.name in PERSON_KEYS)

    @property
    def sort_order(self) -> tuple[str, ...]:
        """Sorted by the first person key, so that counties and households stay together; else by the key."""
        return tuple(dict.fromkeys((*self.person_columns[:1], *self.key)))


def literal(text: str) -> str:
    """Text as an SQL literal, for the places where DuckDB takes no parameter."""
    return "'" + text.replace("'", "''") + "'"
