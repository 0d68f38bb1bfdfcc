"""A deployment in processes of its own: `wenhou serve` and whatever it begins, the embedded database, and their ends."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import psutil
import psycopg

from wenhou.site import launcher
from wenhou.site.commands.serve import free_port

TESTS = Path(__file__).resolve().parents[1]
DAY = "2024-11-15"
KINDS = ("serve", "web", "web worker", "worker", "slow worker", "database", "backend")
UP_SECONDS = 120


class House:
    """One home. Every process that is killed here was begun here."""

    def __init__(self, home: Path, *, kept: Mapping[str, str], **settings: str) -> None:
        self.home, self.port = home, free_port(20_000 + os.getpid() % 20_000)
        home.mkdir(mode=0o755)
        self.environment = {
            **{name: value for name, value in kept.items() if name not in _NOT_OURS},
            "WENHOU_HOME": str(home),
            "WENHOU_TODAY": DAY,
            "WENHOU_SECOND_FACTOR": "offered",
            "WENHOU_PASSWORD_DAYS": "0",
            **{f"WENHOU_LIMIT_{of}": "100000" for of in ("ADDRESS", "ACCOUNT", "KEY")},
            "WENHOU_MISSED_AFTER": "3",
            "WENHOU_MASTER_KEY_FILE": str(home / "master_key"),
            "PYTHONPATH": os.pathsep.join([str(TESTS.parent / "src"), str(TESTS)]),
            **settings,
        }
        self._serving: psutil.Popen | None = None

    def run(self, *words: str, check: bool = True) -> "subprocess.CompletedProcess[str]":
        """One command, as a shell would."""
        command = [sys.executable, "-m", "wenhou.site", *words]
        return self._run(command, check)

    def do(self, script: str, *words: str) -> Any:
        """A script as the owner of the database; what it prints in its last line, as JSON."""
        done = self._run([sys.executable, "-c", script, *words], check=True)
        return json.loads(done.stdout.splitlines()[-1])

    def _run(self, command: list[str], check: bool) -> "subprocess.CompletedProcess[str]":
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=False, timeout=900
        )
        assert not check or done.returncode == 0, done.stdout + done.stderr
        return done

    @property
    def cluster(self) -> launcher.Cluster:
        return launcher.cluster_at(self.home, self.environment.get("WENHOU_POSTGRES"))

    @contextmanager
    def database(self) -> Iterator["psycopg.Connection[Any]"]:
        with psycopg.connect(self.cluster.url, autocommit=True, connect_timeout=5) as connection:
            yield connection

    def serve(self) -> None:
        """Begin `wenhou serve`, and wait until it answers."""
        self.begin()
        self.wait_until_up()

    def begin(self) -> None:
        """Begin `wenhou serve`."""
        log = (self.home / "serve.log").open("ab")
        with log:
            self._serving = psutil.Popen(
                [sys.executable, "-m", "wenhou.site", "serve", "--port", str(self.port)],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def wait_until_up(self) -> float:
        """Until pages, database and a worker answer; the seconds that took."""
        begun = time.monotonic()
        while not self._is_ready():
            assert time.monotonic() - begun < UP_SECONDS, self.log()
            time.sleep(0.2)
        return time.monotonic() - begun

    def _is_ready(self) -> bool:
        if not all(self._stands(kind) for kind in KINDS):
            return False
        asked = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            asked.request("GET", "/health/ready/")
            return asked.getresponse().status == 200
        except OSError:
            return False
        finally:
            asked.close()

    def processes(self, kind: str) -> list[psutil.Process]:
        """Of this house, by what they are."""
        with suppress(psutil.NoSuchProcess, FileNotFoundError):
            if kind in ("database", "backend"):
                first = (self.cluster.data / "postmaster.pid").read_text().split()[0]
                server = psutil.Process(int(first))
                if server.status() == psutil.STATUS_ZOMBIE:
                    return []
                return [server] if kind == "database" else server.children()
            assert self._serving
            if kind == "serve":
                return [self._serving] if self._serving.is_running() else []
            return [one for one in self._serving.children(recursive=True) if _kind(one) == kind]
        return []

    def kill(self, kind: str, chance: random.Random) -> None:
        """SIGKILL to one of a kind, as soon as there is any: an earlier end may have taken it along."""
        until(lambda: self._stands(kind), UP_SECONDS, f"no {kind} to kill")
        with suppress(psutil.NoSuchProcess, IndexError):
            chance.choice(self.processes(kind)).send_signal(signal.SIGKILL)
        if kind == "serve" and self._serving:
            self._serving.wait()
            self.begin()

    def _stands(self, kind: str) -> bool:
        """Whether there is one; where `serve` has ended by itself it is begun again, as whatever starts it would."""
        if self._serving and self._serving.poll() is not None:
            self.begin()
        return bool(self.processes(kind))

    def log(self) -> str:
        """The end of what was said meanwhile."""
        return (self.home / "serve.log").read_text(errors="replace")[-40_000:]

    def end(self) -> None:
        """Everything that was begun, also what a killed parent has left behind."""
        left = self._serving.children(recursive=True) if self._serving and self._serving.is_running() else []
        if self._serving and self._serving.poll() is None:
            self._serving.terminate()
        psutil.wait_procs([*left, *([self._serving] if self._serving else [])], timeout=20)
        for one in left:
            with suppress(psutil.NoSuchProcess):
                one.kill()
        with suppress(Exception):
            launcher.stop(self.cluster)


_NOT_OURS = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "PYTEST_CURRENT_TEST", "WENHOU_AS"}


def _kind(process: psutil.Process) -> str:
    """By its command and its parent's."""
    try:
        words, nice = process.cmdline(), process.nice()
        parent = process.parent()
        above = parent.cmdline() if parent else []
    except psutil.NoSuchProcess:
        return ""
    if "granian" in words:  # forked: the same words
        return "web worker" if "granian" in above else "web"
    if words[-1:] == ["worker"]:
        return "worker"
    is_spawned = any("spawn_main" in word for word in words)
    return "slow worker" if above[-1:] == ["worker"] and is_spawned and nice > 0 else ""


def until(wanted: Callable[[], bool], seconds: float, what: str) -> None:
    """Ask until it is so."""
    deadline = time.monotonic() + seconds
    while not wanted():
        assert time.monotonic() < deadline, what
        time.sleep(0.3)
