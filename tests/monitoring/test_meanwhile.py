"""What a clerk does while a run works out its reasons is not undone by what the run then writes."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from monitoring import factories
from monitoring.factories import NOTE
from monitoring.gap_places import DAY, Family, alone, put, registered
from monitoring.watched import Place, latest
from wenhou.monitoring.actions import alerts, overrides
from wenhou.monitoring.enums import Outcome
from wenhou.monitoring.gaps.actions import acts, nightly, writing
from wenhou.monitoring.gaps.enums import GapConclusion
from wenhou.monitoring.models import Alert, Gap
from wenhou.staff.enums import Role
from wenhou.staff.models import Account

pytestmark = pytest.mark.django_db
LINE = 2_000_000
DIBAO = 76_500
NEXT = DAY + timedelta(days=1)


@pytest.fixture
def officer() -> Account:
    held = factories.post(Role.COUNTY_OFFICER)
    held.since = date(2025, 1, 1)
    held.save()
    return held.account


@pytest.fixture
def place() -> Place:
    """Two people with an alert each."""
    found = Place(on=factories.ON, costs={1: LINE, 2: LINE})
    found.watch()
    found.pass_days(1)
    return found


def close(alert: Alert, by: Account, on: date) -> None:
    alerts.close(alert, outcome=Outcome.TEMPORARY_RELIEF, note=NOTE, by=by, on=on)


def snooze(alert: Alert, by: Account, on: date) -> None:
    alerts.snooze(alert, until=on + timedelta(days=9), reason="等待出院结算", by=by, on=on)


def aside(alert: Alert, by: Account, on: date) -> None:
    overrides.set_aside(alert, reason=NOTE, until=None, by=by, on=on)


@pytest.mark.parametrize("now", [0, LINE + 1, 2 * LINE], ids=["cleared", "drifted", "changed"])
@pytest.mark.parametrize("act", [close, snooze, aside])
def test_an_alert_somebody_acted_on_is_left_to_them(
    place: Place, officer: Account, act: Callable[[Alert, Account, date], None], now: int
) -> None:
    row: dict[str, object] = {}

    def meanwhile() -> None:
        act(latest(1), officer, place.on)
        row.update(Alert.objects.values().get(subject="p1"))

    place.costs = {1: now, 2: now}
    done = place.watch(meanwhile)
    assert Alert.objects.values().get(subject="p1") == row
    assert latest(1).events.latest("id").kind in ("closed", "snoozed", "aside")
    other = latest(2)
    assert other.evidence_hash != row["evidence_hash"] if now else other.cleared_by_id == done.pk


def test_what_was_dropped_is_seen_by_the_next_run(place: Place, officer: Account) -> None:
    place.costs[1] = 0
    place.watch(lambda: snooze(latest(1), officer, place.on))
    again = place.watch()
    assert latest(1).cleared_by_id == again.pk


def test_what_was_concluded_meanwhile_is_raised_again_on_other_evidence(
    place: Place, officer: Account
) -> None:
    place.costs[1] = 2 * LINE
    place.watch(lambda: close(latest(1), officer, place.on))
    assert Alert.objects.filter(subject="p1").count() == 1
    place.watch()
    assert latest(1).basis == {"own_medical_cost": 2 * LINE}


GAP_ACTS: dict[str, Callable[[Gap, Account, date], object]] = {
    "concluded": lambda one, by, on: acts.conclude(
        one, conclusion=GapConclusion.NOT_SO, note=NOTE, by=by, on=on
    ),
    "snoozed": lambda one, by, on: acts.snooze(
        one, until=on + timedelta(days=9), reason="等核对报告回来", by=by, on=on
    ),
    "reviewed": lambda one, by, on: acts.review(one, by=by, on=on),
}


@pytest.mark.parametrize("now", ["changed", "cleared"])
@pytest.mark.parametrize("act", GAP_ACTS)
def test_a_gap_somebody_acted_on_is_left_to_them(
    officer: Account, monkeypatch: pytest.MonkeyPatch, act: str, now: str
) -> None:
    put(paid(1, 30_000), paid(2, 30_000))
    nightly.run(as_of=DAY, on=DAY, anew=False)
    row: dict[str, object] = {}
    prepare = writing.prepare

    def and_meanwhile(*given: Any, **named: Any) -> writing.Prepared:
        ready = prepare(*given, **named)
        GAP_ACTS[act](gap(1), officer, NEXT)
        row.update(Gap.objects.values().get(pk=gap(1).pk))
        return ready

    monkeypatch.setattr(writing, "prepare", and_meanwhile)
    put(*(alone(key) if now == "changed" else paid(key, DIBAO) for key in (1, 2)), day=NEXT)
    nightly.run(as_of=NEXT, on=NEXT, anew=False)
    assert Gap.objects.values().get(pk=gap(1).pk) == row
    assert (gap(2).kind, gap(2).state) == (("应享未享", "待核") if now == "changed" else ("享受不足", "已结"))
    assert (gap(1).kind, gap(1).cleared_by) == ("享受不足", None)


def paid(key: int, fen: int) -> Family:
    person, home = registered(key)
    return person, home | {"dibao_paid_last_month": fen}


def gap(key: int) -> Gap:
    return Gap.objects.get(item="YL01", subject=f"h{key}")
