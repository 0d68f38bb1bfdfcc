"""Looks of a day that somebody is to be asked about: at relatives, at many, at odd hours, without a matter in hand.

A sign and not a finding: what is shown is why it stands out, for whoever supervises to ask.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from statistics import median

from django.db.models import Count
from django.db.models.functions import TruncDate

from wenhou.base import clock
from wenhou.base.clock import BEIJING
from wenhou.base.errors import Refused
from wenhou.divisions import calendar
from wenhou.monitoring.models import Alert, Gap
from wenhou.policy import queries
from wenhou.registry import kin
from wenhou.staff.models import Account, Look, OddLooks


class Oddity(StrEnum):
    """What is unusual about looks."""

    RELATIVE = "查看亲属"
    VOLUME = "查看过多"
    HOURS = "非工作时间"
    CASELESS = "无事由"


@dataclass(frozen=True)
class Unusual:
    """One account's looks of one day that stand out. people: person keys; why: one sentence."""

    account: int
    who: str
    kind: Oddity
    people: tuple[int, ...]
    why: str


@dataclass(frozen=True)
class _Terms:
    """`policy.parameters.looks`: moments of the day, people, per cent, days."""

    start: time
    end: time
    least: int
    times_percent: int
    usual_days: int
    caseless: int


def of(day: date) -> list[Unusual]:
    """Everything unusual of a day in Beijing, by account. Raises Refused where a standard is missing."""
    terms = _terms(day)
    since = datetime.combine(day, time(), BEIJING)
    looks = Look.objects.filter(at__gte=since, at__lt=since + timedelta(days=1)).select_related("account")
    theirs: dict[Account, list[Look]] = {}
    for look in looks.order_by("account", "at", "pk"):
        theirs.setdefault(look.account, []).append(look)
    tests: tuple[Callable[[Account, Sequence[Look], date, _Terms], Unusual | None], ...] = (
        _relatives, _many, _odd_hours, _caseless,
    )  # fmt: skip
    told = (test(account, several, day, terms) for account, several in theirs.items() for test in tests)
    return [one for one in told if one]


def keep(day: date) -> int:
    """Keep what is unusual of a day for the audit's administrator, once; how much there is. Raises Refused as `of` does."""
    found = of(day)
    OddLooks.objects.bulk_create(
        [
            OddLooks(
                account_id=one.account, day=day, kind=one.kind.value, people=len(one.people), why=one.why[:600],
                found_at=clock.instant(),
            )
            for one in found
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    return len(found)


def _terms(day: date) -> _Terms:
    rows = queries.in_force("", day)
    names = (
        "look_hours",
        "look_people_least",
        "look_times_percent",
        "look_usual_days",
        "look_caseless_people",
    )
    missing = [name for name in names if name not in rows]
    if missing:
        raise Refused(f"标准缺失：{day}没有{'、'.join(missing)}，不能判断哪些查看不寻常。")
    hours, *counts = (rows[name].value for name in names)
    start, _, end = str(hours).partition("-")
    return _Terms(time.fromisoformat(start), time.fromisoformat(end), *(int(count) for count in counts))


def _relatives(account: Account, looks: Sequence[Look], day: date, terms: _Terms) -> Unusual | None:
    if account.person is None:
        return None
    found = kin.between({(account.person, look.person) for look in looks}, on=day)
    if not found:
        return None
    told = "；".join(
        f"{found[account.person, look.person]}（{look.page}，用途“{look.purpose}”）"
        for look in looks
        if (account.person, look.person) in found
    )
    return _unusual(account, Oddity.RELATIVE, {other for _, other in found}, f"查看了{told}")


def _many(account: Account, looks: Sequence[Look], day: date, terms: _Terms) -> Unusual | None:
    people = {look.person for look in looks}
    usual = _usual(account, day, terms.usual_days)
    if len(people) < terms.least or len(people) * 100 <= usual * terms.times_percent:
        return None
    before = (
        f"近{terms.usual_days}天有查看的日子通常{usual:g}人" if usual else f"近{terms.usual_days}天没有查看过"
    )
    return _unusual(account, Oddity.VOLUME, people, f"一天查看了{len(people)}人，{before}")


def _usual(account: Account, day: date, days: int) -> float:
    """People a day, the median of the days with looks before this one; 0 where there are none."""
    until = datetime.combine(day, time(), BEIJING)
    before = Look.objects.filter(account=account, at__gte=until - timedelta(days=days), at__lt=until)
    counted = before.annotate(day=TruncDate("at", tzinfo=BEIJING)).values("day").order_by("day")
    counts = list(counted.annotate(people=Count("person", distinct=True)).values_list("people", flat=True))
    return float(median(counts)) if counts else 0.0


def _odd_hours(account: Account, looks: Sequence[Look], day: date, terms: _Terms) -> Unusual | None:
    works = _works(day)
    odd = [look for look in looks if not works or not terms.start <= _local(look) < terms.end]
    if not odd:
        return None
    when = "非工作日" if not works else f"{terms.start:%H:%M}至{terms.end:%H:%M}以外"
    people = {look.person for look in odd}
    told = f"在{when}查看了{len(people)}人，第一次{_local(odd[0]):%H:%M}，最后一次{_local(odd[-1]):%H:%M}"
    return _unusual(account, Oddity.HOURS, people, told)


def _works(day: date) -> bool:
    """Whether offices work; a year whose holidays are not loaded has its weekends."""
    try:
        return calendar.is_working_day(day)
    except calendar.NotCovered:
        return day.weekday() < 5


def _local(look: Look) -> time:
    return look.at.astimezone(BEIJING).time()


def _caseless(account: Account, looks: Sequence[Look], day: date, terms: _Terms) -> Unusual | None:
    people = {look.person for look in looks} - _in_hand(looks, day)
    if len(people) < terms.caseless:
        return None
    return _unusual(account, Oddity.CASELESS, people, f"查看了{len(people)}人，都没有在办的预警、缺口或疑似")


def _in_hand(looks: Sequence[Look], day: date) -> set[int]:
    """Whoever was looked at from the page of a matter that was not concluded before the day."""
    numbers = {look.page.partition(":")[2] for look in looks}
    done = {
        f"{kind}:{number}"
        for kind, model in (("alert", Alert), ("gap", Gap))
        for number in model._default_manager.filter(number__in=numbers, closed_on__lt=day).values_list(
            "number", flat=True
        )
    }
    return {
        look.person
        for look in looks
        if look.page.partition(":")[0] in ("alert", "gap", "doubt") and look.page not in done
    }


def _unusual(account: Account, kind: Oddity, people: set[int], why: str) -> Unusual:
    return Unusual(account.pk, account.full_name, kind, tuple(sorted(people)), f"{why}。")
