"""Graph, date and region to a plan: which formulas are in force, in which stages they run, and their SQL."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

import sqlglot.expressions as exp

from wenhou.engine import lower, nodes, placing, schedule, tracing, units
from wenhou.engine.columns import Beside, Column, Fold, Given, Met, Pick, Spread
from wenhou.engine.declared import Link, Rule, Standard, Version
from wenhou.engine.faults import PlanFault, nearest
from wenhou.engine.nodes import Node, Op
from wenhou.engine.schedule import Stage
from wenhou.engine.stages import STANDARDS, Builder
from wenhou.engine.words import DEFAULT, Book


@dataclass(frozen=True, eq=False, repr=False)
class Plan:
    """Formulas of one day and region, arranged. Compared and hashed by identity; kept by `make`.

    persons, households: names answered for each person and each household. left_out: indicators and rules that
    could not be planned, with the reason. needs: input columns by table, with how each is kept.
    """

    book: Book
    as_of: date
    region: str | None
    persons: tuple[str, ...]
    households: tuple[str, ...]
    trees: Mapping[str, lower.Tree]
    versions: Mapping[str, Version]
    left_out: Mapping[str, str]
    columns: schedule.Columns
    seen: Mapping[tuple[str, Node], str]
    stages: tuple[Stage, ...]
    needs: Mapping[str, Mapping[str, str]]
    hops: int
    explains: bool
    labels: dict[int, str] = field(default_factory=dict)
    places: dict[tuple[str, int], str | None] = field(default_factory=dict)
    _sql: dict[str, list[tuple[str, exp.Expression]]] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"Plan({self.as_of}, {self.region or '全国'}, {len(self.trees)} 条, {len(self.stages)} 段)"

    @cached_property
    def links(self) -> tuple[str, ...]:
        """Links whose keys the persons table must bring."""
        return tuple(name for name in self.needs["persons"] if isinstance(self.book.declared.get(name), Link))

    def queries(self, dialect: str) -> list[tuple[str, exp.Expression]]:
        """Each stage's table name and SELECT, in order. dialect: duckdb or pyspark."""
        if dialect not in self._sql:
            compiler = _compiler(dialect)
            builder = Builder(self.columns, frozenset(self.needs[STANDARDS]), _forward(self.book))
            self._sql[dialect] = [(stage.table, builder.query(stage, compiler)) for stage in self.stages]
        return self._sql[dialect]

    def last(self, entity: str) -> Stage | None:
        """The stage that holds an entity's answers."""
        return next((stage for stage in reversed(self.stages) if stage.entity == entity), None)

    def unit(self, name: str) -> str:
        declared = self.book[name]
        assert not isinstance(declared, Link)
        return declared.unit


def make(
    *,
    as_of: date,
    region: str | None = None,
    wanted: Iterable[str] | None = None,
    explain: bool = False,
    book: Book = DEFAULT,
) -> Plan:
    """The plan for a day; the same question gets the same plan back.

    region: a division code; its beginning chooses regional formulas. wanted: names to answer, or codes of
    indicators; all indicators if not given. An indicator brings its basis. explain: also the middle columns, for
    `explain.tree`. Raises PlanFault where a name wanted is unknown or not in force.
    """
    names = None if wanted is None else tuple(dict.fromkeys(book.codes.get(name, name) for name in wanted))
    return _make(book, book.revision, as_of, region, names, explain)


@lru_cache(maxsize=64)
def _make(
    book: Book, _revision: int, as_of: date, region: str | None, names: tuple[str, ...] | None, explain: bool
) -> Plan:
    chosen = _Choice(book, as_of, region)
    wanted = _wanted(book, chosen, names)
    lowering = lower.Lowering(chosen.trees)
    persons, households = _outputs(book, lowering, wanted)
    if explain:
        _explain(book, chosen, lowering, persons, households)
    _turned_links(lowering, _forward(book))
    columns = placing.placed(lowering.columns, late=explain)
    stages = schedule.arrange(columns, persons, households, _forward(book))
    return Plan(
        book=book,
        as_of=as_of,
        region=region,
        persons=tuple(persons),
        households=tuple(households),
        trees=chosen.trees,
        versions=chosen.versions,
        left_out=chosen.left_out,
        columns=columns,
        seen=lowering.seen,
        stages=stages,
        needs=_needs(book, stages),
        hops=_hops(stages),
        explains=explain,
    )


def _turned_links(lowering: lower.Lowering, forward: Mapping[str, tuple[str, ...]]) -> None:
    """Keys of the links that a group such as children turns round, which no formula may name."""
    groups = {column.made.group for column in lowering.columns.values() if isinstance(column.made, Fold)}
    for link in sorted({link for group in groups for link in forward.get(group, ())}):
        lowering.column(link, "person", "count")


class _Choice:
    """Formulas in force, traced for the day, with whatever they rest on."""

    def __init__(self, book: Book, as_of: date, region: str | None) -> None:
        self.book, self.as_of, self.region = book, as_of, region
        self.trees: dict[str, lower.Tree] = {}
        self.versions: dict[str, Version] = {}
        self.left_out: dict[str, str] = {}

    def add(self, name: str) -> str | None:
        """Take a name and what it rests on; the reason why not, if so."""
        declared = self.book[name]
        if not isinstance(declared, Rule) or name in self.trees:
            return None
        if name in self.left_out:
            return self.left_out[name]
        version = declared.version(as_of=self.as_of, region=self.region)
        if version is None:
            self.left_out[name] = (
                f"“{name}”（{declared.label}）在{self.as_of}、地区{self.region or '全国'}没有施行的写法。"
            )
            return self.left_out[name]
        tree = tracing.trace(self.book, name, declared.entity, version, as_of=self.as_of)
        for other in sorted(nodes.names(tree)):
            reason = self.add(other)
            if reason is not None:
                self.left_out[name] = reason
                return reason
        self.trees[name], self.versions[name] = (declared.entity, tree), version
        return None


def _wanted(book: Book, chosen: _Choice, names: tuple[str, ...] | None) -> list[str]:
    asked = names if names is not None else tuple(rule.name for rule in book.indicators.values())
    taken: list[str] = []
    for name in asked:
        if name not in book or isinstance(book[name], Link):
            raise PlanFault(_unknown(book, name))
        basis = _basis(book, name)
        reason = next((why for item in (name, *basis) if (why := chosen.add(item)) is not None), None)
        if reason is None:
            taken.extend((name, *basis))
        elif names is not None:
            raise PlanFault(reason)
        else:
            chosen.left_out.setdefault(name, reason)
    return list(dict.fromkeys(taken))


def _unknown(book: Book, name: str) -> str:
    return f"要算的“{name}”没有声明过。{nearest(name, (*book.declared, *book.codes))}"


def _basis(book: Book, name: str) -> tuple[str, ...]:
    declared = book[name]
    return declared.watch.basis if isinstance(declared, Rule) and declared.watch else ()


def _outputs(book: Book, lowering: lower.Lowering, wanted: list[str]) -> tuple[list[str], list[str]]:
    """Names answered per person and per household; a person's indicator has its household's basis beside it."""
    persons: list[str] = []
    households: list[str] = []
    for name in wanted:
        declared = book[name]
        assert not isinstance(declared, Link)
        lowering.column(name, declared.entity, declared.unit)
        (persons if declared.entity == "person" else households).append(name)
    for name in [item for indicator in persons for item in _basis(book, indicator)]:
        declared = book[name]
        if not isinstance(declared, Link) and declared.entity == "household" and name not in persons:
            lowering.spread(name, declared.unit)
            persons.append(name)
    return persons, households


def _explain(
    book: Book, chosen: _Choice, lowering: lower.Lowering, persons: list[str], households: list[str]
) -> None:
    """Make a column of every part of every formula, and keep to the end whatever the input does not tell."""
    for entity, tree in list(chosen.trees.values()):
        _name_parts(lowering, tree, entity)
    for (entity, name), column in lowering.columns.items():
        kept = persons if entity == "person" else households
        if name not in kept and not isinstance(column.made, Given | Spread):
            kept.append(name)


def _name_parts(lowering: lower.Lowering, node: Node, entity: str) -> None:
    """Columns for the operators of a tree, in the row where each is reckoned."""
    match node:
        case Op(args=args):
            lowering.named(node, entity)
            for arg in args:
                _name_parts(lowering, arg, entity)
        case nodes.Agg(value=value, where=where):
            lowering.named(node, "household" if node.group == "members" else "person")
            name = _name_parts if node.group == "members" else _name_pair_parts
            for part in (value, where):
                if part is not None:
                    name(lowering, part, "person")
        case nodes.Mine(node=inner):
            _name_parts(lowering, inner, "household")
        case nodes.Lit():
            pass
        case _:
            lowering.named(node, entity)


def _name_pair_parts(lowering: lower.Lowering, node: Node, entity: str) -> None:
    """What speaks of one of the two people alone has a column; what speaks of both has none."""
    if isinstance(node, nodes.Mine):
        _name_parts(lowering, node.node, entity)
    elif _of_pairs(node):
        for part in nodes.children(node):
            _name_pair_parts(lowering, part, entity)
    else:
        _name_parts(lowering, node, entity)


def _of_pairs(node: Node) -> bool:
    """Whether a part speaks of two people at once, so that it has no column of its own."""
    return any(isinstance(part, nodes.Mine | nodes.Is | nodes.Together) for part in nodes.walk(node))


def _needs(book: Book, stages: tuple[Stage, ...]) -> dict[str, dict[str, str]]:
    needs: dict[str, dict[str, str]] = {"persons": {}, "households": {}, STANDARDS: {}}
    for entity, table in (("person", "persons"), ("household", "households")):
        for column in schedule.given(stages, entity):
            of = STANDARDS if isinstance(book.declared.get(column.name), Standard) else table
            needs[of][column.name] = units.storage(column.unit)
    return needs


def _hops(stages: tuple[Stage, ...]) -> int:
    """How many links lie between a subject and the farthest person its answers may depend on."""
    return sum(any(_goes_far(column) for column in stage.new) for stage in stages)


def _goes_far(column: Column) -> bool:
    near = isinstance(column.made, Fold) and column.made.group in ("members", "housemates")
    return isinstance(column.made, Pick | Met | Beside | Fold) and not near


def _forward(book: Book) -> dict[str, tuple[str, ...]]:
    return {link.name: link.inverse_of for link in book.links if link.inverse_of}


def _compiler(dialect: str) -> Any:
    if dialect == "duckdb":
        from ibis.backends.sql.compilers.duckdb import DuckDBCompiler

        return DuckDBCompiler()
    from ibis.backends.sql.compilers.pyspark import PySparkCompiler

    return PySparkCompiler()
