"""A past written down for a place, and visits counted exactly."""

from datetime import date

import pytest

from monitoring import factories
from wenhou.fieldwork.models import Visit
from wenhou.monitoring.models import Alert, Expectation, Learned
from wenhou.sandbox import histories

pytestmark = pytest.mark.django_db
ON = factories.ON
NEWLY = {2, 6, 7}


def found() -> list[dict[str, object]]:
    """Eight families, the first with two alerts; three newly found."""
    rows = []
    for number in range(1, 10):
        family = max(1, number - 1)
        factories.alert(number, household=family, severity=90 - number)
        newly = family in NEWLY
        rows.append({
            "number": f"YJ2026{number:06d}", "family": f"F{family}", "newly_found": newly, "days_to_close": 30,
            "outcome": "纳入保障" if newly else "情况不属实",
        })  # fmt: skip
    return rows


def test_half_of_the_families_become_a_season_ago() -> None:
    rows, by = found(), factories.post().account
    families = histories.split(rows, 1)
    assert len(families) == 4
    assert families == histories.split(rows, 1) != histories.split(rows, 2)
    number = histories.conclude(rows, families, by=by, on=ON)
    closed = Alert.objects.exclude(closed_on=None)
    assert number == closed.count() == Visit.objects.count() == sum(row["family"] in families for row in rows)
    raised = ON - histories.SEASON
    for alert in closed:
        visit = Visit.objects.get(reference=f"alert:{alert.number}")
        assert alert.raised_on == raised < visit.visited_on <= alert.closed_on < ON
        assert 1 <= (visit.visited_on - raised).days <= histories.LATEST


def test_visits_until_half_are_found_count_a_family_once() -> None:
    rows = found()
    learned = Learned.objects.create(
        on=ON,
        since=ON,
        until=ON,
        size=1,
        helped=1,
        brier=0,
        base_brier=0,
        reliability=[],
        groups=[],
        content={},
    )
    for alert in Alert.objects.all():
        newly = alert.household in NEWLY
        Expectation.objects.create(alert=alert, learned=learned, chance=5000 if newly else 100)
    needed = histories.needed(rows, on=date(2026, 11, 3))
    assert (needed.families, needed.newly_found) == (8, 3)
    assert needed.by_benefit == 2  # the second of three, straight away
    assert needed.by_deadline == 6  # families 1 to 6, the first met twice and counted once
    assert 3 < needed.by_chance < 6
