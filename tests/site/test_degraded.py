"""What goes wrong without anything dying: a poisoned job, a full disk, a clock that jumps, a source that falls silent."""

import argparse
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from exchange.factories import DI31, ON, csv_text, deliver_di31, di31_row, put, receive
from wenhou.base import clock
from wenhou.base.actions import sealing
from wenhou.base.audit import verifying
from wenhou.base.errors import Refused
from wenhou.base.models import AuditEntry
from wenhou.desk import state
from wenhou.exchange import queries, tasks
from wenhou.exchange.actions import deliveries
from wenhou.exchange.models import Delivery
from wenhou.lake import files
from wenhou.lake.models import Part
from wenhou.site import working
from wenhou.site.commands import jobs

SMALL = 64 << 10
"""Bytes that a file may have on the small disk."""


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Whatever is queued, as a worker would, until nothing is left; its threads leave no connection behind."""
    acting = working.acting

    def and_close(*given: Any) -> Any:
        try:
            return acting(*given)
        finally:
            connections.close_all()

    monkeypatch.setattr(working, "acting", and_close)
    return lambda: working.run(queues=["exchange"], concurrency=1, wait=False)


@pytest.mark.django_db(transaction=True)
def test_a_poisoned_job_is_tried_parked_told_of_and_done_again_when_it_is_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, work: Callable[[], None]
) -> None:
    (delivery,) = receive(put(tmp_path / "in", csv_text(DI31, [di31_row(1)])))
    tasks.defer_load(delivery)
    with monkeypatch.context() as poisoned:
        poisoned.setattr(deliveries, "load", lambda *_, **__: 1 / 0)
        work()
    kept = ProcrastinateJob.objects.get(task_name="exchange.load")
    assert (kept.status, kept.attempts) == ("failed", 3)
    [told] = [one for one in state.jobs() if one.task == "exchange.load"]
    assert (told.failed, told.waiting, told.name) == (1, 0, "装入来件")
    [listed] = jobs.failed(argparse.Namespace())["没做成的"]
    assert (listed["编号"], listed["任务"]) == (kept.pk, "exchange.load")
    assert jobs.do_again(argparse.Namespace(which=str(kept.pk)))["重新排队"] == [kept.pk]
    work()
    assert Delivery.objects.get().state == "loaded"
    assert [one for one in state.jobs() if one.failed or one.task == "exchange.load"] == []
    with pytest.raises(Refused, match="没有编号为"):
        jobs.do_again(argparse.Namespace(which=str(kept.pk)))


@pytest.fixture
def small_disk() -> Iterator[None]:
    """No file may grow beyond a few blocks: EFBIG stands for ENOSPC where nothing can be mounted."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, handler)


LOAD = """
import resource, signal, sys
import django
django.setup()
from datetime import date
from wenhou.base import outbox
from wenhou.base.errors import WenhouError
from wenhou.exchange.actions import deliveries
from wenhou.exchange.models import Delivery
outbox.forward_to(lambda kind, body: None)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (2 << 10, resource.RLIM_INFINITY))
try:
    deliveries.load(Delivery.objects.get(pk=int(sys.argv[1])), on=date(2026, 11, 1))
except WenhouError as refusal:
    print(refusal.message)
"""


@pytest.mark.django_db(transaction=True)
def test_a_load_on_a_full_disk_leaves_nothing_says_so_and_goes_on_when_there_is_room(
    tmp_path: Path, environment: Any
) -> None:
    (delivery,) = receive(put(tmp_path / "in", csv_text(DI31, [di31_row(one) for one in range(400)])))
    told = connection.settings_dict
    url = f"postgresql://{told['USER']}:{told['PASSWORD']}@{told['HOST']}:{told['PORT']}/{told['NAME']}"
    done = subprocess.run(
        [sys.executable, "-c", LOAD, str(delivery.pk)],
        env=environment(tmp_path, DATABASE_URL=url, DJANGO_SETTINGS_MODULE="wenhou.site.settings"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.startswith("装入没有完成，什么也没有装入；请查看磁盘是否已满"), done.stderr
    assert (Delivery.objects.get().state, Part.objects.count()) == ("received", 0)
    assert list((files.root() / "facts").rglob("*.parquet")) == []
    assert deliveries.load(delivery, on=ON).rows_loaded == 400


@pytest.mark.django_db
@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # a file that cannot be flushed
def test_what_cannot_be_landed_is_not_received(tmp_path: Path, small_disk: None) -> None:
    data = csv_text(DI31, [di31_row(one) for one in range(4000)])
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, limit[1]))
    path = put(tmp_path / "in", data)
    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL, limit[1]))
    with pytest.raises(OSError, match="File too large"):
        receive(path)
    assert not Delivery.objects.exists()
    assert list(files.scratch().iterdir()) == []


@pytest.mark.django_db(transaction=True)
def test_a_clock_that_jumps_back_breaks_neither_the_seals_nor_the_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = clock.instant()
    deliver_di31(tmp_path / "one", [di31_row(1)], number="1")
    sealing.seal()
    monkeypatch.setattr(clock, "instant", lambda: now - timedelta(days=400))
    monkeypatch.setattr(clock, "now", lambda: now - timedelta(days=400))
    deliver_di31(tmp_path / "two", [di31_row(1, oop="30000.00")], number="2")
    sealing.seal()
    verifying.verify()
    first, second = Part.objects.order_by("delivery")
    assert (first.superseded_by, second.superseded_by) == (second.delivery, None)
    assert second.loaded_at < first.loaded_at
    numbers = list(AuditEntry.objects.order_by("number").values_list("number", flat=True))
    assert numbers == sorted(numbers)


@pytest.mark.django_db
def test_a_source_that_falls_silent_is_told_with_its_days(tmp_path: Path) -> None:
    deliver_di31(tmp_path / "in", [di31_row(1)], period={"from": "2026-01-01", "to": "2026-08-31"})
    late = {one.contract: one for one in queries.source_health(on=date(2026, 12, 20))}["DI31"]
    assert (late.due, late.days_late) == (date(2026, 12, 6), 14)
    (other,) = receive(put(tmp_path / "next", csv_text(DI31, [di31_row(1)]), number="2"))
    Delivery.objects.filter(pk=other.pk).update(received_at=clock.now().replace(year=2026, month=12, day=19))
    deliveries.load(other, on=date(2026, 12, 19))
    again = {one.contract: one for one in queries.source_health(on=date(2026, 12, 20))}["DI31"]
    assert (again.days_late, again.state) == (0, "正常")


def test_every_job_that_is_queued_for_somebody_is_tried_again() -> None:
    app.perform_import_paths()
    for name in ("exchange.load", "linkage.recognise_delivery", "monitoring.watch_arrival"):
        assert app.tasks[name].retry_strategy is not None
