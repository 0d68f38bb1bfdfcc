"""Gaps others may read, already limited to what the reader may see."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from wenhou.monitoring.enums import OPEN_STATES, RunState
from wenhou.monitoring.gaps import readings
from wenhou.monitoring.gaps.asking import COUNTED
from wenhou.monitoring.gaps.enums import OPEN_GAPS, GapKind, Period
from wenhou.monitoring.models import Alert, Gap, GapRun
from wenhou.staff.queries import Scope


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; '' is not narrowed. place: a significant prefix. state: open, or one state."""

    kind: str = ""
    item: str = ""
    place: str = ""
    confidence: str = ""
    state: str = ""


@dataclass(frozen=True)
class Total:
    """How many gaps, and fen a month of those with a monthly amount."""

    gaps: int
    monthly: int


def filtered(scope: Scope, asked: Filters) -> QuerySet[Gap]:
    """The gaps of a list, unordered."""
    found = Gap.objects.filter(scope.q("division", "copy_division", wall="wall"))
    found = found.filter(state=asked.state) if asked.state else found.filter(state__in=OPEN_GAPS)
    if asked.place:
        found = found.filter(Q(division__startswith=asked.place) | Q(copy_division__startswith=asked.place))
    plain = {"kind": asked.kind, "item": asked.item, "confidence": asked.confidence}
    return found.filter(**{name: value for name, value in plain.items() if value})


def by(scope: Scope, asked: Filters, field: str, *, digits: int = 12) -> dict[str, Total]:
    """Totals by a column (kind, item, division), the greatest first; of a place its first digits."""
    monthly = Sum("amount", filter=Q(period=Period.MONTH))
    rows = filtered(scope, asked).order_by().values_list(field).annotate(gaps=Count("pk"), monthly=monthly)
    told: dict[str, Total] = {}
    for value, gaps, fen in rows:
        before = told.get(value[:digits], Total(0, 0))
        told[value[:digits]] = Total(before.gaps + gaps, before.monthly + (fen or 0))
    return dict(sorted(told.items(), key=lambda one: (-one[1].gaps, one[0])))


def kinds(scope: Scope, asked: Filters) -> dict[str, Total]:
    """Totals of the three kinds, whatever kind is asked for."""
    found = by(scope, replace(asked, kind=""), "kind")
    return {kind: found.get(kind, Total(0, 0)) for kind in GapKind.values}


def last_run(scope: Scope) -> GapRun | None:
    """The latest finished comparison that looked at the reader's places."""
    done = GapRun.objects.filter(state=RunState.DONE).order_by("-as_of", "-id").defer("counts")[:50]
    return next((run for run in done if _touches(run.division, scope)), None)


def _touches(place: str, scope: Scope) -> bool:
    return any(place.startswith(own) or own.startswith(place) for own in scope.divisions)


def answers(run: GapRun | None, scope: Scope) -> dict[str, dict[str, int]]:
    """Item → numbers of a comparison, over the counties the reader's places lie in or hold."""
    counts = run.counts if run else {}
    near = [items for county, items in counts.items() if _touches(county, scope)]
    told: dict[str, dict[str, int]] = {}
    for reading in readings.READINGS:
        found = [items[reading.code] for items in near if reading.code in items]
        told[reading.code] = {name: sum(one[name] for one in found) for name in COUNTED}
    return told


def alerts_that_say_the_same(gap: Gap, scope: Scope) -> list[Alert]:
    """Open alerts of the household or the person whose indicator tells the same matter."""
    codes = readings.BY_CODE[gap.item].told_by(GapKind(gap.kind))
    same = Q(person=gap.person)
    if gap.household is not None:
        same |= Q(household=gap.household)
    found = Alert.objects.filter(
        same, scope.q("division", "copy_division", wall="wall"), indicator__in=codes, state__in=OPEN_STATES
    )
    return list(found.order_by("due_on", "id")[:20])


def others_of(gap: Gap, scope: Scope) -> Sequence[Any]:
    """Other gaps of the same household, open ones first."""
    found = Gap.objects.filter(scope.q("division", "copy_division", wall="wall"), household=gap.household)
    return list(found.exclude(pk=gap.pk).order_by("closed_on", "item", "-id")[:20])
