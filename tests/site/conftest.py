"""A new home with an embedded server of its own, and commands typed into it."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from wenhou.site import launcher

Typed = Callable[..., "subprocess.CompletedProcess[str]"]


def let_others_pass(home: Path) -> None:
    """As root the server belongs to somebody else, who has to get in."""
    for folder in (home, *home.parents):
        if folder.owner() == home.owner() and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o055)


@pytest.fixture(scope="session")
def environment() -> Callable[..., dict[str, str]]:
    """Of a process that knows this home only."""

    def of(home: Path, **more: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        return {**kept, "WENHOU_HOME": str(home), **more}

    return of


@pytest.fixture(scope="session")
def typed(environment: Callable[..., dict[str, str]]) -> Typed:
    """What a shell would do."""

    def run(home: Path, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "wenhou.site", *words],
            env=environment(home, **more),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Nothing is in it before the first command."""
    home = tmp_path_factory.mktemp("home")
    let_others_pass(home)
    yield home
    launcher.stop(launcher.cluster_at(home))


@pytest.fixture(scope="session")
def until() -> Callable[..., None]:
    """Ask the database until it is so, for a minute."""

    def wait(server: "psycopg.Connection[Any]", query: str, wanted: tuple[Any, ...]) -> None:
        deadline = time.monotonic() + 60
        found = server.execute(query).fetchone()
        while found != wanted and time.monotonic() < deadline:
            time.sleep(0.1)
            found = server.execute(query).fetchone()
        assert found == wanted

    return wait
