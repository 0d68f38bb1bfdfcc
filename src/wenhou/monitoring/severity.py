"""How grave an alert is (facts §8, §18, provisional): the weights of the subject's open matters, faded by time. Pure.

Nothing here knows the other two colour schemes (`policy.colours`): none is reckoned from another.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from wenhou.monitoring.enums import Colour
from wenhou.monitoring.terms import Terms

MOST = 32_767


@dataclass(frozen=True)
class Weighed:
    """One open matter of a subject: its indicator and weight, and since when it stands."""

    subject: str
    household: int | None
    indicator: str
    weight: int
    since: date
    wall: str = ""


@dataclass(frozen=True)
class Part:
    """What one matter adds: weight × percent ÷ 100 points. `own`: of the subject itself, not of its household."""

    indicator: str
    weight: int
    percent: int
    since: date
    own: bool

    def kept(self) -> list[Any]:
        """As an alert keeps it."""
        return [self.indicator, self.weight, self.percent, self.since.isoformat(), self.own]

    @classmethod
    def read(cls, kept: list[Any]) -> "Part":
        """From what an alert kept."""
        indicator, weight, percent, since, own = kept
        return cls(indicator, weight, percent, date.fromisoformat(since), own)


class Matters:
    """All open matters by subject; asked what weighs on one of them."""

    def __init__(self, several: Iterable[Weighed]) -> None:
        self._of: dict[str, list[Weighed]] = defaultdict(list)
        for one in several:
            self._of[one.subject].append(one)

    def weighing(
        self, subject: str, household: int | None, terms: Terms, on: date, *, wall: str = ""
    ) -> tuple[Part, ...]:
        """What a subject's score is made of: its own matters, and its household's where it is a person; gravest
        first. The order depends on nothing else, so that the same matters weigh the same. What is behind a special wall
        weighs on alerts behind the same wall only: a score must not betray it."""
        told = [(one, True) for one in self._of[subject]]
        if subject.startswith("p") and household is not None:
            told += [(one, False) for one in self._of[f"h{household}"]]
        found = [_part(one, terms, on, own=own) for one, own in told if one.wall in ("", wall)]
        return tuple(
            sorted(found, key=lambda part: (-part.weight * part.percent, part.indicator, not part.own))
        )


def _part(one: Weighed, terms: Terms, on: date, *, own: bool) -> Part:
    return Part(one.indicator, one.weight, faded(one.since, terms, on), one.since, own)


def faded(since: date, terms: Terms, on: date) -> int:
    """Per cent of its weight that a matter still counts."""
    days = (on - since).days
    if days <= terms.severity_fresh_days:
        return terms.severity_fresh_percent
    return terms.severity_recent_percent if days <= terms.severity_recent_days else terms.severity_old_percent


def score(parts: Iterable[Part]) -> int:
    """Whole points, what is left over dropped once, at the sum."""
    return min(MOST, sum(part.weight * part.percent for part in parts) // 100)


def colour(points: int, terms: Terms) -> Colour:
    """The alert's colour by its score."""
    if points >= terms.severity_red:
        return Colour.RED
    return Colour.YELLOW if points >= terms.severity_yellow else Colour.BLUE


def answer_days(points: int, terms: Terms, *, urgent: bool = False) -> int:
    """Working days to answer in: urgent, red, and the others."""
    if urgent:
        return terms.answer_workdays_urgent
    return terms.answer_workdays_red if points >= terms.severity_red else terms.answer_workdays
