"""What was known of an alert on the day somebody would go, read for those concluded after a visit and for open ones."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import connection

from wenhou.monitoring.enums import OPEN_STATES
from wenhou.monitoring.worth import limits
from wenhou.monitoring.worth.figures import CONFIRMED, HELPED

_SQL = """
with asked as (
    select alert.*, coalesce('h' || household, subject) as family, {at} as day
    from monitoring_alert alert {visits}
    where {which}
),
matters as (
    select asked.id, count(*) as matters, array_agg(distinct left(other.indicator, 1)) as classes
    from asked join monitoring_alert other on coalesce('h' || other.household, other.subject) = asked.family
        and other.wall in ('', asked.wall)
        and other.raised_on <= asked.day and (other.closed_on is null or other.closed_on >= asked.day)
    group by asked.id
)
select
    asked.id, asked.indicator, asked.alert_type, asked.family, asked.person, asked.division, asked.sex, asked.age,
    asked.household_size, asked.standing <> '', asked.severity, asked.raised_on, asked.day, asked.closed_on,
    coalesce(matters, 1), array_to_string(coalesce(classes, array[left(asked.indicator, 1)]), ''),
    asked.outcome = any(%(confirmed)s),
    asked.outcome = any(%(helped)s) and asked.standing = ''
from asked left join matters using (id)
order by asked.id
"""
_VISITS = """
join (select reference, min(visited_on) as visited_on from fieldwork_visit group by reference) visit
on visit.reference = 'alert:' || alert.number
"""


@dataclass(frozen=True)
class Case:
    """One alert as it stood on `day`: the day of the visit, or today. matters: open alerts of the family, itself too;
    classes: the letters of theirs.

    right, yielded: shares of the indicator's earlier visits that were confirmed, that newly helped where somebody could
    be, pulled towards everybody's; past: how many such visits there were. confirmed and helped are what came of it.
    """

    id: int
    indicator: str
    alert_type: str
    family: str
    person: int
    division: str
    sex: str
    age: int
    household_size: int
    is_registered: bool
    severity: int
    raised_on: date
    day: date
    closed_on: date | None
    matters: int
    classes: str
    confirmed: bool
    helped: bool
    past: int = 0
    right: float = 0.0
    yielded: float = 0.0


def concluded(until: date) -> list[Case]:
    """Alerts that people concluded by a day after a visit, as they stood when somebody went."""
    which = "outcome <> '' and closed_on <= %(until)s and visited_on <= closed_on"
    return with_past(found := _read("visited_on", _VISITS, which, until=until), found)


def opened(on: date, past: Sequence[Case]) -> list[Case]:
    """Open alerts as they stand on a day, beside what is past."""
    return with_past(_read("%(until)s::date", "", "state = any(%(open)s)", until=on), past)


def opened_of(
    on: date, past: Sequence[Case], *, households: Sequence[int], subjects: Sequence[str]
) -> list[Case]:
    """The same of some families: those of the households, and those subjects that belong to none."""
    which = "state = any(%(open)s) and (household = any(%(households)s) or subject = any(%(subjects)s))"
    given = {"households": list(households), "subjects": list(subjects)}
    return with_past(_read("%(until)s::date", "", which, until=on, **given), past)


def _read(at: str, visits: str, which: str, *, until: date, **more: Any) -> list[Case]:
    given: dict[str, Any] = {
        **more,
        "until": until,
        "open": [state.value for state in OPEN_STATES],
        "confirmed": [one.value for one in CONFIRMED],
        "helped": [one.value for one in HELPED],
    }
    with connection.cursor() as cursor:
        cursor.execute(_SQL.format(at=at, visits=visits, which=which), given)
        return [Case(*row) for row in cursor.fetchall()]


def with_past(cases: Iterable[Case], past: Sequence[Case]) -> list[Case]:
    """The cases with what was known of their indicator before their day."""
    known = _Past(past)
    return [known.told(case) for case in cases]


class _Past:
    """Running counts of outcomes by the day they were known, for each indicator and for all ('')."""

    def __init__(self, past: Sequence[Case]) -> None:
        self.days: dict[str, list[date]] = defaultdict(list)
        self.counts: dict[str, list[tuple[int, int, int]]] = defaultdict(lambda: [(0, 0, 0)])
        for day, case in sorted(
            ((case.closed_on or case.day, case) for case in past), key=lambda pair: pair[0]
        ):
            for code in (case.indicator, ""):
                right, able, helped = self.counts[code][-1]
                self.days[code].append(day)
                self.counts[code].append(
                    (right + case.confirmed, able + (not case.is_registered), helped + case.helped)
                )

    def told(self, case: Case) -> Case:
        own, (right, able, helped) = self._before(case.indicator, case.day)
        every, (all_right, all_able, all_helped) = self._before("", case.day)
        return replace(
            case,
            past=own,
            right=_pulled(right, own, (all_right + 1) / (every + 2)),
            yielded=_pulled(helped, able, (all_helped + 1) / (all_able + 2)),
        )

    def _before(self, code: str, day: date) -> tuple[int, tuple[int, int, int]]:
        number = bisect_left(self.days[code], day)
        return number, self.counts[code][number]


def _pulled(part: int, whole: int, towards: float) -> float:
    return (part + limits.PRIOR_WEIGHT * towards) / (whole + limits.PRIOR_WEIGHT)
