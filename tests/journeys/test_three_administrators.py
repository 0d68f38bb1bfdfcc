"""An account from opening to leaving, by the three administrators; a post lent by its holder: in a browser, by keyboard."""

import os
from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from desk import factories
from journeys.conftest import no_violation
from journeys.test_alert_to_closed import no_sideways
from wenhou.staff.enums import DUTIES
from wenhou.staff.models import Account, Delegation, Look, OddLooks, Post

pytestmark = pytest.mark.journey
LATER = date(2024, 11, 25)


def enter(page: Page, who: str) -> None:
    page.goto("/sign-in/")
    page.get_by_label("账号").fill(who)
    page.get_by_label("密码", exact=True).fill(factories.PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="退出")).to_be_visible()


def leave(page: Page) -> None:
    page.get_by_role("button", name="退出").click()


def looked_at(page: Page, name: str) -> None:
    no_violation(page)
    no_sideways(page)
    if os.environ.get("WENHOU_SHOTS"):
        page.screenshot(path=f"{os.environ['WENHOU_SHOTS']}/{name}-{page.width}.png", full_page=True)  # type: ignore[attr-defined]


def test_one_proposes_another_approves_the_third_looks_on(page: Page) -> None:
    for duty in sorted(DUTIES):
        factories.account(duty.value.replace("_", "-"), duty)
    proposed(page)
    approved(page)
    looked_on(page)
    left(page)


def proposed(page: Page) -> None:
    enter(page, "system-admin")
    page.get_by_role("link", name="开账号").focus()
    page.keyboard.press("Enter")
    page.get_by_label("姓名", exact=True).fill("苏梅")
    page.get_by_label("账号（姓名拼音或工号）").fill("su-mei")
    page.get_by_label("岗位", exact=True).select_option("town_officer")
    page.get_by_label("管哪里（区划代码）").fill("640104101")
    page.get_by_label("未成年人受侵害或无人照料").check()
    looked_at(page, "open")
    page.get_by_role("button", name="开账号，报批岗位").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("账号已开")
    looked_at(page, "opened")
    leave(page)


def approved(page: Page) -> None:
    enter(page, "security-admin")
    waiting = page.get_by_role("region", name="待批的岗位")
    expect(waiting).to_contain_text("苏梅")
    looked_at(page, "staff")
    waiting.get_by_text("批准", exact=True).focus()
    page.keyboard.press("Enter")
    expect(waiting.get_by_label("未成年人受侵害或无人照料")).to_be_checked()
    waiting.get_by_role("button", name="批准这个岗位").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("已批准：苏梅，乡镇经办员，专门事项：未成年人受侵害或无人照料。")).to_be_visible()
    looked_at(page, "account")
    assert Post.objects.get(account__username="su-mei").approved_by.username == "security-admin"
    leave(page)


def looked_on(page: Page) -> None:
    officer = Account.objects.get(username="officer")
    Look.objects.create(
        account=officer,
        person=1,
        page="alert:YJ2024000008",
        shown="identity",
        purpose="上门核实",
        at=timezone.now(),
    )
    OddLooks.objects.create(
        account=officer, day=factories.TODAY, kind="查看过多", people=31, found_at=timezone.now(),
        why="一天查看了31人，近30天有查看的日子通常4人。",
    )  # fmt: skip
    enter(page, "audit-admin")
    page.get_by_role("link", name="审计", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="不寻常的查看")).to_contain_text("一天查看了31人")
    expect(page.get_by_role("region", name="账号和岗位的变动")).to_contain_text("改动岗位")
    looked_at(page, "audit")
    leave(page)


def left(page: Page) -> None:
    enter(page, "system-admin")
    page.get_by_role("link", name="苏梅").click()
    page.get_by_text("离岗，关闭账号").focus()
    page.keyboard.press("Enter")
    looked_at(page, "leaving")
    page.get_by_role("button", name="关闭苏梅的账号").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("苏梅的账号已关闭")).to_be_visible()
    assert not Account.objects.get(username="su-mei").is_active


def test_an_officer_lends_a_post_and_takes_it_back(page: Page) -> None:
    enter(page, "officer")
    page.get_by_role("link", name="马晓燕").click()
    page.get_by_role("link", name="委托岗位").focus()
    page.keyboard.press("Enter")
    page.get_by_label("给谁（同事的账号）").fill("village")
    page.get_by_label("最后一天").fill("2024-11-25")
    page.get_by_label("为什么委托").fill("外出培训")
    page.get_by_role("button", name="委托", exact=True).click()
    expect(page.get_by_text("已委托杨芳，2024-11-25以后自动停止。")).to_be_visible()
    looked_at(page, "lending")
    assert Delegation.objects.get().until == LATER
    page.get_by_role("region", name="委托和受委托").get_by_role("button", name="收回").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("已收回对杨芳的委托。")).to_be_visible()
    assert Delegation.objects.get().ended_by.username == "officer"
