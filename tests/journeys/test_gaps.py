"""Entitlement gaps in a browser: the list and one gap, by keyboard, nothing for axe to say."""

import pytest
from playwright.sync_api import Page, expect

from desk import factories
from journeys.conftest import no_violation
from journeys.test_alert_to_closed import no_sideways, sign_in
from wenhou.monitoring.models import Alert

pytestmark = pytest.mark.journey


def test_from_the_list_to_a_gap_that_is_concluded(page: Page) -> None:
    about = Alert.objects.get(number="YJ2024000008")
    gap = factories.gap(about)
    factories.gap(about, item="YL03", amount=None, period="认定")
    sign_in(page)
    page.get_by_role("link", name="应享", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("应享未享2件")).to_be_visible()
    no_violation(page)
    no_sideways(page)

    page.locator(f"a[href='/gaps/{gap.number}/']").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("应享未享：最低生活保障")
    no_violation(page)
    no_sideways(page)
