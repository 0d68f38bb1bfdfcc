"""What became of alerts, by indicator or by month, within what the reader may see: one query each.

Days are those of the thing itself: raised by the day raised, visited by the first visit made for the alert, cleared and
concluded by the day closed. Confirmed, not confirmed and newly helped are those of docs/discussions/the-watch.md.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from django.db import connection

from wenhou.divisions import calendar
from wenhou.monitoring.enums import OPEN_STATES, Outcome
from wenhou.monitoring.models import Alert
from wenhou.monitoring.worth.shares import Share
from wenhou.staff.queries import Scope

CONFIRMED = (
    Outcome.COVERED, Outcome.TEMPORARY_RELIEF, Outcome.FORWARDED, Outcome.SERVICE, Outcome.REVIEW,
    Outcome.CASE_MEETING,
)  # fmt: skip
HELPED = (Outcome.COVERED, Outcome.TEMPORARY_RELIEF, Outcome.SERVICE)
LONGEST = timedelta(days=730)
"""How far before a span its alerts may have been raised for their working days to be counted."""

_SQL = """
with seen as ({seen}),
calendar as (select * from unnest(%(days)s::date[], %(nth)s::int[]) as given(day, nth)),
visits as (
    select seen.id, min(visit.visited_on) as visited_on
    from seen join fieldwork_visit visit on visit.reference = 'alert:' || seen.number
    group by seen.id
),
told as (
    select
        seen.*, visited_on, closed_on - raised_on as days, closing.nth - raising.nth as workdays,
        coalesce('h' || household, subject) as family,
        outcome <> '' as concluded,
        coalesce(visited_on <= closed_on, false) as after_visit,
        outcome = any(%(confirmed)s) as confirmed,
        outcome = any(%(helped)s) and standing = '' as helped
    from seen
    left join visits using (id)
    left join calendar raising on raising.day = raised_on
    left join calendar closing on closing.day = closed_on
),
events as (
    select told.*, raised_on as day, 'raised' as kind from told
    union all select told.*, visited_on, 'visited' from told
    union all select told.*, closed_on, 'closed' from told
)
select
    {key},
    count(*) filter (where kind = 'raised'),
    count(*) filter (where kind = 'closed' and cleared_by_id is not null),
    count(*) filter (where kind = 'visited'),
    count(*) filter (where kind = 'closed' and concluded),
    count(*) filter (where kind = 'closed' and concluded and after_visit),
    count(*) filter (where kind = 'closed' and confirmed and after_visit),
    count(distinct family) filter (where kind = 'closed' and helped),
    percentile_disc(array[0.5, 0.9]) within group (order by days) filter (where kind = 'closed' and concluded),
    percentile_disc(array[0.5, 0.9]) within group (order by workdays)
        filter (where kind = 'closed' and concluded and workdays is not null)
from events
where day between %(since)s and %(until)s
group by 1 order by 1
"""

_OVERLAP = """
with seen as ({seen}),
families as (
    select distinct indicator, coalesce('h' || household, subject) as family from seen where state = any(%(open)s)
)
select own.indicator, other.indicator, count(*)
from families own join families other using (family)
group by 1, 2
"""

FIELDS = (
    "id", "number", "indicator", "subject", "household", "standing", "state", "outcome", "raised_on", "closed_on",
    "cleared_by_id",
)  # fmt: skip


@dataclass(frozen=True)
class Figures:
    """Counts of a span. helped: families newly helped. days, workdays: the median and the ninth tenth from raising to
    a conclusion by people, None of nothing."""

    raised: int
    cleared: int
    visited: int
    concluded: int
    after_visit: int
    confirmed: int
    helped: int
    days: tuple[int, int] | None
    workdays: tuple[int, int] | None

    @property
    def precision(self) -> Share:
        """Confirmed of those concluded after a visit; cleared by a run counts for neither."""
        return Share(self.confirmed, self.after_visit)


NOTHING = Figures(0, 0, 0, 0, 0, 0, 0, None, None)


@dataclass(frozen=True)
class Overlap:
    """Families with an open alert of an indicator, and those among them with one of another, most shared first."""

    families: int
    others: tuple[tuple[str, Share], ...]


def by_indicator(scope: Scope | None, since: date, until: date) -> dict[str, Figures]:
    """Code → figures of the days from `since` to `until`, both counted. scope None is everybody: the command line."""
    return _asked(scope, since, until, "indicator")


def by_month(scope: Scope | None, code: str, since: date, until: date) -> dict[date, Figures]:
    """First of the month → figures of one indicator; months in which nothing happened are absent."""
    return _asked(scope, since, until, "date_trunc('month', day)::date", indicator=code)


def _asked(scope: Scope | None, since: date, until: date, key: str, **narrowed: str) -> dict[Any, Figures]:
    if scope is not None and not scope.divisions:
        return {}
    seen, own = _seen(scope, **narrowed)
    days, nth = _calendar(since - LONGEST, until)
    given = own | {
        "since": since, "until": until, "days": days, "nth": nth,
        "confirmed": [one.value for one in CONFIRMED], "helped": [one.value for one in HELPED],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_SQL.format(seen=seen, key=key), given)
        return {key: _figures(*row) for key, *row in cursor.fetchall()}


def _figures(*row: Any) -> Figures:
    counts, (days, workdays) = row[:7], row[7:]
    return Figures(*counts, _pair(days), _pair(workdays))  # type: ignore[call-arg]


def _pair(found: list[int] | None) -> tuple[int, int] | None:
    return (found[0], found[1]) if found else None


def overlap(scope: Scope | None) -> dict[str, Overlap]:
    """Code → which other indicators its families have open alerts of, now."""
    if scope is not None and not scope.divisions:
        return {}
    seen, own = _seen(scope)
    counted: dict[str, dict[str, int]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(_OVERLAP.format(seen=seen), own | {"open": [state.value for state in OPEN_STATES]})
        for code, other, number in cursor.fetchall():
            counted[code][other] = number
    return {code: _overlap(code, row) for code, row in counted.items()}


def _overlap(code: str, row: dict[str, int]) -> Overlap:
    others = sorted(((-number, other) for other, number in row.items() if other != code))
    return Overlap(row[code], tuple((other, Share(-number, row[code])) for number, other in others))


def _seen(scope: Scope | None, **narrowed: str) -> tuple[str, dict[str, Any]]:
    """The alerts that are the reader's own to answer for, as a query and its values; copies are another place's."""
    found = Alert.objects.filter(**narrowed)
    if scope is not None:
        found = found.filter(scope.q("division", wall="wall"))
    sql, values = found.values(*FIELDS).query.sql_with_params()
    names = {f"seen{number}": value for number, value in enumerate(values)}
    return sql % tuple(f"%({name})s" for name in names), names


def _calendar(first: date, last: date) -> tuple[list[date], list[int]]:
    """Each day whose year's working days are known, and how many there were up to it."""
    covered = set(calendar.covered_years())
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    known = [day for day in days if day.year in covered]
    return known, list(accumulate(int(calendar.is_working_day(day)) for day in known))
