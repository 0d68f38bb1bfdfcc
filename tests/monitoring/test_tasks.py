"""Arrivals lead to one run, however many come together."""

from datetime import date
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from registry.lake_rows import deliver
from wenhou.monitoring import tasks
from wenhou.monitoring.actions import runs
from wenhou.monitoring.gaps.actions import nightly
from wenhou.monitoring.models import Run

pytestmark = pytest.mark.django_db


def waiting(task: str = "monitoring.watch") -> list[tuple[str, dict[str, Any]]]:
    jobs = ProcrastinateJob.objects.filter(task_name=task)
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


def test_a_run_that_fails_is_tried_twice_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENHOU_TODAY", "2026-11-02")

    def fail(**given: date) -> Run:
        raise OSError("disk")

    monkeypatch.setattr(runs, "follow", fail)
    for tried in range(3):
        with pytest.raises(OSError, match="disk"):
            tasks.watch(as_of="2026-11-02", tried=tried)
        left = [] if tried == 2 else [("engine", {"as_of": "2026-11-02", "tried": tried + 1})]
        assert waiting() == left
        ProcrastinateJob.objects.all()._raw_delete("default")


def test_while_another_waits_it_is_left_to_that_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENHOU_TODAY", "2026-11-02")
    monkeypatch.setattr(runs, "make_base", lambda **given: 1 / 0)
    tasks.make_base.defer(timestamp=5)
    with pytest.raises(ZeroDivisionError):
        tasks.make_base(timestamp=4)
    assert waiting("monitoring.make_base") == [("engine", {"timestamp": 5})]


def test_a_night_that_fails_is_left_to_the_one_that_waits_else_tried_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(nightly, "run", lambda **given: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        tasks.compare_entitlement(timestamp=4)
    again = [("slow", {"timestamp": 4, "tried": 1})]
    assert waiting("monitoring.compare_entitlement") == again
    with pytest.raises(ZeroDivisionError):
        tasks.compare_entitlement(timestamp=3)
    assert waiting("monitoring.compare_entitlement") == again
    assert tasks.compare_entitlement.retry_strategy is None


def test_a_worker_that_starts_makes_the_days_base_where_there_is_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("WENHOU_TODAY", "2026-11-02")
    tasks.base_soon()
    assert waiting("monitoring.make_base") == []
    deliver("DI01", [])
    tasks.base_soon()
    tasks.base_soon()
    assert waiting("monitoring.make_base") == [("engine", {"timestamp": 0})]
