"""What each fact is made of: contracts and published tables, seen by letting its reading draw on empty ones."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import ibis.expr.types as ir

from wenhou.linkage.case_tables import Written
from wenhou.linkage.fills import FILLS
from wenhou.linkage.fills.at import At
from wenhou.linkage.fills.declare import Fill, Reading
from wenhou.linkage.fills.drawn import Sources

DAY = date(2026, 1, 1)  # what a reading draws on is the same on every day
PEOPLE, HOUSEHOLDS, REGISTER = PUBLISHED = ("people", "households", "register")


class _Noting:
    """Sources that note what is asked of them."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self.names: set[str] = set()
        self.tables: set[tuple[str, bool]] = set()

    @property
    def people(self) -> ir.Table:
        self.names.add(PEOPLE)
        return self._sources.people

    @property
    def households(self) -> ir.Table:
        self.names.add(HOUSEHOLDS)
        return self._sources.households

    @property
    def register(self) -> ir.Table:
        self.names.add(REGISTER)
        return self._sources.register

    def __getitem__(self, contract: str) -> ir.Table:
        self.names.add(contract)
        self.tables.add((contract, False))
        return self._sources[contract]

    def history(self, contract: str) -> ir.Table:
        self.names.add(contract)
        self.tables.add((contract, True))
        return self._sources.history(contract)

    def standard(self, name: str, county: ir.StringValue, on: date) -> ir.IntegerValue:
        return self._sources.standard(name, county, on)


@dataclass(frozen=True)
class Drawn:
    """names: contracts' codes and `people`, `households`, `register`. tables: contracts, and whether as history."""

    names: frozenset[str] = frozenset()
    tables: frozenset[tuple[str, bool]] = frozenset()

    def __or__(self, other: "Drawn") -> "Drawn":
        return Drawn(self.names | other.names, self.tables | other.tables)


def made_of(facts: Iterable[str]) -> Drawn:
    """Whatever may change these facts, coverage and standards aside."""
    made = _made()
    return Drawn(
        frozenset().union(*(made[fact].names for fact in facts)),
        frozenset().union(*(made[fact].tables for fact in facts)),
    )


def resting_on(names: Collection[str]) -> frozenset[str]:
    """Every fact that is made of one of these contracts or published tables."""
    return frozenset(fact for fact, drawn in _made().items() if not drawn.names.isdisjoint(names))


@lru_cache(maxsize=1)
def _made() -> Mapping[str, Drawn]:
    empty = Written({}, people=(), households=(), coverage=())
    drawn = {reading: _drawn(reading, empty) for reading in {fill.reading for fill in FILLS.values()}}
    return {name: drawn[fill.reading] | _of_gate(fill, drawn) for name, fill in FILLS.items()}


def _drawn(reading: Reading, empty: Sources) -> Drawn:
    noting = _Noting(empty)
    reading.rows(noting, At(DAY))
    return Drawn(frozenset(noting.names), frozenset(noting.tables))


def _of_gate(fill: Fill, drawn: Mapping[Reading, Drawn]) -> Drawn:
    return drawn[FILLS[fill.asked].reading] if fill.asked else Drawn()
