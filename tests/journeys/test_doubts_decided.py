"""A worker goes through the queue by keyboard: the pair side by side, an answer, a reason, the next one."""

import os

import pytest
from playwright.sync_api import Page, expect

from desk import doubting, factories
from journeys.conftest import no_violation
from journeys.test_alert_to_closed import no_sideways, sign_in
from wenhou.linkage.models import IdentityDecision

pytestmark = pytest.mark.journey


@pytest.fixture
def queue(county: None) -> None:
    """Two records; the first may mean one of two."""
    one = factories.person(300, name="赵文博")
    first = doubting.doubt(one.pk)
    doubting.sighting(first.mention)
    doubting.doubt(factories.person(302, name="赵文清").pk, of=first.mention, place=2, bits=8.1)
    doubting.doubt(
        factories.person(301, name="钱小明", born=factories.date(2015, 5, 5)).pk,
        bits=2.0,
        levels=doubting.LEVELS | {"number": "two", "birth": "other"},
    )


def shot(page: Page, name: str) -> None:
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/{name}-{page.width}.png", full_page=True)  # type: ignore[attr-defined]


def test_the_queue_is_worked_by_keyboard(page: Page, queue: None) -> None:
    sign_in(page, goal="/doubts/")
    expect(page.get_by_role("heading", name="疑似同一人")).to_be_visible()
    shot(page, "queue")
    no_violation(page)
    no_sideways(page)
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("是登记的哪一位")
    expect(page.get_by_role("row", name="姓名 赵文渊 赵文博 ≈ 差一字")).to_be_visible()
    shot(page, "pair")
    no_violation(page)
    no_sideways(page)

    decide = page.get_by_role("button", name="认定").first
    expect(decide).to_be_disabled()
    page.keyboard.press("1")
    expect(page.get_by_label("是同一人 1").first).to_be_checked()
    page.keyboard.type("入户看过户口本")
    expect(decide).to_be_enabled()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("已认定是同一人，1行随后装入。")
    expect(page.get_by_text("还有1条等着")).to_be_visible()
    expect(page.get_by_text("未成年，不显").first).to_be_visible()
    shot(page, "minor")
    assert IdentityDecision.objects.get().reason == "入户看过户口本"

    page.goto("/doubts/decided/")
    shot(page, "decided")
    no_violation(page)
    no_sideways(page)
    page.goto("/people/300/")
    page.get_by_text("与另一份档案是同一人").click()
    shot(page, "person")
    no_violation(page)
    no_sideways(page)
