"""`wenhou serve`: the web server and the workers, in the foreground, ended together."""

import argparse
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any

from wenhou.base.errors import WenhouError
from wenhou.site import address

WEB_WORKERS = 2
LOOK_SECONDS = 1.0
PATIENCE = 30
"""Seconds that a port may still be held by the children of a server that has just died."""
HERE = ("127.0.0.1", "localhost", "::1")


def add_commands(groups: Any) -> None:
    parser = groups.add_parser("serve", help="起网页和后台任务")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--host", default="127.0.0.1")
    parser.set_defaults(handler=serve)


def serve(arguments: argparse.Namespace) -> None:
    """Serve until told to stop (SIGINT, SIGTERM); whatever dies meanwhile is begun again, the embedded database too. The web
    and the worker connect as what they are, not as the owner."""
    from wenhou.site import database, standing, trust

    _need_free(arguments.host, arguments.port)
    trust.keep_up()
    told = commands(arguments.host, arguments.port)

    def end(signum: int, frame: FrameType | None) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    children: list[standing.Kept] = []
    try:
        children += standing.keep({who: partial(_begin, who, words) for who, words in told.items()})
        print(f"http://{arguments.host}:{arguments.port}/", flush=True)
        while True:
            time.sleep(LOOK_SECONDS)
            database.keep_up()
            for child in children:
                child.look()
    finally:
        end_children([child.process for child in children])


def _begin(who: str, words: list[str]) -> "subprocess.Popen[bytes]":
    from wenhou.site import standing

    return subprocess.Popen(
        words,
        env=_environment(who),
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=standing.with_the_parent(),
    )


def _environment(who: str) -> dict[str, str]:
    more = {"DJANGO_SETTINGS_MODULE": "wenhou.site.settings", "PYTHONUNBUFFERED": "1"}
    return address.environment(who) | more


def commands(host: str, port: int) -> dict[str, list[str]]:
    """Who → the command of its process."""
    web = f"--interface wsgi --host {host} --port {port} --workers {WEB_WORKERS} --blocking-threads 4 --no-ws"
    return {
        address.WEB: [
            *[sys.executable, "-m", "granian", *web.split()],
            *["--respawn-failed-workers", "--workers-kill-timeout", "10", "wenhou.site.wsgi:application"],
        ],
        address.WORKER: [sys.executable, "-m", "wenhou.site", "worker"],
    }


def start_children(host: str, port: int, log: Path) -> list["subprocess.Popen[bytes]"]:
    """The web server and one worker on their own, beyond the end of this process; nobody begins them again."""
    with log.open("ab") as output:
        return [
            subprocess.Popen(
                command,
                env=_environment(who),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
            for who, command in commands(host, port).items()
        ]


def end_children(children: list[subprocess.Popen[bytes]]) -> None:
    """Each is told to end and waited for; what it leaves behind of its own processes is ended with it."""
    from wenhou.site import standing

    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            child.wait(timeout=10)
        standing.end_group(child)
        child.wait()


def wait_until_answering(url: str, seconds: int = 60) -> None:
    """Until the page itself answers, as nobody is led on from there; WenhouError when it does not in time."""
    from wenhou.base import fetching

    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with suppress(WenhouError):
            if fetching.fetch(url, also=HERE, seconds=5).status == 200:
                return
        time.sleep(0.3)
    raise WenhouError(f"{seconds}秒内网页没有应答：{url}")


def free_port(wanted: int) -> int:
    """The wanted port, or the next one nobody listens on."""
    for port in range(wanted, wanted + 50):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise WenhouError(f"{wanted}起的50个端口都被占用。")


def _need_free(host: str, port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while _listens(host, port):
        if time.monotonic() > deadline:
            raise WenhouError(f"端口{port}已被占用：请换一个（--port），或先停下占着它的程序。")
        time.sleep(0.5)


def _listens(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        return probe.connect_ex((host, port)) == 0
