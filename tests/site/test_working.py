"""Jobs that a job queues are queued with what it writes, or not at all."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from wenhou.monitoring import tasks
from wenhou.site.working import Connector

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def worker() -> Iterator[None]:
    with app.replace_connector(Connector()):
        yield


def queued() -> list[int]:
    jobs = ProcrastinateJob.objects.filter(task_name="monitoring.run")
    return [args["run"] for args in jobs.order_by("id").values_list("args", flat=True)]


def test_what_is_rolled_back_is_followed_by_nothing() -> None:
    tasks.run.defer(run=1)
    start = transaction.savepoint()
    tasks.run.defer(run=2)
    assert queued() == [1, 2]
    transaction.savepoint_rollback(start)
    assert queued() == [1]
