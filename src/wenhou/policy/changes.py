"""For a refusal: the nearest single change of a fact that would turn it, and the border case just above it.

Facts are changed one at a time within the refusal's own reasons, numbers by halving to the exact fen or unit, yes and
no and choices by turning. Who somebody is (birth, sex, kinship, death) is never changed. The search is bounded.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from wenhou.engine import phrases, units
from wenhou.engine.declared import Fact
from wenhou.engine.nodes import Value
from wenhou.engine.reasons import YES
from wenhou.policy import answers
from wenhou.policy import levers as levers_
from wenhou.policy.applications.vocabulary import MOST, RANGES
from wenhou.policy.determinations import HOME_KEY, Answer, Determination
from wenhou.policy.facts.choices import CHOICES
from wenhou.policy.levers import Lever
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
_TOPS = {"int": (10, 10**11), "decimal": (10, 10**6)}


@dataclass(frozen=True)
class Change:
    """One fact changed. now: as it is; turns: the nearest value that grants; border: the last that still refuses.

    border is None for what is not a number. share: how large the change is beside what there is, from 0 to 1.
    """

    lever: Lever
    label: str
    whose: str
    unit: str
    now: Value
    turns: Value
    border: Value
    share: float
    registered: bool = False


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
    changes: list[Change] = []
    for lever in asked.levers(search):
        if time.thread_time() > end:
            return _told(asked.verdict, changes, complete=False)
        change = asked.change(lever)
        if change is not None:
            changes.append(change)
    return _told(asked.verdict, changes, complete=True)


def _told(verdict: Answer, changes: list[Change], *, complete: bool) -> Turning:
    changes.sort(key=lambda one: (one.registered, one.share, one.border is None, one.lever))
    return Turning(verdict, changes[0] if changes else None, tuple(changes[1:4]), complete)


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

    def change(self, lever: Lever) -> Change | None:
        """The nearest value of the fact that turns the verdict to yes, if any does."""
        now = self._found.application.told(lever.entity, lever.key).values.get(lever.name)
        fact = self._found.question.plan.book[lever.name]
        assert isinstance(fact, Fact)

        def grants(value: Value) -> bool:
            return self._trial.holds(self._grants_by, lever, value)

        if units.storage(fact.unit) in _TOPS and now is not None and not isinstance(now, bool):
            return self._number(lever, fact, now, grants)
        turned = next((other for other in _turned(fact, now) if grants(other)), None)
        return None if turned is None else self._made(lever, fact, now, turned, None)

    def _number(self, lever: Lever, fact: Fact, now: Any, grants: Callable[[Any], bool]) -> Change | None:
        step = 1 if units.storage(fact.unit) == "int" else _CENT
        low, high = RANGES.get(fact.name, (0, MOST))
        changes = []
        for way in (_down(now, step), _up(now, step, *_TOPS[units.storage(fact.unit)])):
            ladder = [value for value in way if low <= value <= high]
            if ladder and grants(ladder[-1]):
                changes.append(self._made(lever, fact, now, *_first(now, ladder, step, grants)))
        return min(changes, key=lambda one: one.share, default=None)

    def _made(self, lever: Lever, fact: Fact, now: Value, turns: Value, border: Value) -> Change:
        whose = self._found.application.name_of(lever.entity, lever.key)
        share, registered = _share(now, turns, border), not REGISTER.isdisjoint(fact.sources)
        return Change(lever, fact.label, whose, fact.unit, now, turns, border, share, registered)


def _first(now: Any, ladder: list[Any], step: Any, grants: Callable[[Any], bool]) -> tuple[Any, Any]:
    """(first value that grants, the last that refuses), one step apart. The end of the ladder grants."""
    refuses = now
    for tried in ladder[:-1]:
        if grants(tried):
            return _border(refuses, tried, step, grants)
        refuses = tried
    return _border(refuses, ladder[-1], step, grants)


def _border(refuses: Any, grant: Any, step: Any, grants: Callable[[Any], bool]) -> tuple[Any, Any]:
    """Halve the way between until one step is left."""
    while abs(grant - refuses) > step:
        middle = refuses + (grant - refuses) // (2 * step) * step
        if middle == refuses:
            middle += step if grant > refuses else -step
        if grants(middle):
            grant = middle
        else:
            refuses = middle
    return grant, refuses


def _is_changeable(known: object) -> bool:
    return isinstance(known, Fact) and units.storage(known.unit) != "date"


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
