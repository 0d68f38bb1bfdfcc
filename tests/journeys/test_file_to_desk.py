"""A department's file becomes an alert on a worker's desk: uploaded, loaded by a real worker, watched, read, closed."""

import json
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import Browser, Page, expect

from desk import factories
from journeys.test_alert_to_closed import sign_in
from wenhou.exchange.models import Delivery
from wenhou.monitoring.models import Alert, Run
from wenhou.sandbox import build
from wenhou.staff.enums import Role

pytestmark = pytest.mark.journey
SECONDS = 240


@pytest.fixture
def worker(transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A worker of its own process on the test's database and lake."""
    monkeypatch.setenv("WENHOU_TODAY", factories.TODAY.isoformat())
    database = connection.settings_dict
    url = f"postgresql://{database['USER']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    environment = {**os.environ, "DATABASE_URL": url, "WENHOU_HOME": str(tmp_path), "PYTHONUNBUFFERED": "1"}
    with (tmp_path / "worker.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "wenhou.site", "worker"], env=environment, stdout=log, stderr=log
        )
        yield
        process.terminate()
        process.wait(timeout=SECONDS)  # a job that has begun is ended first


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """The county's files as one ZIP, as a source would upload them."""
    place = tmp_path / "place"
    build.build(place, division=factories.COUNTY, residents=1_000, seed=4, as_of=factories.TODAY)
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for manifest in sorted((place / "deliveries").glob("*.manifest.json")):
            told = json.loads(manifest.read_text())
            if told["division"] == factories.COUNTY:
                made.write(manifest, manifest.name)
                made.write(manifest.with_name(told["file"]), told["file"])
    return path


def wait_for(what: Any) -> Any:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        if found := what():
            return found
        time.sleep(0.5)
    raise AssertionError("nothing came in time")


def test_an_uploaded_file_is_an_alert_that_somebody_closes(
    browser: Browser, worker: None, archive: Path, live_server: Any
) -> None:
    factories.places()
    factories.account("sender", Role.EXCHANGE_OPERATOR)
    factories.account("officer")
    context = browser.new_context(base_url=live_server.url, locale="zh-CN")
    page = context.new_page()
    _upload(page, archive)
    wait_for(lambda: Delivery.objects.exists() and not Delivery.objects.exclude(state="loaded").exists())
    last = wait_for(lambda: Run.objects.filter(state="done", raised__gt=0).first())
    alert = wait_for(lambda: Alert.objects.filter(indicator="D01", run=last).order_by("due_on", "pk").first())
    context.clear_cookies()
    _close(page, alert)
    alert.refresh_from_db()
    assert (alert.state, alert.outcome) == ("销号", "临时救助")
    context.close()


def _upload(page: Page, archive: Path) -> None:
    sign_in(page, "sender", "/deliveries/upload/")
    page.get_by_label("文件", exact=True).set_input_files(str(archive))
    page.get_by_role("button", name="上传").click()
    expect(page.get_by_role("heading", name="来件", exact=True)).to_be_visible()


def _close(page: Page, alert: Alert) -> None:
    sign_in(page, "officer", f"/alerts/{alert.number}/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("20,000.00元")
    expect(page.get_by_text("医疗保障局").first).to_be_visible()
    page.get_by_label("见到本人", exact=True).check()
    page.get_by_label("看到什么").fill("药费单据齐全，生活困难。")
    page.get_by_role("button", name="登记走访").click()
    expect(page.get_by_role("status")).to_contain_text("走访已登记。")
    page.get_by_label("临时救助").check()
    page.get_by_label("说明").fill("入户核实，药费单据齐全，已按支出型办理临时救助，款已批。")
    page.get_by_role("button", name="办结", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("办结")
