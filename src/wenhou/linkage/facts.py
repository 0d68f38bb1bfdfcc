"""The wide tables of facts: one group-by per reading of a contract, joined to the people the registry publishes.

`tables` gives two Ibis tables for the engine: persons (person, household, links, facts) and households (household,
county, facts). Money is BIGINT fen. A fact is NULL where it is unknown: nothing was found, and the source has not
spoken for the place and the days (`linkage.coverage`).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import ibis
import ibis.expr.types as ir

from wenhou.engine import units
from wenhou.engine.declared import Fact
from wenhou.engine.words import DEFAULT
from wenhou.linkage import laying
from wenhou.linkage.bases import bases
from wenhou.linkage.coverage import Choice, Spoken
from wenhou.linkage.evidence import Evidence, counted_until, evidence
from wenhou.linkage.fills import FILLS
from wenhou.linkage.fills.at import At
from wenhou.linkage.fills.declare import Fill, Reading
from wenhou.linkage.limits import mark
from wenhou.linkage.sources import Sources

__all__ = ["Evidence", "Tables", "counted_until", "evidence", "forget", "pieces", "queries", "tables"]

FIRST, LAST = "first_key", "last_key"
LINKS = ("father", "mother", "spouse", "guardian")
KEYS = {"person": ("person", "household", *LINKS), "household": ("household", "county")}
DTYPES = {"bool": "boolean", "text": "string", "date": "date", "int": "int64", "decimal": "decimal(18, 4)"}

Held = Callable[[ir.Column], ir.BooleanValue]


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
        entity: _query(_Parts(sources, at, base, entity, names, held=held, only_selected=True))
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
        chosen = tuple(_spoken_for(sources.spoken, fill, as_of, places) for fill in fills)
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


def _spoken_for(spoken: Spoken, fill: Fill, as_of: date, places: Iterable[str]) -> Choice:
    if fill.none is None and not fill.whole:
        return ()
    return spoken.choice(fill, as_of, places)


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
    parts = _Parts(sources, at, base, entity, names, places)
    joined, found = parts.base, parts.known
    for key, grouped in parts.grouped.items():
        joined = joined.left_join(grouped, parts.base[entity] == grouped[key])
        found |= {name: grouped[name] for name in grouped.columns if name != key}
    return joined.select(**parts.answered(found, people_asked))


def _query(parts: "_Parts") -> laying.Query:
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


class _Parts:
    """What a wide table is put together of: the base, and by its key column one table for each reading.

    known: by name the base's own columns: keys, what is told, where it is covered. held: the keys wanted alone.
    only_selected: rows that no fact of a reading selects are left out before they are grouped.
    """

    def __init__(
        self,
        sources: Sources,
        at: At,
        base: ir.Table,
        entity: str,
        names: set[str],
        places: Sequence[str] | None = None,
        held: Held | None = None,
        only_selected: bool = False,
    ) -> None:
        self.entity = entity
        self._chosen = [
            fill for fill in FILLS.values() if fill.fact in names and fill.reading.entity == entity
        ]
        fills = list({fill.fact: fill for one in self._chosen for fill in (one, *_gate(one))}.values())
        self._keys = KEYS[entity]
        self._covered = _Covered(sources, at, base, fills, places)
        self.base = self._covered.base if held is None else self._covered.base.filter(held(base[entity]))
        told = {fill.fact: _typed(fill, _worth(fill, self.base, at)) for fill in fills if fill.how == "told"}
        own = (*self._keys, *self._covered.names)
        self.known: dict[str, Any] = {name: self.base[name] for name in own} | told
        self.grouped: dict[str, ir.Table] = {}
        for number, ((reading, day), group) in enumerate(_by_reading(fills, self._covered).items()):
            key, rows = f"of_{number}", _rows(reading, sources, day, held)
            if only_selected:
                rows = _selected(group, rows, day)
            self.grouped[key] = _grouped(reading, group, rows, day, key=key)

    def answered(self, found: Mapping[str, Any], people_asked: bool = False) -> dict[str, ir.Value]:
        """The wide table's columns. found: `known`, and what each reading found, by name."""
        told = {fill.fact: _said(found, fill, self._covered, people_asked) for fill in self._chosen}
        return {name: found[name] for name in self._keys} | told


def _gate(fill: Fill) -> tuple[Fill, ...]:
    return (FILLS[fill.asked],) if fill.asked else ()


def _by_reading(fills: list[Fill], covered: "_Covered") -> dict[tuple[Reading, At], list[Fill]]:
    groups: dict[tuple[Reading, At], list[Fill]] = {}
    for fill in fills:
        for at in covered.days(fill) if fill.how != "told" else ():
            groups.setdefault((fill.reading, at), []).append(fill)
    return groups


def _rows(reading: Reading, sources: Sources, at: At, held: Held | None) -> ir.Table:
    rows = reading.rows(sources, at)
    return rows.filter(rows[reading.key].notnull() if held is None else held(rows[reading.key]))


def _selected(fills: list[Fill], rows: ir.Table, at: At) -> ir.Table:
    """Without the rows that no fact is made of: whoever has only such is found nothing of, which is the same."""
    told = [fill.selection(rows, at) for fill in fills]
    if any(one is None for one in told):
        return rows
    return rows.filter(
        ibis.or_(*told, *(fill.unclear(rows, at) for fill in fills if fill.unclear is not None))
    )


def _grouped(reading: Reading, fills: list[Fill], rows: ir.Table, at: At, *, key: str) -> ir.Table:
    """One group-by for all facts of a reading; NULL where nothing is selected."""
    made = {_named(fill.fact, at): _typed(fill, AGGREGATES[fill.how](fill, rows, at)) for fill in fills}
    made |= {
        _named(_unclear(fill), at): fill.unclear(rows, at).any() for fill in fills if fill.unclear is not None
    }
    return rows.group_by(**{key: rows[reading.key]}).aggregate(**made)


def _worth(fill: Fill, rows: ir.Table, at: At) -> Any:
    assert fill.value is not None, fill.fact
    return fill.value(rows, at)


def _exists(fill: Fill, rows: ir.Table, at: At) -> ir.Value:
    found = fill.selection(rows, at)
    return (ibis.literal(True) if found is None else found).any().nullif(False)


def _latest(fill: Fill, rows: ir.Table, at: At) -> ir.Value:
    assert fill.by is not None, fill.fact
    order = ibis.struct({"by": fill.by(rows, at), "delivery": rows.delivery, "line": rows.line})
    return _worth(fill, rows, at).argmax(order, where=fill.selection(rows, at))


AGGREGATES: dict[str, Callable[[Fill, ir.Table, At], ir.Value]] = {
    "sum": lambda fill, rows, at: _worth(fill, rows, at).sum(where=fill.selection(rows, at)),
    "max": lambda fill, rows, at: _worth(fill, rows, at).max(where=fill.selection(rows, at)),
    "min": lambda fill, rows, at: _worth(fill, rows, at).min(where=fill.selection(rows, at)),
    "count": lambda fill, rows, at: rows.count(where=fill.selection(rows, at)).nullif(0),
    "exists": _exists,
    "latest": _latest,
}


def _kind(fill: Fill) -> str:
    declared = DEFAULT[fill.fact]
    assert isinstance(declared, Fact)
    return DTYPES[units.storage(declared.unit)]


def _typed(fill: Fill, value: ir.Value) -> ir.Value:
    """A cast that is really written: Ibis drops one to the type it believes in, and a SUM is HUGEINT on DuckDB."""
    return value.cast(f"!{_kind(fill)}")


def _named(column: str, at: At) -> str:
    return f"{column}__behind_{at.behind}" if at.behind else column


def _unclear(fill: Fill) -> str:
    return f"{fill.fact}__unclear"


def _said(found: Mapping[str, Any], fill: Fill, covered: "_Covered", people_asked: bool) -> ir.Value:
    """What departments tell. Of a fact that people are asked about too, without them: what was found, and no sum."""
    if people_asked or not fill.asks_people or fill.none is None:
        return _answer(found, fill, covered, covered.of(fill, found))
    if fill.whole:
        return ibis.null(_kind(fill))
    return _answer(found, fill, covered, ibis.literal(False)).nullif(fill.none)


def _answer(
    found: Mapping[str, Any], fill: Fill, covered: "_Covered", is_covered: ir.BooleanValue
) -> ir.Value:
    unknown, value = ibis.null(_kind(fill)), covered.chosen(found, fill, fill.fact)
    if fill.asked is not None:
        is_covered = is_covered & ibis.coalesce(found[fill.asked], ibis.literal(False))
    if fill.whole:
        value = ibis.ifelse(is_covered, value, unknown)
    if fill.none is not None:
        value = ibis.coalesce(value, ibis.ifelse(is_covered, ibis.literal(fill.none), unknown))
    if fill.unclear is not None:
        unclear = covered.chosen(found, fill, _unclear(fill))
        value = ibis.ifelse(ibis.coalesce(unclear, ibis.literal(False)), unknown, value)
    return value


class _Covered:
    """Whom each fact's sources have spoken for, and from which day: yes for all, for none, or by place.

    base: the rows asked about with a column for each distinct set of places, so that a place is looked up once for
    all facts and not again for each.
    """

    def __init__(
        self,
        sources: Sources,
        at: At,
        base: ir.Table,
        fills: list[Fill],
        places: Sequence[str] | None = None,
    ) -> None:
        self._spoken, self._at = sources.spoken, at
        self._choices: dict[Any, Choice] = {}
        depth, told = self._spoken.depth, [f for f in fills if f.none is not None or f.whole]
        self._places = (_places(base, depth) if places is None else list(places)) if told else []
        self._names = {here: f"covered_{i}" for i, here in enumerate(self._distinct(told))}
        self.base = base.mutate(**{name: _within(base, here, depth) for here, name in self._names.items()})

    @property
    def names(self) -> tuple[str, ...]:
        """The columns that the base has more."""
        return tuple(self._names.values())

    def of(self, fill: Fill, found: Mapping[str, Any]) -> ir.BooleanValue:
        """Whether nothing found means nothing there, for each row. found: has the base's columns."""
        return self._are_in(_all(self._choice(fill)), found)

    def days(self, fill: Fill) -> list[At]:
        """From which days a fact is looked at: the day itself for what is found where nothing is covered."""
        chosen = [at for at, _ in self._choice(fill)]
        return chosen if self._at in chosen or (chosen and fill.whole) else [self._at, *chosen]

    def chosen(self, found: Mapping[str, Any], fill: Fill, column: str) -> ir.Value:
        """What was found from the day that is each row's."""
        first, *others = self.days(fill)
        value, places = found[_named(column, first)], dict(self._choice(fill))
        for at in reversed(others):
            later = found[_named(column, at)]
            before = _all((one, here) for one, here in places.items() if one.behind < at.behind)
            value = ibis.ifelse(self._are_in(places[at], found) & ~self._are_in(before, found), later, value)
        return value

    def _are_in(self, places: frozenset[str], found: Mapping[str, Any]) -> ir.BooleanValue:
        return found[self._names[places]] if places in self._names else ibis.literal(bool(places))

    def _distinct(self, fills: Iterable[Fill]) -> list[frozenset[str]]:
        """Every set of places asked about that is neither empty nor all."""
        sets: set[frozenset[str]] = set()
        for choice in {self._choice(fill) for fill in fills}:
            sets |= {_all(choice[:until]) for until in range(1, len(choice) + 1)} | {
                here for _, here in choice
            }
        return sorted((here for here in sets if 0 < len(here) < len(self._places)), key=sorted)

    def _choice(self, fill: Fill) -> Choice:
        alike = (fill.reading.contracts, fill.window(self._at), fill.whole, fill.none is None)
        if alike not in self._choices:
            self._choices[alike] = _spoken_for(self._spoken, fill, self._at.as_of, self._places)
        return self._choices[alike]


def _all(choice: Iterable[tuple[At, frozenset[str]]]) -> frozenset[str]:
    return frozenset[str]().union(*(here for _, here in choice))


def _within(base: ir.Table, places: Iterable[str], depth: int) -> ir.BooleanValue:
    listed = sorted(places)
    return base.place.substr(0, depth).isin(listed) | base.home.substr(0, depth).isin(listed)


def _places(base: ir.Table, depth: int) -> list[str]:
    places = base.select(place=base.place.substr(0, depth))
    homes = base.select(place=base.home.substr(0, depth))
    return sorted(places.union(homes).distinct().to_pyarrow()["place"].to_pylist())
