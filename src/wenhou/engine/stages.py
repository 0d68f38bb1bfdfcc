"""A stage as one query: the tables before, joined with what crosses into it, then its row columns layer by layer."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from wenhou.engine.columns import KEYS as EVERYWHERE
from wenhou.engine.columns import MINE, Beside, Column, Fold, Met, Pick, Row, Spread, fold_refs, same_row
from wenhou.engine.dialects import Dialect
from wenhou.engine.nodes import Lit, Node, Op, Ref, walk
from wenhou.engine.render import Read, Renderer, sure
from wenhou.engine.schedule import Columns, Stage, folds, given, holding
from wenhou.engine.sharing import Sharing

INPUTS = {"person": "persons", "household": "households"}
STANDARDS = "standards"
KEYS = {"person": ("person", "household"), "household": ("household", "county")}
TABLE_KEYS = {"persons": KEYS["person"], "households": KEYS["household"], STANDARDS: ("county",)}
KEY_TYPES = {"person": ("int64", "int"), "household": ("int64", "int"), "county": ("string", "text")}
NOTHING = Lit(None, None)
NO_PARTS: Mapping[str, bool] = {}


class Join(NamedTuple):
    """A left join: what with, on what, and the columns taken, as SQL by name."""

    source: str
    on: str
    columns: dict[str, str]


class Builder:
    """Builds the stages of one plan. forward: for each inverse link the links it turns round."""

    def __init__(
        self,
        columns: Columns,
        standards: frozenset[str],
        forward: Mapping[str, tuple[str, ...]],
        dialect: Dialect,
        sources: Mapping[str, str],
    ) -> None:
        self._columns, self._standards, self._forward, self._dialect = columns, standards, forward, dialect
        self._sources = sources

    def query(self, stage: Stage) -> str:
        """The stage as one SELECT over the tables of earlier stages, or over the input."""
        layers = _layers(stage)
        has = _carried(None, layers, stage)
        tree = self._base(stage, has)
        write = self._renderer(stage.entity, lambda ref: self._dialect(ref.name))
        for index, layer in enumerate(layers):
            new = {column.name: column for column in layer}
            has = _carried({*has, *new}, layers[index + 1 :], stage)
            told = {name: _value(new.get(name), write) for name in has}
            tree = f"{self._select(told)} FROM ({tree}) AS below"
        return tree

    def answers(self, tables: tuple[Stage, ...], names: Iterable[str]) -> str:
        """These columns of one entity, as one SELECT over its tables."""
        told = dict.fromkeys((*KEYS[tables[0].entity], *names))
        return f"{self._select(told)} FROM {self._read(tables, told)} AS t"

    def _renderer(self, entity: str, read: Read, parts: Mapping[str, bool] = NO_PARTS) -> Renderer:
        def known(ref: Ref) -> bool:
            if ref.name in parts:
                return parts[ref.name]
            home = "person" if ref.entity == MINE else entity
            if ref.name in EVERYWHERE:
                return ref.name == home
            column = self._columns.get((home, ref.name))
            return column is not None and column.sure

        return Renderer(self._dialect, read, known)

    def _select(self, told: Mapping[str, str | None]) -> str:
        """SELECT of columns by name; None where the name is the column's own."""
        q = self._dialect
        return "SELECT " + ", ".join(
            q(name) if sql is None else f"{sql} AS {q(name)}" for name, sql in told.items()
        )

    def _of(self, alias: str, name: str) -> str:
        return f"{alias}.{self._dialect(name)}"

    def _base(self, stage: Stage, names: list[str]) -> str:
        joins = list(self._joins(stage))
        taken = {name: sql for join in joins for name, sql in join.columns.items()}
        own = set(names) - set(taken)
        source = self._table(stage, own | _links(stage))
        told = {name: taken.get(name) or self._of("t", name) for name in names}
        joined = "".join(f" LEFT JOIN {join.source} ON {join.on}" for join in joins)
        return f"{self._select(told)} FROM {source} AS t{joined}"

    def _table(self, stage: Stage, names: set[str]) -> str:
        if stage.before:
            return self._read(stage.before, names)
        return self._sources[INPUTS[stage.entity]]

    def _read(self, tables: tuple[Stage, ...], names: Iterable[str]) -> str:
        """One table with these columns and the entity's keys."""
        held = holding(tables, names)
        if len(held) == 1:
            return self._sources[next(iter(held)).table]
        key, *others = KEYS[tables[0].entity]
        told = {name: self._of("t0", name) for name in (key, *others)}
        joined = ""
        for number, (stage, columns) in enumerate(held.items()):
            alias = f"t{number}"
            told |= {name: self._of(alias, name) for name in columns}
            source = f"{self._sources[stage.table]} AS {alias}"
            joined += f" LEFT JOIN {source} ON t0.{key} = {alias}.{key}" if number else source
        return f"({self._select(told)} FROM {joined})"

    def _joins(self, stage: Stage) -> Iterable[Join]:
        if stage.entity == "household" and not stage.before:
            yield from self._county(stage)
        if stage.entity == "person":
            yield from self._spreads(stage)
            yield from self._linked(stage)
        for group, columns in folds(stage).items():
            yield self._folded(stage, group, columns)

    def _county(self, stage: Stage) -> Iterable[Join]:
        """A household whose county lacks a standard stays, and the standard is unknown."""
        names = sorted(given(stage) & self._standards)
        if names:
            taken = {name: self._of("standard", name) for name in names}
            yield Join(f"{self._sources[STANDARDS]} AS standard", "t.county = standard.county", taken)

    def _spreads(self, stage: Stage) -> Iterable[Join]:
        names = [column.name for column in stage.new if isinstance(column.made, Spread)]
        if names:
            source = self._read(stage.households, names)
            taken = {name: self._of("home", name) for name in names}
            yield Join(f"{source} AS home", "t.household = home.household", taken)

    def _linked(self, stage: Stage) -> Iterable[Join]:
        for number, link in enumerate(sorted(_links(stage))):
            columns = [
                c for c in stage.new if isinstance(c.made, Pick | Met | Beside) and c.made.link == link
            ]
            sources = {column.made.source for column in columns if isinstance(column.made, Pick)}
            alias = f"linked_{number}"
            taken = {column.name: self._across(column, alias) for column in columns}
            yield Join(
                f"{self._meant(stage.persons, link, sources)} AS {alias}",
                f"{self._of('t', link)} = {alias}.person",
                taken,
            )

    def _meant(self, people: tuple[Stage, ...], link: str, names: Iterable[str]) -> str:
        """Those whom the link points to at all, mostly few: a join with them is small."""
        meant = f"SELECT {self._dialect(link)} FROM {self._read(people, [link])} AS p"
        return f"(SELECT * FROM {self._read(people, names)} AS q WHERE q.person IN ({meant}))"

    def _across(self, column: Column, alias: str) -> str:
        match column.made:
            case Pick(source=source):
                return self._of(alias, source)
            case Met():
                return f"({alias}.person IS NOT NULL)"
        return f"(t.household = {alias}.household)"

    def _folded(self, stage: Stage, group: str, columns: list[Column]) -> Join:
        made = {column.name: column.made for column in columns if isinstance(column.made, Fold)}
        refs = {ref for fold in made.values() for ref in fold_refs(fold)}
        known: dict[str, bool] = {}
        if group == "members":
            key, rows = "household", self._read(stage.persons, {ref.name for ref in refs})
            write = self._renderer("person", lambda ref: self._of("m", ref.name), known)
        else:
            key, rows = "person", self._pairs(stage.persons, group, refs, list(made.values()))
            write = self._renderer("person", lambda ref: self._of("m", _paired(ref)), known)
        made, parts = _apart(made)
        for ref, node in parts:
            known[ref.name] = sure(node, write.known)
            rows = f"(SELECT m.*, {write.column(node, node.unit)} AS {write.read(ref).removeprefix('m.')} FROM {rows} AS m)"
        told = {"folded_for": f"m.{key}"} | {n: write.aggregate(fold, f"m.{key}") for n, fold in made.items()}
        alias = f"of_{group}"
        taken = {column.name: self._or_empty(column, alias) for column in columns}
        return Join(
            f"({self._select(told)} FROM {rows} AS m GROUP BY m.{key}) AS {alias}",
            f"t.{key} = {alias}.folded_for",
            taken,
        )

    def _or_empty(self, column: Column, alias: str) -> str:
        """Whoever has nobody in the group gets the answer for nobody, which is not the unknown."""
        assert isinstance(column.made, Fold)
        nobody, found = self._dialect.literal(column.made.empty, column.unit), self._of(alias, column.name)
        if column.sure:
            return f"COALESCE({found}, {nobody})"
        return f"CASE WHEN {alias}.folded_for IS NULL THEN {nobody} ELSE {found} END"

    def _pairs(self, tables: tuple[Stage, ...], group: str, refs: set[Ref], made: list[Fold]) -> str:
        """One row for each pair: `person` folds, `their_…` are the element's columns, `my_…` one's own."""
        theirs = {ref.name for ref in refs if ref.entity != MINE}
        mine = {ref.name for ref in refs if ref.entity == MINE}
        told = {"person": "me.person"}
        told |= {f"their_{name}": self._of("they", name) for name in sorted(theirs)}
        told |= {f"my_{name}": self._of("me", name) for name in sorted(mine)}
        they, me = self._eligible(self._read(tables, theirs), made), self._read(tables, mine)
        if group == "housemates":
            both = f"{they} AS they JOIN {me} AS me ON they.household = me.household AND they.person <> me.person"
        else:
            turned = self._turned(tables, group)
            both = f"{they} AS they JOIN {turned} AS turned ON they.person = turned.element"
            both += f" JOIN {me} AS me ON turned.folds = me.person"
        return f"({self._select(told)} FROM {both})"

    def _eligible(self, people: str, made: list[Fold]) -> str:
        """Without those whom every fold is sure to leave out by what they are themselves: whoever has only such is
        answered for nobody, which is the same."""
        told = [_theirs(fold) for fold in made]
        if not all(told):
            return people
        write = self._renderer("person", lambda ref: self._of("p", ref.name))
        held = (
            " AND ".join(f"COALESCE({write.expression(one)}, TRUE)" for one in several) for several in told
        )
        return f"(SELECT * FROM {people} AS p WHERE {' OR '.join(f'({one})' for one in held)})"

    def _turned(self, tables: tuple[Stage, ...], group: str) -> str:
        """Who (element) names whom (folds): a parent named twice counts once."""
        links = [self._of("p", link) for link in self._forward[group]]
        people = self._read(tables, self._forward[group])
        several = []
        for number, link in enumerate(links):
            named = " AND ".join(
                [f"{link} IS NOT NULL", *(f"COALESCE({link} <> {one}, TRUE)" for one in links[:number])]
            )
            several.append(f"SELECT p.person AS element, {link} AS folds FROM {people} AS p WHERE {named}")
        return f"({' UNION ALL '.join(several)})"


def _apart(made: dict[str, Fold]) -> tuple[dict[str, Fold], list[tuple[Ref, Op]]]:
    """Folds whose values and conditions are columns, unless they are small; and these columns in order."""
    sharing = Sharing("person", "folded")
    for fold in made.values():
        for node in (fold.value, fold.where):
            sharing.count(node or NOTHING, 2)
    found = {
        name: replace(
            fold,
            value=fold.value and sharing.apart(fold.value),
            where=fold.where and sharing.apart(fold.where),
        )
        for name, fold in made.items()
    }
    return found, [(Ref(name, "person", node.unit), node) for name, node in sharing.taken()]


def _value(column: Column | None, write: Renderer) -> str | None:
    if column is None:
        return None
    assert isinstance(column.made, Row)
    return write.column(column.made.node, column.unit)


def _theirs(fold: Fold) -> list[Node]:
    """What reads the element alone and leaves it out by a no: of the condition, and of what any of them may be."""
    told = [*_parts(fold.where), *(_parts(fold.value) if fold.how == "any" else ())]
    return [part for part in told if all(ref.entity != MINE for ref in walk(part) if isinstance(ref, Ref))]


def _parts(node: Node | None) -> Iterable[Node]:
    """What must all hold, taken apart."""
    if isinstance(node, Op) and node.op == "and":
        for arg in node.args:
            yield from _parts(arg)
    elif node is not None:
        yield node


def _links(stage: Stage) -> set[str]:
    return {column.made.link for column in stage.new if isinstance(column.made, Pick | Met | Beside)}


def _layers(stage: Stage) -> list[tuple[Column, ...]]:
    rows = [column for column in stage.new if isinstance(column.made, Row)]
    depths = sorted({column.depth for column in rows})
    return [tuple(column for column in rows if column.depth == depth) for depth in depths]


def _carried(has: Iterable[str] | None, layers: list[tuple[Column, ...]], stage: Stage) -> list[str]:
    """Of what is there (None: what must be), what later layers read or the stage keeps; keys first."""
    wanted = {*stage.keep}.union(*(same_row(column) for layer in layers for column in layer))
    there = (
        wanted - {column.name for layer in layers for column in layer} if has is None else wanted & set(has)
    )
    keys = KEYS[stage.entity]
    return [*keys, *sorted(there - set(keys))]


def _paired(ref: Ref) -> str:
    return f"my_{ref.name}" if ref.entity == MINE else f"their_{ref.name}"
