"""`wenhou serve`: the web server and the workers, in the foreground, ended together."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

from wenhou.base.errors import WenhouError
from wenhou.site import address

WEB_WORKERS = 2
HERE = ("127.0.0.1", "localhost", "::1")


def add_commands(groups: Any) -> None:
    parser = groups.add_parser("serve", help="起网页和后台任务")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--host", default="127.0.0.1")
    parser.set_defaults(handler=serve)


def serve(arguments: argparse.Namespace) -> dict[str, Any]:
    """Serve until told to stop (SIGINT, SIGTERM). The web and the worker connect as what they are, not as the owner."""
    from wenhou.site import trust

    trust.keep_up()

    def end(signum: int, frame: FrameType | None) -> None:
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    children: list[subprocess.Popen[bytes]] = []
    try:
        children += start_children(arguments.host, arguments.port)
        print(f"http://{arguments.host}:{arguments.port}/", flush=True)
        while all(child.poll() is None for child in children):
            time.sleep(0.5)
    finally:
        end_children(children)
    raise WenhouError("网页或后台任务意外停止，请看上面的输出。")


def start_children(host: str, port: int, log: Path | None = None) -> list[subprocess.Popen[bytes]]:
    """The web server and one worker, each the first of a group of its own; without a log they write where this process does."""
    python = sys.executable
    more = {"DJANGO_SETTINGS_MODULE": "wenhou.site.settings", "PYTHONUNBUFFERED": "1"}
    commands = {
        address.WEB: [
            python,
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--host",
            host,
            "--port",
            str(port),
            "--workers",
            str(WEB_WORKERS),
            "--blocking-threads",
            "4",
            "--no-ws",
            "wenhou.site.wsgi:application",
        ],
        address.WORKER: [python, "-m", "wenhou.site", "worker"],
    }
    output = log.open("ab") if log else None
    return [
        subprocess.Popen(
            command,
            env=address.environment(who) | more,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        for who, command in commands.items()
    ]


def end_children(children: list[subprocess.Popen[bytes]]) -> None:
    """Each is told to end and waited for; what it leaves behind of its own processes is ended with it."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            child.wait(timeout=10)
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def wait_until_answering(url: str, seconds: int = 60) -> None:
    """Until the page answers; WenhouError when it does not in time."""
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
