"""Jobs of this room, on the queue "engine": one run at a time, at most one waiting. The nightly comparison is a long job."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.tasks import Task

from wenhou.base import clock
from wenhou.base.queues import SLOW
from wenhou.lake.models import Part
from wenhou.monitoring import days
from wenhou.monitoring.enums import RunKind
from wenhou.monitoring.models import Run

TRIES, WAIT_AGAIN_SECONDS = 3, 60
log = logging.getLogger(__name__)
BASE_AT = "10 16 * * *"  # UTC: ten past midnight in Beijing, before the day's first delivery


@app.task(name="monitoring.run", queue="engine", lock="watch")
def run(*, run: int) -> None:
    """Do a queued run."""
    from wenhou.monitoring.actions import runs

    runs.carry_out(Run.objects.get(pk=run), on=clock.today())


@app.task(name="monitoring.watch", queue="engine", lock="watch", queueing_lock="watch")
def watch(*, as_of: str, tried: int = 0) -> None:
    """Look again at whom deliveries touched, unless a later day has been asked about meanwhile."""
    from wenhou.monitoring.actions import runs

    with _tried(watch, tried, as_of=as_of):
        done = runs.follow(as_of=date.fromisoformat(as_of), on=clock.today())
        if done.kind == RunKind.FULL:
            make_ready()


@app.periodic(cron=BASE_AT)
@app.task(name="monitoring.make_base", queue="engine", lock="watch", queueing_lock="monitoring.make_base")
def make_base(timestamp: int, tried: int = 0) -> None:
    """Look at everybody for the day that has begun: windows that end with it are there before anything arrives."""
    from wenhou.monitoring.actions import returning, runs

    returning.give_back(on=clock.today())  # posts whose last day was yesterday
    if not settings.WENHOU_WATCH_ON_ARRIVAL:
        return
    with _tried(make_base, tried, timestamp=timestamp):
        runs.make_base(as_of=clock.today(), on=clock.today())
        make_ready()


def make_ready() -> None:
    """What arrivals of today will ask is written in this process before any comes, where the day has its base. Without it
    the first waits for it."""
    from wenhou.monitoring.arrivals import asking

    if not settings.WENHOU_WATCH_ON_ARRIVAL:
        return
    try:
        asking.warm(as_of=clock.today())
    except Exception:
        log.exception("what arrivals will ask is not written beforehand")


def base_soon() -> None:
    """The day's base, where a worker starts after the hour at which it is made and finds none; an empty lake has none."""
    from wenhou.monitoring.arrivals import bases

    if settings.WENHOU_WATCH_ON_ARRIVAL and Part.objects.exists() and bases.latest(clock.today()) is None:
        _queue(make_base, 0, timestamp=0)


@contextmanager
def _tried(task: Task[Any, Any, Any], tried: int, **arguments: Any) -> Iterator[None]:
    """A run that fails is tried again by another job, unless one waits already: procrastinate's own retry would break on
    the queueing lock of that one, and hold the watch for good."""
    try:
        yield
    except days.Overtaken:
        return
    except Exception:
        if tried + 1 < TRIES:
            _queue(task, WAIT_AGAIN_SECONDS, **arguments, tried=tried + 1)
        raise


def _queue(task: Task[Any, Any, Any], seconds: int, **arguments: Any) -> None:
    try:
        with transaction.atomic():
            (task.configure(schedule_in={"seconds": seconds}) if seconds else task).defer(**arguments)
    except AlreadyEnqueued:
        return


@app.task(name="monitoring.watch_arrival", queue="engine", retry=2)
def watch_arrival(*, delivery: int, contract: str) -> None:
    """Follow `linkage.FactsRecognised`: one run for however many deliveries came together."""
    watch_soon()


def watch_soon() -> None:
    """A run, one for all that comes while another is under way; none where the watch does not follow arrivals. What is to
    wait for a time is only found by polling, so nothing waits for the rest of a sheaf."""
    if not settings.WENHOU_WATCH_ON_ARRIVAL:
        return
    _queue(watch, 0, as_of=clock.today().isoformat())


@app.task(name="monitoring.give_back", queue="engine", retry=2)
def give_back(*, account: int) -> None:
    """Follow `staff.PostsEnded`: what somebody had in hand goes back to the queue."""
    from wenhou.monitoring.actions import returning

    returning.give_back(on=clock.today(), account=account)


@app.task(name="monitoring.watch_people", queue="engine", retry=2)
def watch_people(*, kept: int, absorbed: int) -> None:
    """Follow `linkage.PeopleMerged` and `linkage.PeopleParted`: what is said of either counts for others now."""
    watch_soon()


@app.periodic(cron=settings.WENHOU_GAPS_AT)
@app.task(name="monitoring.compare_entitlement", queue=SLOW, lock="gaps", queueing_lock="gaps")
def compare_entitlement(timestamp: int, tried: int = 0) -> None:
    """Every night: what the law owes beside what everybody has, as of the day."""
    from wenhou.monitoring.gaps.actions import nightly

    with _tried(compare_entitlement, tried, timestamp=timestamp):
        nightly.run(as_of=clock.today(), on=clock.today())


def defer_run(queued: Run) -> None:
    """Queue a run in the transaction that asked for it."""
    run.defer(run=queued.pk)
