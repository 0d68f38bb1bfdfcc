"""For a refusal: the nearest single change that would turn it, what it would become, and the border case just above it.

Only facts of which a change is advice are tried (`advice`), one at a time, within the refusal's own reasons, numbers by
halving to the exact fen or unit. Where there is none, the conditions that lack are told. The search is bounded.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from heapq import heapify, heappop, heappush
from typing import Any

from wenhou.engine import phrases, units
from wenhou.engine.declared import Fact
from wenhou.engine.nodes import Value
from wenhou.engine.reasons import YES
from wenhou.policy import answers
from wenhou.policy.asking import advice, lacking
from wenhou.policy.asking import levers as levers_
from wenhou.policy.asking.determinations import HOME_KEY, Answer, Determination, Place
from wenhou.policy.asking.levers import Lever
from wenhou.policy.asking.trials import Trial
from wenhou.policy.facts.choices import CHOICES

SECONDS = 1.2
"""For all refusals of one household together; what is not reached is said to be not reached."""

_CENT = Decimal("0.01")
SHOWN = 2
_NUMBERS = frozenset({"int", "decimal"})


@dataclass(frozen=True)
class Change:
    """One fact changed. now: as it is; turns: the nearest value that grants; border: the last that still refuses.

    border is None for what is not a number. also: other values that do as well; approved: of those that count only once
    they are approved, the words for it. becomes: the verdict that is then yes, by its words; is_better: than the refused.
    """

    lever: Lever
    label: str
    whose: str
    unit: str
    now: Value
    turns: Value
    border: Value
    becomes: str
    is_better: bool = False
    also: tuple[Value, ...] = ()
    approved: tuple[Value, ...] = ()


@dataclass(frozen=True)
class Turning:
    """What was found for one refusal. nearest: None where no single change is advice, or (complete False) none was
    reached in the time there is. lacks: then, the conditions that lack. told_by: the refusal that tells the same change.
    """

    verdict: Answer
    nearest: Change | None
    others: tuple[Change, ...] = ()
    complete: bool = True
    lacks: tuple[str, ...] = ()
    told_by: str | None = None


def turnings(found: Determination, *, seconds: float = SECONDS) -> tuple[Turning, ...]:
    """For every refusal of a determination, in their order. seconds: of reckoning, for all together."""
    end = time.thread_time() + seconds
    levers, trial = levers_.Search(), Trial(found.question.plan, found.question.rows)
    told: list[Turning] = []
    for verdict in found.refusals:
        one = _turning(_Question(found, verdict, trial), levers, end)
        told.append(replace(one, told_by=_told_by(one.nearest, told)))
    return tuple(told)


def _told_by(change: Change | None, before: list[Turning]) -> str | None:
    """The refusal of the better verdict, where it says already what this change becomes."""
    if change is None or not change.is_better:
        return None
    for one in before:
        if one.nearest is not None and (one.nearest.lever, one.nearest.turns) == (change.lever, change.turns):
            return one.verdict.name
    return None


def _turning(asked: "_Question", search: levers_.Search, end: float) -> Turning:
    """Best first: whatever may still be nearest is narrowed down, until it is the exact border."""
    waiting: list[_Way] = []
    found: list[Change] = []
    for lever in asked.levers(search):
        if time.thread_time() > end:
            return asked.told(found, complete=False)
        waiting += asked.ways(lever)
    heapify(waiting)
    while waiting and len(found) < SHOWN:
        if time.thread_time() > end:
            return asked.told(found, complete=False)
        way = heappop(waiting)
        if way.is_exact:
            found += [asked.made(way)] if way.lever not in [one.lever for one in found] else []
        else:
            heappush(waiting, way.halved())
    return asked.told(found, complete=True)


@dataclass(frozen=True, eq=False)
class _Way:
    """A fact that turns the verdict somewhere between two values. refuses: None for what is no number."""

    lever: Lever
    rank: int
    now: Any
    refuses: Any
    turns: Any
    step: Any
    grants: Callable[[Any], bool]
    also: tuple[Any, ...] = ()

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
    def order(self) -> tuple[int, float, Lever]:
        """By rank, then by the least that the change can turn out to be; what is no number changes wholly."""
        if self.refuses is None:
            return self.rank, 1.0, self.lever
        return self.rank, advice.share(self.now, self.turns if self.is_exact else self.refuses), self.lever

    def __lt__(self, other: "_Way") -> bool:
        return self.order < other.order


class _Question:
    """One refusal, asked again and again with one fact changed."""

    def __init__(self, found: Determination, verdict: Answer, trial: Trial) -> None:
        self._verdict, self._found, self._trial = verdict, found, trial
        better = [(name, HOME_KEY) for name in answers.BETTER.get(verdict.name, ())]
        self._own: Place = (verdict.name, verdict.key)
        self._grants_by = [at for at in (*better, self._own) if at in found.answers]

    def levers(self, search: levers_.Search) -> list[Lever]:
        """Facts that may turn it or what is better, and of which a change is advice."""
        found = frozenset[Lever]().union(*(search.to(self._found.reasons[at], YES) for at in self._grants_by))
        return sorted(one for one in found if self._rank(one) is not None)

    def ways(self, lever: Lever) -> Iterator[_Way]:
        """In which directions the fact turns the verdict to yes, not yet narrowed down."""
        now = self._found.application.told(lever.entity, lever.key).values.get(lever.name)
        fact, rank = self._fact(lever), self._rank(lever)
        assert rank is not None

        def grants(value: Value) -> bool:
            return self._becomes(lever, value) is not None

        if units.storage(fact.unit) in _NUMBERS and now is not None and not isinstance(now, bool):
            step = 1 if units.storage(fact.unit) == "int" else _CENT
            for end in advice.ends(lever.name, now, step):
                if grants(end):
                    yield _Way(lever, rank, now, now, end, step, grants)
            return
        granting = [
            value for value in advice.values(lever.name, now, CHOICES.get(fact.name, ())) if grants(value)
        ]
        if granting:
            yield _Way(lever, rank, now, None, granting[0], None, grants, tuple(granting[1:]))

    def made(self, way: _Way) -> Change:
        """The change that a way came down to."""
        lever, fact = way.lever, self._fact(way.lever)
        at = self._becomes(lever, way.turns)
        assert at is not None
        return Change(
            lever=lever,
            label=fact.label,
            whose=self._found.application.name_of(lever.entity, lever.key),
            unit=fact.unit,
            now=way.now,
            turns=way.turns,
            border=way.refuses,
            becomes=self._found.answers[at].label.partition("：")[0],
            is_better=at != self._own,
            also=way.also,
            approved=tuple(one for one in (way.turns, *way.also) if advice.with_approval(lever.name, one)),
        )

    def told(self, found: list[Change], *, complete: bool) -> Turning:
        """What came out, or the conditions that lack."""
        if found:
            return Turning(self._verdict, found[0], tuple(found[1:]))
        lacks = lacking.conditions(self._found.application, self._found.reasons[self._own])
        return Turning(self._verdict, None, complete=complete, lacks=lacks)

    def _becomes(self, lever: Lever, value: Value) -> Place | None:
        changed: Mapping[Lever, Value] = {lever: value} | {
            replace(lever, name=name): yes
            for name, yes in advice.with_approval(lever.name, value).items()
            if name in self._found.question.plan.book
        }
        return self._trial.first(self._grants_by, changed)

    def _rank(self, lever: Lever) -> int | None:
        told = self._found.application.told(lever.entity, lever.key)
        return advice.rank(lever.name, is_supporter=told.values.get("is_supporter") is True)

    def _fact(self, lever: Lever) -> Fact:
        fact = self._found.question.plan.book[lever.name]
        assert isinstance(fact, Fact)
        return fact


def sentence(turning: Turning) -> str:
    """What would turn a refusal, for people; where nothing would, what lacks."""
    change = turning.nearest
    if change is None:
        late = "" if turning.complete else "限时内没有找到能改变结果的单项变化"
        told = [one for one in (late, lacking.sentence(turning.lacks)) if one]
        return f"{'；'.join(told)}。" if told else "没有一项事实单独改变就能改变这个结果。"
    what = f"{change.whose}的{change.label}"
    then, still = (f"将改为{change.becomes}", "仍不是") if change.is_better else ("即符合", "仍不符合")
    now, turns = (phrases.shown(value, change.unit) for value in (change.now, change.turns))
    if change.border is None:
        return f"{what}若为{_choices(change)}，{then}；现为“{now}”。"
    less = change.turns < change.now  # type: ignore[operator]
    gap = phrases.shown(abs(change.turns - change.now), change.unit)  # type: ignore[operator]
    border = phrases.shown(change.border, change.unit)
    way = "再少" if less else "再多"
    return f"{what}{way}{gap}（为{turns}）{then}；现为{now}，临界{border}{still}。"


def _choices(change: Change) -> str:
    """“甲”“乙”之一，或“其他”且经批准."""
    listed = [one for one in (change.turns, *change.also) if one not in change.approved]
    told = "".join(f"“{phrases.shown(one, change.unit)}”" for one in listed) + (
        "之一" if len(listed) > 1 else ""
    )
    approved = "".join(f"“{phrases.shown(one, change.unit)}”且经批准" for one in change.approved)
    return "，或".join(one for one in (told, approved) if one)
