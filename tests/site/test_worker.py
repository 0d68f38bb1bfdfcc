"""A worker that is killed in the middle of a job: another takes the job up."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from wenhou.monitoring import alone
from wenhou.monitoring.enums import RunState
from wenhou.monitoring.models import Run
from wenhou.monitoring.tasks import watch_arrival
from wenhou.site import launcher, tasks

MISSED_AFTER = 2
QUEUE_A_RUN = """
from datetime import date
from wenhou.site.cli import start_django
start_django()
from wenhou.monitoring.actions import runs
print(runs.request(as_of=date(2024, 11, 15), by=None, on=date(2024, 11, 15), division="64").pk)
"""


@pytest.fixture
def worker(home: Path, environment: Any) -> Iterator[Callable[[], "subprocess.Popen[bytes]"]]:
    """Starts workers on the home; ends what is left of them."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "wenhou.site", "worker"]
        told = environment(home, WENHOU_MISSED_AFTER=str(MISSED_AFTER), WENHOU_TODAY="2024-11-15")
        started.append(
            subprocess.Popen(command, env=told, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        )
        return started[-1]

    yield start
    for one in started:
        one.kill()
        one.wait()


def test_a_job_whose_worker_was_killed_is_done_by_the_next(
    home: Path, typed: Any, environment: Any, worker: Any, until: Any
) -> None:
    assert typed(home, "exchange", "sources", "--json").returncode == 0
    url = launcher.ensure_running(launcher.cluster_at(home))
    asked = subprocess.run(
        [sys.executable, "-c", QUEUE_A_RUN], env=environment(home), capture_output=True, text=True, check=True
    )
    run = int(asked.stdout)
    job = f"select status::text as status, attempts from procrastinate_jobs where args = '{{\"run\": {run}}}'"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute("select pg_advisory_lock(%s)", [alone.LOCK])
        first = worker()
        until(server, "select count(*) from pg_locks where locktype = 'advisory' and not granted", (1,))
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
        assert server.execute(job).fetchone() == ("doing", 0)
        server.execute("update monitoring_run set state = 'running'")
        server.execute("select pg_advisory_unlock(%s)", [alone.LOCK])
        time.sleep(MISSED_AFTER + 0.5)
        worker()
        until(server, f"select status from ({job}) job", ("succeeded",))
        state = "select state, failure from monitoring_run where id = %s"
        assert server.execute(state, [run]).fetchone() == ("done", "")


def test_every_minute_somebody_looks() -> None:
    from procrastinate.contrib.django import app

    assert [
        one.cron for one in app.periodic_registry.periodic_tasks.values() if one.task is tasks.take_up
    ] == ["* * * * *"]


def left_behind(*, attempts: int = 0, lock: str = "watch") -> int:
    """A job that a worker who is no more was at."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args, status, attempts)"
            " values ('engine', 'monitoring.watch', %s, 'watch', '{}', 'doing', %s) returning id",
            [lock, attempts],
        )
        return int(cursor.fetchone()[0])


@pytest.mark.usefixtures("transactional_db")
@pytest.mark.parametrize(("attempts", "state"), [(0, "todo"), (6, "todo"), (7, "failed")])
def test_a_job_that_ends_every_worker_is_given_up(attempts: int, state: str) -> None:
    job = left_behind(attempts=attempts)
    async_to_sync(tasks.take_up.func)(timestamp=0)
    assert ProcrastinateJob.objects.get(pk=job).status == state


@pytest.mark.usefixtures("transactional_db")
def test_where_its_like_waits_already_the_lock_is_let_go() -> None:
    dead = left_behind()
    watch_arrival(delivery=1, contract="DI31")
    async_to_sync(tasks.take_up.func)(timestamp=0)
    states = ProcrastinateJob.objects.filter(task_name="monitoring.watch").order_by("id")
    assert [(one.pk == dead, one.status) for one in states] == [(True, "failed"), (False, "todo")]


@pytest.mark.usefixtures("transactional_db")
def test_runs_nobody_is_at_are_failed() -> None:
    run = Run.objects.create(as_of=date(2024, 11, 15), state=RunState.RUNNING)
    async_to_sync(tasks.take_up.func)(timestamp=0)
    run.refresh_from_db()
    assert (run.state, run.failure[:4]) == (RunState.FAILED, "运行中断")


@pytest.mark.usefixtures("transactional_db")
def test_of_two_that_look_at_once_one_takes_a_job_up() -> None:
    job = left_behind()
    (dead,) = async_to_sync(app.job_manager.get_stalled_jobs)(seconds_since_heartbeat=1)
    for _ in range(2):
        async_to_sync(tasks._queue_again)(dead)
    kept = ProcrastinateJob.objects.get(pk=job)
    assert (kept.status, kept.attempts) == ("todo", 1)
    assert tasks.take_up.lock is None
