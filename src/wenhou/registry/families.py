"""Households of a day as one list of lines. Two queries, however many members."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from wenhou.lake import vault
from wenhou.registry import standing
from wenhou.registry.statements import statements


@dataclass(frozen=True)
class Line:
    """Which line of which delivery said something, and the day it speaks for."""

    contract: str
    delivery: int
    line: int
    as_of: date


@dataclass(frozen=True)
class Relative:
    """Somebody in a household on a day.

    relation: GB/T 4761. category: the weightiest they stand in on the register, else None. id_no: the whole number, for
    the caller to mask. until: first day no longer a member. record, home, listed: what said the name, the membership
    and the category; None where nothing did.
    """

    household: int
    person: int
    relation: str
    name: str | None
    sex: str | None
    birth_date: date | None
    hukou_division: str | None
    id_no: str | None
    category: str | None
    since: date | None
    until: date | None
    record: Line | None
    home: Line | None
    listed: Line | None


def family(*, on: date, person: int | None = None, household: int | None = None) -> tuple[Relative, ...]:
    """The household by its key, else the one that a person is in on a day, the head first; empty where nobody knows
    one. Not limited to a scope: whether it may be seen, and what is masked, is the caller's question.
    """
    if household is not None:
        return _fetched("mates_of_household", household, on, household=household)
    return families(on=on, persons=[] if person is None else [person])


def families(*, on: date, persons: Iterable[int]) -> tuple[Relative, ...]:
    """The same of the households that several are in, each household's lines together."""
    asked = sorted(set(persons))
    return _fetched("mates_of_persons", asked, on, asked=asked) if asked else ()


def _fetched(
    mates: str, key: int | list[int], on: date, *, household: int | None = None, asked: Sequence[int] = ()
) -> tuple[Relative, ...]:
    sql = statements("family")
    told: dict[str, Any] = {"day": on, "asked": list(asked), "household": household}
    with connection.cursor() as cursor:
        cursor.execute(sql[mates], {"key": key})
        keys = [row[0] for row in cursor.fetchall()]
        if not keys:
            return ()
        cursor.execute(standing.query(sql["members"]), told | {"persons": keys})
        return tuple(_relative(row) for row in cursor.fetchall())


def _relative(row: tuple[Any, ...]) -> Relative:
    mark, number = row[7:9]
    told = (*row[:7], None if number is None else vault.opened(mark, number), *row[9:12])
    said = (row[12:16], row[16:20], row[20:24])
    return Relative(*told, *(None if None in line else Line(*line) for line in said))
