"""What arrives becomes dated rows: the same adds nothing, a correction is a new row, nothing is overwritten."""

from datetime import date

import pytest

from registry.lake_rows import deliver, entry, member, resident
from wenhou.linkage.actions import arrivals
from wenhou.registry import queries
from wenhou.registry.models import Household, Membership, PersonRecord, RegisterEntry, Residence
from wenhou.staff.models import Post
from wenhou.staff.queries import Scope

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 31)
SEPTEMBER = (date(2025, 1, 1), date(2026, 9, 30))


def recognise() -> list[int]:
    return arrivals.recognise_all(on=DAY)


def test_the_same_rows_again_add_nothing() -> None:
    for _ in range(2):
        deliver("DI01", [resident(1), resident(2, household_no="H1", relation_to_head="10")])
        deliver("DI02", [member(1, "H1"), member(2, "H1", relation_to_head="10")])
        deliver("SA-ARCH", [entry(1)])
        recognise()
    assert PersonRecord.objects.count() == 2
    assert Membership.objects.count() == 3
    assert RegisterEntry.objects.count() == 1
    assert Household.objects.count() == 2


def test_following_a_delivery_again_does_nothing() -> None:
    delivery = deliver("DI01", [resident(1)])
    assert arrivals.recognise(delivery_id=delivery, on=DAY) is True
    assert arrivals.recognise(delivery_id=delivery, on=DAY) is False


def test_a_correction_is_a_new_row_and_the_old_one_stays() -> None:
    deliver("DI01", [resident(1, name="马秀英")])
    recognise()
    corrected = deliver("DI01", [resident(1, name="马秀瑛")])
    recognise()
    old, new = PersonRecord.objects.order_by("pk")
    assert (old.name, old.superseded_at is None, old.replaced_on) == ("马秀英", False, DAY)
    assert (new.name, new.superseded_at, new.delivery) == ("马秀瑛", None, corrected)
    assert old.search != new.search


def test_a_person_whom_a_full_delivery_leaves_out_is_withdrawn() -> None:
    deliver("DI01", [resident(1), resident(2)], period=SEPTEMBER)
    recognise()
    deliver("DI01", [resident(1)])
    recognise()
    gone = PersonRecord.objects.get(person_id=2)
    assert gone.superseded_at is not None
    assert gone.replaced_on == DAY
    assert PersonRecord.objects.get(person_id=1).superseded_at is None


def _page(day: date) -> queries.PersonPage:
    post = Post(role="county_officer", division="640104", since=date(2020, 1, 1))
    page = queries.person(key=1, scope=Scope((post,)), as_of=day)
    assert page is not None
    return page


def test_the_register_keeps_its_history_even_when_it_comes_at_once() -> None:
    rows = [
        entry(1, as_of=date(2026, 8, 31), status="在保"),
        entry(1, as_of=date(2026, 9, 30), status="暂停"),
        entry(1, as_of=DAY, status="退出", exit_on=date(2026, 10, 15)),
    ]
    deliver("SA-ARCH", rows)
    recognise()
    statuses = {
        day: [one.status for one in _page(day).standings]
        for day in (date(2025, 1, 9), date(2025, 1, 10), date(2026, 9, 29), date(2026, 9, 30), DAY)
    }
    assert statuses == {
        date(2025, 1, 9): [],
        date(2025, 1, 10): ["在保"],
        date(2026, 9, 29): ["在保"],
        date(2026, 9, 30): ["暂停"],
        DAY: ["退出"],
    }


def test_a_permit_arrives_with_its_line() -> None:
    delivery = deliver(
        "DI04",
        [
            {
                "id_no": 5,
                "permit_no": "P1",
                "division_code": "640106001001",
                "reg_date": date(2026, 1, 1),
                "valid_to": date(2027, 1, 1),
                "status": "有效",
            }
        ],
    )
    recognise()
    permit = Residence.objects.get()
    assert (permit.division, permit.contract, permit.delivery, permit.line) == (
        "640106001001",
        "DI04",
        delivery,
        2,
    )


def test_members_move_between_households_on_their_day() -> None:
    deliver("DI01", [resident(1), resident(2, household_no="H2")])
    moved = [
        member(1, "H1"),
        member(2, "H1", relation_to_head="10", move_out_date=date(2026, 5, 1)),
        member(2, "H2", move_in_date=date(2026, 5, 1)),
    ]
    deliver("DI02", moved)
    recognise()
    first, second = Household.objects.order_by("household_no")
    before, after = date(2026, 4, 30), date(2026, 5, 1)
    assert [m.person for m in queries.members_as_of(key=first.pk, as_of=before)] == [1, 2]
    assert [m.person for m in queries.members_as_of(key=first.pk, as_of=after)] == [1]
    assert [m.person for m in queries.members_as_of(key=second.pk, as_of=before)] == []
    assert [m.person for m in queries.members_as_of(key=second.pk, as_of=after)] == [2]
