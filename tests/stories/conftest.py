"""A served desk, a worker in a process of its own, and a browser: each story is played on a day of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import expect

from journeys.conftest import browser
from stories.played import TIMEOUT, Stage
from wenhou.divisions import queries as divisions

__all__ = ["browser"]


@pytest.fixture
def stage(
    request: pytest.FixtureRequest,
    browser: Any,
    transactional_db: None,
    tmp_path: Path,
    live_server: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Stage]:
    """Everything runs on the module's DAY, in this process and in the worker's."""
    today: date = request.module.DAY
    expect.set_options(timeout=TIMEOUT)
    monkeypatch.setenv("WENHOU_TODAY", today.isoformat())
    database = connection.settings_dict
    url = f"postgresql://{database['USER']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    environment = {**os.environ, "DATABASE_URL": url, "WENHOU_HOME": str(tmp_path), "PYTHONUNBUFFERED": "1"}
    with (tmp_path / "worker.log").open("wb") as log:
        worker = subprocess.Popen(
            [sys.executable, "-m", "wenhou.site", "worker"], env=environment, stdout=log, stderr=log
        )
        made = Stage(browser, live_server.url, tmp_path, today)
        yield made
        expect.set_options(timeout=5_000)
        worker.terminate()
        worker.wait(timeout=30)
    divisions.forget_names()
