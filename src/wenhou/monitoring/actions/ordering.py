"""Learning in which order the list is most use, and setting the chances of open alerts down. Decides nothing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from wenhou.monitoring.enums import AlertState, RunKind, RunState
from wenhou.monitoring.models import Alert, Expectation, Learned, Run
from wenhou.monitoring.worth import learning, limits, order, outcomes
from wenhou.monitoring.worth.order import Scale
from wenhou.monitoring.worth.outcomes import Case
from wenhou.registry.models import PersonRecord

COUNTY = 6
TEN_THOUSAND = 10_000
AT_ONCE = 2_000


def learn(*, on: date) -> Learned:
    """Learn from everything concluded after a visit by a day. Raises TooFew."""
    cases = outcomes.concluded(on)
    lesson = learning.learn(cases, _nations({case.person for case in cases}))
    days = [case.closed_on for case in cases if case.closed_on]
    return Learned.objects.create(
        on=on,
        since=min(days),
        until=max(days),
        size=len(cases),
        helped=sum(case.helped for case in cases),
        brier=lesson.brier,
        base_brier=lesson.base_brier,
        reliability=lesson.reliability,
        groups=lesson.groups,
        content=lesson.scale.as_json(),
    )


def expect(*, on: date) -> int:
    """Set down the chances of all open alerts by what was learnt last; gives how many. Without a lesson nothing is."""
    learned = _latest()
    if learned is None:
        return 0
    past = outcomes.concluded(on)
    with transaction.atomic():
        Expectation.objects.filter(alert__state=AlertState.CLOSED).delete()
        return _write(learned, outcomes.opened(on, past), past)


def refresh(*, on: date) -> int:
    """Learn anew where the last lesson is old and there is enough, then set all chances down."""
    latest = _latest()
    if latest is None or on - latest.on >= timedelta(days=limits.LEARN_EVERY_DAYS):
        with suppress(learning.TooFew):  # the list says so where somebody asks for this order
            learn(on=on)
    return expect(on=on)


def follow(*, run: int, on: date) -> int:
    """What follows a run, and those finished since: all chances anew where one looked at everybody of a place; after
    arrivals those of the families whose alerts they raised, changed or cleared, and none where nothing did."""
    since = Run.objects.get(pk=run).finished_at
    runs = Run.objects.filter(state=RunState.DONE, finished_at__gte=since)
    if runs.filter(kind=RunKind.FULL).exists():
        return refresh(on=on)
    learned, (households, subjects) = _latest(), _touched(runs.values("pk"))
    if learned is None or not subjects:
        return 0
    past = outcomes.concluded(on)
    return _write(learned, outcomes.opened_of(on, past, households=households, subjects=subjects), past)


def _touched(runs: Any) -> tuple[list[int], list[str]]:
    """The households and the subjects of the alerts that runs raised, changed or cleared."""
    rows: set[tuple[int | None, str]] = set()
    for told in (Q(judgement__run__in=runs), Q(cleared_by__in=runs)):  # apart: each has its index
        rows |= set(Alert.objects.filter(told).values_list("household", "subject"))
    return sorted({home for home, _ in rows if home is not None}), sorted({subject for _, subject in rows})


def _latest() -> Learned | None:
    return Learned.objects.order_by("-pk").first()


def _write(learned: Learned, cases: Iterable[Case], past: Iterable[Case]) -> int:
    """In the order of ids, each in place of what was there: two at once wait for each other and break nothing."""
    last, scale = _last(past), Scale.read(learned.content)
    rows = [_expectation(learned, scale, case, last) for case in cases]
    with transaction.atomic():
        Expectation.objects.bulk_create(
            rows,
            batch_size=AT_ONCE,
            update_conflicts=True,
            unique_fields=["alert"],
            update_fields=["learned", "chance", "reasons"],
        )
    return len(rows)


def _expectation(
    learned: Learned, scale: Scale, case: Case, last: Mapping[tuple[str, str], list[Case]]
) -> Expectation:
    near = last.get((case.indicator, case.division[:COUNTY]), [])
    chance = min(TEN_THOUSAND, round(scale.chance(case) * TEN_THOUSAND))
    return Expectation(
        alert_id=case.id, learned=learned, chance=chance, reasons=order.reasons(scale, case, near)
    )


def _last(past: Iterable[Case]) -> Mapping[tuple[str, str], list[Case]]:
    """(indicator, county) → its latest concluded visits."""
    found: dict[tuple[str, str], list[Case]] = defaultdict(list)
    for case in sorted(past, key=lambda case: (case.closed_on or case.day, case.id), reverse=True):
        near = found[case.indicator, case.division[:COUNTY]]
        if len(near) < order.LAST:
            near.append(case)
    return found


def _nations(people: set[int]) -> dict[int, str]:
    rows = PersonRecord.objects.filter(person_id__in=people, superseded_at=None)
    return dict(rows.values_list("person_id", "nation"))
