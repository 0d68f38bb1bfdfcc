"""Each part of a formula as a function that reads one subject and gives its reason, made once for a plan.

Value and reason come of one reading: what a tree shows is what the answer was reckoned from. `one` is the subject that
a part is read from; `mine`, inside a group, whoever asks about the group.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wenhou.engine import phrases, reckon
from wenhou.engine.declared import Fact, Link, Rule, Version
from wenhou.engine.nodes import Agg, Found, Get, Is, Lit, Mine, Node, Op, Ref, Together, Value
from wenhou.engine.reasons import KNOWN, NO, UNKNOWN, YES, Part, Reason
from wenhou.engine.subjects import Subject, Tell
from wenhou.engine.units import Unit, storage

if TYPE_CHECKING:
    from wenhou.engine.words import Book

_new = (
    tuple.__new__
)  # a reason for every part of every formula: the usual constructor would be half of all time


@dataclass(frozen=True)
class LinkPart(Part):
    """The person a link names: found among the rows or not."""

    found: bool = True

    def answer_of(self, reason: Reason) -> str:
        return KNOWN if self.found else UNKNOWN

    def shown(self, reason: Reason) -> str:
        return "已找到" if self.found else "没有登记或不在册"


@dataclass(frozen=True)
class PersonPart(Part):
    """One of a group, with the condition (if any) and the value (if any) as children."""

    how: str = ""
    conditioned: bool = False
    valued: bool = False

    def label_of(self, reason: Reason) -> str:
        return f"{self.label} {reason.subject[1]}"

    def _parts(self, reason: Reason) -> tuple[str, str]:
        """Answers of inclusion and value."""
        included = reason.children[0].answer if self.conditioned else YES
        return included, reason.children[-1].answer if self.valued else KNOWN

    def answer_of(self, reason: Reason) -> str:
        """Unknown where it is this person's unknown that may leave the aggregate open."""
        included, amount = self._parts(reason)
        if included == NO:
            return KNOWN
        if self.valued and amount == {"any": NO, "count": NO, "all": YES}.get(self.how):
            return amount
        return UNKNOWN if UNKNOWN in (included, amount) else amount

    def shown(self, reason: Reason) -> str:
        if self._parts(reason)[0] == NO:
            return "不计入"
        return reason.children[-1].shown if reason.children else "计入"


class Tellers:
    """Tellers of a plan's names, each made when it is first wanted."""

    def __init__(
        self, book: "Book", trees: Mapping[str, tuple[str, Node]], versions: Mapping[str, Version]
    ) -> None:
        self._book, self._trees, self._versions = book, trees, versions

    def name(self, name: str) -> Tell:
        """Of a declared name, read from its own subject."""
        known = self._book[name]
        if isinstance(known, Rule):
            return self._rule(known)
        assert not isinstance(known, Link)
        sources = known.sources if isinstance(known, Fact) else ()
        part = Part(
            "fact" if isinstance(known, Fact) else "standard", name, known.label, known.unit, "", sources
        )
        return lambda one, mine: _new(Reason, (part, one.given.get(name), one.about, ()))

    def _part(self, rule: Rule) -> Part:
        version = self._versions[rule.name]
        law = "" if version.law is None else str(version.law)
        sources = rule.watch.sources if rule.watch else ()
        return Part("rule", rule.name, version.label, rule.unit, law, sources)

    def _rule(self, rule: Rule) -> Tell:
        (_, tree), part, unit = self._trees[rule.name], self._part(rule), rule.unit
        formula = self.node(tree, rule.entity, rule.entity)
        if not _drifts(tree, unit):

            def plainly(one: Subject, mine: Subject) -> Reason:
                inner = formula(one, one)
                return _new(Reason, (part, inner[1], one.about, (inner,)))

            return plainly

        def exactly(one: Subject, mine: Subject) -> Reason:
            inner = formula(one, one)
            return _new(Reason, (part, reckon.typed(inner[1], unit), one.about, (inner,)))

        return exactly

    def nowhere(self, name: str) -> Tell:
        """Of a household's name, where no row tells of the household: unknown, for want of it."""
        known = self._book[name]
        if not isinstance(known, Rule):
            return self.name(name)
        part = self._part(known)
        want = LinkPart("link", "household", "所在户", "count", found=False)

        def tell(one: Subject, mine: Subject) -> Reason:
            return Reason(part, None, one.about, (Reason(want, None, one.about),))

        return tell

    def node(self, node: Node, here: str, owner: str, beside: Unit = None) -> Tell:
        """here, owner: the entities of `one` and `mine`. beside: the unit a plain number takes."""
        match node:
            case Ref(name=name, entity=entity):
                return _ref(name, at_home=entity != here)
            case Lit(value=value, unit=unit):
                return self._literal(node, reckon.literal(value, unit or beside))
            case Op():
                return self._operator(node, here, owner, beside)
            case Agg():
                return self._aggregate(node, here)
            case Mine(node=inner):
                mine = self.node(inner, owner, owner)
                return lambda one, asks: mine(asks, asks)
            case Get():
                return self._get(node)
        return self._about_link(node)

    def _told(self, kind: str, name: str, node: Node) -> Part:
        return Part(kind, name, phrases.label(self._book, node), node.unit)

    def _literal(self, node: Lit, value: Value) -> Tell:
        part = self._told("value", "", node)
        return lambda one, mine: _new(Reason, (part, value, one.about, ()))

    def _operator(self, node: Op, here: str, owner: str, beside: Unit) -> Tell:
        beside = next((arg.unit for arg in node.args if arg.unit is not None), beside)
        if node.op == "when":
            beside = node.unit or beside
        parts = tuple(self.node(arg, here, owner, arg.unit or beside) for arg in node.args)
        part = self._told(node.op, node.op, node)
        logic = reckon.LOGIC.get(node.op)
        if logic is not None:
            return _two(part, logic, *parts) if len(parts) == 2 else _several(part, logic, parts)
        strict = reckon.STRICT[node.op]
        if len(parts) == 1:
            return _single(part, strict, *parts)
        return _both(part, strict, *parts) if len(parts) == 2 else _several(part, _all_known(strict), parts)

    def _aggregate(self, node: Agg, here: str) -> Tell:
        owner = "household" if node.group == "members" else "person"
        where = None if node.where is None else self.node(node.where, "person", owner)
        value = None if node.value is None else self.node(node.value, "person", owner)
        part, element = self._told("aggregate", node.how, node), self._element(node)
        people, at_home, how, unit = self._people(node.group), owner != here, node.how, node.unit
        empty, drifts = reckon.literal(node.empty, unit), _drifts(node, unit)

        def tell(one: Subject, mine: Subject) -> Reason:
            asks = one.home if at_home else one
            told, pairs = [], []
            for other in people(asks):
                included = None if where is None else where(other, asks)
                amount = None if value is None else value(other, asks)
                children = tuple([child for child in (included, amount) if child is not None])
                worth = None if amount is None else amount[1]
                told.append(_new(Reason, (element, worth, other.about, children)))
                pairs.append((True if included is None else included[1], True if amount is None else worth))
            total = reckon.fold(how, pairs, empty)
            if drifts:
                total = reckon.typed(total, unit)
            return _new(Reason, (part, total, asks.about, tuple(told)))

        return tell

    def _element(self, node: Agg) -> PersonPart:
        unit = node.value.unit if node.value is not None else "bool"
        whose, conditioned, valued = (
            phrases.group(self._book, node.group),
            node.where is not None,
            node.value is not None,
        )
        return PersonPart(
            "person", node.group, whose, unit, how=node.how, conditioned=conditioned, valued=valued
        )

    def _people(self, group: str) -> Callable[[Subject], list[Subject]]:
        if group == "members":
            return lambda one: one.members
        if group == "housemates":
            return lambda one: [other for other in one.home.members if other is not one]
        link = self._book[group]
        assert isinstance(link, Link)
        return lambda one: one.world.named_by(one, link.inverse_of)

    def _link(self, link: str) -> Callable[[Subject, bool], Reason]:
        label = self._book[link].label
        parts = {found: LinkPart("link", link, label, "count", found=found) for found in (True, False)}
        return lambda one, found: Reason(parts[found], one.given.get(link), one.about)

    def _get(self, node: Get) -> Tell:
        part, item, named = (
            self._told("get", node.link, node),
            self.node(node.item, "person", "person"),
            self._link(node.link),
        )

        def tell(one: Subject, mine: Subject) -> Reason:
            other = one.world.linked(one, node.link)
            if other is None:
                return Reason(part, None, one.about, (named(one, False),))
            child = item(other, other)
            return Reason(part, child.value, one.about, (child,))

        return tell

    def _about_link(self, node: Node) -> Tell:
        """Found, Together and Is: whether somebody is known, lives here, or is the one."""
        assert isinstance(node, Found | Together | Is)
        part = self._told("link_test", node.link or "", node)
        if node.link is None:
            return lambda one, mine: Reason(part, _same_home(one, mine), one.about)
        link, named = node.link, self._link(node.link)

        def tell_is(one: Subject, mine: Subject) -> Reason:
            key = mine.given.get(link)
            value = None if key is None else one.key == key
            return Reason(part, value, one.about, (named(mine, key is not None),))

        def tell(one: Subject, mine: Subject) -> Reason:
            other = one.world.linked(one, link)
            value = other is not None if isinstance(node, Found) else _same_home(one, other)
            return Reason(part, value, one.about, (named(one, other is not None),))

        return tell_is if isinstance(node, Is) else tell


def _drifts(node: Node, unit: Unit) -> bool:
    """Whether a part's value may be of another type than its unit is kept in."""
    return storage(unit) in ("decimal", "float") or node.unit is None


def _ref(name: str, *, at_home: bool) -> Tell:
    if at_home:
        return lambda one, mine: one.home[name]
    return lambda one, mine: one[name]


def _both(part: Part, strict: Callable[..., Any], first: Tell, second: Tell) -> Tell:
    def tell(one: Subject, mine: Subject) -> Reason:
        left, right = first(one, mine), second(one, mine)
        a, b = left[1], right[1]
        value = None if a is None or b is None else strict(a, b)
        return _new(Reason, (part, value, one.about, (left, right)))

    return tell


def _single(part: Part, strict: Callable[..., Any], only: Tell) -> Tell:
    def tell(one: Subject, mine: Subject) -> Reason:
        inner = only(one, mine)
        value = inner[1]
        return _new(Reason, (part, None if value is None else strict(value), one.about, (inner,)))

    return tell


def _two(part: Part, logic: Callable[..., Any], first: Tell, second: Tell) -> Tell:
    def tell(one: Subject, mine: Subject) -> Reason:
        left, right = first(one, mine), second(one, mine)
        return _new(Reason, (part, logic(left[1], right[1]), one.about, (left, right)))

    return tell


def _several(part: Part, logic: Callable[..., Any], parts: tuple[Tell, ...]) -> Tell:
    def tell(one: Subject, mine: Subject) -> Reason:
        told = tuple([each(one, mine) for each in parts])
        return _new(Reason, (part, logic(*[each[1] for each in told]), one.about, told))

    return tell


def _all_known(strict: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *values: None if None in values else strict(*values)


def _same_home(one: Subject, other: Subject | None) -> bool | None:
    if other is None:
        return None
    mine, theirs = one.given["household"], other.given["household"]
    return None if mine is None or theirs is None else mine == theirs
