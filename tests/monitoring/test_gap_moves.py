"""Gaps of whoever lives elsewhere now: ended where they were found, opened where they live."""

from datetime import date, timedelta
from typing import Any

import pytest

from monitoring.gap_places import DAY, alone, put
from wenhou.monitoring.gaps import leaving
from wenhou.monitoring.gaps.actions import nightly
from wenhou.monitoring.models import Gap, GapEvent, GapReview, GapRun

pytestmark = pytest.mark.django_db
ITEM = "YL08"
PAID = {"gets_disability_living_allowance": True, "disability_living_paid_last_month": 10_000}
STAYS = alone(9), alone(8, "610302")
"""Somebody in either place."""


def compare(number: int, **given: Any) -> GapRun:
    day = DAY + timedelta(days=number)
    return nightly.run(as_of=day, on=day, anew=False, **given)


def told() -> list[tuple[Any, ...]]:
    return list(
        Gap.objects.filter(item=ITEM).order_by("id").values_list("subject", "kind", "county", "state")
    )


def ended() -> list[tuple[str, date]]:
    events = GapEvent.objects.filter(kind="cleared", gap__item=ITEM).order_by("id")
    return [(one.note, one.at.date()) for one in events]


@pytest.mark.parametrize("division", [None, "64", "61"])
def test_who_moved_to_another_region_has_their_gap_there(division: str | None) -> None:
    put(*STAYS, alone(1, **PAID))
    compare(0)
    put(*STAYS, alone(1, "610302", **PAID), day=DAY + timedelta(days=1))
    done = compare(1, division=division)
    first = ("p1", "享而不符", "640104", "已结")
    there = [] if division == "64" else [("p1", "享而不符", "610302", "核查中")]
    assert told() == [first, *there]
    assert [note for note, _ in ended()] == [leaving.MOVED]
    assert done.cleared >= 1
    assert GapReview.objects.filter(gap__county="640104", gap__item=ITEM, closed_on=None).count() == 0


def test_where_they_lack_nothing_there_it_is_ended_all_the_same() -> None:
    put(*STAYS, alone(1, **PAID))
    compare(0)
    put(*STAYS, alone(1, "610302"), day=DAY + timedelta(days=1))
    compare(1)
    assert told() == [("p1", "享而不符", "640104", "已结")]


def test_a_move_within_the_region_is_followed_as_before() -> None:
    put(*STAYS, alone(1, **PAID), alone(7, "640105"))
    compare(0)
    put(*STAYS, alone(1, "640105", **PAID), day=DAY + timedelta(days=1))
    compare(1)
    assert told() == [("p1", "享而不符", "640104", "核查中")]


def test_of_who_is_in_no_household_any_more_only_what_is_paid_stays_under_review() -> None:
    put(*STAYS, alone(1, **PAID), alone(2))
    compare(0)
    theirs = Gap.objects.filter(household__in=(1, 2)).order_by("id")
    kinds = {("h1", "应享未享"), ("h2", "应享未享"), ("p1", "享而不符")}
    assert kinds <= set(theirs.values_list("subject", "kind"))
    put(*STAYS, day=DAY + timedelta(days=1))
    compare(1)
    left = theirs.exclude(state="已结")
    assert list(left.values_list("subject", "kind", "state")) == [("p1", "享而不符", "核查中")]
    notes = GapEvent.objects.filter(kind="cleared", gap__in=theirs).values_list("note", flat=True)
    assert set(notes) == {leaving.NOWHERE}
