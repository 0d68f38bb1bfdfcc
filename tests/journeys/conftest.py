"""A browser, a served desk, and a county with work to do."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from desk import factories
from wenhou.staff.enums import Role
from wenhou.web import assets

ARGS = (
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
WIDTHS = {"desktop": (1440, 900), "phone": (390, 844)}
AXE = Path(__file__).resolve().parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The machine's chromium; the journeys are skipped in one line where there is none.

    It ends with its module: its event loop runs in this thread, and no other test may meet it there.
    """
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("没有 chromium，浏览器用例跳过：请安装 chromium。")
    if not assets.manifest():
        pytest.skip("页面的样式和脚本还没有构建：请先 node frontend/build.mjs。")
    # Playwright's own loop makes Django think the suite is asynchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=[*ARGS, *root])
        yield opened
        opened.close()
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE")


@pytest.fixture(params=sorted(WIDTHS))
def page(request: pytest.FixtureRequest, browser: Browser, county: None, live_server: Any) -> Iterator[Page]:
    """A page at desktop and at phone width; whatever it complains of fails the journey."""
    width, height = WIDTHS[request.param]
    context = browser.new_context(
        base_url=live_server.url, viewport={"width": width, "height": height}, locale="zh-CN"
    )
    context.set_default_timeout(10_000)
    opened = context.new_page()
    complaints: list[str] = []
    opened.on(
        "console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None
    )
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.width = request.param  # type: ignore[attr-defined]
    yield opened
    context.close()
    assert complaints == []


@pytest.fixture
def county(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """An officer, a village assistant, a dozen alerts, the red one of D01 due first."""
    monkeypatch.setenv("WENHOU_TODAY", factories.TODAY.isoformat())
    factories.places()
    factories.run()
    factories.account("officer")
    factories.account("village", Role.VILLAGE_ASSISTANT, factories.VILLAGE)
    factories.alert(8, due_on=factories.date(2024, 11, 14), name_masked="王＊", sex="2")
    for number in range(20, 31):
        factories.alert(number, due_on=factories.date(2024, 11, 20))


def no_violation(page: Page) -> None:
    """axe finds nothing to say on the page."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "async () => (await axe.run()).violations.map(v => [v.id, v.nodes.map(n => n.html)])"
    )
    assert found == [], f"{page.url}: {found}"
