"""For a refusal: the nearest single change of a fact that would turn it, and the border case just above it.

Facts are changed one at a time within the refusal's own reasons, numbers by halving to the exact fen or unit, yes and
no and choices by turning. Who somebody is (birth, sex, kinship, death) is never changed. The search is bounded.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from wenhou.engine import phrases, plan, run, units
from wenhou.engine.declared import Fact
from wenhou.engine.nodes import Value
from wenhou.engine.plan import Plan
from wenhou.engine.reasons import Reason
from wenhou.engine.run import Rows
from wenhou.policy.applications.vocabulary import MOST, RANGES
from wenhou.policy.determinations import Answer, Determination
from wenhou.policy.facts.choices import CHOICES

SECONDS = 1.2
"""For all refusals of one household together; what is not reached is said to be not reached."""

NEVER = frozenset(
    [
        "birth_date", "sex", "kinship", "relation", "is_supporter", "supporter_kinship", "supporter_rank",
        "supporter_household", "hukou_type", "urban_rural", "has_police_death", "has_hospital_death", "is_cremated",
        "is_declared_missing", "is_in_prison", "is_in_prison_six_months", "is_in_detox", "is_in_detox_six_months",
        "is_confined_six_months", "has_support_duty", "is_identity_unknown",
    ]
)  # fmt: skip
"""Facts of which a change is no advice."""

_CENT = Decimal("0.01")
_TOPS = {"int": (10, 10**11), "decimal": (10, 10**6)}


@dataclass(frozen=True)
class Leaf:
    """A fact of one subject that a refusal rests on. key: of the person or household."""

    name: str
    entity: str
    key: int


@dataclass(frozen=True)
class Change:
    """One fact changed. now: as it is; turns: the nearest value that grants; border: the last that still refuses.

    border is None for what is not a number. share: how large the change is beside what there is, from 0 to 1.
    """

    leaf: Leaf
    label: str
    whose: str
    unit: str
    now: Value
    turns: Value
    border: Value
    share: float


@dataclass(frozen=True)
class Turning:
    """What was found for one refusal. nearest: None where no single change turns it, or (complete False) none was
    reached in the time there is.
    """

    verdict: Answer
    nearest: Change | None
    others: tuple[Change, ...] = ()
    complete: bool = True


def turnings(found: Determination, *, seconds: float = SECONDS) -> tuple[Turning, ...]:
    """For every refusal of a determination, in their order."""
    end = time.monotonic() + seconds
    return tuple(_turning(found, verdict, end) for verdict in found.refusals)


def _turning(found: Determination, verdict: Answer, end: float) -> Turning:
    search = _Search(found, verdict)
    changes: list[Change] = []
    for leaf in _leaves(found, found.reasons[verdict.name, verdict.key]):
        if time.monotonic() > end:
            return _told(verdict, changes, complete=False)
        change = search.change(leaf)
        if change is not None:
            changes.append(change)
    return _told(verdict, changes, complete=True)


def _told(verdict: Answer, changes: list[Change], *, complete: bool) -> Turning:
    changes.sort(key=lambda one: (one.share, one.border is None, one.leaf.name, one.leaf.key))
    return Turning(verdict, changes[0] if changes else None, tuple(changes[1:4]), complete)


def _leaves(found: Determination, reason: Reason) -> list[Leaf]:
    """Facts in the reasons of a refusal that are known and may be changed, once each."""
    book, leaves, seen = found.question.plan.book, dict[Leaf, None](), set[int]()
    waiting = [reason]
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        waiting.extend(one.children)
        if one.part.kind != "fact" or one.value is None or one.part.name in NEVER:
            continue
        known = book[one.part.name]
        if isinstance(known, Fact) and units.storage(known.unit) != "date":
            leaves[Leaf(one.part.name, *one.subject)] = None
    return list(leaves)


class _Search:
    """Asks one verdict again and again, with one fact changed."""

    def __init__(self, found: Determination, verdict: Answer) -> None:
        asked = found.question
        self._found, self._verdict = found, verdict
        self._rows = asked.rows
        self._plan = narrow(asked.plan, verdict.name)
        self._entity = asked.plan.book[verdict.name].entity  # type: ignore[union-attr]

    def change(self, leaf: Leaf) -> Change | None:
        """The nearest value of the fact that turns the verdict to yes, if any does."""
        now = self._found.application.told(leaf.entity, leaf.key).values.get(leaf.name)
        fact = self._found.question.plan.book[leaf.name]
        assert isinstance(fact, Fact)
        kind = units.storage(fact.unit)
        if kind in _TOPS and now is not None and not isinstance(now, bool):
            return self._number(leaf, fact, now)
        for other in _turned(fact, now):
            if self._grants(leaf, other):
                return self._made(leaf, fact, now, other, None)
        return None

    def _number(self, leaf: Leaf, fact: Fact, now: Any) -> Change | None:
        step = 1 if units.storage(fact.unit) == "int" else _CENT
        low, high = RANGES.get(fact.name, (0, MOST))
        found = []
        for ladder in (_down(now, step), _up(now, step, *_TOPS[units.storage(fact.unit)])):
            turned = self._first(leaf, now, [value for value in ladder if low <= value <= high], step)
            if turned is not None:
                found.append(turned)
        changes = [self._made(leaf, fact, now, turns, border) for turns, border in found]
        return min(changes, key=lambda one: one.share, default=None)

    def _first(self, leaf: Leaf, now: Any, ladder: Iterable[Any], step: Any) -> tuple[Any, Any] | None:
        """(first value that grants, the last that refuses), one step apart; None where the ladder refuses throughout."""
        refuses = now
        for tried in ladder:
            if not self._grants(leaf, tried):
                refuses = tried
                continue
            grants = tried
            while abs(grants - refuses) > step:
                middle = refuses + (grants - refuses) // (2 * step) * step
                middle = middle if middle != refuses else refuses + (step if grants > refuses else -step)
                grants, refuses = (middle, refuses) if self._grants(leaf, middle) else (grants, middle)
            return grants, refuses
        return None

    def _grants(self, leaf: Leaf, value: Value) -> bool:
        answers = run.one(self._plan, changed(self._rows, leaf, value))
        rows = answers.households if self._entity == "household" else answers.persons
        return rows[self._verdict.key][self._verdict.name] is True

    def _made(self, leaf: Leaf, fact: Fact, now: Value, turns: Value, border: Value) -> Change:
        whose = self._found.application.name_of(leaf.entity, leaf.key)
        return Change(leaf, fact.label, whose, fact.unit, now, turns, border, _share(now, turns, border))


def narrow(made: Plan, name: str) -> Plan:
    """The plan of one name alone, for the same day and region."""
    return plan.make(as_of=made.as_of, region=made.region, wanted=(name,), book=made.book)


def changed(rows: Rows, leaf: Leaf, value: Value) -> Rows:
    """The rows with one fact of one subject set."""
    table, key = ("households", "household") if leaf.entity == "household" else ("persons", "person")
    told = [dict(row) | {leaf.name: value} if row[key] == leaf.key else row for row in getattr(rows, table)]
    return replace(rows, **{table: told})


def _turned(fact: Fact, now: Value) -> tuple[Value, ...]:
    if isinstance(now, bool):
        return (not now,)
    return tuple(choice for choice in CHOICES.get(fact.name, ()) if choice != now)


def _down(now: Any, step: Any) -> list[Any]:
    """Nothing, and half on the way there: one halving finds the border between."""
    half = now // (2 * step) * step
    return [value for value in dict.fromkeys((half, now * 0)) if value < now]


def _up(now: Any, step: Any, small: int, top: int) -> list[Any]:
    return [
        value for value in (now * 2, now + small * step, now * 10 + 1000 * step, now * 0 + top) if value > now
    ]


def _share(now: Any, turns: Any, border: Any) -> float:
    if border is None:
        return 1.0
    size = max(abs(now), abs(turns))
    return float(abs(turns - now) / size) if size else 1.0


def sentence(turning: Turning) -> str:
    """What would turn a refusal, for people."""
    change = turning.nearest
    if change is None:
        return (
            "没有一项事实单独改变就能改变这个结果。"
            if turning.complete
            else "限时内没有找到能改变结果的单项变化。"
        )
    what = f"{change.whose}的{change.label}" if change.whose != "本户" else f"本户的{change.label}"
    now, turns = (phrases.shown(value, change.unit) for value in (change.now, change.turns))
    if change.border is None:
        return f"{what}若为“{turns}”即符合；现为“{now}”。"
    less = change.turns < change.now  # type: ignore[operator]
    gap = phrases.shown(abs(change.turns - change.now), change.unit)  # type: ignore[operator]
    border = phrases.shown(change.border, change.unit)
    way = "再少" if less else "再多"
    return f"{what}{way}{gap}（为{turns}）即符合；现为{now}，临界{border}仍不符合。"
