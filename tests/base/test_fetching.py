"""The one door outwards: no inner address, by whatever name; nowhere else than where it was sent; not too much, not too long."""

import ipaddress
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from wenhou.base import fetching
from wenhou.base.errors import Refused

LOOPBACK = ("127.0.0.1",)


@contextmanager
def server(answer: bytes | Callable[[socket.socket], None]) -> Iterator[tuple[int, list[bytes]]]:
    """A real server that says this to everybody; gives its port and what it was asked."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(10)

        def serve() -> None:
            line, _ = listening.accept()
            with line:
                asked.append(line.recv(65536))
                if callable(answer):
                    answer(line)
                else:
                    line.sendall(answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield listening.getsockname()[1], asked
        thread.join(timeout=10)


def refusal(url: str, **more: Any) -> str:
    with pytest.raises(Refused) as refused:
        fetching.fetch(url, **more)
    return refused.value.message


def test_what_is_named_is_fetched() -> None:
    with server(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Told: a\r\n\r\nok") as (port, asked):
        answer = fetching.fetch(f"http://127.0.0.1:{port}/a?b=1", also=LOOPBACK, headers={"X-Asked": "1"})
    assert (answer.status, answer.body, answer.headers["x-told"]) == (200, b"ok", "a")
    assert asked[0].startswith(b"GET /a?b=1 HTTP/1.1\r\nHost: 127.0.0.1")
    assert b"\r\nX-Asked: 1\r\n" in asked[0]


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0.0.0.0", "0", "localhost", "LOCALHOST",
        "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "198.18.0.1", "224.0.0.1",
        "255.255.255.255", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:a00:1]", "[fe80::1]", "[fd00::1]",
        "[2002:7f00:1::]", "[64:ff9b::7f00:1]", "[64:ff9b:1::7f00:1]", "[ff02::1]", "240.0.0.1", "192.0.2.1",
    ],
)  # fmt: skip
def test_no_inner_address_is_reached_by_any_spelling(host: str) -> None:
    said = refusal(f"http://{host}/latest/meta-data/")
    assert said.endswith(("写进WENHOU_MAY_FETCH。", "这台主机，没有取到。"))


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("file:///etc/passwd", "只取http或https的网址，没有去取。"),
        ("gopher://127.0.0.1:70/", "只取http或https的网址，没有去取。"),
        ("ftp://example.org/", "只取http或https的网址，没有去取。"),
        ("//example.org/", "只取http或https的网址，没有去取。"),
        ("http:///a", "只取http或https的网址，没有去取。"),
        ("http://example.org:0/", "只取http或https的网址，没有去取。"),
        ("http://example.org:99999/", "网址写得不对，没有去取。"),
        ("http://[::1", "网址写得不对，没有去取。"),
        ("http://a@127.0.0.1/", "网址里不能带账号和密码，没有去取。"),
        ("http://good.example@127.0.0.1/", "网址里不能带账号和密码，没有去取。"),
        ("http://127.0.0.1\\@example.org/", "只取http或https的网址，没有去取。"),
        ("http://example.org/\r\nHost: other", "只取http或https的网址，没有去取。"),
        ("http://例子.测试/", "只取http或https的网址，没有去取。"),
        ("http://no-such-host.invalid/", "找不到no-such-host.invalid这台主机，没有取到。"),
    ],
)
def test_what_is_no_plain_address_is_refused(url: str, sentence: str) -> None:
    assert refusal(url) == sentence


def test_a_name_with_one_inner_address_among_others_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [(2, 1, 6, "", (one, 80)) for one in ("93.184.215.14", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: both)
    assert "内部地址" in refusal("http://rebinding.example/")


def test_what_was_resolved_is_what_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that points elsewhere at the second asking leads to the first answer: it is never asked again."""
    asked: list[str] = []

    def resolve(host: str, *_: Any, **__: Any) -> list[Any]:
        asked.append(host)
        return [(2, 1, 6, "", ("127.0.0.1" if len(asked) == 1 else "10.0.0.1", 80))]

    with server(b"HTTP/1.1 204 No Content\r\n\r\n") as (port, said):
        real = socket.create_connection
        monkeypatch.setattr(socket, "getaddrinfo", resolve)
        monkeypatch.setattr(socket, "create_connection", lambda at, **more: _numbered(real, at, **more))
        answer = fetching.fetch(f"http://once.example:{port}/", also=("once.example",))
    assert (answer.status, asked) == (204, ["once.example"])
    assert b"Host: once.example" in said[0]


def _numbered(connect: Any, at: tuple[str, int], **more: Any) -> socket.socket:
    assert ipaddress.ip_address(at[0]), "connected by number, not by name"
    line = socket.socket()
    line.settimeout(more["timeout"])
    line.connect(at)
    return line


def test_networks_are_named_by_the_deployment(settings: Any) -> None:
    settings.WENHOU_MAY_FETCH = ["10.20.0.0/16", "sso.example"]
    named = frozenset(settings.WENHOU_MAY_FETCH)
    ip = ipaddress.ip_address
    assert fetching.may_be_reached(ip("10.20.3.4"), "a", named)
    assert fetching.may_be_reached(ip("192.168.0.1"), "sso.example", named)
    assert not fetching.may_be_reached(ip("10.21.0.1"), "a", named)
    assert not fetching.may_be_reached(ip("169.254.169.254"), "a", named)
    assert fetching.may_be_reached(ip("93.184.215.14"), "a", frozenset())


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308, 300])
def test_a_redirect_is_not_followed(status: int) -> None:
    answer = f"HTTP/1.1 {status} Elsewhere\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n"
    with server(answer.encode()) as (port, _):
        assert refusal(f"http://127.0.0.1:{port}/", also=LOOPBACK) == "127.0.0.1要转到别处，没有跟去。"


def test_an_answer_without_end_is_cut_off() -> None:
    def endless(line: socket.socket) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        try:
            while True:
                line.sendall(b"x" * 65536)
        except OSError:
            return

    with server(endless) as (port, _):
        said = refusal(f"http://127.0.0.1:{port}/", also=LOOPBACK, most=1 << 20)
    assert said == "127.0.0.1答得太长，超过1024KB，没有收。"


@pytest.mark.parametrize(
    "start", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n", b"HTTP/1.1 200 OK\r\nX-"]
)
def test_one_byte_a_moment_does_not_hold_us_for_ever(start: bytes) -> None:
    def dripping(line: socket.socket) -> None:
        try:
            line.sendall(start)
            while True:
                line.sendall(b"x")
                time.sleep(0.05)
        except OSError:
            return

    began = time.monotonic()
    with server(dripping) as (port, _):
        said = refusal(f"http://127.0.0.1:{port}/", also=LOOPBACK, seconds=0.5, most=1024)
    assert said == "127.0.0.1在0.5秒内没有答完，没有取到。"
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    "answer",
    [
        b"", b"nonsense\r\n\r\n", b"HTTP/9.9 abc\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n", b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", b"\x16\x03\x01\x02\x00",
    ],
)  # fmt: skip
def test_whatever_a_server_says_it_is_one_sentence(answer: bytes) -> None:
    with server(answer) as (port, _):
        said = refusal(f"http://127.0.0.1:{port}/", also=LOOPBACK, seconds=5)
    assert said == "127.0.0.1没有连上或答得不对，没有取到。"


def test_a_certificate_of_nobody_is_refused() -> None:
    with server(b"HTTP/1.1 200 OK\r\n\r\n") as (port, _):
        said = refusal(f"https://127.0.0.1:{port}/", also=LOOPBACK, seconds=5)
    assert said == "127.0.0.1没有连上或答得不对，没有取到。"
