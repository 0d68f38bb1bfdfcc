"""What a reader may be told of a run: everything where it stayed within their places, else only their own alerts."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from wenhou.monitoring.indicators.watch import WALLS
from wenhou.monitoring.models import Alert, AlertEvent, Run
from wenhou.staff.queries import Scope

PROVINCE = 2


@dataclass(frozen=True)
class Own:
    """The reader's own alerts of one run, by indicator."""

    raised: Counter[str]
    cleared: Counter[str]

    # A template would ask the counters for an indicator called "total".
    @property
    def raised_total(self) -> int:
        return self.raised.total()

    @property
    def cleared_total(self) -> int:
        return self.cleared.total()


@dataclass(frozen=True)
class Totals:
    """A run's totals as a reader may know them: without what is behind a wall of theirs; None where the rest would tell it."""

    raised: int
    cleared: int
    kept: int | None
    held: int | None


def hidden(scope: Scope, place: str) -> set[str]:
    """Indicators behind a wall that the reader may not look behind all over a place (a prefix; '' is everywhere)."""
    return {code for code, wall in WALLS.items() if not scope.opens(wall, place)}


def totals(run: Run, scope: Scope) -> Totals:
    """What a run that stayed within the reader's places came to."""
    walled = [line for code, line in run.counts.items() if code in hidden(scope, run.division)]
    fewer = {name: sum(int(line.get(name, 0)) for line in walled) for name in ("raised", "cleared")}
    return Totals(
        raised=run.raised - fewer["raised"],
        cleared=run.cleared - fewer["cleared"],
        kept=None if walled else run.kept,
        held=None if walled else run.held,
    )


def knows_region(scope: Scope) -> bool:
    """Whether totals over everybody are the reader's to know: a region's officers and analysts."""
    return any(len(place) == PROVINCE for place in scope.divisions)


def is_wider(run: Run, scope: Scope) -> bool:
    """Whether a run looked beyond the reader's places, so that its totals are not theirs to know.

    One over everybody is a region's.
    """
    if not run.division:
        return not knows_region(scope)
    return not scope.covers(run.division)


def own(runs: Iterable[Run], scope: Scope) -> dict[int, Own]:
    """Run → the reader's own alerts it raised and cleared. Copies count: the reader sees them."""
    keys = [run.pk for run in runs]
    found = {key: Own(Counter(), Counter()) for key in keys}
    if not keys:
        return found
    mine = Alert.objects.filter(scope.q("division", "copy_division", wall="wall"))
    raised = mine.filter(run_id__in=keys).values_list("run_id", "indicator")
    for run, indicator, number in raised.annotate(number=Count("pk")).order_by():
        found[run].raised[indicator] = number
    events = AlertEvent.objects.filter(kind="cleared", detail__run__in=keys, alert__in=mine)
    cleared = events.values_list("detail__run", "alert__indicator")
    for run, indicator, number in cleared.annotate(number=Count("pk")).order_by():
        found[run].cleared[indicator] = number
    return found
