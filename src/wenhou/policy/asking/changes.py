"""For a refusal: the nearest single change of a fact that would turn it, and the border case just above it.

Facts are changed one at a time within the refusal's own reasons, numbers by halving to the exact fen or unit, yes and
no and choices by turning. Who somebody is (birth, sex, kinship, death) is never changed. The search is bounded.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from heapq import heapify, heappop, heappush
from typing import Any

from wenhou.engine import phrases, units
from wenhou.engine.declared import Fact
from wenhou.engine.nodes import Value
from wenhou.engine.reasons import YES
from wenhou.policy import answers
from wenhou.policy.applications.vocabulary import RANGES
from wenhou.policy.asking import levers as levers_
from wenhou.policy.asking.determinations import HOME_KEY, Answer, Determination
from wenhou.policy.asking.levers import Lever
from wenhou.policy.facts.choices import CHOICES
from wenhou.policy.trials import Trial

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

REGISTER = frozenset({"SA-ARCH", "DI46"})
"""What stands on the register follows from a decision; as a change it comes last."""

_CENT = Decimal("0.01")
SHOWN = 2
_TOPS = {"int": 10**11, "decimal": 10**6}


@dataclass(frozen=True)
class Change:
    """One fact changed. now: as it is; turns: the nearest value that grants; border: the last that still refuses.

    border is None for what is not a number.
    """

    lever: Lever
    label: str
    whose: str
    unit: str
    now: Value
    turns: Value
    border: Value


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
    """For every refusal of a determination, in their order. seconds: of reckoning, for all together."""
    end = time.thread_time() + seconds
    levers, trial = levers_.Search(), Trial(found.question.plan, found.question.rows)
    return tuple(_turning(_Question(found, verdict, trial), levers, end) for verdict in found.refusals)


def _turning(asked: "_Question", search: levers_.Search, end: float) -> Turning:
    """Best first: whatever may still be nearest is narrowed down, until it is the exact border."""
    waiting: list[_Way] = []
    found: list[Change] = []
    for lever in asked.levers(search):
        if time.thread_time() > end:
            return Turning(asked.verdict, None, complete=False)
        waiting += asked.ways(lever)
    heapify(waiting)
    while waiting and len(found) < SHOWN:
        if time.thread_time() > end:
            return _told(asked.verdict, found, complete=False)
        way = heappop(waiting)
        if way.is_exact:
            found += [asked.made(way)] if way.lever not in [one.lever for one in found] else []
        else:
            heappush(waiting, way.halved())
    return _told(asked.verdict, found, complete=True)


def _told(verdict: Answer, found: list[Change], *, complete: bool) -> Turning:
    return Turning(verdict, found[0] if found else None, tuple(found[1:]), complete or bool(found))


@dataclass(frozen=True, eq=False)
class _Way:
    """A fact that turns the verdict somewhere between two values. refuses: None for what is no number."""

    lever: Lever
    now: Any
    refuses: Any
    turns: Any
    step: Any
    grants: Callable[[Any], bool]
    registered: bool

    @property
    def is_exact(self) -> bool:
        return self.refuses is None or abs(self.turns - self.refuses) <= self.step

    def halved(self) -> "_Way":
        """The same, half as wide."""
        middle = self.refuses + (self.turns - self.refuses) // (2 * self.step) * self.step
        if middle == self.refuses:
            middle += self.step if self.turns > self.refuses else -self.step
        return replace(self, **{"turns" if self.grants(middle) else "refuses": middle})

    @property
    def rank(self) -> tuple[bool, float, bool, Lever]:
        """By the least that the change can turn out to be."""
        nearest = self.turns if self.is_exact else self.refuses
        return self.registered, share(self.now, nearest, self.refuses), self.refuses is None, self.lever

    def __lt__(self, other: "_Way") -> bool:
        return self.rank < other.rank


class _Question:
    """One refusal, asked again and again with one fact changed."""

    def __init__(self, found: Determination, verdict: Answer, trial: Trial) -> None:
        self.verdict, self._found, self._trial = verdict, found, trial
        self._grants_by = [
            (name, verdict.key if name == verdict.name else HOME_KEY)
            for name in (*answers.BETTER.get(verdict.name, ()), verdict.name)
            if (name, verdict.key if name == verdict.name else HOME_KEY) in found.answers
        ]

    def levers(self, search: levers_.Search) -> list[Lever]:
        """Facts that may turn it or what is better, and of which a change is advice."""
        book = self._found.question.plan.book
        found = frozenset[Lever]().union(*(search.to(self._found.reasons[at], YES) for at in self._grants_by))
        return sorted(one for one in found if one.name not in NEVER and _is_changeable(book[one.name]))

    def ways(self, lever: Lever) -> list[_Way]:
        """In which directions the fact turns the verdict to yes, not yet narrowed down."""
        now = self._found.application.told(lever.entity, lever.key).values.get(lever.name)
        fact = self._fact(lever)
        registered = not REGISTER.isdisjoint(fact.sources)

        def grants(value: Value) -> bool:
            return self._trial.holds(self._grants_by, lever, value)

        if units.storage(fact.unit) in _TOPS and now is not None and not isinstance(now, bool):
            step = 1 if units.storage(fact.unit) == "int" else _CENT
            ends = [(now, end) for end in _ends(fact, now) if grants(end)]
            return [_Way(lever, now, refuses, end, step, grants, registered) for refuses, end in ends]
        turned = next((other for other in _turned(fact, now) if grants(other)), None)
        return [] if turned is None else [_Way(lever, now, None, turned, None, grants, registered)]

    def made(self, way: _Way) -> Change:
        """The change that a way came down to."""
        lever, fact = way.lever, self._fact(way.lever)
        whose = self._found.application.name_of(lever.entity, lever.key)
        return Change(lever, fact.label, whose, fact.unit, way.now, way.turns, way.refuses)

    def _fact(self, lever: Lever) -> Fact:
        fact = self._found.question.plan.book[lever.name]
        assert isinstance(fact, Fact)
        return fact


def _is_changeable(known: object) -> bool:
    return isinstance(known, Fact) and units.storage(known.unit) != "date"


def _turned(fact: Fact, now: Value) -> tuple[Value, ...]:
    if isinstance(now, bool):
        return (not now,)
    return tuple(choice for choice in CHOICES.get(fact.name, ()) if choice != now)


def _ends(fact: Fact, now: Any) -> list[Any]:
    """As far down and up as the fact may go."""
    low, high = RANGES.get(fact.name, (0, _TOPS[units.storage(fact.unit)]))
    return [now * 0 + end for end in (low, high) if end != now]


def share(now: Any, turns: Any, border: Any) -> float:
    """How large a change is beside what there is, from 0 to 1; what is no number changes wholly."""
    if border is None or now == 0:
        return 1.0
    return float(abs(turns - now) / max(abs(now), abs(turns)))


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
