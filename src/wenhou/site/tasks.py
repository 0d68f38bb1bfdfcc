"""Jobs of the house itself, on the queue "house": what a dead worker left is taken up again."""

import contextlib
import logging
from datetime import timedelta

from asgiref.sync import sync_to_async
from django.conf import settings
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued, UniqueViolation
from procrastinate.jobs import Job, Status

from wenhou.base import clock
from wenhou.base.actions import sealing
from wenhou.base.audit import actors

MOST_DEATHS = 3
"""A job that as many workers died of is failed: it would end the next one too."""

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


async def _queue_again(job: Job) -> None:
    log.warning("job %s (%s) of a dead worker is queued again", job.id, job.task_name)
    try:
        await app.job_manager.retry_job(job)
    except UniqueViolation:  # its like waits already and will do the same
        await app.job_manager.finish_job(job, Status.FAILED, delete_job=False)


def _end_dead_runs() -> None:
    from wenhou.monitoring.actions import runs

    with actors.acting("job:site.take_up"):
        runs.end_dead()


def look_around() -> None:
    """A worker that starts looks for what others left before the minute is full, and is ready for what will arrive."""
    with contextlib.suppress(AlreadyEnqueued):
        app.configure_task("site.take_up").defer(timestamp=0)
    from wenhou.monitoring.tasks import base_soon, make_ready

    base_soon()
    make_ready()
