"""How well the watch does, looked at in a browser: both pages, by keyboard, nothing for axe to say."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from desk import factories
from desk.test_worth import concluded
from journeys.conftest import no_violation
from journeys.test_alert_to_closed import no_sideways, sign_in
from wenhou.desk import tasks
from wenhou.monitoring.actions import ordering
from wenhou.monitoring.models import ThresholdTrial
from wenhou.registry.actions import publications
from wenhou.staff.models import Account

pytestmark = pytest.mark.journey
OUTCOMES = (
    "纳入保障",
    "转部门",
    "情况不属实",
    "临时救助",
    "暂不符合",
    "情况不属实",
    "服务类救助",
    "情况不属实",
)


def history() -> None:
    """Half a year of D01 with every outcome, and six of A02, none of them so."""
    officer = Account.objects.get(username="officer")
    for number in range(40, 80):
        closed = factories.TODAY - timedelta(days=number * 5 - 195)
        raised = closed - timedelta(days=number % 7 + 2)
        concluded(number, OUTCOMES[number % 8], officer, raised_on=raised, closed_on=closed)
    for number in range(80, 86):
        concluded(number, "情况不属实", officer, indicator="A02", alert_type="应退尽退")


def test_from_the_table_to_one_indicator(page: Page) -> None:
    history()
    sign_in(page, goal="/indicators/")
    page.get_by_role("link", name="监测成效").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="监测成效")).to_be_visible()
    expect(page.get_by_text("常不属实").first).to_be_visible()
    no_violation(page)
    no_sideways(page)
    page.get_by_role("row").get_by_role("link", name="D01").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="逐月")).to_be_visible()
    no_violation(page)
    no_sideways(page)


def test_the_list_by_expected_benefit(page: Page) -> None:
    officer = Account.objects.get(username="officer")
    for number in range(100, 400):
        concluded(number, OUTCOMES[number % 8], officer, indicator=("D01", "D08", "E01")[number % 3])
    ordering.refresh(on=factories.TODAY)
    sign_in(page)
    page.get_by_role("link", name="按预期成效").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("还没到期的，走访最可能新帮到一户的在前")).to_be_visible()
    no_violation(page)
    no_sideways(page)
    page.get_by_role("link", name="怎么算的").click()
    expect(page.get_by_text("只给自治区的岗位看")).to_be_visible()
    no_violation(page)
    no_sideways(page)
    page.goto("/alerts/YJ2024000020/")
    expect(page.get_by_text("只用来排先后，不作认定")).to_be_visible()
    no_violation(page)


def test_another_threshold_is_tried(page: Page) -> None:
    history()
    sign_in(page, goal="/worth/D01/")
    page.get_by_role("link", name="换个门槛试一试").click()
    page.get_by_label("换成").fill("30000元")
    page.keyboard.press("Enter")
    expect(page.get_by_text("正在试")).to_be_visible()
    no_violation(page)
    publications.publish(as_of=factories.TODAY)
    tasks.try_threshold(trial=ThresholdTrial.objects.get().pk)
    expect(page.get_by_role("heading", name="会怎样")).to_be_visible()  # without a reload
    no_violation(page)
    no_sideways(page)
