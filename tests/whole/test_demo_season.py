"""The three weeks before the demo's day: every step is an officer's act, and what was concluded stays concluded."""

from datetime import date
from pathlib import Path

import pytest

from wenhou.exchange.actions import deliveries
from wenhou.exchange.enums import Channel
from wenhou.fieldwork.models import Visit
from wenhou.linkage.actions import arrivals
from wenhou.monitoring.actions import runs
from wenhou.monitoring.enums import AlertState
from wenhou.monitoring.models import Alert, AlertEvent
from wenhou.sandbox import build
from wenhou.site.commands import demo_season
from wenhou.staff.actions import accounts
from wenhou.staff.enums import Matter, Role

pytestmark = pytest.mark.django_db
AS_OF = date(2024, 11, 15)


def test_what_was_visited_and_concluded_is_not_raised_again(tmp_path: Path) -> None:
    place = tmp_path / "place"
    build.build(place, division="640104", residents=1_000, seed=5, as_of=AS_OF)
    for delivery in deliveries.receive(place / "deliveries", by=None, channel=Channel.COMMAND, on=AS_OF):
        deliveries.load(delivery, on=AS_OF)
    arrivals.recognise_all(on=AS_OF)
    accounts.open_account(
        username="county",
        full_name="马晓燕",
        password="demo-640104-2024",
        role=Role.COUNTY_OFFICER,
        division="640104",
        since=date(2024, 1, 1),
        matters=[Matter.MINOR, Matter.MENTAL],
    )
    count = demo_season.play(place, username="county", until=AS_OF)

    closed = Alert.objects.filter(state=AlertState.CLOSED)
    assert closed.count() == count > 50
    visited = Alert.objects.filter(state=AlertState.VERIFIED)
    assert Visit.objects.count() == count + visited.count()
    assert AlertEvent.objects.filter(kind="closed").count() == count
    assert {one.outcome for one in closed} <= set(demo_season.SAID)
    assert all(demo_season.BEGUN < one.closed_on < AS_OF for one in closed if one.closed_on)
    subjects = set(closed.values_list("indicator", "subject"))

    again = runs.run(as_of=AS_OF, by=None, on=AS_OF)
    assert again.held > 0
    reopened = Alert.objects.filter(raised_on=AS_OF).values_list("indicator", "subject")
    assert len(subjects & set(reopened)) < 0.2 * len(subjects)  # only where the evidence has changed since
