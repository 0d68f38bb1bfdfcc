"""Jobs of this room, on the queue "engine": one run at a time, at most one waiting."""

from datetime import date

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from wenhou.base import clock
from wenhou.monitoring import days
from wenhou.monitoring.models import Run

WAIT_SECONDS = 1  # deliveries come in sheaves
BASE_AT = "10 16 * * *"  # UTC: ten past midnight in Beijing, before the day's first delivery


@app.task(name="monitoring.run", queue="engine", lock="watch")
def run(*, run: int) -> None:
    """Do a queued run."""
    from wenhou.monitoring.actions import runs

    runs.carry_out(Run.objects.get(pk=run), on=clock.today())


@app.task(name="monitoring.watch", queue="engine", lock="watch", queueing_lock="watch")
def watch(*, as_of: str) -> None:
    """Look again at whom deliveries touched, unless a later day has been asked about meanwhile."""
    from wenhou.monitoring.actions import runs

    try:
        runs.follow(as_of=date.fromisoformat(as_of), on=clock.today())
    except days.Overtaken:
        return


@app.periodic(cron=BASE_AT)
@app.task(name="monitoring.make_base", queue="engine", lock="watch", queueing_lock="monitoring.make_base")
def make_base(timestamp: int) -> None:
    """Look at everybody for the day that has begun: windows that end with it are there before anything arrives."""
    from wenhou.monitoring.actions import runs

    if not settings.WENHOU_WATCH_ON_ARRIVAL:
        return
    try:
        runs.make_base(as_of=clock.today(), on=clock.today())
    except days.Overtaken:
        return


@app.task(name="monitoring.watch_arrival", queue="engine", retry=2)
def watch_arrival(*, delivery: int, contract: str) -> None:
    """Follow `linkage.FactsRecognised`: one run for however many deliveries came together."""
    watch_soon()


def watch_soon() -> None:
    """A run before long, one for all that comes meanwhile; none where the watch does not follow arrivals."""
    if not settings.WENHOU_WATCH_ON_ARRIVAL:
        return
    soon = watch.configure(schedule_in={"seconds": WAIT_SECONDS})
    try:
        with transaction.atomic():
            soon.defer(as_of=clock.today().isoformat())
    except AlreadyEnqueued:
        return


@app.task(name="monitoring.watch_people", queue="engine", retry=2)
def watch_people(*, kept: int, absorbed: int) -> None:
    """Follow `linkage.PeopleMerged` and `linkage.PeopleParted`: what is said of either counts for others now."""
    watch_soon()


@app.periodic(cron=settings.WENHOU_GAPS_AT)
@app.task(name="monitoring.compare_entitlement", queue="engine", lock="gaps", queueing_lock="gaps", retry=2)
def compare_entitlement(timestamp: int) -> None:
    """Every night: what the law owes beside what everybody has, as of the day."""
    from wenhou.monitoring.gaps.actions import nightly

    nightly.run(as_of=clock.today(), on=clock.today())


def defer_run(queued: Run) -> None:
    """Queue a run in the transaction that asked for it."""
    run.defer(run=queued.pk)
