"""Graph, date and region to a plan: which formulas are in force, in which stages they run, and their SQL."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache

from wenhou.engine import lower, nodes, placing, schedule, telling, tracing, units
from wenhou.engine.columns import Fold
from wenhou.engine.declared import Link, Rule, Standard, Version
from wenhou.engine.dialects import Dialect
from wenhou.engine.faults import PlanFault, nearest
from wenhou.engine.nodes import Agg, Found, Get, Node, Ref, Together
from wenhou.engine.schedule import Stage
from wenhou.engine.stages import KEY_TYPES, KEYS, STANDARDS, TABLE_KEYS, Builder
from wenhou.engine.subjects import Tell
from wenhou.engine.words import DEFAULT, Book


@dataclass(frozen=True, eq=False, repr=False)
class Plan:
    """Formulas of one day and region. Compared and hashed by identity; kept by `make`.

    persons, households: names answered for each person and each household. trees: entity and formula of every rule in
    force, each after those it rests on. left_out: indicators and rules that could not be planned, with the reason.
    replays: made of a frozen copy, whose rows were checked when they were first judged.
    """

    book: Book
    as_of: date
    region: str | None
    persons: tuple[str, ...]
    households: tuple[str, ...]
    trees: Mapping[str, lower.Tree]
    versions: Mapping[str, Version]
    left_out: Mapping[str, str] = field(default_factory=dict)
    replays: bool = False

    def __repr__(self) -> str:
        return f"Plan({self.as_of}, {self.region or '全国'}, {len(self.trees)} 条)"

    @cached_property
    def rests_on(self) -> frozenset[str]:
        """Every declared name that an answer depends on, itself among them: facts, standards, rules and links."""
        return self.below(*self.persons, *self.households)

    def below(self, *names: str) -> frozenset[str]:
        """The same of some answers."""
        seen: set[str] = set()
        waiting = [*names]
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                waiting.extend(self._directly(name))
        return frozenset(seen)

    def _directly(self, name: str) -> frozenset[str]:
        known = self.book.declared[name]
        if isinstance(known, Link):
            return frozenset(known.inverse_of)
        if name not in self.trees:
            return frozenset()
        _, tree = self.trees[name]
        return nodes.names(tree) | (tracing.links(tree) - tracing.GROUPS)

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Names to read: rules after those they rest on, then whatever is told."""
        rules = [name for name in self.trees if name in self.rests_on]
        told = {*self.needs["persons"], *self.needs["households"], *self.needs[STANDARDS]}.difference(
            self.links
        )
        return (*rules, *sorted(told))

    @cached_property
    def needs(self) -> Mapping[str, Mapping[str, str]]:
        """Columns that each input table should bring, with how each is kept."""
        needs: dict[str, dict[str, str]] = {"persons": {}, "households": {}, STANDARDS: {}}
        for name in sorted(self.rests_on):
            known = self.book[name]
            if isinstance(known, Link) and not known.inverse_of:
                needs["persons"][name] = "int"
            elif isinstance(known, Standard):
                needs[STANDARDS][name] = units.storage(known.unit)
            elif not isinstance(known, Rule | Link):
                needs[f"{known.entity}s"][name] = units.storage(known.unit)
        return needs

    @cached_property
    def reads(self) -> Mapping[str, tuple[tuple[str, ...], tuple[tuple[str, str], ...]]]:
        """Of each input table the keys, and keys and columns with how each is kept."""
        return {
            table: (keys, (*((key, KEY_TYPES[key][1]) for key in keys), *self.needs[table].items()))
            for table, keys in TABLE_KEYS.items()
        }

    @cached_property
    def links(self) -> tuple[str, ...]:
        """Links whose keys the persons table must bring."""
        return tuple(name for name in self.needs["persons"] if isinstance(self.book.declared.get(name), Link))

    @cached_property
    def hops(self) -> int:
        """How many links lie between a subject and the farthest person its answers may depend on."""
        far: dict[str, int] = {}
        for name, (_, tree) in self.trees.items():
            far[name] = self._hops(tree, far)
        return max((far.get(name, 0) for name in (*self.persons, *self.households)), default=0)

    def _hops(self, node: Node, far: Mapping[str, int]) -> int:
        match node:
            case Ref(name=name):
                return far.get(name, 0)
            case Get() | Found() | Together(link=str()):
                step = 1
            case Agg(group=group) if group not in tracing.GROUPS:
                step = 1
            case _:
                step = 0
        return step + max((self._hops(part, far) for part in nodes.children(node)), default=0)

    @cached_property
    def tellers(self) -> tuple[Mapping[str, Tell], Mapping[str, Tell], Mapping[str, Tell]]:
        """How each name is told of a household, of a person, and of a household that no row tells of."""
        made = telling.Tellers(self.book, self.trees, self.versions)
        homes, people, nowhere = {}, {}, {}
        for name in self.rests_on:
            known = self.book[name]
            if isinstance(known, Link):
                continue
            if known.entity == "household":
                homes[name], nowhere[name] = made.name(name), made.nowhere(name)
            else:
                people[name] = made.name(name)
        return homes, people, nowhere

    @cached_property
    def columns(self) -> schedule.Columns:
        """What a batch computes."""
        lowering = lower.Lowering(self.trees)
        for name in self.persons:
            if (unit := self.unit(name)) and self.book[name].entity == "household":  # type: ignore[union-attr]
                lowering.spread(name, unit)
            else:
                lowering.column(name, "person", unit)
        for name in self.households:
            lowering.column(name, "household", self.unit(name))
        _turned_links(lowering, _forward(self.book))
        return placing.placed(lowering.columns)

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """The tables of a batch, in the order to run."""
        return schedule.arrange(self.columns, self.persons, self.households, _forward(self.book))

    def queries(self, dialect: str, sources: Mapping[str, str] | None = None) -> list[str]:
        """Each stage's SELECT, in order. dialect: duckdb or pyspark; sources: SQL of each table, its name if not told."""
        builder = self._builder(dialect, sources)
        return [builder.query(stage) for stage in self.stages]

    def answers(self, dialect: str, sources: Mapping[str, str] | None = None) -> dict[str, str]:
        """The SELECT that puts an entity's answers together, by entity."""
        builder = self._builder(dialect, sources)
        return {entity: builder.answers(tables, self._asked(entity)) for entity, tables in self.ends.items()}

    @cached_property
    def ends(self) -> Mapping[str, tuple[Stage, ...]]:
        """The stages that hold an entity's answers, by entity."""
        of = {entity: [one for one in self.stages if one.entity == entity] for entity in KEYS}
        return {entity: tuple(schedule.holding(of[entity], self._asked(entity))) for entity in KEYS}

    def _asked(self, entity: str) -> tuple[str, ...]:
        return self.persons if entity == "person" else self.households

    def _builder(self, dialect: str, sources: Mapping[str, str] | None) -> Builder:
        written = Dialect(dialect)
        told = {name: written(name) for name in (*TABLE_KEYS, *(stage.table for stage in self.stages))}
        standards = frozenset(self.needs[STANDARDS])
        return Builder(self.columns, standards, _forward(self.book), written, told | dict(sources or {}))

    def unit(self, name: str) -> str:
        declared = self.book[name]
        assert not isinstance(declared, Link)
        return declared.unit


def make(
    *,
    as_of: date,
    region: str | None = None,
    wanted: Iterable[str] | None = None,
    book: Book = DEFAULT,
) -> Plan:
    """The plan for a day; the same question gets the same plan back.

    region: a division code; its beginning chooses regional formulas. wanted: names to answer, or codes of
    indicators; all indicators if not given. An indicator brings its basis. Raises PlanFault where a name wanted is
    unknown or not in force.
    """
    names = None if wanted is None else tuple(dict.fromkeys(book.codes.get(name, name) for name in wanted))
    return _make(book, book.revision, as_of, region, names)


@lru_cache(maxsize=64)
def _make(book: Book, _revision: int, as_of: date, region: str | None, names: tuple[str, ...] | None) -> Plan:
    chosen = _Choice(book, as_of, region)
    persons, households = _outputs(book, _wanted(book, chosen, names))
    return Plan(book, as_of, region, persons, households, chosen.trees, chosen.versions, chosen.left_out)


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
        self._screens: dict[str, str] = {}  # of a rule, a screen it is or rests on

    def add(self, name: str) -> str | None:
        """Take a name and what it rests on; the reason why not, if so."""
        declared = self.book[name]
        if not isinstance(declared, Rule) or name in self.trees or name in self.left_out:
            return self.left_out.get(name)
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
        return self._screened(declared, tree)

    def _screened(self, rule: Rule, tree: Node) -> str | None:
        """Why a determination is none: a branch taken on this day only may lead to a screen."""
        below = (self._screens[name] for name in sorted(nodes.names(tree)) if name in self._screens)
        screen = rule.name if rule.screen else next(below, None)
        if screen is not None:
            self._screens[rule.name] = screen
            if rule.determines:
                self.left_out[rule.name] = f"认定“{rule.name}”在{self.as_of}以筛查“{screen}”为据。"
        return self.left_out.get(rule.name)


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


def _outputs(book: Book, wanted: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names answered per person and per household; a person's indicator has its household's basis beside it."""
    of = {name: book[name].entity for name in wanted}  # type: ignore[union-attr]
    persons = [name for name in wanted if of[name] == "person"]
    beside = [item for name in persons for item in _basis(book, name) if of[item] == "household"]
    return tuple(dict.fromkeys((*persons, *beside))), tuple(n for n in wanted if of[n] == "household")


def _forward(book: Book) -> dict[str, tuple[str, ...]]:
    return {link.name: link.inverse_of for link in book.links if link.inverse_of}
