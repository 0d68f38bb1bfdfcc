"""What a wide table of facts is put together of: the base, and one group-by for each reading of a contract."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import ibis
import ibis.expr.types as ir

from wenhou.engine import units
from wenhou.engine.declared import Fact
from wenhou.engine.words import DEFAULT
from wenhou.linkage.covered import Covered, named
from wenhou.linkage.fills import FILLS
from wenhou.linkage.fills.at import At
from wenhou.linkage.fills.declare import Fill, Reading
from wenhou.linkage.sources import Sources

LINKS = ("father", "mother", "spouse", "guardian")
KEYS = {"person": ("person", "household", *LINKS), "household": ("household", "county")}
DTYPES = {"bool": "boolean", "text": "string", "date": "date", "int": "int64", "decimal": "decimal(18, 4)"}

Held = Callable[[ir.Column], ir.BooleanValue]


class Parts:
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
        self._covered = Covered(sources, at, base, fills, places)
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


def _by_reading(fills: list[Fill], covered: Covered) -> dict[tuple[Reading, At], list[Fill]]:
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
    made = {named(fill.fact, at): _typed(fill, AGGREGATES[fill.how](fill, rows, at)) for fill in fills}
    made |= {
        named(_unclear(fill), at): fill.unclear(rows, at).any() for fill in fills if fill.unclear is not None
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


def _unclear(fill: Fill) -> str:
    return f"{fill.fact}__unclear"


def _said(found: Mapping[str, Any], fill: Fill, covered: Covered, people_asked: bool) -> ir.Value:
    """What departments tell. Of a fact that people are asked about too, without them: what was found, and no sum."""
    if people_asked or not fill.asks_people or fill.none is None:
        return _answer(found, fill, covered, covered.of(fill, found))
    if fill.whole:
        return ibis.null(_kind(fill))
    return _answer(found, fill, covered, ibis.literal(False)).nullif(fill.none)


def _answer(found: Mapping[str, Any], fill: Fill, covered: Covered, is_covered: ir.BooleanValue) -> ir.Value:
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
