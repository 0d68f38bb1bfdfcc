"""The wide tables of facts: one group-by per reading of a contract, joined to the people the registry publishes.

`tables` gives two Ibis tables for the engine: persons (person, household, links, facts) and households (household,
county, facts). Money is BIGINT fen. A fact is NULL where it is unknown: nothing was found, and the source has not
spoken for the place and the days (`linkage.coverage`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import ibis
import ibis.expr.types as ir

from wenhou.linkage import laying
from wenhou.linkage.bases import bases
from wenhou.linkage.covered import spoken_for
from wenhou.linkage.evidence import Evidence, counted_until, evidence
from wenhou.linkage.filling import Parts
from wenhou.linkage.fills import FILLS
from wenhou.linkage.fills.at import At
from wenhou.linkage.fills.declare import Fill, Reading
from wenhou.linkage.limits import mark
from wenhou.linkage.sources import Sources

__all__ = ["Evidence", "Tables", "counted_until", "evidence", "forget", "pieces", "queries", "tables"]

FIRST, LAST = "first_key", "last_key"


@dataclass(frozen=True)
class Tables:
    """persons: person, household, father, mother, spouse, guardian and facts. households: household, county, facts."""

    persons: ir.Table
    households: ir.Table


def tables(
    sources: Sources,
    *,
    as_of: date,
    wanted: Iterable[str] | None = None,
    division: str | None = None,
    people_asked: bool = False,
) -> Tables:
    """Both tables for a day. wanted: names of facts (all if not given; names that are no facts are passed over).

    division: only households living there, and people belonging to one or registered there. people_asked: as if
    everybody had declared and been assessed, so that a department's silence is none where it covers; for who then
    puts in what they said.
    """
    names = set(FILLS) if wanted is None else set(wanted) & set(FILLS)
    at = At(as_of)
    people, households = bases(sources, division)
    return Tables(
        _filled(sources, at, people, "person", names, people_asked),
        _filled(sources, at, households, "household", names, people_asked),
    )


def queries(
    sources: Sources, *, as_of: date, wanted: Iterable[str], in_stretches: bool = False
) -> dict[str, laying.Query]:
    """The same tables of everybody as queries of DuckDB by entity, person and household, for who keeps them whole.

    in_stretches: only of keys between the variables FIRST and LAST of the connection, whatever these are when the
    query runs; all rows are still looked at.
    """
    names, at = set(wanted) & set(FILLS), At(as_of)
    both = zip(("person", "household"), bases(sources, None), strict=True)
    held = _in_stretch if in_stretches else None
    return {
        entity: _query(Parts(sources, at, base, entity, names, held=held, only_selected=True))
        for entity, base in both
    }


@ibis.udf.scalar.builtin(name="getvariable")
def _variable(called: str) -> int:
    """A variable of the DuckDB connection."""
    raise NotImplementedError


def _in_stretch(key: ir.Column) -> ir.BooleanValue:
    return key.between(_variable(FIRST), _variable(LAST))


def pieces(
    sources: Sources, *, as_of: date, wanted: Iterable[str], places: Sequence[str]
) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """The same tables reading by reading: entity, the facts, and SQL of a row for each subject in the order of keys.

    places: all that anybody's records may be expected at, as deep as `sources.spoken` looks. The SQL of a day is
    written once for as long as the same sources have spoken for the same places and the same standards hold.
    """
    at, names = At(as_of), set(wanted) & set(FILLS)
    meant = (as_of, tuple(places), sources.spoken.depth, mark())
    for entity, reading, fills in _by_entity(names):
        chosen = tuple(spoken_for(sources.spoken, fill, as_of, places) for fill in fills)
        key = (*meant, entity, reading, tuple(fill.fact for fill in fills), chosen)
        if key not in _written:
            _written[key] = _piece(sources, at, entity, fills, places)
        yield entity, tuple(fill.fact for fill in fills), _written[key]


_written: dict[Any, str] = {}


def forget() -> None:
    """Let go of every query written: of other days, places and standards."""
    _written.clear()


def _by_entity(names: set[str]) -> Iterator[tuple[str, Reading, list[Fill]]]:
    groups: dict[tuple[str, Reading], list[Fill]] = {}
    for name in sorted(names):
        fill = FILLS[name]
        groups.setdefault((fill.reading.entity, fill.reading), []).append(fill)
    return ((entity, reading, fills) for (entity, reading), fills in groups.items())


def _piece(sources: Sources, at: At, entity: str, fills: list[Fill], places: Sequence[str]) -> str:
    base = bases(sources, None)[0 if entity == "person" else 1]
    table = _filled(sources, at, base, entity, {fill.fact for fill in fills}, False, places)
    keys = (name for name in table.columns if name != entity and name not in {f.fact for f in fills})
    return str(ibis.to_sql(table.drop(*keys).order_by(entity), dialect="duckdb"))


def _filled(
    sources: Sources,
    at: At,
    base: ir.Table,
    entity: str,
    names: set[str],
    people_asked: bool,
    places: Sequence[str] | None = None,
) -> ir.Table:
    parts = Parts(sources, at, base, entity, names, places)
    joined, found = parts.base, parts.known
    for key, grouped in parts.grouped.items():
        joined = joined.left_join(grouped, parts.base[entity] == grouped[key])
        found |= {name: grouped[name] for name in grouped.columns if name != key}
    return joined.select(**parts.answered(found, people_asked))


def _query(parts: Parts) -> laying.Query:
    base = parts.base.select(**parts.known).order_by(parts.entity)
    kinds = dict(base.schema())
    for key, grouped in parts.grouped.items():
        kinds |= {name: kind for name, kind in grouped.schema().items() if name != key}
    laid = ibis.table(kinds, name=laying.LAID)
    answer = laid.select(**parts.answered({name: laid[name] for name in kinds}))
    base, answer, *grouped = (
        str(ibis.to_sql(table, dialect="duckdb")) for table in (base, answer, *parts.grouped.values())
    )
    return laying.Query(base, tuple(grouped), answer)
