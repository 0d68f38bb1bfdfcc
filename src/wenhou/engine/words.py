"""The whole vocabulary: fact, link, standard, rule, indicator.

A `Book` keeps declarations under one namespace. The module's own functions bind to the default book; a test
makes a fresh `Book()`. Argument names are the graph: whatever a formula's parameters name was declared before,
so there are no cycles, and a wrong name or unit fails when the module is imported.
"""

import inspect
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from wenhou.engine import tracing, units
from wenhou.engine.declared import (
    Declared,
    Entity,
    Fact,
    Formula,
    Link,
    Rule,
    Standard,
    Version,
    Watch,
    day,
    household,
    person,
)
from wenhou.engine.faults import DeclarationFault, nearest

SAMPLE_DAY = date(
    2025, 10, 15
)  # formulas are tried once on a day when they are declared, for names and units
RESERVED = frozenset({"members", "housemates", "as_of", "person", "household", "county"})
TAKEN = frozenset(
    {"where", "count", "are", "same_household", "is_known", "link"}
)  # words of groups and links


class Book:
    """Declarations in one namespace, in the order they were made."""

    def __init__(self) -> None:
        self.declared: dict[str, Declared] = {}
        self.codes: dict[str, str] = {}
        self._uses: dict[str, frozenset[str]] = {}  # of a rule, by all its versions

    def __getitem__(self, name: str) -> Declared:
        if name not in self.declared:
            raise DeclarationFault(f"没有叫“{name}”的事实、标准、规则或关系。{nearest(name, self.declared)}")
        return self.declared[name]

    def __contains__(self, name: str) -> bool:
        return name in self.declared

    def behind(self, name: str) -> frozenset[str]:
        """Names that a rule uses itself, in any of its versions; those that an inverse link turns round."""
        known = self[name]
        return frozenset(known.inverse_of) if isinstance(known, Link) else self._uses.get(name, frozenset())

    def dependants(self, name: str) -> frozenset[str]:
        """Rules that use a name themselves, in any of their versions."""
        return frozenset(user for user, used in self._uses.items() if self[name].name in used)

    def rests_on(self, names: Iterable[str]) -> frozenset[str]:
        """These names and all behind them, at any depth."""
        return self._through(names, self.behind)

    def _through(self, names: Iterable[str], onward: Callable[[str], Iterable[str]]) -> frozenset[str]:
        seen: set[str] = set()
        waiting = [name for name in names if name in self.declared]
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                waiting.extend(onward(name))
        return frozenset(seen)

    @property
    def revision(self) -> int:
        """Grows with every declaration, so that a kept plan knows it is of an older book."""
        return sum(len(d.versions) if isinstance(d, Rule) else 1 for d in self.declared.values())

    @property
    def facts(self) -> tuple[Fact, ...]:
        return tuple(d for d in self.declared.values() if isinstance(d, Fact))

    @property
    def links(self) -> tuple[Link, ...]:
        return tuple(d for d in self.declared.values() if isinstance(d, Link))

    @property
    def standards(self) -> tuple[Standard, ...]:
        return tuple(d for d in self.declared.values() if isinstance(d, Standard))

    @property
    def rules(self) -> tuple[Rule, ...]:
        """All rules, indicators among them."""
        return tuple(d for d in self.declared.values() if isinstance(d, Rule))

    @property
    def indicators(self) -> dict[str, Rule]:
        """Indicators by code."""
        return {code: self.declared[name] for code, name in self.codes.items()}  # type: ignore[misc]

    def of_code(self, code: str) -> Rule:
        """The indicator of a code; KeyError where there is none."""
        found = self.declared[self.codes[code]]
        assert isinstance(found, Rule), code
        return found

    def fact(
        self,
        name: str,
        entity: Entity,
        *,
        unit: str | None = None,
        kind: str | None = None,
        label: str,
        sources: Iterable[str] = (),
        note: str = "",
    ) -> Fact:
        """Declare a fact. kind: bool, int, fen, date, text or number; unit narrows it (days, fen/month, sqm…)."""
        measured = units.of_kind(kind, unit, of=name)
        return self._add(Fact(name, _entity(entity, name), measured, label, tuple(sources), note))

    def link(self, name: str, *, label: str, inverse_of: Iterable[str] = ()) -> Link:
        """Declare a person column holding another person's key; with inverse_of, everybody who names me in those."""
        forward = tuple(inverse_of)
        for other in forward:
            known = self[other]
            if not isinstance(known, Link) or known.inverse_of:
                raise DeclarationFault(f"“{name}”的 inverse_of 里“{other}”不是一条直接的关系。")
        return self._add(Link(name, label, forward))

    def standard(self, name: str, *, unit: str, label: str, note: str = "") -> Standard:
        """Declare a standard: a column of the standards table, one row per county."""
        return self._add(Standard(name, units.checked(unit, of=name), label, note))

    def rule(
        self,
        entity: Entity,
        *,
        unit: str = "bool",
        law: Any = None,
        label: str | None = None,
        since: "date | str | None" = None,
        region: str | None = None,
        name: str | None = None,
        screen: bool = False,
        determines: bool = False,
    ) -> Callable[[Formula], Formula]:
        """Declare a formula, or a further version of one (other since or region, all else the same).

        screen: an estimate, which orders and flags. determines: a finding of the law; it may rest on no screen at any
        depth.
        """

        def declare(formula: Formula) -> Formula:
            called = name or formula.__name__
            version = _version(formula, since, region, law, label)
            about = _entity(entity, called)
            self._rule(Rule(called, about, unit, (version,), screen=screen, determines=determines))
            return formula

        return declare

    def indicator(
        self,
        code: str,
        entity: Entity,
        *,
        type: str,
        weight: int,
        basis: Iterable[str],
        law: Any = None,
        answer_within: int | None = None,
        sources: Iterable[str] = (),
        note: str = "",
        label: str | None = None,
        since: "date | str | None" = None,
        region: str | None = None,
        name: str | None = None,
    ) -> Callable[[Formula], Formula]:
        """Declare a rule that watches: yes or no, with what follows. basis: names its conclusion rests on."""

        def declare(formula: Formula) -> Formula:
            called = name or formula.__name__
            watch = Watch(code, type, weight, answer_within, tuple(basis), tuple(sources), note)
            holder = self.codes.get(code, called)
            if holder != called:
                raise DeclarationFault(f"指标 {code} 已由“{holder}”占用，不能再给“{called}”。")
            about = _entity(entity, called)
            for item in watch.basis:
                self._check_basis(item, of=called, entity=about)
            version = _version(formula, since, region, law, label)
            self._rule(Rule(called, about, "bool", (version,), watch))
            self.codes[code] = called
            return formula

        return declare

    def _check_basis(self, item: str, *, of: str, entity: str) -> None:
        known = self[item]
        if isinstance(known, Link):
            raise DeclarationFault(f"“{of}”的依据“{item}”是关系，不是值。")
        if known.entity == "person" and entity == "household":
            raise DeclarationFault(f"“{of}”说的是户，依据“{item}”却是个人的；请先立一条户的规则。")

    def _rule(self, rule: Rule) -> None:
        units.checked(rule.unit, of=rule.name)
        (version,) = rule.versions
        tree = tracing.trace(self, rule.name, rule.entity, version, as_of=SAMPLE_DAY, unit=rule.unit)
        used = tracing.direct(version, tree)
        self._check_screens(rule, used)
        earlier = self.declared.get(rule.name)
        if earlier is None:
            self._add(rule)
        else:
            self.declared[rule.name] = self._with_version(earlier, rule, used)
        self._uses[rule.name] = self.behind(rule.name) | used

    def _check_screens(self, rule: Rule, used: Iterable[str]) -> None:
        """A determination rests on no screen: neither this one, nor, by a new version, one that rests on it."""
        screens = [name for name in sorted(self.rests_on(used)) if is_screen(self.declared[name])]
        if rule.screen and rule.determines:
            raise DeclarationFault(f"“{rule.name}”不能既是筛查又是认定。")
        if not screens:
            return
        if rule.determines:
            raise DeclarationFault(f"“{rule.name}”是认定，不能以筛查“{screens[0]}”为据：筛查只排序、提示。")
        for name in sorted(self._through([rule.name], self.dependants)):
            above = self.declared[name]
            if isinstance(above, Rule) and above.determines:
                raise DeclarationFault(
                    f"“{rule.name}”的新写法使认定“{name}”以筛查“{screens[0]}”为据：筛查只排序、提示。"
                )

    def _with_version(self, earlier: Declared, rule: Rule, used: Iterable[str]) -> Rule:
        (version,) = rule.versions
        if not isinstance(earlier, Rule) or (version.since is None and version.region is None):
            raise DeclarationFault(f"“{rule.name}”已经声明过；新写法请注明 since 或 region。")
        if (earlier.entity, earlier.unit) != (rule.entity, rule.unit) or bool(earlier.watch) != bool(
            rule.watch
        ):
            raise DeclarationFault(f"“{rule.name}”的两种写法主体或单位不同。")
        if (earlier.screen, earlier.determines) != (rule.screen, rule.determines):
            raise DeclarationFault(f"“{rule.name}”的两种写法，一种是筛查或认定，另一种不是。")
        if any((v.since, v.region) == (version.since, version.region) for v in earlier.versions):
            raise DeclarationFault(f"“{rule.name}”在同一日期和地区有两种写法。")
        if rule.name in self.rests_on(used):
            raise DeclarationFault(f"“{rule.name}”的新写法绕回了它自己。")
        return replace(rule, versions=(*earlier.versions, version))

    def _add(self, made: Any) -> Any:
        name = made.name
        if not name.isidentifier() or name in RESERVED or name in TAKEN or name.startswith("_"):
            raise DeclarationFault(f"“{name}”不能用作名称。")
        if name in self.declared:
            raise DeclarationFault(f"“{name}”已经声明过。")
        if not made.label.strip():
            raise DeclarationFault(f"“{name}”没有中文说明：请写 label，或在函数的第一行写文档字符串。")
        self.declared[name] = made
        return made


def is_screen(known: Declared) -> bool:
    return isinstance(known, Rule) and known.screen


def _entity(entity: Entity, of: str) -> str:
    if entity not in (person, household):
        raise DeclarationFault(f"“{of}”要说明是 person 还是 household。")
    return entity.name


def _version(
    formula: Formula, since: "date | str | None", region: str | None, law: Any, label: str | None
) -> Version:
    title = label or (inspect.getdoc(formula) or "").partition("\n")[0].rstrip(".。")
    return Version(formula, tuple(inspect.signature(formula).parameters), day(since), region, law, title)


DEFAULT = Book()

fact = DEFAULT.fact
link = DEFAULT.link
standard = DEFAULT.standard
rule = DEFAULT.rule
indicator = DEFAULT.indicator
