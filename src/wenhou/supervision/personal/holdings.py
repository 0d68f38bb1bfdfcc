"""What is kept of one person, table by table and file by file: what they may see and have a copy of (PIPL §45)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Model, Q

from wenhou.base import trust
from wenhou.base.clock import BEIJING
from wenhou.base.trust import About
from wenhou.exchange import contracts
from wenhou.exchange.contracts import Contract, Field
from wenhou.lake import store
from wenhou.registry.models import Membership
from wenhou.supervision.personal import purposes

_EMPTY: tuple[Any, ...] = (None, "", [], {})
_KEY = re.compile(r"\bp\d+\b")
AT_MOST = 1000
"""Rows of one table; a person with more is told how many were left out."""


@dataclass(frozen=True)
class Holding:
    """What one table or file says. rows: label → text; left_out: rows beyond the first thousand."""

    title: str
    whence: str
    purpose: str
    rows: tuple[dict[str, str], ...]
    left_out: int = 0


def of(person: int) -> list[Holding]:
    """Everything kept of a person (person key), empty tables left out; of tables what the reader of the database may see.

    What is told of others in the same rows (who reported, who decided) is not in what a table is said to tell of somebody.
    """
    households = set(Membership.objects.filter(person=person).values_list("household", flat=True))
    return [*_tables(person, households), *_files(person)]


def _tables(person: int, households: set[int]) -> Iterator[Holding]:
    for model, kept in sorted(trust.declared().items(), key=lambda pair: pair[0]._meta.db_table):
        about = kept.about
        if about is None or not (about.people or about.households):
            continue
        rows = model._default_manager.filter(_whose(about, person, households)).distinct().order_by("pk")
        found = list(rows[: AT_MOST + 1])
        if found:
            more = max(rows.count() - AT_MOST, 0) if len(found) > AT_MOST else 0
            told = tuple(_told(row, about) for row in found[:AT_MOST])
            yield Holding(about.title, "本系统", purposes.PURPOSES[about.purpose].title, told, more)


def _whose(about: About, person: int, households: set[int]) -> Q:
    ways = [Q(**{way: person}) for way in about.people]
    ways += [Q(**{f"{way}__in": households}) for way in about.households]
    return reduce(or_, ways)


def _told(row: Model, about: About) -> dict[str, str]:
    told = {}
    for name, label in about.tells.items():
        display = getattr(row, f"get_{name}_display", None)
        text = _text(display() if display else getattr(row, name))
        if text:
            told[label] = text
    return told


def _text(value: Any) -> str:
    if value in _EMPTY:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return f"{value.astimezone(BEIJING):%Y-%m-%d %H:%M}"
    return str(value)


def _files(person: int) -> Iterator[Holding]:
    told = [one for one in contracts.all_contracts() if purposes.of_file(one) and _keys(one)]
    with store.connect() as connection:
        store.views(connection, [one.table for one in told])
        for contract in told:
            condition = " or ".join(f'"{field.name}" = $person' for field in _keys(contract))
            columns = ", ".join(f'"{field.name}"' for field in contract.fields)
            query = f"select {columns} from {contract.table.view} where {condition} limit {AT_MOST + 1}"
            if found := connection.execute(query, {"person": person}).fetchall():
                yield _of_file(contract, found, person)


def _keys(contract: Contract) -> list[Field]:
    return [field for field in contract.fields if field.kind == "id"]


def _of_file(contract: Contract, rows: Sequence[tuple[Any, ...]], person: int) -> Holding:
    told = []
    for row in rows[:AT_MOST]:
        said = {
            field: value for field, value in zip(contract.fields, row, strict=True) if value not in _EMPTY
        }
        told.append({field.label: _said(field, value, person) for field, value in said.items()})
    purpose = purposes.PURPOSES[purposes.of_file(contract)].title
    return Holding(contract.title, contract.department, purpose, tuple(told), len(rows) - len(told))


def _said(field: Field, value: Any, person: int) -> str:
    """Others in the same line are not named."""
    if field.kind == "id":
        return "本人" if value == person else "另一人"
    return _KEY.sub("某人", field.text(value)) if field.holds_identity else field.text(value)
