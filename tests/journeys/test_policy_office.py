"""A new standard goes from a draft to what holds, at a desk and on a phone; the law is read page by page."""

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from desk import factories
from journeys.conftest import no_violation
from wenhou.policy.actions import sets
from wenhou.policy.models import Proposal
from wenhou.staff.enums import Role

pytestmark = pytest.mark.journey


@pytest.fixture
def office(county: None) -> None:
    """Two policy officers of the city."""
    factories.account("maker", Role.POLICY_OFFICER, "6401")
    factories.account("checker", Role.POLICY_OFFICER, "64")
    sets.keep(on=factories.TODAY, note="扫描时存档")


def sign_in(page: Page, who: str) -> None:
    page.context.clear_cookies()
    page.goto("/policy/")
    page.get_by_label("账号").fill(who)
    page.get_by_label("密码").fill(factories.PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("政策办公室")


def seen(page: Page, name: str) -> None:
    """axe has nothing to say, nothing is wider than the screen, and a picture is kept where one is asked for."""
    no_violation(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("window.innerWidth")
    folder = os.environ.get("WENHOU_PICTURES")
    if folder:
        width = page.viewport_size["width"] if page.viewport_size else 0
        page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)


def test_a_value_is_proposed_tried_out_and_approved_by_somebody_else(page: Page, office: None) -> None:
    sign_in(page, "maker")
    page.get_by_role("link", name="拟一个新数").first.click()
    page.get_by_label("哪一项标准").select_option("dibao_urban")
    page.get_by_label("管哪里").select_option("640104")
    page.get_by_label("数值").fill("720")
    page.get_by_label("自哪天起").fill("2025-01-01")
    page.get_by_label("文件的文号").fill("兴民发〔2024〕31号")
    page.get_by_label("文件的名称").fill("关于调整兴庆区城市低保标准的通知")
    seen(page, "form")
    page.get_by_role("button", name="存下草稿").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("720.00元/月")
    seen(page, "draft")
    made = Proposal.objects.get()
    factories.reckoned(made)
    page.reload()
    expect(page.get_by_text("多得")).not_to_have_count(0)
    page.get_by_role("button", name="送批").click()
    expect(page.get_by_text("自己提出的，不能自己批。")).to_be_visible()
    sign_in(page, "checker")
    seen(page, "home-waiting")
    page.get_by_role("link", name="城市低保标准").first.click()
    seen(page, "waiting")
    page.get_by_role("button", name="批准").click()
    expect(page.get_by_role("status")).to_contain_text("已批准，标准已发布为第2版")
    seen(page, "approved")
    page.goto("/policy/sets/2/")
    expect(page.get_by_role("cell", name="720.00元/月")).to_be_visible()
    seen(page, "set")
    page.goto("/policy/standards/dibao_urban/")
    expect(
        page.get_by_role("cell", name="《关于调整兴庆区城市低保标准的通知》（兴民发〔2024〕31号）")
    ).to_be_visible()
    seen(page, "standard-approved")


@pytest.mark.parametrize(
    ("name", "address", "heading"),
    [
        ("home", "/policy/", "政策办公室"),
        ("home-search", "/policy/?q=低保&place=640104", "政策办公室"),
        ("standard", "/policy/standards/dibao_urban/", "城市低保标准"),
        ("standard-yes", "/policy/standards/single_person_minors_and_frail_elders/", "未成年人"),
        ("sets", "/policy/sets/", "发布版"),
        ("rules", "/policy/rules/", "规则"),
        ("rules-chapter", "/policy/rules/?chapter=收入", "规则"),
        ("rules-search", "/policy/rules/?q=D01", "规则"),
        ("rule", "/policy/rules/cannot_support/", "无履行义务能力的义务人"),
        ("rule-cases", "/policy/rules/dibao_standard/", "当地月低保标准"),
        ("picture", "/policy/rules/picture/", "依赖图"),
    ],
)
def test_the_law_is_read(name: str, address: str, heading: str, page: Page, office: None) -> None:
    sign_in(page, "checker")
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
    seen(page, name)


def test_what_is_past_its_review_is_said_first(
    page: Page, office: None, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.SESSION_COOKIE_AGE = 10**9
    monkeypatch.setenv("WENHOU_TODAY", "2027-07-01")
    sign_in(page, "checker")
    expect(page.get_by_role("alert")).to_contain_text("已过复核日，仍在据此判断")
    seen(page, "overdue")
    page.goto("/policy/standards/medical_oop_line/")
    expect(page.get_by_role("alert")).to_contain_text("已过复核日（2027年6月30日）")
    seen(page, "standard-overdue")


def test_a_step_of_the_chart_leads_to_its_row(page: Page, office: None) -> None:
    sign_in(page, "checker")
    page.goto("/policy/standards/dibao_urban/")
    step = page.get_by_role("link", name="银川市 765.00元/月，2025-10-01起，银川市低保标准 低保标准")
    step.focus()
    page.keyboard.press("Enter")
    row = page.locator("tr:target")
    expect(row).to_contain_text("765.00元/月")
    expect(row).to_contain_text("2025年10月1日")
