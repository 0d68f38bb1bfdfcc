"""What holds of every address of the desk, read from the address table itself: a new one without a sample fails."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from desk import doubting, factories
from desk.conftest import World, signed_in
from wenhou.desk.urls import urlpatterns
from wenhou.exchange.enums import DeliveryState
from wenhou.monitoring.models import Alert, AlertEvent
from wenhou.policy.actions import sets
from wenhou.registry.models import Membership
from wenhou.staff.actions import delegations
from wenhou.staff.models import Account, Look

Arguments = dict[str, Any]
Sample = Callable[[Alert], Arguments]
ROUTES = {pattern.name: pattern for pattern in urlpatterns}
OPEN = {"sign_in", "second", "live", "ready", "privacy"}


def of_alert(alert: Alert) -> Arguments:
    return {"number": alert.number}


def of_override(alert: Alert) -> Arguments:
    return {"key": factories.set_aside(alert).pk}


def of_person(alert: Alert) -> Arguments:
    return {"key": alert.person}


def of_household(alert: Alert) -> Arguments:
    return {"key": Membership.objects.get(person_id=alert.person).household_id}


def of_delivery(alert: Alert) -> Arguments:
    return {"key": factories.delivery("d-1", division=alert.division[:6]).pk}


def of_doubt(alert: Alert) -> Arguments:
    return {"key": doubting.doubt(alert.person).mention_id}


def of_run(alert: Alert) -> Arguments:
    return {"key": factories.run(division=alert.division[:6]).pk}


def of_gap(alert: Alert) -> Arguments:
    return {"number": factories.gap(alert).number}


def of_right(alert: Alert) -> Arguments:
    return {"number": factories.right(alert.person, county=alert.division[:6]).number}


def of_right_act(alert: Alert) -> Arguments:
    return {**of_right(alert), "verb": "answer"}


def of_all(alert: Alert) -> Arguments:
    return {}


def of_indicator(alert: Alert) -> Arguments:
    return {"code": "D01"}


def of_proposal(alert: Alert) -> Arguments:
    return {"key": factories.proposal(alert.division[:6]).pk}


def of_set(alert: Alert) -> Arguments:
    return {"number": sets.keep(on=factories.TODAY).number}


def of_standard(alert: Alert) -> Arguments:
    return {"name": "dibao_urban"}


def of_rule(alert: Alert) -> Arguments:
    return {"name": "dibao_standard"}


def of_factor(alert: Alert) -> Arguments:
    return {"key": 1}


def of_account(alert: Alert) -> Arguments:
    return {"key": _chief(alert).pk}


def of_post(alert: Alert) -> Arguments:
    return {"key": factories.post_of(_chief(alert)).pk}


def of_lent(alert: Alert) -> Arguments:
    """The post of the county's chief, lent to somebody else there."""
    chief, county = _chief(alert), alert.division[:6]
    other = Account.objects.filter(username=f"clerk-{county}").first()
    made = delegations.lend(
        post=factories.post_of(chief), to=other or factories.account(f"clerk-{county}", division=county), matters=[],
        since=factories.TODAY, until=factories.TODAY, reason="外出培训", by=chief, on=factories.TODAY,
    )  # fmt: skip
    return {"key": made.pk}


def _chief(alert: Alert) -> Account:
    name = f"chief-{alert.division[:6]}"
    return Account.objects.filter(username=name).first() or factories.account(
        name, division=alert.division[:6]
    )


def of_duties(alert: Alert) -> Arguments:
    """A page of the three administrators, about no place."""
    return {}


LAWS = (of_indicator, of_set, of_standard, of_rule, of_factor)  # the same for every county, or one's own


# Route → what in its address belongs to a place. `of_all` and `LAWS`: nothing does, so the page must be
# empty of the neighbour instead.
SAMPLES: dict[str, Sample] = {
    "alerts": of_all,
    "sign_in": of_all,
    "sign_out": of_all,
    "second": of_all,
    "live": of_all,
    "ready": of_all,
    "status": of_all,
    "safety": of_all,
    "password": of_all,
    "add_factor": of_all,
    "new_codes": of_all,
    "remove_factor": of_factor,
    "lending": of_all,
    "lending_end": of_lent,
    "staff": of_duties,
    "staff_open": of_duties,
    "audit": of_duties,
    "staff_account": of_account,
    "staff_propose": of_account,
    "staff_close": of_account,
    "post_approve": of_post,
    "post_end": of_post,
    "alerts_export": of_all,
    "bulk": of_all,
    "bulk_dispatch": of_all,
    "bulk_snooze": of_all,
    "alert": of_alert,
    "alert_dispatch": of_alert,
    "alert_visit": of_alert,
    "alert_close": of_alert,
    "alert_snooze": of_alert,
    "alert_wake": of_alert,
    "alert_aside": of_alert,
    "overrides": of_all,
    "override_take_back": of_override,
    "alert_reveal": of_alert,
    "gaps": of_all,
    "gap_items": of_all,
    "gap": of_gap,
    "gap_review": of_gap,
    "gap_conclude": of_gap,
    "gap_snooze": of_gap,
    "gap_wake": of_gap,
    "gap_reveal": of_gap,
    "find": of_all,
    "person": of_person,
    "person_merge": of_person,
    "person_part": of_person,
    "person_refuse": of_person,
    "household": of_household,
    "right_take": of_person,
    "rights": of_all,
    "right": of_right,
    "right_copy": of_right,
    "right_act": of_right_act,
    "privacy": of_all,
    "doubts": of_all,
    "doubts_decided": of_all,
    "doubt": of_doubt,
    "doubt_decide": of_doubt,
    "doubt_take_back": of_doubt,
    "deliveries": of_all,
    "upload": of_all,
    "delivery": of_delivery,
    "delivery_progress": of_delivery,
    "delivery_rejects": of_delivery,
    "runs": of_all,
    "run_start": of_all,
    "run": of_run,
    "run_progress": of_run,
    "indicators": of_all,
    "indicator": of_indicator,
    "worth": of_all,
    "worth_of": of_indicator,
    "worth_backtest": of_indicator,
    "worth_order": of_all,
    "policy": of_all,
    "policy_standard": of_standard,
    "policy_propose": of_all,
    "policy_look": of_all,
    "policy_proposal": of_proposal,
    "policy_revise": of_proposal,
    "policy_reckon": of_proposal,
    "policy_progress": of_proposal,
    "policy_submit": of_proposal,
    "policy_withdraw": of_proposal,
    "policy_approve": of_proposal,
    "policy_send_back": of_proposal,
    "policy_sets": of_all,
    "policy_publish": of_all,
    "policy_set": of_set,
    "policy_set_content": of_set,
    "policy_rules": of_all,
    "policy_picture": of_all,
    "policy_rule": of_rule,
}
WRITES = {
    "policy_reckon", "policy_submit", "policy_withdraw", "policy_approve", "policy_send_back",
    "doubt_decide", "doubt_take_back", "person_merge", "person_part", "person_refuse",
    "policy_look", "policy_publish", "sign_out", "bulk", "bulk_dispatch", "bulk_snooze", "alert_dispatch", "alert_visit",
    "gap_review", "gap_conclude", "gap_snooze", "gap_wake", "gap_reveal",
    "alert_aside", "override_take_back", "alert_close", "alert_snooze", "alert_wake", "alert_reveal", "run_start",
    "new_codes", "remove_factor", "lending_end", "staff_propose", "staff_close", "post_approve", "post_end",
    "right_take", "right_act", "right_copy",
}  # fmt: skip
SHARED = (
    {name for name, sample in SAMPLES.items() if sample in (of_all, *LAWS)}
    - WRITES
    - OPEN
    - {"upload", "policy_propose", "policy_set_content"}  # the last is the law, which names every county
)
OWNED = {name for name, sample in SAMPLES.items() if sample not in (of_all, of_duties, *LAWS)}


def address(name: str, alert: Alert) -> str:
    return reverse(f"desk:{name}", kwargs=SAMPLES[name](alert))


def test_every_route_has_a_sample() -> None:
    assert sorted(SAMPLES) == sorted(filter(None, ROUTES))


@pytest.mark.parametrize("name", sorted(set(SAMPLES) - OPEN))
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_route_demands_sign_in(name: str, method: str, world: World) -> None:
    where = address(name, world.own)
    response = getattr(Client(), method)(where)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/sign-in/?next=")
    assert response.content == b""


@pytest.mark.parametrize("name", sorted(OWNED))
def test_every_page_refuses_the_neighbouring_county(name: str, world: World, officer: Client) -> None:
    where = address(name, world.theirs)
    before = (Look.objects.count(), AlertEvent.objects.count())
    method = officer.post if name in WRITES else officer.get
    response = method(where, {"shown": "identity", "purpose": "上门核实前确认住址"})
    assert response.status_code == 404
    page = response.content.decode()
    assert "不在您的岗位范围内" in page
    for secret in (world.theirs.number, world.theirs.name_masked, world.theirs.headline, "农垦", "西夏"):
        assert secret not in page
    assert (Look.objects.count(), AlertEvent.objects.count()) == before


@pytest.mark.parametrize("name", sorted(OWNED))
def test_what_is_not_there_reads_the_same_as_what_is_not_ours(
    name: str, world: World, officer: Client
) -> None:
    theirs = address(name, world.theirs)
    nowhere = re.sub(r"(?<=/)(YJ\d+|QK\d+|GR\d+|\d+)(?=/)", lambda found: "9" * (len(found[0]) + 1), theirs)
    assert nowhere != theirs
    method = officer.post if name in WRITES else officer.get
    first, second = method(theirs), method(nowhere)
    assert (first.status_code, second.status_code) == (404, 404)
    strip = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
    assert strip.sub("", first.content.decode()) == strip.sub("", second.content.decode())


@pytest.mark.parametrize("name", sorted(SHARED))
def test_shared_pages_are_empty_of_the_neighbour(name: str, world: World, officer: Client) -> None:
    neighbours_gap = factories.gap(world.theirs)
    factories.delivery("邻县-1", division="640105")
    neighbours_run = factories.run(division="640105", persons=77_777)
    response = officer.get(address(name, world.own), {"q": "", "place": "640105"})
    assert response.status_code == 200
    page = response.content.decode("utf-8", "ignore")
    theirs = (world.theirs.number, neighbours_gap.number, "邻县-1", "77,777", "农垦", "西夏")
    for secret in (*theirs, f"/runs/{neighbours_run.pk}/"):
        assert secret not in page


@pytest.mark.parametrize("name", ["bulk", "bulk_dispatch", "bulk_snooze"])
def test_bulk_acts_leave_the_neighbour_alone(name: str, world: World, officer: Client) -> None:
    given = {
        "number": [world.theirs.number],
        "act": "dispatch",
        "until": "2024-11-29",
        "reason": "等待邻县答复",
    }
    response = officer.post(address(name, world.own), given)
    assert world.theirs.number not in response.content.decode()
    assert Alert.objects.get(pk=world.theirs.pk).state == "待派"
    assert AlertEvent.objects.filter(alert=world.theirs).count() == 1


@pytest.mark.parametrize("name", sorted(WRITES))
def test_what_writes_is_not_done_by_a_link(name: str, world: World, officer: Client) -> None:
    assert officer.get(address(name, world.own)).status_code == 405


@pytest.mark.parametrize(
    "name",
    sorted(set(SAMPLES) - WRITES - {"delivery_rejects", "alerts_export", "policy_set_content", "ready"}),
)
def test_pages_carry_no_inline_script_or_style_and_name_nothing_undefined(name: str, world: World) -> None:
    others = {
        "upload": "exchange_operator", "policy_propose": "policy_officer", "staff": "security_admin",
        "staff_open": "system_admin", "staff_account": "security_admin", "audit": "audit_admin",
    }  # fmt: skip
    client = signed_in(factories.account("other", others[name]) if name in others else world.officer)
    response = client.get(address(name, world.own), {"q": "王"})
    assert response.status_code in (200, 302)
    policy = response.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy
    assert "no-store" in response.headers["Cache-Control"]
    page = response.content.decode()
    assert not re.search(r"<script(?![^>]*\ssrc=)", page)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page)
    assert "⟦" not in page


def test_a_delivery_at_work_is_watched_by_a_fragment(world: World, officer: Client) -> None:
    working = factories.delivery("d-2", state=DeliveryState.LOADING, progress=41, stage="逐行检查")
    page = officer.get(reverse("desk:delivery", args=[working.pk])).content.decode()
    assert f'hx-get="/deliveries/{working.pk}/progress/"' in page
    fragment = officer.get(reverse("desk:delivery_progress", args=[working.pk])).content.decode()
    assert "逐行检查" in fragment
    assert '<progress value="41" max="100">' in fragment
    assert "<html" not in fragment
    working.state = DeliveryState.LOADED
    working.save()
    assert "hx-get" not in officer.get(reverse("desk:delivery_progress", args=[working.pk])).content.decode()
