"""What people do with a gap, and that it outranks later runs until the evidence changes."""

from datetime import date, timedelta
from typing import Any

import pytest

from monitoring.factories import NOTE, post
from monitoring.gap_places import DAY, alone, put, registered
from wenhou.base.errors import NotAllowed, Refused
from wenhou.monitoring.gaps.actions import acts, nightly
from wenhou.monitoring.gaps.enums import GapConclusion
from wenhou.monitoring.models import Gap, GapEvent, GapReview
from wenhou.staff.enums import Role
from wenhou.staff.models import Account

pytestmark = pytest.mark.django_db
LATER = DAY + timedelta(days=40)


def compare(day: date) -> Any:
    return nightly.run(as_of=day, on=day, anew=False)


@pytest.fixture
def gap() -> Gap:
    """应享未享 of 低保, as a run found it."""
    put(alone(1))
    compare(DAY)
    return Gap.objects.get(item="YL01")


def staff(role: Role = Role.COUNTY_OFFICER, division: str | None = None) -> Account:
    held = post(role, division, name="somebody")
    held.since = date(2025, 1, 1)
    held.save()
    return held.account


@pytest.fixture
def officer() -> Account:
    return staff()


def not_so(gap: Gap, by: Account) -> Gap:
    return acts.conclude(gap, conclusion=GapConclusion.NOT_SO, note=NOTE, by=by, on=DAY)


def test_a_conclusion_outranks_later_runs_until_the_evidence_changes_by_a_step(
    gap: Gap, officer: Account
) -> None:
    not_so(gap, officer)
    put(alone(1), day=LATER)
    again = compare(LATER)
    assert (Gap.objects.filter(item="YL01").count(), again.held >= 1) == (1, True)

    put(alone(1, other_transfers_12m=12 * 10_000), day=LATER + timedelta(days=1))
    compare(LATER + timedelta(days=1))
    assert Gap.objects.filter(item="YL01").count() == 1  # richer, and owed less: no step up

    changed = registered(1)[0], alone(1)[1] | {"dibao_paid_last_month": 30_000}
    put(changed, day=LATER + timedelta(days=2))
    compare(LATER + timedelta(days=2))
    kinds = list(Gap.objects.filter(item="YL01").order_by("id").values_list("kind", "state"))
    assert kinds == [("应享未享", "已结"), ("享受不足", "待核")]


def test_a_reason_that_went_and_came_back_comes_up_again(gap: Gap, officer: Account) -> None:
    not_so(gap, officer)
    put(alone(1, wages_12m=12 * 1_000_000, other_transfers_12m=12 * 1_000_000), day=DAY + timedelta(days=1))
    compare(DAY + timedelta(days=1))
    gap.refresh_from_db()
    assert gap.vanished_on == DAY + timedelta(days=1)
    put(alone(1), day=LATER)
    compare(LATER)
    assert Gap.objects.filter(item="YL01", state="待核").count() == 1


def test_a_review_is_opened_with_its_day_and_closes_with_the_conclusion(gap: Gap, officer: Account) -> None:
    review = acts.review(gap, by=officer, on=DAY)
    assert (review.due_on, review.reason, review.by) == (date(2025, 10, 29), gap.reason, officer)
    assert review.tree["name"] == "is_owed_dibao"
    with pytest.raises(Refused, match="核查中"):
        acts.review(gap, by=officer, on=DAY)
    not_so(gap, officer)
    review.refresh_from_db()
    assert review.closed_on == DAY
    assert list(GapEvent.objects.filter(gap=gap).order_by("id").values_list("kind", flat=True)) == [
        "opened",
        "reviewed",
        "closed",
    ]


def test_a_snoozed_gap_comes_back_on_its_day_where_it_stood(gap: Gap, officer: Account) -> None:
    acts.review(gap, by=officer, on=DAY)
    with pytest.raises(Refused, match="90天以内"):
        acts.snooze(gap, until=DAY + timedelta(days=91), reason="等核对报告回来", by=officer, on=DAY)
    acts.snooze(gap, until=DAY + timedelta(days=10), reason="等核对报告回来", by=officer, on=DAY)
    put(alone(1), day=DAY + timedelta(days=9))
    compare(DAY + timedelta(days=9))
    gap.refresh_from_db()
    assert gap.state == "暂缓"
    put(alone(1), day=DAY + timedelta(days=10))
    compare(DAY + timedelta(days=10))
    gap.refresh_from_db()
    assert (gap.state, gap.snoozed_until) == ("核查中", None)


@pytest.mark.parametrize(
    ("role", "division"), [(Role.COUNTY_OFFICER, "640105"), (Role.VILLAGE_ASSISTANT, None)]
)
def test_whoever_has_no_permit_there_writes_nothing(gap: Gap, role: Role, division: str | None) -> None:
    stranger = staff(role, division)
    for act in (
        lambda: acts.review(gap, by=stranger, on=DAY),
        lambda: not_so(gap, stranger),
        lambda: acts.snooze(gap, until=DAY + timedelta(days=5), reason="等一等再看", by=stranger, on=DAY),
    ):
        with pytest.raises(NotAllowed):
            act()
    gap.refresh_from_db()
    assert (gap.state, GapReview.objects.count(), GapEvent.objects.filter(gap=gap).count()) == ("待核", 0, 1)


def test_a_conclusion_needs_words_a_colleague_can_follow(gap: Gap, officer: Account) -> None:
    with pytest.raises(Refused, match="至少20个字"):
        acts.conclude(gap, conclusion=GapConclusion.SETTLED, note="办了", by=officer, on=DAY)
    gap.refresh_from_db()
    assert gap.state == "待核"
