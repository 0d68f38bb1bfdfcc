"""The words fills are written in: `reading` (prepared rows of a contract) and `fill` (selection and aggregate)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import ibis.expr.types as ir

from wenhou.engine.declared import Fact
from wenhou.engine.words import DEFAULT
from wenhou.linkage.fills.at import At, Span
from wenhou.linkage.fills.drawn import Sources
from wenhou.policy.facts.application import ASSESSED, DECLARED

__all__ = [
    "FILLS",
    "OF_CONTRACT",
    "Fill",
    "Reading",
    "Row",
    "Sources",
    "Where",
    "Worth",
    "dated",
    "fill",
    "plain",
    "told",
]

Row = Any  # an Ibis table, of which conditions and values name columns
Where = Callable[[Row, At], ir.BooleanValue]
Worth = Callable[[Row, At], ir.Value]
Window = Callable[[At], Span]

OF_CONTRACT = "of_contract"
"""Column that names each row's contract, in readings that put rows of several under each other."""
HOWS = frozenset({"sum", "max", "min", "count", "exists", "latest", "told"})
NOTHING: dict[str, Any] = {"sum": 0, "count": 0, "exists": False}


@dataclass(frozen=True)
class Reading:
    """Prepared rows of a contract: `rows` joins or ranks where matching row to row is inherent. Every row keeps
    `delivery` and `line`. `key` holds the person (or household) it is about; `also` are further contracts that
    must be covered before "no row" means none."""

    name: str
    contract: str
    key: str
    entity: str
    rows: Callable[[Sources, At], ir.Table]
    also: tuple[str, ...] = ()

    @property
    def contracts(self) -> tuple[str, ...]:
        return (self.contract, *self.also)


@dataclass(frozen=True)
class Fill:
    """How one fact is made. `whole`: rows found in a window that is not wholly covered are not enough either.

    `unclear`: rows that make the fact unknown, whatever else is found. `asked`: a yes-or-no fact of the same person
    that must be yes, for the source is asked for each person by itself (banks, within an authorisation).
    """

    fact: str
    reading: Reading
    where: Where | None
    value: Worth | None
    how: str
    by: Worth | None
    window: Window
    none: Any
    whole: bool
    unclear: Where | None = None
    asked: str | None = None

    @property
    def asks_people(self) -> tuple[str, ...]:
        """Who besides departments must be asked before nothing found, or a sum found, is all there is."""
        fact = DEFAULT[self.fact]
        assert isinstance(fact, Fact)
        return tuple(source for source in fact.sources if source in (DECLARED, ASSESSED))

    def selection(self, rows: Row, at: At) -> ir.BooleanValue | None:
        """Which of the reading's rows the fact is made of; None for all of them."""
        return self.where(rows, at) if self.where else None


FILLS: dict[str, Fill] = {}


def nothing(row: Row, at: At) -> ir.BooleanValue:
    """Selects no row: of facts that a source can only deny, or leave `unclear`."""
    return row.delivery.isnull()


@cache
def plain(contract: str, key: str = "id_no") -> Reading:
    """The current rows of a contract as they are, by person; the same reading for all facts, so one group-by."""

    def rows(sources: Sources, at: At) -> ir.Table:
        return sources[contract]

    name = contract if key == "id_no" else f"{contract}/{key}"
    return Reading(name, contract, key, "person", rows)


def fill(
    fact: str,
    source: str | Reading,
    *,
    how: str,
    where: Where | None = None,
    value: Worth | None = None,
    by: Worth | None = None,
    window: Window = lambda at: at.state,
    none: Any = None,
    whole: bool = False,
    unclear: Where | None = None,
    asked: str | None = None,
) -> None:
    """Declare how a fact is filled: of `source`'s rows those `where`, their `value`, aggregated by `how`.

    how: sum, max, min, count, exists, or latest (the value of the row with the greatest `by`). `none` is the
    answer where nothing is selected and the window is covered: 0 for sum and count, False for exists, else None.
    Of a fact that names people too (申报, 评定) there is no such answer until they were asked.
    """
    if how not in HOWS or fact in FILLS:
        raise ValueError(f"{fact}: {how} is not a way to fill, or the fact is filled already")
    reading = plain(source) if isinstance(source, str) else source
    empty = NOTHING.get(how) if none is None else none
    FILLS[fact] = Fill(fact, reading, where, value, how, by, window, empty, whole, unclear, asked)


def dated(
    date_fact: str,
    flag_fact: str,
    source: str | Reading,
    *,
    day: Worth,
    how: str = "max",
    where: Where | None = None,
    window: Window = lambda at: at.state,
) -> None:
    """A date and its companion: the latest (or earliest) day, not after the one asked about, and whether any."""

    def selected(row: Row, at: At) -> ir.BooleanValue:
        seen = day(row, at) <= at.as_of
        return seen if where is None else where(row, at) & seen

    fill(date_fact, source, how=how, where=selected, value=day, window=window)
    fill(flag_fact, source, how="exists", where=selected, window=window)


def told(
    fact: str, entity: str, contract: str, value: Callable[[Row], ir.Value], *, none: Any = None
) -> None:
    """A column of what the registry publishes. `none`: the answer where it is empty and the contract is covered."""

    def rows(sources: Sources, at: At) -> ir.Table:
        return sources.people if entity == "person" else sources.households

    reading = Reading(f"published/{contract}", contract, entity, entity, rows)
    fill(fact, reading, how="told", value=lambda row, at: value(row), none=none)
