"""How a worker reaches the database and which queues it takes.

What a job queues in its turn belongs to the job's own transaction.
"""

from collections.abc import Callable
from typing import Any

from procrastinate.connector import BaseConnector
from procrastinate.contrib.django import app, utils
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.job_context import JobContext
from procrastinate.psycopg_connector import PsycopgConnector
from procrastinate.worker import Worker

from wenhou.base.audit import actors
from wenhou.base.queues import SLOW


class Connector(PsycopgConnector):
    """procrastinate's own queues from another connection: a job then begins before what it is to follow is committed, or
    follows what never was."""

    def __init__(self) -> None:
        super().__init__(kwargs=utils.connector_params())

    def get_sync_connector(self) -> BaseConnector:
        return DjangoConnector()


def prompt() -> list[str]:
    """Every queue that has a job but the one of long jobs."""
    app.perform_import_paths()
    return sorted({task.queue for task in app.tasks.values()} - {SLOW})


def run(*, queues: list[str], concurrency: int, wait: bool = True) -> None:
    """Work on the queues until told to stop (SIGINT, SIGTERM), or, not waiting, until they are empty."""
    with app.replace_connector(Connector()):
        app.run_worker(queues=queues, concurrency=concurrency, wait=wait, task_middleware=[acting])


def acting(go_on: Callable[[], Any], context: JobContext, worker: Worker) -> Any:
    """What a job writes is written down as the job's."""
    with actors.acting(f"job:{context.job.task_name}"):
        return go_on()
