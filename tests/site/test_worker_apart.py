"""One `wenhou worker` is two processes: what arrives never waits for a long job, and neither outlives the other."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import psycopg
import pytest

from wenhou.monitoring import alone
from wenhou.monitoring.gaps.actions import nightly
from wenhou.site import launcher

DAY = "2024-11-15"
QUEUE_BOTH = """
from datetime import date
from wenhou.site.cli import start_django
start_django()
from wenhou.monitoring import tasks
from wenhou.monitoring.actions import runs
day = date(2024, 11, 15)
tasks.compare_entitlement.defer(timestamp=1)
runs.request(as_of=day, by=None, on=day, division="64")
"""
JOBS = "select {} from procrastinate_jobs where task_name in ('monitoring.compare_entitlement', 'monitoring.run')"
COUNTED = "select count(*) from procrastinate_workers"


@pytest.fixture
def server(home: Path, typed: Any, environment: Any) -> Iterator["psycopg.Connection[Any]"]:
    """Both jobs are queued, and neither can end before their locks are let go."""
    assert typed(home, "database", "migrate").returncode == 0
    with psycopg.connect(launcher.ensure_running(launcher.cluster_at(home)), autocommit=True) as server:
        server.execute("delete from procrastinate_jobs")
        server.execute("delete from procrastinate_workers")
        queue = [sys.executable, "-c", QUEUE_BOTH]
        subprocess.run(queue, env=environment(home, WENHOU_TODAY=DAY), capture_output=True, check=True)
        server.execute("select pg_advisory_lock(%s), pg_advisory_lock(%s)", [alone.LOCK, nightly.LOCK])
        yield server


@pytest.fixture
def worker(home: Path, environment: Any, server: Any, until: Any) -> Iterator[list[psutil.Process]]:
    """The worker and whatever it started, when both jobs are under way."""
    command = [sys.executable, "-m", "wenhou.site", "worker"]
    told = environment(home, WENHOU_TODAY=DAY)
    started = subprocess.Popen(command, env=told, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    family = [psutil.Process(started.pid)]
    try:
        until(server, JOBS.format("count(*) filter (where status = 'doing')"), (2,))
        until(server, "select count(*) from pg_locks where locktype = 'advisory' and not granted", (2,))
        family += family[0].children(recursive=True)
        yield family
    finally:
        for one in family:
            if one.is_running():
                one.kill()
        psutil.wait_procs(family)
        started.wait()


def test_each_kind_has_its_process_and_told_to_stop_both_end_their_jobs_and_go(
    server: Any, worker: list[psutil.Process]
) -> None:
    assert server.execute(JOBS.format("count(distinct worker_id)")).fetchone() == (2,)
    worker[0].send_signal(signal.SIGTERM)
    server.execute("select pg_advisory_unlock_all()")
    assert (
        psutil.wait_procs(worker, timeout=300)[1] == []
    )  # both finish what they are at, on a busy machine too
    under_way = server.execute(JOBS.format("count(*) filter (where status = 'doing')")).fetchone()
    assert (worker[0].wait(), under_way) == (0, (0,))
    assert server.execute(COUNTED).fetchone() == (0,)


def test_where_one_is_killed_the_other_does_not_stay(worker: list[psutil.Process]) -> None:
    worker[0].kill()
    assert psutil.wait_procs(worker, timeout=20)[1] == []


def test_long_jobs_have_a_process_again_where_theirs_dies(
    server: Any, worker: list[psutil.Process], until: Any
) -> None:
    [slow] = [one for one in worker[1:] if one.nice() > worker[0].nice()]
    slow.kill()
    until(server, COUNTED, (3,))  # the dead one is still counted
    [again] = [one for one in worker[0].children() if one.nice() > worker[0].nice()]
    assert again.pid != slow.pid
    worker.append(again)
