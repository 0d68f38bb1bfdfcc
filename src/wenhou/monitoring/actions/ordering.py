"""Learning in which order the list is most use, and setting the chances of open alerts down. Decides nothing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, timedelta

from django.db import transaction

from wenhou.monitoring.models import Expectation, Learned
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
    learned = Learned.objects.order_by("-pk").first()
    if learned is None:
        return 0
    past = outcomes.concluded(on)
    last, scale = _last(past), Scale.read(learned.content)
    rows = [_expectation(learned, scale, case, last) for case in outcomes.opened(on, past)]
    with transaction.atomic():
        Expectation.objects.all().delete()
        Expectation.objects.bulk_create(rows, batch_size=AT_ONCE)
    return len(rows)


def refresh(*, on: date) -> int:
    """What follows every run: learn anew where the last lesson is old and there is enough, then set chances down."""
    latest = Learned.objects.order_by("-pk").first()
    if latest is None or on - latest.on >= timedelta(days=limits.LEARN_EVERY_DAYS):
        with suppress(learning.TooFew):  # the list says so where somebody asks for this order
            learn(on=on)
    return expect(on=on)


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
