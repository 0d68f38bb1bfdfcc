"""Jobs of the house itself, on the queue "house": what a dead worker left is taken up again."""

import contextlib
import logging
import os
from datetime import timedelta
from pathlib import Path

from asgiref.sync import sync_to_async
from django.conf import settings
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException, UniqueViolation
from procrastinate.jobs import Job, Status
from psycopg.errors import RaiseException

from wenhou.base import clock
from wenhou.base.actions import sealing
from wenhou.base.audit import actors
from wenhou.base.queues import SLOW
from wenhou.base.secrets import master
from wenhou.lake.actions import sealing as lake
from wenhou.site import launcher
from wenhou.site.backups import taking

BACK_UP_AT = "30 17 * * *"  # UTC: half past one in Beijing, before entitlement is compared
MOST_DEATHS = 8
"""A job that as many workers died of is failed: it would end the next one too."""
AT_ONCE, PAUSE_SECONDS = 2, 10
"""Deaths after which a job is queued again at once; after more it waits, twice as long each time, so that one that ends its
workers leaves them to the others (自拟)."""

log = logging.getLogger(__name__)


@app.periodic(cron="* * * * *")
@app.task(name="site.take_up", queue="house", queueing_lock="site.take_up", priority=100)
async def take_up(timestamp: int) -> None:
    """Queue again the jobs of workers whose heartbeats stay out, which frees their locks; say of dead runs that they are.

    A worker that is killed tells nobody; it is missed.
    """
    manager = app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=settings.WENHOU_MISSED_AFTER):
        if job.attempts + 1 >= MOST_DEATHS:
            log.error("job %s (%s) ended %s workers and is failed", job.id, job.task_name, MOST_DEATHS)
            await manager.finish_job(job, Status.FAILED, delete_job=False)
        else:
            await _queue_again(job)
    await sync_to_async(_end_dead_runs)()


@app.periodic(cron="* * * * *")
@app.task(name="site.seal", queue="house", queueing_lock="site.seal")
def seal(timestamp: int) -> None:
    """What is committed is sealed each minute."""
    sealing.seal()


LOOKS_AT = "20 17 * * *"  # UTC: twenty past one in Beijing, when the day that is asked about is over


@app.periodic(cron=LOOKS_AT)
@app.task(name="site.look_back", queue="house", queueing_lock="site.look_back")
def look_back(timestamp: int) -> None:
    """What was unusual about yesterday's looks is kept for the audit's administrator."""
    from wenhou.supervision import unusual

    with actors.acting("job:site.look_back"):
        unusual.keep(clock.today() - timedelta(days=1))


@app.periodic(cron="15 18 * * *")  # a quarter past two in the morning in Beijing
@app.task(name="site.tidy_keys", queue="house", queueing_lock="site.tidy_keys")
def tidy_keys(timestamp: int) -> None:
    """Keys of files that are gone go each night."""
    lake.tidy()


@app.periodic(cron="* * * * *")
@app.task(name="site.add_to_backup", queue="house", queueing_lock="site.add_to_backup")
def add_to_backup(timestamp: int) -> None:
    """What was written since the last minute goes where backups are kept, if anywhere."""
    if _keeps_backups():
        taking.ship(*_kept_where(), algorithm=master.suite())


@app.periodic(cron=BACK_UP_AT)
@app.task(name="site.back_up", queue=SLOW, queueing_lock="site.back_up")
def back_up(timestamp: int) -> None:
    """Each night a whole backup."""
    if _keeps_backups():
        taking.full(*_kept_where(), algorithm=master.suite(), with_keys=False)


def _keeps_backups() -> bool:
    return bool(settings.WENHOU_BACKUP_TO) and not os.environ.get("DATABASE_URL")


def _kept_where() -> tuple[Path, launcher.Cluster, Path]:
    cluster = launcher.cluster_at(settings.HOME, os.environ.get("WENHOU_POSTGRES"))
    return settings.HOME, cluster, Path(settings.WENHOU_BACKUP_TO)


async def _queue_again(job: Job) -> None:
    log.warning("job %s (%s) of a dead worker is queued again", job.id, job.task_name)
    try:
        await app.job_manager.retry_job(job, retry_at=clock.instant() + _pause(job.attempts + 1))
    except UniqueViolation:  # its like waits already and will do the same
        await app.job_manager.finish_job(job, Status.FAILED, delete_job=False)
    except ConnectorException as failure:
        # another look was first: a lock of this job's own would stay with a worker that dies while it looks
        if not isinstance(failure.__cause__, RaiseException):
            raise


def _pause(deaths: int) -> timedelta:
    return timedelta(seconds=PAUSE_SECONDS * 2 ** (deaths - AT_ONCE - 1) if deaths > AT_ONCE else 0)


def _end_dead_runs() -> None:
    from wenhou.monitoring.actions import runs

    with actors.acting("job:site.take_up"):
        runs.end_dead()


def look_around() -> None:
    """A worker that starts looks for what others left: now, and when one that died just before will be missed. Then it is
    ready for what will arrive."""
    now = app.configure_task("site.take_up")
    later = app.configure_task(
        "site.take_up",
        queueing_lock="site.take_up.later",
        schedule_in={"seconds": int(settings.WENHOU_MISSED_AFTER) + 1},
    )
    for one in (now, later):
        with contextlib.suppress(AlreadyEnqueued):
            one.defer(timestamp=0)
    from wenhou.monitoring.tasks import base_soon, make_ready

    base_soon()
    make_ready()
