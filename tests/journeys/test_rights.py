"""Somebody comes to the window: what is kept of me? Taken in, copied, answered, by keyboard."""

from playwright.sync_api import Page

from journeys.conftest import no_violation
from journeys.test_alert_to_closed import no_sideways, sign_in
from wenhou.monitoring.models import Alert
from wenhou.supervision.models import PersonalRequest


def looked_at(page: Page) -> None:
    no_violation(page)
    no_sideways(page)


def test_a_request_is_taken_copied_and_answered_by_keyboard(page: Page) -> None:
    sign_in(page)
    person = Alert.objects.order_by("pk").first().person  # type: ignore[union-attr]
    page.goto(f"/people/{person}/")
    page.locator("summary", has_text="受理一件请求").focus()
    page.keyboard.press("Enter")
    page.locator("input[name=kind][value=access]").focus()
    page.keyboard.press("ArrowRight")
    page.locator("input[name=asker][value=self]").focus()
    page.keyboard.press("Space")
    page.locator("#shown").fill("看了身份证原件")
    page.locator("#wish").fill("想要一份存着我哪些信息的复印件")
    looked_at(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/rights/GR*/")
    looked_at(page)
    page.get_by_role("button", name="打开副本").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("main.paper")
    assert page.locator("h1").inner_text() == "个人信息副本"
    looked_at(page)
    page.get_by_role("link", name="回到请求").click()
    page.locator("#answer").fill("副本已当面交给本人")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=已答复，办结。")
    looked_at(page)
    for route in ("/rights/", "/privacy/"):
        page.goto(route)
        looked_at(page)
    made = PersonalRequest.objects.get()
    assert (made.kind, made.state) == ("copy", "answered")
