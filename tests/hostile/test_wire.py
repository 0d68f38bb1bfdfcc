"""What is no HTTP as it ought to be, sent to the web server the product runs on: shut out, and it goes on answering."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from hostile import wire
from hostile.attack import Attack
from wenhou.base import fetching
from wenhou.site.commands.serve import free_port, wait_until_answering

HELLO = b"GET /health/live/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
PATIENCE = 3.0
SLOW = 64
"""Connections that say something and then nothing; the server has eight threads."""


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The web server as `wenhou serve` starts it; none of what is sent here gets as far as the database."""
    port = free_port(8600 + os.getpid() % 300)
    words = [
        "--interface",
        "wsgi",
        "--port",
        str(port),
        "--workers",
        "1",
        "--blocking-threads",
        "4",
        "--no-ws",
    ]
    home = str(tmp_path_factory.mktemp("home"))
    nowhere = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "WENHOU_HOME": home}
    server = subprocess.Popen(
        [sys.executable, "-m", "granian", *words, "wenhou.site.wsgi:application"],
        env={**os.environ, **nowhere, "DJANGO_SETTINGS_MODULE": "wenhou.site.settings"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + 120
        while time.monotonic() < until and not is_well(port):
            time.sleep(0.3)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)


def is_well(port: int) -> bool:
    try:
        return said(port, HELLO).startswith(b"HTTP/1.1 200")
    except OSError:
        return False


def said(port: int, asked: bytes) -> bytes:
    """Everything that is answered within our patience; nothing where the line is closed."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as line:
        told = b""
        try:
            line.sendall(asked)
            while more := line.recv(65536):
                told += more
        except (TimeoutError, ConnectionError, BrokenPipeError, OSError):
            pass
        return told


def test_whoever_starts_it_waits_until_people_can_sign_in(port: int) -> None:
    wait_until_answering(f"http://127.0.0.1:{port}/sign-in/", seconds=20)


@pytest.mark.parametrize("attack", list(wire.attacks()), ids=lambda attack: attack.name)
def test_what_is_no_http_of_ours_is_shut_out(attack: Attack, port: int) -> None:
    told = said(port, attack.payload())
    statuses = [int(line.split()[1]) for line in told.split(b"\r\n") if line.startswith(b"HTTP/1.")]
    assert len(statuses) <= 1, "a second request was smuggled in"
    assert all(300 <= status < 500 for status in statuses) or attack.name in wire.ORDINARY, statuses
    assert b"wh7x=1" not in told.partition(b"\r\n\r\n")[0]
    assert b"root:" not in told
    assert is_well(port)


@pytest.mark.parametrize(
    "start",
    [
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ",
        b"POST /api/v1/determinations HTTP/1.1\r\nHost: localhost\r\nContent-Length: 400000\r\n\r\n{",
        b"",
    ],
    ids=["headers", "a machine's body", "silence"],
)
def test_slow_senders_do_not_keep_others_out(start: bytes, port: int) -> None:
    lines = [socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) for _ in range(SLOW)]
    try:
        for line in lines:
            line.sendall(start)
        time.sleep(0.5)
        answer = fetching.fetch(f"http://127.0.0.1:{port}/health/live/", also=("127.0.0.1",), seconds=10)
        assert answer.status == 200
    finally:
        for line in lines:
            line.close()
