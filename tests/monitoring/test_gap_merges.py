"""Gaps of people who were found to be one: none stays open for ever, none is there twice, a conclusion is carried."""

from datetime import date, timedelta
from typing import Any

import pytest

from monitoring import factories
from monitoring.factories import NOTE
from monitoring.gap_places import DAY, alone, put
from wenhou.lake.models import SamePerson
from wenhou.monitoring.gaps.actions import acts, nightly
from wenhou.monitoring.gaps.enums import GapConclusion
from wenhou.monitoring.models import Gap, GapReview, GapRun
from wenhou.staff.enums import Role

pytestmark = pytest.mark.django_db
ITEM = "YL08"
PAID = {"gets_disability_living_allowance": True, "disability_living_paid_last_month": 10_000}
"""困难残疾人生活补贴 of somebody who is not disabled."""


def day(number: int) -> date:
    return DAY + timedelta(days=number)


def compare(number: int) -> GapRun:
    return nightly.run(as_of=day(number), on=day(number), anew=False)


def told() -> list[tuple[Any, ...]]:
    return list(Gap.objects.filter(item=ITEM).order_by("id").values_list("subject", "kind", "state"))


def merged() -> None:
    SamePerson.objects.create(absorbed=1, kept=2)


def test_of_two_gaps_of_one_person_the_later_is_cleared() -> None:
    put(alone(1, **PAID), alone(2, **PAID))
    compare(0)
    merged()
    put(alone(2, **PAID), day=day(1))
    compare(1)
    assert told() == [("p1", "享而不符", "核查中"), ("p2", "享而不符", "已结")]
    more = PAID | {"disability_living_paid_last_month": 20_000}
    put(alone(2, **more), day=day(2))
    compare(2)
    assert told() == [("p2", "享而不符", "核查中"), ("p2", "享而不符", "已结")]
    gap = Gap.objects.get(item=ITEM, closed_on=None)
    assert (gap.person, gap.amount, GapReview.objects.filter(gap=gap).count()) == (2, 20_000, 1)


def test_two_found_to_be_one_whose_evidence_changes_the_same_day() -> None:
    put(alone(1, **PAID), alone(2, **PAID))
    compare(0)
    merged()
    put(alone(2, **PAID | {"disability_living_paid_last_month": 20_000}), day=day(1))
    compare(1)
    assert told() == [("p2", "享而不符", "核查中"), ("p2", "享而不符", "已结")]


def test_a_gap_of_the_absorbed_is_cleared_where_the_kept_lives_without_one() -> None:
    put(alone(1, "640105", **PAID), alone(3, "640105"))
    compare(0)
    merged()
    put(alone(2), alone(3, "640105"), day=day(1))
    compare(1)
    assert told() == [("p1", "享而不符", "已结")]


def test_what_was_not_so_of_the_absorbed_is_not_so_of_the_kept() -> None:
    put(alone(1, **PAID))
    compare(0)
    held = factories.post(Role.COUNTY_OFFICER)
    held.since = date(2025, 1, 1)
    held.save()
    acts.conclude(
        Gap.objects.get(item=ITEM), conclusion=GapConclusion.NOT_SO, note=NOTE, by=held.account, on=DAY
    )
    merged()
    put(alone(2, **PAID), day=day(1))
    compare(1)
    assert told() == [("p1", "享而不符", "已结")]
