"""Arrivals lead to one run, however many come together."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from wenhou.monitoring import tasks

pytestmark = pytest.mark.django_db


def waiting() -> list[tuple[str, dict[str, str]]]:
    jobs = ProcrastinateJob.objects.filter(task_name="monitoring.watch")
    return list(jobs.values_list("queue_name", "args"))


def test_two_arrivals_queue_one_run_of_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENHOU_TODAY", "2026-11-02")
    tasks.watch_arrival(delivery=1, contract="DI31")
    tasks.watch_arrival(delivery=2, contract="DI29")
    assert waiting() == [("engine", {"as_of": "2026-11-02"})]


def test_where_it_is_switched_off_nothing_follows(settings) -> None:
    settings.WENHOU_WATCH_ON_ARRIVAL = False
    tasks.watch_arrival(delivery=1, contract="DI31")
    assert waiting() == []
