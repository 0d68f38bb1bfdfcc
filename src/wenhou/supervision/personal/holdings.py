"""What is kept of one person, table by table and file by file: what they may see and have a copy of (PIPL §45)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Model, Q

from wenhou.base import trust
from wenhou.base.trust import About
from wenhou.exchange import contracts
from wenhou.exchange.contracts import Contract, Field
from wenhou.lake import door, store
from wenhou.lake.door import Reader
from wenhou.registry.models import Membership
from wenhou.supervision.personal import purposes, words

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


def of(person: int, *, reader: Reader, place: str) -> list[Holding]:
    """Everything kept of a person (person key), empty tables left out; of tables what the reader of the database may see.

    reader: who opens it, for the place that answers. Raises NotAllowed where that is not theirs.

    What is told of others in the same rows (who reported, who decided) is not in what a table is said to tell of somebody.
    """
    households = set(Membership.objects.filter(person=person).values_list("household", flat=True))
    return [*_tables(person, households), *_files(person, reader, place)]


def _tables(person: int, households: set[int]) -> Iterator[Holding]:
    for model, kept in sorted(trust.declared().items(), key=lambda pair: pair[0]._meta.db_table):
        about = kept.about
        if about is None or not (about.people or about.households):
            continue
        rows = model._default_manager.filter(_whose(about, person, households)).distinct().order_by("pk")
        found = list(rows[: AT_MOST + 1])
        if found:
            more = max(rows.count() - AT_MOST, 0) if len(found) > AT_MOST else 0
            told = tuple(said for row in found[:AT_MOST] if (said := _told(row, about)))
            yield Holding(about.title, "本系统", purposes.PURPOSES[about.purpose].title, told, more)


def _whose(about: About, person: int, households: set[int]) -> Q:
    """Of a household's rows those that tell of nobody in particular: what ails another of the family is theirs."""
    ways = [Q(**{way: person}) for way in about.people]
    nobody = {f"{way}__isnull": True for way in about.people}
    ways += [Q(**{f"{way}__in": households}, **nobody) for way in about.households]
    return reduce(or_, ways)


def _told(row: Model, about: About) -> dict[str, str]:
    return {label: text for name, label in about.tells.items() if (text := words.of_table(row, name))}


def _files(person: int, reader: Reader, place: str) -> Iterator[Holding]:
    told = [one for one in contracts.all_contracts() if purposes.of_file(one) and _keys(one)]
    with door.reading(reader, place) as connection:
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
            field: value
            for field, value in zip(contract.fields, row, strict=True)
            if value not in words.EMPTY
        }
        told.append({field.label: words.of_file(field, value, person) for field, value in said.items()})
    purpose = purposes.PURPOSES[purposes.of_file(contract)].title
    return Holding(contract.title, contract.department, purpose, tuple(told), len(rows) - len(told))
