"""What people may do with an alert, and that a refusal writes nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from time import sleep
from typing import Any

import pytest
from django.db import connection, transaction

from monitoring import factories
from monitoring.factories import NOTE, ON, VILLAGE
from wenhou.base.errors import NotAllowed, Refused
from wenhou.fieldwork.models import Visit
from wenhou.monitoring.actions import alerts
from wenhou.monitoring.enums import AlertState, Outcome
from wenhou.monitoring.models import Alert, AlertEvent
from wenhou.staff.enums import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Any:
    return factories.post(Role.TOWN_OFFICER)


def history(alert: Alert) -> list[str]:
    return list(alert.events.order_by("id").values_list("kind", flat=True))


def visit(alert: Alert, by: Any, **more: Any) -> Visit:
    return alerts.record_visit(
        alert,
        visited_on=ON,
        met=more.pop("met", True),
        found="见到本人，住院票据属实。",
        by=by,
        on=ON,
        **more,
    )


def test_dispatch_goes_to_the_deepest_post(town) -> None:
    village = factories.post(Role.VILLAGE_ASSISTANT)
    factories.post(Role.COUNTY_OFFICER)
    done = alerts.dispatch(factories.alert(), by=town.account, on=ON)
    assert (done.post_id, done.state, done.assigned_on) == (village.pk, AlertState.ASSIGNED, ON)
    event = done.events.get()
    assert (event.kind, event.by_id, event.detail) == (
        "dispatched",
        town.account_id,
        {"post": village.pk, "was": None},
    )


def test_of_two_posts_the_less_laden_gets_it(town) -> None:
    first = factories.post(Role.VILLAGE_ASSISTANT, name="first")
    second = factories.post(Role.VILLAGE_ASSISTANT, name="second")
    factories.alert(1, post=first, state=AlertState.ASSIGNED)
    done = alerts.dispatch_many([factories.alert(2), factories.alert(3)], by=town.account, on=ON)
    assert [alert.post_id for alert in done] == [second.pk, first.pk]


@pytest.mark.django_db(transaction=True)
def test_several_are_locked_in_one_order_however_they_were_chosen(town) -> None:
    factories.post(Role.VILLAGE_ASSISTANT)
    low, high = factories.alert(1), factories.alert(2)

    def dispatch() -> list[int]:
        try:
            with connection.cursor() as cursor:
                cursor.execute("set application_name = 'second'")
            done = alerts.dispatch_many([high, low], by=town.account, on=ON)
            return [alert.pk for alert in done]
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Alert.objects.select_for_update().get(pk=low.pk)
            second = pool.submit(dispatch)
            wait_for_lock("second")
            assert Alert.objects.select_for_update(nowait=True).get(pk=high.pk) == high
        assert second.result(timeout=30) == [high.pk, low.pk]


def wait_for_lock(name: str) -> None:
    """Until that connection waits for a row."""
    asked = "select count(*) from pg_stat_activity where application_name = %s and wait_event_type = 'Lock'"
    for _ in range(600):
        with connection.cursor() as cursor:
            cursor.execute("select pg_stat_clear_snapshot()")
            cursor.execute(asked, [name])
            if cursor.fetchone() == (1,):
                return
        sleep(0.05)
    raise AssertionError("it never waited")


def test_dispatch_to_a_post_elsewhere_is_refused_for_all(town) -> None:
    other = factories.post(Role.VILLAGE_ASSISTANT, "640104002001")
    here, there = factories.alert(1), factories.alert(2, division="640104001002")
    with pytest.raises(Refused, match="不在该岗位的辖区内"):
        alerts.dispatch_many([here, there], to_post=other, by=town.account, on=ON)
    assert set(Alert.objects.values_list("state", flat=True)) == {AlertState.WAITING}
    assert AlertEvent.objects.count() == 0


def test_dispatch_with_nobody_responsible_is_refused() -> None:
    officer = factories.post(Role.TOWN_OFFICER, factories.COUNTY)
    with pytest.raises(Refused, match="没有可接单的岗位"):
        alerts.dispatch(factories.alert(), by=officer.account, on=ON)
    assert AlertEvent.objects.count() == 0


def test_a_village_assistant_may_visit_but_not_close() -> None:
    village = factories.post(Role.VILLAGE_ASSISTANT)
    alert = factories.alert()
    made = visit(alert, village.account)
    assert (made.reference, made.person, made.household) == (f"alert:{alert.number}", 1, None)
    alert.refresh_from_db()
    assert alert.state == AlertState.VERIFIED
    with pytest.raises(NotAllowed, match="没有这项权限"):
        alerts.close(alert, outcome=Outcome.TEMPORARY_RELIEF, note=NOTE, by=village.account, on=ON)
    assert history(alert) == ["visited"]


def test_the_neighbouring_county_may_do_nothing() -> None:
    neighbour = factories.post(Role.COUNTY_OFFICER, factories.NEIGHBOUR).account
    alert = factories.alert(copy_division="640105001001")
    for act in (
        lambda: alerts.dispatch(alert, by=neighbour, on=ON),
        lambda: visit(alert, neighbour),
        lambda: alerts.close(alert, outcome=Outcome.FORWARDED, note=NOTE, by=neighbour, on=ON),
        lambda: alerts.snooze(alert, until=ON + timedelta(days=9), reason="住院未归", by=neighbour, on=ON),
    ):
        with pytest.raises(NotAllowed, match="您的岗位不包括这个地方"):
            act()
    assert AlertEvent.objects.count() == Visit.objects.count() == 0


def test_meeting_nobody_verifies_nothing(town) -> None:
    alert = factories.alert()
    visit(alert, town.account, met=False, out_of_contact=True)
    alert.refresh_from_db()
    assert alert.state == AlertState.WAITING


def test_close_keeps_outcome_day_and_note(town) -> None:
    alert = alerts.close(
        factories.alert(), outcome=Outcome.TEMPORARY_RELIEF, note=f" {NOTE} ", by=town.account, on=ON
    )
    assert (alert.state, alert.outcome, alert.closed_on) == ("销号", "临时救助", ON)
    event = alert.events.get()
    assert (event.kind, event.note, event.detail) == ("closed", NOTE, {"outcome": "临时救助"})
    with pytest.raises(Refused, match="已经销号"):
        alerts.close(alert, outcome=Outcome.FORWARDED, note=NOTE, by=town.account, on=ON)


def test_a_note_of_nineteen_characters_is_too_short(town) -> None:
    alert = factories.alert()
    with pytest.raises(Refused, match="至少20个字"):
        alerts.close(alert, outcome=Outcome.FORWARDED, note="字" * 19, by=town.account, on=ON)
    assert history(alert) == []
    alerts.close(alert, outcome=Outcome.FORWARDED, note="字" * 20, by=town.account, on=ON)


def test_not_so_needs_a_visit(town) -> None:
    alert = factories.alert()
    with pytest.raises(Refused, match="须先登记走访"):
        alerts.close(alert, outcome=Outcome.NOT_SO, note=NOTE, by=town.account, on=ON)
    visit(alert, town.account)
    closed = alerts.close(alert, outcome=Outcome.NOT_SO, note=NOTE, by=town.account, on=ON)
    assert closed.state == AlertState.CLOSED


@pytest.mark.parametrize("days", [0, 91])
def test_a_snooze_lasts_from_tomorrow_to_ninety_days(town, days: int) -> None:
    alert = factories.alert()
    with pytest.raises(Refused, match="90天以内"):
        alerts.snooze(alert, until=ON + timedelta(days=days), reason="等待住院结束", by=town.account, on=ON)
    assert history(alert) == []


def test_waking_goes_back_to_where_it_was(town) -> None:
    alert = factories.alert(state=AlertState.VERIFIED)
    alerts.snooze(alert, until=date(2027, 1, 31), reason="等待住院结束", by=town.account, on=ON)
    alert.refresh_from_db()
    assert (alert.state, alert.snoozed_until) == (AlertState.SNOOZED, date(2027, 1, 31))
    alerts.wake(alert, by=town.account, on=ON)
    alert.refresh_from_db()
    assert (alert.state, alert.snoozed_until) == (AlertState.VERIFIED, None)
    assert history(alert) == ["snoozed", "woken"]


def test_a_post_that_has_ended_permits_nothing(town) -> None:
    town.until = ON - timedelta(days=1)
    town.save()
    with pytest.raises(NotAllowed):
        alerts.close(factories.alert(), outcome=Outcome.FORWARDED, note=NOTE, by=town.account, on=ON)
    assert Alert.objects.get().division == VILLAGE
