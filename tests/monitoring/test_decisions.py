"""Human decisions outrank the sweep: what a run may and may not do to a snooze, an override and a conclusion."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitoring import factories
from monitoring.factories import COUNTY, NOTE, TOWN
from monitoring.watched import START as ON
from monitoring.watched import Place, latest
from wenhou.base.errors import NotAllowed, Refused
from wenhou.fieldwork.models import Visit
from wenhou.monitoring.actions import alerts, overrides
from wenhou.monitoring.enums import OPEN_STATES, AlertState, Outcome
from wenhou.monitoring.models import Alert, AlertEvent, Override
from wenhou.staff.actions import posts
from wenhou.staff.enums import Role
from wenhou.staff.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Account:
    account = Account.objects.create(username="officer", full_name="马晓燕")
    posts.hold_post(account=account, role=Role.COUNTY_OFFICER, division=COUNTY, since=date(2020, 1, 1))
    return account


@pytest.fixture
def place() -> Place:
    """One person with 23,000 yuan, whose alert is open."""
    made = Place(costs={1: 2_300_000})
    made.watch()
    return made


def snooze(place: Place, by: Account, days: int = 60) -> Alert:
    until = place.on + timedelta(days=days)
    return alerts.snooze(latest(1), until=until, reason="等待住院结束", by=by, on=place.on)


def not_so(place: Place, by: Account) -> Alert:
    one = latest(1)
    found = "见到本人，票据是冒用的。"
    alerts.record_visit(one, visited_on=place.on, met=True, found=found, by=by, on=place.on)
    return alerts.close(one, outcome=Outcome.NOT_SO, note=NOTE, by=by, on=place.on)


def aside(place: Place, by: Account, until: date | None = None) -> Override:
    return overrides.set_aside(latest(1), reason=NOTE, until=until, by=by, on=place.on)


def notes(alert: Alert) -> list[tuple[str, str]]:
    return list(alert.events.order_by("id").values_list("kind", "note"))


def test_a_snooze_sleeps_through_runs_until_its_day(place: Place, officer: Account) -> None:
    snooze(place, officer)
    for days in (1, 30, 28):
        place.pass_days(days)
        place.watch()
        assert latest(1).state == AlertState.SNOOZED
    place.pass_days(1)
    place.watch()
    assert latest(1).state == AlertState.WAITING
    assert notes(latest(1))[-1] == ("woken", "暂缓到期")


def test_a_snooze_wakes_when_the_evidence_changes_and_says_why(place: Place, officer: Account) -> None:
    snooze(place, officer)
    place.costs[1] = 2_759_999
    place.watch()
    assert latest(1).state == AlertState.SNOOZED
    place.costs[1] = 2_760_000
    place.watch()
    assert latest(1).state == AlertState.WAITING
    assert notes(latest(1))[-2] == ("woken", "暂缓期间依据有变化：个人自付由23,000.00元增至27,600.00元")


def test_a_threshold_that_comes_and_goes_wakes_nobody(place: Place, officer: Account) -> None:
    snooze(place, officer)
    for line in (3_000_000, 2_000_000):
        place.line = line
        place.watch()
        assert latest(1).state == AlertState.SNOOZED
    assert Alert.objects.count() == 1


def test_a_sleeper_whose_day_comes_under_a_higher_threshold_is_cleared(
    place: Place, officer: Account
) -> None:
    snooze(place, officer, days=10)
    place.line = 3_000_000
    place.pass_days(10)
    run = place.watch()
    assert (latest(1).state, latest(1).cleared_by_id, latest(1).snoozed_until) == ("销号", run.pk, None)


def test_not_so_stands_however_long(place: Place, officer: Account) -> None:
    not_so(place, officer)
    for days, line in ((31, 2_000_000), (400, 3_000_000), (31, 2_000_000), (1_000, 2_000_000)):
        place.line = line
        place.pass_days(days)
        place.watch()
        assert not Alert.objects.filter(state__in=OPEN_STATES).exists()


def test_raised_again_it_says_what_was_decided_and_what_changed(place: Place, officer: Account) -> None:
    first = not_so(place, officer)
    place.costs[1] = 2_760_000
    place.pass_days(3)
    place.watch()
    assert latest(1).pk != first.pk
    assert AlertEvent.objects.get(alert=latest(1), kind="raised").detail["earlier"] == first.number
    assert AlertEvent.objects.get(alert=latest(1), kind="raised").detail["again"] == (
        "上次（2022年1月4日）查为不属实，此后变化：个人自付由23,000.00元增至27,600.00元。"
    )


def test_a_reason_that_went_and_came_back_says_so(place: Place, officer: Account) -> None:
    not_so(place, officer)
    place.costs[1] = 0
    place.pass_days(20)
    place.watch()
    place.costs[1] = 2_300_000
    place.pass_days(10)
    place.watch()
    assert latest(1).state == AlertState.CLOSED  # the same evidence within thirty days
    place.pass_days(1)
    place.watch()
    assert latest(1).state == AlertState.ASSIGNED
    assert AlertEvent.objects.get(alert=latest(1), kind="raised").detail["again"] == (
        "上次（2022年1月4日）查为不属实，此后变化：原因在2022年1月24日的扫描中消失，现在又出现。"
    )


def test_an_indicator_set_aside_is_not_raised_until_its_day(place: Place, officer: Account) -> None:
    made = aside(place, officer, ON + timedelta(days=100))
    assert (latest(1).state, latest(1).outcome, latest(1).override_id) == (AlertState.CLOSED, "", made.pk)
    place.pass_days(99)
    place.watch()
    assert Alert.objects.count() == 1
    place.pass_days(1)
    place.watch()
    made.refresh_from_db()
    assert (made.ended_on, made.ended_by, made.ended_why) == (place.on, None, "到期")
    assert AlertEvent.objects.get(alert=latest(1), kind="raised").detail["again"] == (
        "上次（2022年1月4日）搁置了这项指标，此后变化：搁置到期。"
    )


def test_an_indicator_set_aside_comes_back_with_new_evidence(place: Place, officer: Account) -> None:
    made = aside(place, officer)
    place.pass_days(1_000)
    place.watch()
    assert Alert.objects.count() == 1
    place.costs[1] = 2_760_000
    place.watch()
    made.refresh_from_db()
    assert (made.ended_on, made.ended_why) == (place.on, "依据有变化")
    assert latest(1).state == AlertState.ASSIGNED


def test_taken_back_it_is_asked_again(place: Place, officer: Account) -> None:
    made = aside(place, officer)
    ended = overrides.take_back(made, reason=NOTE, by=officer, on=ON)
    assert (ended.ended_on, ended.ended_by, ended.ended_why) == (ON, officer, NOTE)
    with pytest.raises(Refused, match="已经结束"):
        overrides.take_back(made, reason=NOTE, by=officer, on=ON)
    place.watch()
    assert latest(1).state == AlertState.ASSIGNED
    assert [kind for kind, _ in notes(Alert.objects.earliest("id"))][-2:] == ["aside", "unaside"]


def test_a_town_officer_sets_nothing_aside(place: Place) -> None:
    town = Account.objects.create(username="town", full_name="纳强")
    posts.hold_post(account=town, role=Role.TOWN_OFFICER, division=TOWN, since=date(2020, 1, 1))
    with pytest.raises(NotAllowed, match="没有这项权限"):
        aside(place, town)
    assert not Override.objects.exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"reason": "字" * 19}, "至少20个字"),
        ({"reason": "字" * 401}, "最多400个字"),
        ({"until": ON}, "365天以内"),
        ({"until": ON + timedelta(days=366)}, "365天以内"),
    ],
)
def test_what_is_refused_writes_nothing(place: Place, officer: Account, given: Any, said: str) -> None:
    with pytest.raises(Refused, match=said):
        overrides.set_aside(latest(1), **{"reason": NOTE, "until": None, **given}, by=officer, on=ON)
    assert not Override.objects.exists()
    assert latest(1).state == AlertState.WAITING


def test_closing_one_matter_lightens_the_others(officer: Account) -> None:
    parts = [["D01", 40, 100, ON.isoformat(), True], ["D04", 30, 100, ON.isoformat(), True]]
    one = factories.alert(1, raised_on=ON, household=9, severity=70, colour="红", weighing=parts)
    other = factories.alert(
        2, raised_on=ON, subject="p1", person=1, household=9, indicator="D04", severity=70, colour="红"
    )
    alerts.close(one, outcome=Outcome.FORWARDED, note=NOTE, by=officer, on=ON)
    other.refresh_from_db()
    assert (other.severity, other.colour, other.weighing) == (30, "蓝", parts[1:])


def test_a_score_fades_at_the_next_run(place: Place) -> None:
    assert (latest(1).severity, latest(1).weighing) == (40, [["D01", 40, 100, ON.isoformat(), True]])
    place.pass_days(31)
    place.watch()
    assert (latest(1).severity, latest(1).colour) == (28, "蓝")
    assert latest(1).weighing == [["D01", 40, 70, ON.isoformat(), True]]


# --- any sequence -------------------------------------------------------------------------------

AMOUNTS = [None, 0, 1_900_000, 2_000_000, 2_100_000, 2_400_000, 2_500_000, 3_100_000]
COSTS = st.sampled_from(AMOUNTS)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("days"), st.integers(1, 60)),
        st.tuples(st.just("cost"), COSTS),
        st.tuples(st.just("elsewhere"), COSTS),
        st.tuples(st.just("line"), st.sampled_from([1_500_000, 2_000_000, 3_000_000])),
        st.tuples(st.sampled_from(["snooze", "aside"]), st.integers(1, 90)),
        st.tuples(st.sampled_from(["not_so", "for_good", "wake", "take_back"]), st.none()),
    ),
    max_size=14,
)


@dataclass
class Decided:
    """What somebody decided of person 1, and of what evidence: the test's own reading of what must hold."""

    kind: str
    cost: int | None
    until: date | None = None
    seen: list[int | None] = field(default_factory=list)

    def is_unchanged(self) -> bool:
        """Every run since has seen the same amount, or none."""
        return all(cost in (None, self.cost) for cost in self.seen)


@dataclass
class Sweep:
    """A place, who acts, the decision that stands, and the amount that the last run knew."""

    place: Place
    by: Account
    known: int | None = None
    decided: Decided | None = None

    def open(self) -> Alert | None:
        return Alert.objects.filter(subject="p1", state__in=OPEN_STATES).first()

    def act(self, kind: str, value: Any) -> None:
        one, place = self.open(), self.place
        if kind == "days":
            place.pass_days(value)
        elif kind in ("cost", "elsewhere"):
            place.costs[1 if kind == "cost" else 2] = value
        elif kind == "line":
            place.line = value
        elif kind == "take_back":
            self._take_back()
        elif one is not None:
            self._decide(one, kind, place.on + timedelta(days=value or 0))

    def _take_back(self) -> None:
        for made in Override.objects.filter(ended_on=None, subject="p1"):
            overrides.take_back(made, reason=NOTE, by=self.by, on=self.place.on)
            self.decided = None

    def _decide(self, one: Alert, kind: str, until: date) -> None:
        on, by = self.place.on, self.by
        if one.state == AlertState.SNOOZED:
            if kind == "wake":
                alerts.wake(one, by=by, on=on)
                self.decided = None
            return
        if kind == "snooze":
            alerts.snooze(one, until=until, reason="等待住院结束", by=by, on=on)
            self.decided = Decided("asleep", self.known, until)
        elif kind == "not_so":
            not_so(self.place, by)
            self.decided = Decided("closed", self.known)
        elif kind in ("aside", "for_good"):
            until_or_not = until if kind == "aside" else None
            overrides.set_aside(one, reason=NOTE, until=until_or_not, by=by, on=on)
            self.decided = Decided("closed", self.known, until_or_not)

    def watch(self) -> None:
        before = self.open()
        self.place.watch()
        cost = self.place.costs[1]
        self.known = self.known if cost is None else cost
        if self.decided is not None:
            self.decided.seen.append(cost)
        self.check(before)

    def check(self, before: Alert | None) -> None:
        now, decided, answer = self.open(), self.decided, self.place.answer(1)
        if decided is not None and decided.is_unchanged():
            over = decided.until is not None and decided.until <= self.place.on
            if decided.kind == "closed" and not over:
                assert now is None
            elif not over:
                assert now is not None and now.state == AlertState.SNOOZED  # noqa: PT018
            elif answer:
                assert now is not None and now.state != AlertState.SNOOZED  # noqa: PT018
        if answer is None:
            assert (now and now.pk) == (before and before.pk)
        if decided is None and answer:
            assert now is not None
        if now is not None and now.state != AlertState.SNOOZED and (before is None or before.pk != now.pk):
            self._check_raised(now)
        if now is None or now.state != AlertState.SNOOZED:
            self.decided = None if now is not None else decided

    def _check_raised(self, now: Alert) -> None:
        said = AlertEvent.objects.get(alert=now, kind="raised").detail
        if self.decided is not None and self.decided.kind == "closed":
            assert said["again"].startswith("上次（")
            assert "依据没有变化" not in said["again"]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_happens_a_decision_stands_until_the_evidence_changes(officer: Account, steps: Any) -> None:
    with _undone():
        sweep = Sweep(Place(costs={1: 2_000_000, 2: None}), officer)
        sweep.watch()
        for kind, value in steps:
            sweep.act(kind, value)
            sweep.watch()
        assert Visit.objects.count() == Alert.objects.filter(outcome=Outcome.NOT_SO).count()


@contextmanager
def _undone() -> Iterator[None]:
    """What happens within is rolled back, so that every example begins with nothing."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
