"""A worker signs in, opens an alert, reads why it exists, records a visit and closes it."""

import pytest
from playwright.sync_api import Page, expect

from desk import factories
from journeys.conftest import no_violation
from wenhou.fieldwork.models import Visit
from wenhou.monitoring.models import Alert, AlertEvent

NOTE = "十一月十五日与杨芳上门，见到本人，药费单据齐全，已按支出型办临时救助。"

pytestmark = pytest.mark.journey


def sign_in(page: Page, username: str = "officer", goal: str = "/") -> None:
    page.goto(goal)
    expect(page).to_have_title("登录：温厚")
    no_violation(page)
    page.get_by_label("账号").fill(username)
    page.get_by_label("密码").fill(factories.PASSWORD)
    page.get_by_role("button", name="登录").click()


def no_sideways(page: Page) -> None:
    """The page itself never scrolls sideways."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url


def test_a_worker_reads_why_visits_and_closes(page: Page) -> None:
    sign_in(page)
    expect(page.get_by_role("heading", name="预警", exact=True)).to_be_visible()
    expect(page.get_by_text("1条已逾期")).to_be_visible()
    no_violation(page)
    no_sideways(page)

    # By keyboard: the first row, opened.
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("年度自付43,186.40元，达到20,000.00元")
    expect(page.get_by_text("43,186.40 ≥ 20,000.00元")).to_be_visible()
    expect(page.get_by_text("《宁夏因病致贫重病患者认定办法》自付门槛")).to_be_visible()
    expect(page.get_by_text("第104行")).to_be_visible()
    no_violation(page)
    no_sideways(page)

    page.get_by_role("button", name="派出").click()
    expect(page.get_by_role("status")).to_have_text("已派给杨芳。")

    visit = page.get_by_role("button", name="登记走访")
    expect(visit).to_be_disabled()
    page.get_by_label("见到本人", exact=True).check()
    page.get_by_label("看到什么").fill("独居，家中有米面，药费单据齐。")
    expect(visit).to_be_enabled()
    visit.click()
    expect(page.get_by_role("status")).to_contain_text("走访已登记。")

    close = page.get_by_role("button", name="办结", exact=True)
    expect(close).to_be_disabled()
    page.get_by_label("说明").fill("看过了")
    expect(page.get_by_text("还差17个字。写清谁去看的、看到什么。")).to_be_visible()
    no_violation(page)
    page.get_by_label("临时救助", exact=True).focus()
    page.keyboard.press("Space")
    page.get_by_label("说明").fill(NOTE)
    expect(close).to_be_enabled()
    close.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("已办结：临时救助。")
    expect(page.get_by_text(NOTE)).to_be_visible()
    no_violation(page)

    kept = Alert.objects.get(number="YJ2024000008")
    assert (kept.state, kept.outcome) == ("销号", "临时救助")
    assert Visit.objects.get().reference == "alert:YJ2024000008"
    kinds = AlertEvent.objects.filter(alert=kept).order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["raised", "dispatched", "visited", "closed"]


def test_ticks_open_the_bulk_bar_and_lead_to_a_preview(page: Page) -> None:
    sign_in(page)
    bar = page.get_by_role("form", name="批量处理")
    expect(bar).to_be_hidden()
    page.locator("input[data-tick]").nth(0).check()
    page.locator("input[data-tick]").nth(1).check()
    expect(bar).to_contain_text("已选2条")
    no_violation(page)
    bar.get_by_role("button", name="先看清单，再派出").click()
    expect(page.get_by_role("heading", name="派出前，先看清单")).to_be_visible()
    assert AlertEvent.objects.filter(kind="dispatched").count() == 0
    no_violation(page)
    no_sideways(page)
    page.get_by_role("button", name="派出2条").click()
    expect(page.get_by_role("status")).to_have_text("已派出2条。")
    assert AlertEvent.objects.filter(kind="dispatched").count() == 2


def test_a_look_asks_for_a_purpose_and_lasts_one_page(page: Page) -> None:
    sign_in(page, goal="/alerts/YJ2024000008/")
    number = factories.id_no(8, born=factories.date(1963, 5, 2), female=True)
    expect(page.get_by_text(number)).to_have_count(0)
    page.get_by_text("查看全部，先填用途").click()
    page.get_by_label("用途").locator("visible=true").fill("上门核实前确认住址")
    page.get_by_role("button", name="记下用途，显示一次").locator("visible=true").click()
    expect(page.get_by_text(number)).to_be_visible()
    no_violation(page)
    page.goto("/alerts/YJ2024000008/")
    expect(page.get_by_text(number)).to_have_count(0)


@pytest.mark.parametrize(
    "where",
    [
        "/deliveries/",
        "/runs/",
        "/indicators/",
        "/indicators/D01/",
        "/people/",
        "/people/8/",
        "/people/8/?as_of=2024-06-01",
        "/?colour=蓝&type=经办督办",
    ],
)
def test_other_pages_are_sound(where: str, page: Page) -> None:
    sign_in(page)
    response = page.goto(where)
    assert response
    assert response.status == 200
    no_violation(page)
    no_sideways(page)


def test_somebody_is_found_by_number_and_no_address_holds_it(page: Page) -> None:
    addresses: list[str] = []
    page.on("request", lambda asked: addresses.append(asked.url))
    sign_in(page)
    expect(page.get_by_role("heading", name="预警", exact=True)).to_be_visible()
    number = factories.id_no(8, born=factories.date(1963, 5, 2), female=True)
    page.keyboard.press("/")
    page.keyboard.type(number)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="查人")).to_be_visible()
    expect(page.locator('a[href="/people/8/"]')).to_be_visible()
    expect(page.get_by_text(number)).to_have_count(0)
    assert not [address for address in addresses if number in address]
    no_violation(page)
    no_sideways(page)


def test_on_a_phone_why_comes_first_then_the_next_act(page: Page) -> None:
    sign_in(page, goal="/alerts/YJ2024000008/")
    tops = [
        page.get_by_role("heading", name=name, exact=True).bounding_box()["y"]
        for name in ("为什么报", "下一步：派人上门", "依据", "这一户")
    ]
    assert tops[0] <= tops[1]
    if page.width == "phone":
        assert tops == sorted(tops)


def test_on_a_phone_every_figure_of_a_run_can_be_read(page: Page) -> None:
    sign_in(page, goal="/runs/")
    page.locator("main table a").first.click()
    figure = page.locator("td[data-label=不知道]").first
    expect(figure).to_be_visible()
    box = figure.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= page.viewport_size["width"]
    no_violation(page)
    no_sideways(page)


def test_it_works_without_script(browser, county, live_server) -> None:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/sign-in/")
    page.get_by_label("账号").fill("officer")
    page.get_by_label("密码").fill(factories.PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.get_by_label("查人、查户、查编号").fill("YJ2024000008")
    page.get_by_label("查人、查户、查编号").press("Enter")
    page.get_by_role("button", name="派出").click()
    expect(page.get_by_text("已派给杨芳。")).to_be_visible()
    page.get_by_label("见到本人", exact=True).check()
    page.get_by_label("看到什么").fill("独居，家中有米面，药费单据齐。")
    page.get_by_role("button", name="登记走访").click()
    page.get_by_label("临时救助", exact=True).check()
    page.get_by_label("说明").fill(NOTE)
    page.get_by_role("button", name="办结", exact=True).click()
    expect(page.get_by_text("已办结：临时救助。")).to_be_visible()
    context.close()
    assert Alert.objects.get(number="YJ2024000008").state == "销号"
