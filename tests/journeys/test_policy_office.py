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
    page.get_by_label("数值").fill("7200")
    page.get_by_label("自哪天起").fill("2025-01-01")
    look = page.get_by_role("complementary", name="存下以前，看一看")
    expect(look).to_contain_text("与现在的690.00元/月相差一半以上：改为7,200.00元/月")
    seen(page, "form-doubted")
    page.get_by_label("数值").fill("720")
    page.get_by_label("数值").press("Tab")
    expect(look).to_contain_text("没有要特别核对的")
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
    expect(page.get_by_text("改后：低保9户，不知道1户")).to_be_visible()
    expect(page.get_by_role("img", name="标准线上下每户每月平均领到的钱，逐段见下表")).to_be_visible()
    page.get_by_text("逐段的数").click()
    expect(page.get_by_role("cell", name="低100.00至50.00元")).to_be_visible()
    seen(page, "reckoned")
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
        ("rule-cases", "/policy/rules/qualifies_for_dibao/", "整户低保"),
        ("rule-beside", "/policy/rules/homes_is_barred/", "住房不符合规定"),
        ("rule-long", "/policy/rules/support_due_12m_in_parts/", "赡养费"),
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


def test_a_value_is_proposed_by_the_keyboard_alone(page: Page, office: None) -> None:
    sign_in(page, "maker")
    page.goto("/policy/standards/dibao_urban/")
    reach(page, "拟一个新数")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("拟一个新数")
    for field, typed in (
        ("value", "720"),
        ("since", "01012025"),
        ("document", "银民发〔2024〕31号"),
        ("title", "关于调整城市低保标准的通知"),
    ):
        reach(page, field)
        page.keyboard.type(typed)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("720.00元/月")
    factories.reckoned(Proposal.objects.get())
    page.reload()
    reach(page, "送批")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="等另一位政策员来批")).to_be_visible()
    assert Proposal.objects.get().state == "待批"


def reach(page: Page, name: str) -> None:
    """Tab until what is named (by its words or its id) has the focus, and shows it."""
    here = "name => { const at = document.activeElement; return at.id === name || (at.innerText || '').trim() === name }"
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate(here, name):
            break
    assert page.evaluate(here, name), name
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
