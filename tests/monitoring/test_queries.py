"""Pages of alerts: order, filters, places, copies, counts, and how many queries they take."""

from datetime import date, timedelta
from typing import Any

import pytest

from monitoring import factories
from monitoring.factories import ON
from wenhou.monitoring import queries
from wenhou.monitoring.enums import AlertState
from wenhou.monitoring.queries import ROW, Filters
from wenhou.staff.enums import Role
from wenhou.staff.queries import Scope, visible_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> Scope:
    return visible_to(factories.post(Role.COUNTY_OFFICER).account, on=ON)


def numbers(rows: list[tuple[Any, ...]]) -> list[int]:
    return [int(str(row[ROW.index("number")])[6:]) for row in rows]


def page(scope: Scope, after: Any = None, limit: int = 50, **filters: Any) -> list[int]:
    return numbers(queries.open_alerts(scope, Filters(on=ON, **filters), after, limit))


def test_pages_follow_each_other_without_gap_or_repeat(county) -> None:
    for number in range(1, 8):
        factories.alert(number, due_on=ON + timedelta(days=number // 3), severity=10 * (number % 2))
    every = page(county)
    assert every == [1, 2, 3, 5, 4, 7, 6]
    taken, after = [], None
    while rows := queries.open_alerts(county, Filters(on=ON), after, 2):
        taken += numbers(rows)
        last = rows[-1]
        after = (last[ROW.index("due_on")], last[ROW.index("severity")], last[0])
    assert taken == every


def test_only_the_place_and_its_copies_are_seen(county) -> None:
    factories.alert(1)
    factories.alert(2, division="640105001001")
    factories.alert(3, division="640105001001", copy_division="640104002001")
    assert page(county) == [1, 3]
    assert page(county, place="640104002") == [3]
    assert queries.alert("YJ2026000002", county) is None
    assert queries.alert("YJ2026000003", county) is not None


def test_somebody_without_a_post_sees_nothing() -> None:
    factories.alert(1)
    assert page(Scope(())) == []
    assert queries.summary(Scope(()), ON)["open"] == 0


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        ({"category": "A"}, [2]),
        ({"indicator": "D01"}, [1, 3, 4]),
        ({"alert_type": "应退尽退"}, [2]),
        ({"colour": "红"}, [3]),
        ({"due": "late"}, [1]),
        ({"due": "today"}, [2]),
        ({"due": "soon"}, [2, 3]),
        ({"age": (5, None)}, [1]),
        ({"age": (None, 4)}, [2, 3, 4]),
        ({"tab": "waiting"}, [1, 2, 3, 4]),
        ({"tab": "snoozed"}, [5]),
        ({"tab": "closed"}, [6]),
        ({"tab": "all"}, [1, 2, 3, 4, 5]),
    ],
)
def test_filters(county, filters: dict[str, Any], left: list[int]) -> None:
    factories.alert(1, due_on=ON - timedelta(days=1), raised_on=ON - timedelta(days=5))
    factories.alert(2, due_on=ON, indicator="A01", alert_type="应退尽退")
    factories.alert(3, due_on=date(2026, 11, 5), colour="红", severity=80)
    factories.alert(4, due_on=date(2026, 11, 6))
    factories.alert(5, state=AlertState.SNOOZED, snoozed_until=date(2026, 12, 1), due_on=date(2026, 11, 9))
    factories.alert(6, state=AlertState.CLOSED, outcome="临时救助", closed_on=ON)
    assert page(county, **filters) == left


def test_mine_are_those_of_my_posts(county) -> None:
    village = factories.post(Role.VILLAGE_ASSISTANT)
    factories.alert(1)
    factories.alert(2, post=village, state=AlertState.ASSIGNED)
    assert page(county, mine=village.account_id) == [2]


def test_summary_counts_in_one_query(county, django_assert_num_queries) -> None:
    factories.alert(1, due_on=ON - timedelta(days=1))
    factories.alert(2, due_on=ON, state=AlertState.VERIFIED)
    factories.alert(3, due_on=date(2026, 11, 5), division="640105001001", copy_division="640104002001")
    factories.alert(4, due_on=date(2026, 11, 6))
    factories.alert(5, state=AlertState.SNOOZED, snoozed_until=date(2026, 12, 1))
    factories.alert(6, state=AlertState.CLOSED, outcome="转部门", closed_on=date(2026, 11, 1))
    factories.alert(7, state=AlertState.CLOSED, outcome="转部门", closed_on=date(2026, 10, 31))
    factories.alert(8, division="640105001001")
    with django_assert_num_queries(1):
        found = queries.summary(county, ON)
    assert found == {
        "open": 4,
        "late": 1,
        "today": 1,
        "soon": 1,
        "waiting": 3,
        "snoozed": 1,
        "closed_this_month": 1,
    }


def test_a_page_takes_one_query(county, django_assert_num_queries) -> None:
    for number in range(1, 6):
        factories.alert(number, post=factories.post(Role.VILLAGE_ASSISTANT, name=f"v{number}"))
    with django_assert_num_queries(1):
        rows = queries.open_alerts(county, Filters(on=ON))
    assert [row[ROW.index("post__account__full_name")] for row in rows] == ["马晓燕"] * 5


def test_others_of_the_same_household(county) -> None:
    first = factories.alert(1, household=7)
    factories.alert(2, household=7, state=AlertState.CLOSED, outcome="转部门", closed_on=ON)
    factories.alert(3, household=7)
    factories.alert(4, household=8)
    assert [other.pk for other in queries.others_of(first, county)] == [
        factories.Alert.objects.get(number=f"YJ2026{n:06d}").pk for n in (3, 2)
    ]
