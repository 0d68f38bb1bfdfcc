"""Alerts and runs others may read, already limited to what the reader may see."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from wenhou.divisions import calendar
from wenhou.monitoring.enums import OPEN_STATES, AlertState
from wenhou.monitoring.models import Alert, Override, Run
from wenhou.staff.queries import Scope

ROW = (
    "id",
    "number",
    "indicator",
    "alert_type",
    "colour",
    "severity",
    "name_masked",
    "id_masked",
    "sex",
    "age",
    "household_size",
    "standing",
    "headline",
    "division",
    "copy_division",
    "state",
    "raised_on",
    "due_on",
    "snoozed_until",
    "closed_on",
    "outcome",
    "post_id",
    "post__account__full_name",
    "household",
)
"""What each tuple of `open_alerts` holds, in order."""

TABS = {
    "open": (AlertState.WAITING, AlertState.ASSIGNED, AlertState.VERIFIED),
    "waiting": (AlertState.WAITING,),
    "assigned": (AlertState.ASSIGNED,),
    "verified": (AlertState.VERIFIED,),
    "snoozed": (AlertState.SNOOZED,),
    "closed": (AlertState.CLOSED,),
    "all": OPEN_STATES,
}

SOON_DAYS = 3  # working days (facts §13)

Key = tuple[date, int, int]
"""Where a page ends: due_on, severity, id of its last row."""


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to. Empty means not narrowed; `on` is the reader's day.

    place: a significant prefix of a division code. category: the class letter, A to F. due: late, today, soon
    (within three working days). age: days since raised, (least, most), either None. mine: an account's id. household: its key.
    """

    on: date
    tab: str = "open"
    place: str = ""
    category: str = ""
    indicator: str = ""
    alert_type: str = ""
    colour: str = ""
    due: str = ""
    age: tuple[int | None, int | None] = (None, None)
    mine: int | None = None
    household: int | None = None


def open_alerts(
    scope: Scope, filters: Filters, after: Key | None = None, limit: int = 50
) -> list[tuple[object, ...]]:
    """One page of alerts as tuples of ROW, most urgent first: due_on, then severity falling, then id."""
    found = filtered(scope, filters)
    if after is not None:
        found = found.filter(_behind(after))
    return list(found.order_by("due_on", F("severity").desc(), "id").values_list(*ROW)[:limit])


def count_alerts(scope: Scope, filters: Filters, *, up_to: int = 10_000) -> int:
    """How many the filters leave, counted no further than `up_to`."""
    return filtered(scope, filters).order_by()[:up_to].count()


def filtered(scope: Scope, filters: Filters) -> QuerySet[Alert]:
    """The alerts of a list, unordered: for pages, counts and exports."""
    found = Alert.objects.filter(state__in=TABS[filters.tab])
    if filters.place:
        found = found.filter(_within(filters.place))
    found = found.filter(scope.beyond("division", "copy_division"))
    if not (filters.place and scope.covers(filters.place)):  # else the place already says it
        found = found.filter(scope.q("division", "copy_division"))
    if filters.category:
        found = found.filter(indicator__startswith=filters.category)
    plain = {
        "indicator": filters.indicator,
        "alert_type": filters.alert_type,
        "colour": filters.colour,
        "post__account_id": filters.mine,
        "household": filters.household,
    }
    found = found.filter(**{name: value for name, value in plain.items() if value})
    return found.filter(_due(filters) & _raised(filters))


def in_households(scope: Scope, households: Iterable[int]) -> dict[int, int]:
    """Household → how many alerts of it are open and not set aside, within the scope."""
    found = Alert.objects.filter(
        scope.q("division", "copy_division", wall="wall"), household__in=list(households)
    )
    counted = found.filter(state__in=TABS["open"]).order_by().values_list("household").annotate(Count("pk"))
    return {household: number for household, number in counted if household is not None}


def _within(place: str) -> Q:
    end = place[:-1] + chr(ord(place[-1]) + 1)
    first = place.ljust(12, "0")
    return Q(division__gte=first, division__lt=end) | Q(copy_division__gte=first, copy_division__lt=end)


def _due(filters: Filters) -> Q:
    if filters.due == "late":
        return Q(due_on__lt=filters.on)
    if filters.due == "today":
        return Q(due_on=filters.on)
    if filters.due == "soon":
        return Q(due_on__gte=filters.on, due_on__lte=_soon(filters.on))
    return Q()


def _soon(on: date) -> date:
    try:
        return calendar.add_working_days(on, SOON_DAYS)
    except calendar.NotCovered:
        # a list must open on New Year's Eve too; nothing legal hangs on what it calls soon
        return on + timedelta(days=SOON_DAYS)


def _raised(filters: Filters) -> Q:
    least, most = filters.age
    condition = Q()
    if least is not None:
        condition &= Q(raised_on__lte=filters.on - timedelta(days=least))
    if most is not None:
        condition &= Q(raised_on__gte=filters.on - timedelta(days=most))
    return condition


def _behind(after: Key) -> Q:
    due_on, severity, number = after
    tie = Q(severity__lt=severity) | Q(severity=severity, id__gt=number)
    # the first condition alone bounds the index; the second settles ties
    return Q(due_on__gte=due_on) & (Q(due_on__gt=due_on) | tie)


def summary(scope: Scope, on: date) -> dict[str, int]:
    """Counts for the head of the list, in one query: open, late, today, soon (within three working days, today
    and late aside), waiting, snoozed, closed_this_month.
    """
    own = Alert.objects.filter(scope.q("division", wall="wall")).order_by()
    copies = (
        Alert.objects.filter(scope.q("copy_division", wall="wall")).exclude(scope.q("division")).order_by()
    )
    opened, closed = Q(state__in=OPEN_STATES), Q(state=AlertState.CLOSED, closed_on__gte=on.replace(day=1))
    # own and copies apart: an OR between the two columns would keep each from its index
    rows = _by_day(own.filter(opened), "due_on").union(
        _by_day(copies.filter(opened), "due_on"),
        _by_day(own.filter(closed), "closed_on"),
        _by_day(copies.filter(closed), "closed_on"),
        all=True,
    )
    counts = dict.fromkeys(("open", "late", "today", "soon", "waiting", "snoozed", "closed_this_month"), 0)
    soon = _soon(on)
    for state, day, number in rows:
        for name in _counted_as(state, day, on, soon):
            counts[name] += number
    return counts


def _by_day(found: QuerySet[Alert], day: str) -> Any:
    return found.values_list("state", day).annotate(number=Count("*"))


def _counted_as(state: str, day: date, on: date, soon: date) -> Iterator[str]:
    if state == AlertState.CLOSED:
        yield "closed_this_month"
    elif state == AlertState.SNOOZED:
        yield "snoozed"
    else:
        yield "open"
        if state == AlertState.WAITING:
            yield "waiting"
        if day <= soon:
            yield "late" if day < on else "today" if day == on else "soon"


def alert(number: str, scope: Scope) -> Alert | None:
    """One alert with its judgement, run and post, if it may be seen; else None, as if it did not exist."""
    found = Alert.objects.filter(scope.q("division", "copy_division", wall="wall"), number=number)
    return found.select_related("judgement", "run", "post__account").prefetch_related("events__by").first()


def others_of(subject: Alert, scope: Scope, *, limit: int = 20) -> list[Alert]:
    """Other alerts of the same person or household, open ones first, latest first."""
    same = Q(person=subject.person)
    if subject.household is not None:
        same |= Q(household=subject.household)
    found = Alert.objects.filter(same, scope.q("division", "copy_division", wall="wall")).exclude(
        pk=subject.pk
    )
    return list(found.order_by(F("closed_on").desc(nulls_first=True), "-raised_on", "-id")[:limit])


ENDED_SINCE = timedelta(days=365)


def overrides(scope: Scope, *, on: date, limit: int = 500) -> tuple[list[Override], list[Override]]:
    """Overrides of the scope with their alert and who decided: those in force, oldest first, and those that ended
    within the last year, latest first."""
    found = Override.objects.filter(scope.q("division", wall="wall")).select_related(
        "alert", "by", "ended_by"
    )
    running = found.filter(ended_on=None).order_by("set_on", "id")[:limit]
    ended = found.filter(ended_on__gte=on - ENDED_SINCE).order_by("-ended_on", "-id")[:limit]
    return list(running), list(ended)


def runs(limit: int = 50) -> list[Run]:
    """Runs of the watch, latest first."""
    return list(Run.objects.select_related("by").order_by("-id")[:limit])


def run(number: int) -> Run | None:
    """One run of the watch."""
    return Run.objects.select_related("by").filter(pk=number).first()


def raised_by(number: int, scope: Scope, *, limit: int = 50) -> list[tuple[object, ...]]:
    """Alerts a run raised, within the scope, as tuples of ROW, gravest first."""
    found = Alert.objects.filter(scope.q("division", "copy_division", wall="wall"), run_id=number)
    return list(found.order_by(F("severity").desc(), "id").values_list(*ROW)[:limit])
