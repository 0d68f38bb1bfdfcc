"""Visits: one model for every purpose, kept as told, seen only from the place."""

from datetime import date, timedelta
from typing import Any

import pytest

from monitoring import factories
from monitoring.factories import ON, VILLAGE
from wenhou.base.errors import NotAllowed, Refused
from wenhou.fieldwork import queries
from wenhou.fieldwork.actions import visits
from wenhou.fieldwork.enums import Purpose
from wenhou.fieldwork.models import Visit
from wenhou.staff.enums import Role
from wenhou.staff.queries import visible_to

pytestmark = pytest.mark.django_db
TOLD: dict[str, Any] = {
    "purpose": Purpose.VERIFY,
    "division": VILLAGE,
    "household": None,
    "person": 7,
    "visited_on": ON,
    "met": True,
    "found": "见到本人，票据属实。",
}


def test_numbers_run_on_within_the_year() -> None:
    by = factories.post(Role.VILLAGE_ASSISTANT).account
    made = [visits.record(**TOLD, by=by, on=day).number for day in (ON, ON, date(2027, 1, 4))]
    assert made == ["ZF2026000001", "ZF2026000002", "ZF2027000001"]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"person": None}, "哪一户或哪一人"),
        ({"visited_on": ON + timedelta(days=1)}, "不能晚于今天"),
        ({"visitors": 0}, "至少为1人"),
        ({"out_of_contact": True}, "不能登记为失联"),
        ({"found": " 属实 "}, "至少5个字"),
    ],
)
def test_what_is_refused_is_not_written(changed: dict[str, Any], said: str) -> None:
    by = factories.post(Role.VILLAGE_ASSISTANT).account
    with pytest.raises(Refused, match=said):
        visits.record(**(TOLD | changed), by=by, on=ON)
    assert Visit.objects.count() == 0


def test_an_analyst_and_the_next_village_may_not() -> None:
    for role, place in ((Role.ANALYST, "640104"), (Role.VILLAGE_ASSISTANT, "640104001002")):
        with pytest.raises(NotAllowed):
            visits.record(**TOLD, by=factories.post(role, place).account, on=ON)
    assert Visit.objects.count() == 0


def test_readers_see_their_place_latest_first() -> None:
    by = factories.post(Role.TOWN_OFFICER).account
    first = visits.record(**TOLD | {"visited_on": ON - timedelta(days=3)}, reference="alert:X", by=by, on=ON)
    second = visits.record(**TOLD, reference="alert:X", by=by, on=ON)
    here = visible_to(by, on=ON)
    there = visible_to(factories.post(Role.TOWN_OFFICER, "640104002").account, on=ON)
    assert queries.visits_for("alert:X", here) == [second, first]
    assert queries.visits_to(here, person=7) == [second, first]
    assert queries.visits_for("alert:X", there) == []
    assert queries.has_visit("alert:X")
    assert not queries.has_visit("alert:Y")
