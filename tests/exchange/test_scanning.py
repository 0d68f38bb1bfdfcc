"""A scanner that speaks ClamAV's INSTREAM, on a real socket: what is clean is loaded, what is not is kept nowhere, and while it
says nothing everything waits.
"""

import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from exchange.factories import DI31, ON, csv_text, di31_row, put, receive
from wenhou.base import scanning
from wenhou.exchange import tasks
from wenhou.exchange.actions import deliveries
from wenhou.exchange.enums import Channel
from wenhou.exchange.models import Delivery
from wenhou.lake import files
from wenhou.lake.models import Part

pytestmark = pytest.mark.django_db
EICAR = "".join(("X5O!P%@AP[4\\PZX54(P^)7CC)7}", "$EICAR-STANDARD-ANTIVIRUS-", "TEST-FILE!$H+H*"))
FOUND = "查毒发现有害内容，没有收下，也没有留存；请查杀报送用的电脑后重新导出。"


@contextmanager
def clamd(where: Path | None = None, reply: bytes | None = None) -> Iterator[tuple[str, list[bytes]]]:
    """As clamd does: PING, and INSTREAM in chunks after their lengths. reply: instead of a verdict."""
    heard: list[bytes] = []
    kind = socket.AF_UNIX if where else socket.AF_INET
    with socket.socket(kind) as listening:
        listening.bind(str(where) if where else ("127.0.0.1", 0))
        listening.listen()
        threading.Thread(target=_serve, args=(listening, heard, reply), daemon=True).start()
        told = where or f"127.0.0.1:{listening.getsockname()[1]}"
        yield f"clamd:{told}", heard
        listening.shutdown(socket.SHUT_RDWR)


def _serve(listening: socket.socket, heard: list[bytes], reply: bytes | None) -> None:
    while True:
        try:
            line, _ = listening.accept()
        except OSError:
            return
        with line, line.makefile("rb") as said:
            if _until_nul(said) == b"zPING":
                line.sendall(b"PONG\0")
                continue
            whole = b"".join(iter(lambda: said.read(int.from_bytes(said.read(4), "big")), b""))
            heard.append(whole)
            verdict = b"stream: Eicar-Signature FOUND\0" if EICAR.encode() in whole else b"stream: OK\0"
            line.sendall(verdict if reply is None else reply)


def _until_nul(said: Any) -> bytes:
    return b"".join(iter(lambda: said.read(1), b"\0"))


def rows(note: str = "") -> str:
    return csv_text(DI31, [di31_row(1), di31_row(2)]) + note


@pytest.mark.parametrize("by_path", [True, False], ids=["unix socket", "loopback"])
def test_what_is_clean_is_loaded(tmp_path: Path, settings: Any, by_path: bool) -> None:
    with clamd(tmp_path / "clamd.ctl" if by_path else None) as (where, heard):
        settings.WENHOU_SCANNER = where
        assert scanning.is_well()
        (delivery,) = receive(put(tmp_path / "in", rows()))
        assert heard == [], "nothing is asked before the load"
        deliveries.load(delivery, on=ON)
    assert (delivery.state, delivery.rows_loaded) == ("loaded", 2)
    assert heard == [rows().encode()]


def test_what_does_harm_is_refused_and_kept_nowhere(tmp_path: Path, settings: Any) -> None:
    with clamd() as (where, _):
        settings.WENHOU_SCANNER = where
        (delivery,) = receive(put(tmp_path / "in", rows(EICAR)))
        with pytest.raises(scanning.Harmful):
            deliveries.load(delivery, on=ON)
    assert (delivery.state, delivery.refusal) == ("refused", FOUND)
    assert not Part.objects.exists()
    kept = [
        path for path in files.root().rglob("*") if path.is_file() and EICAR.encode() in path.read_bytes()
    ]
    assert kept == []


@pytest.mark.parametrize("reply", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: \0", b"x" * 9000])
def test_without_a_verdict_it_is_held(tmp_path: Path, settings: Any, reply: bytes) -> None:
    with clamd(reply=reply) as (where, _):
        settings.WENHOU_SCANNER = where
        (delivery,) = receive(put(tmp_path / "in", rows()))
        with pytest.raises(scanning.Silent, match="先留着，没有装入"):
            deliveries.load(delivery, on=ON)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.stage, delivery.rows_loaded) == ("received", "等待查毒", 0)


def test_what_is_held_is_tried_again_and_loaded_once_the_scanner_is_back(
    tmp_path: Path, settings: Any
) -> None:
    settings.WENHOU_SCANNER = f"clamd:{tmp_path / 'nobody.ctl'}"
    assert not scanning.is_well()
    path = put(tmp_path / "in", rows())
    (delivery,) = deliveries.receive(path, by=None, channel=Channel.API, on=ON)
    before = set(ProcrastinateJob.objects.values_list("pk", flat=True))
    tasks.load(delivery=delivery.pk)
    (again,) = ProcrastinateJob.objects.exclude(pk__in=before)
    assert (again.task_name, again.args, again.scheduled_at is None) == (
        "exchange.load",
        {"delivery": delivery.pk},
        False,
    )
    assert Delivery.objects.get().stage == "等待查毒"
    with clamd(tmp_path / "nobody.ctl"):
        tasks.load(delivery=delivery.pk)
    assert Delivery.objects.get().state == "loaded"


COMMAND = """
import sys
told = sys.stdin.buffer.read()
sys.exit({code} if b"EICAR" in told else 0)
"""


@pytest.mark.parametrize(("code", "raised"), [(1, scanning.Harmful), (2, scanning.Silent), (0, None)])
def test_a_command_reads_the_file_and_ends_with_its_verdict(
    tmp_path: Path, settings: Any, code: int, raised: type[Exception] | None
) -> None:
    script = tmp_path / "scan.py"
    script.write_text(COMMAND.format(code=code))
    settings.WENHOU_SCANNER = f"{sys.executable} {script}"
    assert scanning.is_well()
    harm = tmp_path / "harm"
    harm.write_text(EICAR * 50_000)
    with harm.open("rb") as stream:
        if raised is None:
            scanning.scan(stream)
        else:
            with pytest.raises(raised):
                scanning.scan(stream)


@pytest.mark.parametrize(
    "told", ["/nowhere/clamdscan -", "clamd:10.0.0.9:3310", "clamd:scanner.example:3310", "clamd:", "'"]
)
def test_a_scanner_that_is_none_holds_everything_up(settings: Any, told: str, tmp_path: Path) -> None:
    settings.WENHOU_SCANNER = told
    assert not scanning.is_well()
    (tmp_path / "a").write_text("a")
    with (tmp_path / "a").open("rb") as stream, pytest.raises(scanning.Silent):
        scanning.scan(stream)


def test_a_command_that_never_ends_is_ended(settings: Any, tmp_path: Path) -> None:
    settings.WENHOU_SCANNER, settings.WENHOU_SCAN_SECONDS = "sleep 60", 0.3
    (tmp_path / "a").write_bytes(b"x" * (1 << 20))
    with (tmp_path / "a").open("rb") as stream, pytest.raises(scanning.Silent):
        scanning.scan(stream)
