"""Somebody who must prove themselves twice: adds a phone, writes down the codes, and comes in with one of them."""

from typing import Any

import pyotp
from playwright.sync_api import Page

from desk import factories
from journeys.conftest import no_violation
from journeys.test_alert_to_closed import no_sideways
from wenhou.base import clock


def password_given(page: Page) -> None:
    page.goto("/sign-in/")
    page.fill("#username", "officer")
    page.fill("#password", factories.PASSWORD)
    page.keyboard.press("Enter")


def looked_at(page: Page) -> None:
    no_violation(page)
    no_sideways(page)


def test_a_phone_is_added_and_a_paper_code_opens(page: Page, settings: Any) -> None:
    settings.WENHOU_SECOND_FACTOR = "required"
    password_given(page)
    page.wait_for_url("**/me/factor/")
    looked_at(page)
    secret = page.inner_text("ol.todo .letters").replace(" ", "")
    page.keyboard.type(pyotp.TOTP(secret).at(clock.instant()))
    page.keyboard.press("Enter")
    page.wait_for_selector("ol.papers")
    looked_at(page)
    paper = page.inner_text("ol.papers li >> nth=0")
    for route in ("/me/", "/me/password/"):
        page.goto(route)
        looked_at(page)
    page.context.clear_cookies()
    password_given(page)
    page.wait_for_url("**/sign-in/code/")
    looked_at(page)
    page.keyboard.type(paper)
    page.keyboard.press("Enter")
    page.wait_for_selector("nav.spine")
    assert page.locator("h1").inner_text().startswith("预警")
