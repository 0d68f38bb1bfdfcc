"""Deliveries made up from what the lake holds: rows that come, are corrected, change hands, go, or go to another day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

import pyarrow as pa
from django.db.models import Max

from wenhou.base import clock
from wenhou.exchange import contracts
from wenhou.exchange.contracts import Field
from wenhou.lake import files, store
from wenhou.lake.actions import parts
from wenhou.lake.models import Part
from wenhou.lake.schema import PERSON_KEYS, Table

Row = dict[str, Any]
FIRST = ("id_no", "applicant_id", "subject_id", "mother_id")
"""Columns that hold the person whom the row is made up about; others hold anybody."""
NUMBERS = {
    "division_code": "640104001001",
    "household_no": "D{case}",
    "case_no": "C{case}",
    "subject": "p{key}",
    "term": "2026秋",
}
KINDS = ("more", "corrected", "reassigned", "full", "narrow", "early", "next", "emptied")


@dataclass(frozen=True)
class Sent:
    """A delivery to be: of a contract, in one of the ways of KINDS, about some rows, by chance."""

    contract: str
    kind: str
    rows: int
    seed: int

    def deliver(self) -> None:
        """Write it into the lake as a load would leave it."""
        chance, table = Random(self.seed), contracts.contract(self.contract).table
        held = _held(table)
        some = [dict(row) for row in chance.sample(held, min(self.rows, len(held)))]
        first, last = _period(self.contract)
        division, mode = "640104", "delta"
        match self.kind:
            case "more":
                some = [_new(row, self.contract, chance, at) for at, row in enumerate(some)]
            case "corrected":
                some = [_mended(row, self.contract, chance, held) for row in some]
            case "reassigned":
                some = [_handed(row, table, chance, held) for row in some]
            case "full":
                mode, out = "full", {_key(row, table) for row in some}
                some = [row for row in held if _key(row, table) not in out]
            case "narrow":
                mode, division = "full", "640104001"
                some = [_mended(row, self.contract, chance, held) for row in some]
            case "early":
                first, last = first - timedelta(days=800), first - timedelta(days=1)
            case "next":
                some = [_new(row, self.contract, chance, at) for at, row in enumerate(some)]
                first, last = last + timedelta(days=1), last + timedelta(days=30)
            case "emptied":
                mode, some, first = "full", [], last
        _write(table, some, division=division, period=(first, last), mode=mode)


def invent(contract: str, people: Sequence[int], day: date, chance: Random) -> list[Row]:
    """A row about each, of what the contract allows, around a day."""
    return [
        {field.name: _any(field, key, people, day, chance) for field in contracts.contract(contract).fields}
        for key in people
    ]


def _any(field: Field, key: int, people: Sequence[int], day: date, chance: Random) -> Any:
    """Now and then nothing, where that is allowed."""
    if not field.required and chance.random() < 0.3:
        return None
    match field.kind:
        case "id":
            return key if field.name in FIRST else chance.choice(people)
        case "date":
            return day - timedelta(days=chance.randrange(420))
        case "month":
            return (day - timedelta(days=chance.randrange(420))).replace(day=1)
        case "year":
            return day.year - chance.randrange(2)
        case "bool":
            return chance.random() < 0.5
        case "int" | "money" | "num":
            return chance.choice((0, 1, 3, 90_000, 9_000_000))
        case "json":
            return "{}"
    return _word(field, key, chance)


def _word(field: Field, key: int, chance: Random) -> str:
    if field.name in NUMBERS:
        return NUMBERS[field.name].format(key=key, case=(key + 1) // 2)
    return chance.choice(sorted(field.allowed)) if field.allowed else f"{field.name}-{key}"


def _held(table: Table) -> list[Row]:
    with store.connect(memory="256MB") as connection:
        store.views(connection, [table])
        order = ", ".join(f'"{name}"' for name in (*table.key, "delivery", "line"))
        return list(connection.execute(f"from {table.view} order by {order}").to_arrow_table().to_pylist())


def _period(contract: str) -> tuple[date, date]:
    part = Part.objects.filter(contract=contract).order_by("delivery").first()
    assert part is not None, contract
    return part.period_from, part.period_to


def _key(row: Row, table: Table) -> tuple[Any, ...]:
    return tuple(row[name] for name in table.key)


def _new(row: Row, contract: str, chance: Random, at: int) -> Row:
    """The like of a row under another key."""
    table = contracts.contract(contract).table
    made = dict(row)
    for name in table.key:
        value = made[name]
        if isinstance(value, str):
            made[name] = f"{value}-{chance.randrange(10**6)}-{at}"[-20:] if name.endswith("_no") else value
        elif isinstance(value, date):
            made[name] = value - timedelta(days=chance.randrange(400))
    return made


def _mended(row: Row, contract: str, chance: Random, held: list[Row]) -> Row:
    """The same key with another field or two, of another row or moved."""
    declared = contracts.contract(contract)
    free = [f for f in declared.fields if f.name not in declared.key and f.name not in PERSON_KEYS]
    for field in chance.sample(free, min(2, len(free))):
        row[field.name] = _other(field, row[field.name], chance, held)
    return row


def _other(field: Field, value: Any, chance: Random, held: list[Row]) -> Any:
    if isinstance(value, date) and chance.random() < 0.5:
        return value + timedelta(days=chance.randrange(-400, 400))
    if field.kind == "money" and value and chance.random() < 0.5:
        return value * chance.choice((0, 2, 5, 50))
    return chance.choice(held)[field.name]


def _handed(row: Row, table: Table, chance: Random, held: list[Row]) -> Row:
    """The same key, where it names nobody, and somebody else."""
    for name in table.person_columns:
        if name not in table.key or chance.random() < 0.5:
            row[name] = chance.choice(held)[name]
    return row


def _write(table: Table, rows: list[Row], *, division: str, period: tuple[date, date], mode: str) -> None:
    delivery = (Part.objects.aggregate(last=Max("delivery"))["last"] or 0) + 1
    once = list({_key(row, table): row for row in rows}.values())
    for line, row in enumerate(once, start=2):
        row |= {"delivery": delivery, "line": line}
    with store.connect(memory="256MB") as connection:
        declared = ", ".join(f'"{column.name}" {column.type}' for column in table.stored)
        connection.execute(f"create table rows ({declared})")
        if once:
            connection.register("told", pa.Table.from_pylist(once))
            connection.execute("insert into rows by name from told")
        with files.whole(files.facts_path(table.contract, delivery)) as temporary:
            connection.table("rows").write_parquet(str(temporary))
    parts.add(
        contract=table.contract,
        delivery=delivery,
        division=division,
        period=period,
        mode=mode,
        rows=len(once),
        at=clock.now(),
    )
