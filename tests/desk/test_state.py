"""Whether the house is up, and what its jobs do."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from procrastinate.contrib.django import app

from desk.conftest import World, signed_in
from wenhou.base import clock
from wenhou.desk import state

HEARTBEAT = "insert into procrastinate_workers (last_heartbeat) values (%s)"
JOB = "insert into procrastinate_jobs (queue_name, task_name, status) values (%s, %s, %s) returning id"


def alive(*, ago: timedelta = timedelta()) -> None:
    with connection.cursor() as cursor:
        cursor.execute("delete from procrastinate_workers")
        cursor.execute(HEARTBEAT, [clock.instant() - ago])


def job(queue: str, task: str, status: str = "todo", *, ago: timedelta = timedelta()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(JOB, [queue, task, status])
        (key,) = cursor.fetchone()
        cursor.execute(
            "update procrastinate_events set at = %s where job_id = %s", [clock.instant() - ago, key]
        )
        if status == "failed":
            cursor.execute(
                "insert into procrastinate_events (job_id, type, at) values (%s, 'failed', %s)",
                [key, clock.instant() - ago],
            )


def test_a_machine_is_told_without_signing_in(db: None) -> None:
    alive()
    assert Client().get("/health/live/").json() == {"live": True}
    told = Client().get("/health/ready/")
    assert (told.status_code, told.json()["ready"]) == (200, True)
    assert told.json()["parts"]["后台进程"] == "在运行。"


def test_without_a_worker_it_is_not_ready_and_says_which_part(world: World) -> None:
    alive(ago=timedelta(minutes=5))
    told = Client().get("/health/ready/")
    assert (told.status_code, told.json()["ready"]) == (503, False)
    assert "没有在运行" in told.json()["parts"]["后台进程"]
    page = signed_in(world.officer).get("/status/").content.decode()
    assert "2处不正常" in page  # nor has there ever been a backup
    assert "从来没有备份过" in page


def test_a_disk_that_is_nearly_full_is_told(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    alive()
    monkeypatch.setattr(state.shutil, "disk_usage", lambda path: Usage())
    parts = {part.name: part for part in state.parts()}
    assert not parts["数据湖"].is_well
    assert parts["数据湖"].said == "磁盘还剩4 GB（4%），快满了，请运维扩容或清理。"


class Usage:
    total, free = 100 * 2**30, 4 * 2**30


def test_jobs_are_counted_by_kind_and_those_that_wait_too_long_are_told(world: World) -> None:
    alive()
    for ago in (timedelta(minutes=11), timedelta(minutes=1)):
        job("exchange", "exchange.load", ago=ago)
    job("slow", "monitoring.compare_entitlement", ago=timedelta(hours=1))
    job("engine", "monitoring.run", "doing")
    job("engine", "monitoring.run", "failed", ago=timedelta(days=2))
    job("engine", "monitoring.watch", "failed", ago=timedelta(days=8))
    found = {one.task: (one.waiting, one.doing, one.failed, one.is_late) for one in state.jobs()}
    assert found["exchange.load"] == (2, 0, 0, True)
    assert found["monitoring.compare_entitlement"] == (1, 0, 0, False)
    assert found["monitoring.run"] == (0, 1, 1, False)
    page = signed_in(world.officer).get("/status/").content.decode()
    assert "装入来件" in page
    assert "1类任务等得太久" in page
    assert "七天内有1个任务没做成" in page


def test_every_job_has_a_name_people_can_read() -> None:
    ours = {name for name in app.tasks if not name.startswith(("builtin", "procrastinate"))}
    assert ours <= set(state.NAMES)
    assert {name for name in state.NAMES if name not in ours} == set()


def test_a_scanner_is_told_of_where_there_is_one_and_does_not_make_the_house_unready(
    world: World, settings: Any, tmp_path: Path
) -> None:
    alive()
    client = signed_in(world.officer)
    assert "查毒" not in client.get("/status/").content.decode()
    settings.WENHOU_SCANNER = f"clamd:{tmp_path / 'nobody.ctl'}"
    page = client.get("/status/").content.decode()
    assert "没有应答，来件都留着等查毒，没有装入，请运维检查查毒程序。" in page
    assert "2处不正常" in page  # nor has there ever been a backup
    assert Client().get("/health/ready/").status_code == 200
    settings.WENHOU_SCANNER = "true"
    assert "有应答。" in client.get("/status/").content.decode()
