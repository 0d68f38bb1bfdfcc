"""How grave an alert is (facts §8, §18, provisional): the weights of the subject's indicators, faded by time. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

RED, YELLOW = 70, 40
FRESH_DAYS, RECENT_DAYS = 30, 90
TENTHS = {"fresh": 10, "recent": 7, "old": 4}
URGENT_DAYS = 3
MOST = 32_767


@dataclass(frozen=True)
class Weighed:
    """One open matter of a subject: its indicator's weight and since when it stands."""

    subject: str
    household: int | None
    weight: int
    since: date


def severities(matters: Iterable[Weighed], on: date) -> dict[str, int]:
    """Subject → score. A person's score counts the person's own matters and the household's."""
    known = list(matters)
    own: dict[str, int] = defaultdict(int)
    for matter in known:
        own[matter.subject] += matter.weight * _tenths(matter.since, on)
    return {m.subject: min(MOST, (own[m.subject] + _households(m, own)) // 10) for m in known}


def _households(matter: Weighed, own: dict[str, int]) -> int:
    if matter.subject.startswith("h") or matter.household is None:
        return 0
    return own.get(f"h{matter.household}", 0)


def _tenths(since: date, on: date) -> int:
    days = (on - since).days
    if days <= FRESH_DAYS:
        return TENTHS["fresh"]
    return TENTHS["recent"] if days <= RECENT_DAYS else TENTHS["old"]


def colour(score: int) -> str:
    """红 from 70, 黄 from 40, else 蓝."""
    if score >= RED:
        return "红"
    return "黄" if score >= YELLOW else "蓝"


def answer_days(score: int, declared: int | None) -> int:
    """Working days to answer in: what an urgent indicator declares, red 3, else 10."""
    if declared is not None and declared < URGENT_DAYS:
        return declared
    return URGENT_DAYS if score >= RED else declared or 10
