"""How a worker reaches the database and which queues it takes.

What a job queues in its turn belongs to the job's own transaction. A worker that loses the database dies at once: its jobs
have lost their locks, and another takes them up from the beginning.
"""

import asyncio
import logging
import os
from collections.abc import Callable
from typing import Any

import psycopg
from procrastinate.connector import BaseConnector
from procrastinate.contrib.django import app, utils
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import UniqueViolation
from procrastinate.job_context import JobContext
from procrastinate.jobs import Job, Status
from procrastinate.psycopg_connector import PsycopgConnector
from procrastinate.worker import Worker

from wenhou.base.audit import actors
from wenhou.base.queues import SLOW

DIED = 70
"""Exit code (EX_SOFTWARE) of a worker that lost the database."""

log = logging.getLogger(__name__)


class Connector(PsycopgConnector):
    """procrastinate's own queues from another connection: a job then begins before what it is to follow is committed, or
    follows what never was."""

    def __init__(self) -> None:
        super().__init__(kwargs=utils.connector_params())

    def get_sync_connector(self) -> BaseConnector:
        return DjangoConnector()


class CrashOnly(Worker):
    """procrastinate's own waits for its jobs when a heartbeat fails, while others already take them up; and where the end of
    a job cannot be written, the job counts as being done, with its lock, for as long as the worker lives."""

    async def _persist_job_status(self, job: Job, *given: Any, **named: Any) -> None:
        try:
            await super()._persist_job_status(job, *given, **named)
        except UniqueViolation:  # its like waits already and will do the same
            await self.app.job_manager.finish_job(job=job, status=Status.FAILED, delete_job=False)
        except Exception as failure:
            _die(failure)

    async def _fetch_and_process_jobs(self) -> None:
        try:
            await super()._fetch_and_process_jobs()
        except Exception as failure:
            _die(failure)

    def _start_side_tasks(self) -> list["asyncio.Task[Any]"]:
        tasks = super()._start_side_tasks()
        for task in tasks:
            task.add_done_callback(_die_of)
        return tasks


def _die_of(task: "asyncio.Task[Any]") -> None:
    if not task.cancelled() and (failure := task.exception()):
        _die(failure)


def _die(failure: BaseException) -> None:
    log.critical("the worker has lost the database and ends: %s", failure)
    logging.shutdown()
    os._exit(DIED)


def prompt() -> list[str]:
    """Every queue that has a job but the one of long jobs."""
    app.perform_import_paths()
    return sorted({task.queue for task in app.tasks.values()} - {SLOW})


def run(*, queues: list[str], concurrency: int, wait: bool = True) -> None:
    """Work on the queues until told to stop (SIGINT, SIGTERM), or, not waiting, until they are empty."""
    with app.replace_connector(Connector()):
        asyncio.run(_work(queues=queues, concurrency=concurrency, wait=wait, task_middleware=[acting]))


async def _work(**told: Any) -> None:
    async with app.open_async():
        app.perform_import_paths()
        await CrashOnly(app=app, **{**app.worker_defaults, **told}).run()


def acting(go_on: Callable[[], Any], context: JobContext, worker: Worker) -> Any:
    """What a job writes is written down as the job's. One that lost the database has not failed: it is to be done again."""
    try:
        with actors.acting(f"job:{context.job.task_name}"):
            return go_on()
    except Exception as failure:
        if is_away(failure):
            _die(failure)
        raise


def is_away(failure: BaseException | None) -> bool:
    """Whether this is, or was raised because of, a database that cannot be reached any more."""
    while failure is not None:
        if isinstance(failure, psycopg.OperationalError) and _is_connection(failure.sqlstate or ""):
            return True
        failure = failure.__cause__ or failure.__context__
    return False


def _is_connection(sqlstate: str) -> bool:
    """None at all where no server said it; class 08, or a server that is ending or beginning."""
    return not sqlstate or sqlstate.startswith("08") or sqlstate in ("57P01", "57P02", "57P03")
