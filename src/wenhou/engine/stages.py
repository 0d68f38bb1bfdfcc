"""A stage as one query: the table before, joined with what crosses into it, then its row columns layer by layer.

Each layer is compiled by itself and nested by hand, because Ibis would merge layers and write an expression out
again wherever it is used.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import ibis
import sqlglot.expressions as exp

from wenhou.engine import render
from wenhou.engine.columns import MINE, Beside, Column, Fold, Given, Met, Pick, Row, Spread, fold_refs
from wenhou.engine.nodes import Ref
from wenhou.engine.schedule import Columns, Stage, folds

Table = Any  # Ibis is untyped
Compiler = Any

INPUTS = {"person": "persons", "household": "households"}
STANDARDS = "standards"
KEYS = {"person": ("person", "household"), "household": ("household", "county")}
TABLE_KEYS = {"persons": KEYS["person"], "households": KEYS["household"], STANDARDS: ("county",)}
KEY_TYPES = {"person": ("int64", "int"), "household": ("int64", "int"), "county": ("string", "text")}
BELOW = "layer_below"


class Builder:
    """Builds the stages of one plan. forward: for each inverse link the links it turns round."""

    def __init__(
        self, columns: Columns, standards: frozenset[str], forward: Mapping[str, tuple[str, ...]]
    ) -> None:
        self._columns, self._standards, self._forward = columns, standards, forward

    def query(self, stage: Stage, compiler: Compiler) -> exp.Expression:
        """The stage as one SELECT over the tables of earlier stages, or over the input."""
        layers = _layers(stage)
        base = self._base(stage, layers)
        has = set(base.columns)
        tree = compiler.to_sqlglot(base)
        for index, layer in enumerate(layers):
            has = {*_carried(has, layers[index:], stage)}
            below = self._table(BELOW, stage.entity, has)
            has |= {column.name for column in layer}
            carried = _carried(has, layers[index + 1 :], stage)
            select = below.select(**{name: self._value(below, name, layer) for name in carried})
            tree = _nest(compiler.to_sqlglot(select), tree)
        return _bracketed(tree)

    def _table(self, name: str, entity: str, names: Iterable[str]) -> Table:
        return ibis.table({one: self._type(entity, one) for one in sorted(names)}, name=name)

    def _type(self, entity: str, name: str) -> Any:
        if name in KEY_TYPES:
            return KEY_TYPES[name][0]
        return render.dtype(self._columns[entity, name].unit)

    def _stage_table(self, stage: Stage) -> Table:
        return self._table(stage.table, stage.entity, (*KEYS[stage.entity], *stage.keep))

    def _value(self, below: Table, name: str, layer: tuple[Column, ...]) -> Any:
        column = next((column for column in layer if column.name == name), None)
        if column is None:
            return below[name]
        assert isinstance(column.made, Row)
        return render.column(column.made.node, lambda ref: below[ref.name], column.unit)

    def _base(self, stage: Stage, layers: list[tuple[Column, ...]]) -> Table:
        table = self._input(stage) if stage.source is None else self._stage_table(stage.source)
        joined, picked = table, {name: table[name] for name in table.columns}
        for other, matches, found in self._crossings(stage, table):
            joined = joined.left_join(other, matches)
            picked |= found
        return joined.select(**{name: picked[name] for name in _carried(picked, layers, stage)})

    def _input(self, stage: Stage) -> Table:
        names = {column.name for column in stage.new if isinstance(column.made, Given)} - self._standards
        return self._table(INPUTS[stage.entity], stage.entity, {*KEYS[stage.entity], *names})

    def _crossings(self, stage: Stage, table: Table) -> Iterable[tuple[Table, Any, dict[str, Any]]]:
        """Tables to join: what matches, and the columns taken."""
        if stage.entity == "household" and stage.source is None:
            yield from self._county(stage, table)
        if stage.entity == "person":
            yield from self._spreads(stage, table)
            yield from self._links(stage, table)
        for group, columns in folds(stage).items():
            yield self._folded(stage, table, group, columns)

    def _county(self, stage: Stage, table: Table) -> Iterable[tuple[Table, Any, dict[str, Any]]]:
        """Left join: a household whose county lacks a standard stays, and the standard is unknown."""
        names = sorted({column.name for column in stage.new} & self._standards)
        if names:
            found = self._table(STANDARDS, "household", {"county", *names})
            yield found, table.county == found.county, {name: found[name] for name in names}

    def _spreads(self, stage: Stage, table: Table) -> Iterable[tuple[Table, Any, dict[str, Any]]]:
        names = [column.name for column in stage.new if isinstance(column.made, Spread)]
        if names and stage.households is not None:
            home = self._stage_table(stage.households)
            yield home, table.household == home.household, {name: home[name] for name in names}

    def _links(self, stage: Stage, table: Table) -> Iterable[tuple[Table, Any, dict[str, Any]]]:
        columns = [column for column in stage.new if isinstance(column.made, Pick | Met | Beside)]
        for link in sorted({column.made.link for column in columns}):  # type: ignore[union-attr]
            assert stage.persons is not None
            other = self._stage_table(stage.persons).view()
            found = {c.name: _linked(c, table, other) for c in columns if c.made.link == link}  # type: ignore[union-attr]
            yield other, table[link] == other.person, found

    def _folded(
        self, stage: Stage, table: Table, group: str, columns: list[Column]
    ) -> tuple[Table, Any, dict[str, Any]]:
        assert stage.persons is not None
        people = self._stage_table(stage.persons)
        if group == "members":
            key = "household"
            grouped = _aggregates(people, key, columns, lambda ref: people[ref.name])
        else:
            key = "person"
            pairs = self._pairs(people, group, columns)
            grouped = _aggregates(pairs, key, columns, lambda ref: pairs[_paired(ref)])
        found = {column.name: _or_empty(column, grouped) for column in columns}
        return grouped, table[key] == grouped.folded_for, found

    def _pairs(self, people: Table, group: str, columns: list[Column]) -> Table:
        """One row for each pair: `person` folds, `their_…` are the element's columns, `my_…` one's own."""
        refs = {ref for column in columns if isinstance(column.made, Fold) for ref in fold_refs(column.made)}
        theirs = {_paired(ref): ref.name for ref in refs if ref.entity != MINE}
        mine = {_paired(ref): ref.name for ref in refs if ref.entity == MINE}
        they, me = people.view(), people.view()
        if group == "housemates":
            both = they.join(me, (they.household == me.household) & (they.person != me.person))
        else:
            turned = self._turned(people, group)
            both = they.join(turned, they.person == turned.element)
            both = both.join(me, turned.folds == me.person)
        taken = {to: they[name] for to, name in theirs.items()} | {to: me[name] for to, name in mine.items()}
        return both.select(person=me.person, **taken)

    def _turned(self, people: Table, group: str) -> Table:
        """Who (element) names whom (folds): a parent named twice counts once."""
        several = [
            people.filter(people[link].notnull()).select(element=people.person, folds=people[link])
            for link in self._forward[group]
        ]
        return several[0] if len(several) == 1 else ibis.union(*several, distinct=True)


def _layers(stage: Stage) -> list[tuple[Column, ...]]:
    rows = [column for column in stage.new if isinstance(column.made, Row)]
    depths = sorted({column.depth for column in rows})
    return [tuple(column for column in rows if column.depth == depth) for depth in depths]


def _carried(has: Iterable[str], layers: list[tuple[Column, ...]], stage: Stage) -> list[str]:
    """Of what is there, what later layers read or the stage keeps."""
    wanted = {*KEYS[stage.entity], *stage.keep}
    for layer in layers:
        for column in layer:
            assert isinstance(column.made, Row)
            wanted |= {ref.name for ref in _refs(column.made)}
    return sorted(wanted & set(has))


def _refs(row: Row) -> Iterable[Ref]:
    return fold_refs(Fold("", "", row.node, None, None, None))


def _nest(outer: exp.Expression, inner: exp.Expression) -> exp.Expression:
    for table in list(outer.find_all(exp.Table)):
        if table.name == BELOW:
            assert isinstance(inner, exp.Query)
            table.replace(inner.subquery(table.alias or BELOW))
    return outer


def _bracketed(tree: exp.Expression) -> exp.Expression:
    """Brackets round every predicate: sqlglot prints IS NULL upon NOT (…) as NOT ((…) IS NULL), its opposite."""
    for node in list(tree.find_all(exp.Not, exp.Is, exp.In)):
        of_not_null = isinstance(node.parent, exp.Is) and node.arg_key == "expression"
        if not (of_not_null or isinstance(node.parent, exp.Paren)):
            bracket = exp.Paren()
            node.replace(bracket)
            bracket.set("this", node)
    return tree


def _linked(column: Column, table: Table, other: Table) -> Any:
    match column.made:
        case Pick(source=source):
            return other[source]
        case Met():
            return other.person.notnull()
    return table.household == other.household


def _paired(ref: Ref) -> str:
    return f"my_{ref.name}" if ref.entity == MINE else f"their_{ref.name}"


def _aggregates(rows: Table, key: str, columns: list[Column], read: render.Read) -> Table:
    made = {c.name: render.aggregate(c.made, read, rows[key]) for c in columns if isinstance(c.made, Fold)}
    return rows.group_by(folded_for=rows[key]).aggregate(**made)


def _or_empty(column: Column, grouped: Table) -> Any:
    """Whoever has nobody in the group gets the answer for nobody, which is not the unknown."""
    assert isinstance(column.made, Fold)
    nobody = render.literal(column.made.empty, column.unit)
    return ibis.ifelse(grouped.folded_for.isnull(), nobody, grouped[column.name])
