"""What each source promises, read from `contracts/<source>/<code>/contract.yaml`: fields, types, code tables, keys,
sensitivity, refresh. Pure: no settings, no database.
"""

import csv
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from wenhou.base.errors import Refused
from wenhou.base.money import format_yuan
from wenhou.lake.schema import Column, Table

FOLDER = Path(__file__).resolve().parents[3] / "contracts"
FIRST = ("DI01", "DI02", "DI04", "SA-AUTH")
"""Loaded before the others: keys follow the residence records, and authorisations must be known."""

_TYPE = re.compile(r"(id|text|code|enum|date|month|year|int|money|num|bool|json)(?:\((\d+)\))?")
_STORED = {
    "id": "BIGINT",
    "date": "DATE",
    "month": "DATE",
    "year": "INTEGER",
    "int": "BIGINT",
    "money": "BIGINT",
    "bool": "BOOLEAN",
}


@dataclass(frozen=True)
class Field:
    """One column of a delivery. `size` is text's most characters, code's exact length, num's most decimals."""

    name: str
    label: str
    kind: str
    size: int | None = None
    required: bool = True
    values: tuple[str, ...] = ()
    codes: str | None = None
    pattern: str | None = None
    minimum: int | None = None
    maximum: int | None = None
    sensitive: bool = False
    holds_identity: bool = False
    """May hold an identity number among other words: the lake gets the person key in its place."""
    note: str = ""

    @property
    def stored(self) -> str:
        """The DuckDB type in the lake."""
        return f"DECIMAL(18,{self.size})" if self.kind == "num" else _STORED.get(self.kind, "VARCHAR")

    @property
    def allowed(self) -> tuple[str, ...]:
        """What an enum or a code may be; empty where anything of the form goes."""
        return tuple(code_table(self.codes)) if self.codes else self.values

    def text(self, said: Any) -> str:
        """A value of the lake as people read it: yuan, words instead of codes."""
        if said is None:
            return "空"
        if isinstance(said, bool):
            return "是" if said else "否"
        if self.kind == "money":
            return f"{format_yuan(int(said))}元"
        if self.codes:
            return code_table(self.codes).get(str(said), str(said))
        if self.kind == "month":
            return str(said)[:7]
        return said.isoformat() if isinstance(said, date) else str(said)


@dataclass(frozen=True)
class Contract:
    """What one source promises for one item."""

    code: str
    title: str
    department: str
    category: str
    source: str
    key: tuple[str, ...]
    refresh: str
    late_after_days: int | None
    sensitivity: str
    authorisation: bool
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field:
        return next(field for field in self.fields if field.name == name)

    @property
    def table(self) -> Table:
        """How the lake keeps it."""
        columns = tuple(Column(field.name, field.stored) for field in self.fields)
        return Table(self.code, columns, self.key)

    @property
    def folder(self) -> Path:
        """Where its declaration and its examples lie."""
        return FOLDER / self.source / self.code


@cache
def contract(code: str) -> Contract:
    """The contract of that code, e.g. contract("DI31"). Raises Refused."""
    path = _paths().get(code)
    if path is None:
        raise Refused(f"没有编号为“{code[:12]}”的数据契约。")
    told: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    fields = tuple(_field(name, said) for name, said in told["fields"].items())
    contract = Contract(
        code=told["code"],
        title=told["title"],
        department=told["department"],
        category=told["category"],
        source=path.parent.parent.name,
        key=tuple(told["key"]),
        refresh=told["refresh"],
        late_after_days=told["late_after_days"],
        sensitivity=told["sensitivity"],
        authorisation=told["authorisation"],
        fields=fields,
    )
    _check(contract, code)
    return contract


@cache
def all_contracts() -> tuple[Contract, ...]:
    """Every declared contract, by code: DI01 … DI48, SA-ALERT …"""
    return tuple(contract(code) for code in sorted(_paths()))


def tables() -> tuple[Table, ...]:
    """Every contract as the lake keeps it: `lake.store.views(connection, contracts.tables())`."""
    return tuple(contract.table for contract in all_contracts())


@cache
def code_table(name: str) -> dict[str, str]:
    """Code → label of contracts/codes/<name>.csv."""
    with (FOLDER / "codes" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return {row["code"]: row["label"] for row in csv.DictReader(lines)}


def load_order(code: str) -> tuple[int, str]:
    """Sorts contracts as a folder of deliveries is loaded."""
    return (FIRST.index(code) if code in FIRST else len(FIRST), code)


@cache
def _paths() -> dict[str, Path]:
    return {path.parent.name: path for path in FOLDER.glob("*/*/contract.yaml")}


def _field(name: str, said: dict[str, Any]) -> Field:
    kind = _TYPE.fullmatch(said["type"])
    if kind is None:
        raise ValueError(f"{name}: not a type: {said['type']}")
    return Field(
        name=name,
        label=said["label"],
        kind=kind[1],
        size=int(kind[2]) if kind[2] else None,
        required=said.get("required", True),
        values=tuple(said.get("values", ())),
        codes=said.get("codes"),
        pattern=said.get("pattern"),
        minimum=said.get("min"),
        maximum=said.get("max"),
        sensitive=said.get("sensitive", False),
        holds_identity=said["holds_identity"] if _has_room(kind[1], kind[2]) else False,
        note=said.get("note", ""),
    )


def _has_room(kind: str, size: str | None) -> bool:
    """Whether an identity number fits in: such a field has to say whether it may hold one."""
    return kind == "json" or (kind in ("text", "code") and int(size or 0) >= 18)


def _check(contract: Contract, code: str) -> None:
    names = [field.name for field in contract.fields]
    if contract.code != code or any(not contract.field(name).required for name in contract.key):
        raise ValueError(f"{code}: its code is its folder's name, and what is in a key is required")
    for field in contract.fields:
        if field.kind == "enum" and not field.allowed:
            raise ValueError(f"{code}.{field.name}: an enum says its values")
    if len(set(names)) != len(names):
        raise ValueError(f"{code}: a field is named twice")
