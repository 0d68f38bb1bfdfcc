"""Who may see whom, by which words somebody is found, and where each value came from."""

from datetime import date

import pytest

from lake.known import know
from registry.lake_rows import deliver, entry, member, resident
from wenhou.base.errors import NotAllowed
from wenhou.base.identity import check_digit
from wenhou.linkage.actions import arrivals
from wenhou.registry import queries, search
from wenhou.staff.models import Post
from wenhou.staff.queries import Scope

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 31)


def at(division: str) -> Scope:
    return Scope((Post(role="county_officer", division=division, since=date(2020, 1, 1)),))


HERE, NEIGHBOUR, TOWN = at("640104"), at("640106"), at("640104001")


@pytest.fixture
def known() -> dict[str, int]:
    deliveries = {
        "DI01": deliver(
            "DI01",
            [
                resident(1, name="单小明"),
                resident(2, name="马秀英", household_no="H1", relation_to_head="10", spouse_id=1),
                resident(3, name="马英", division_code="640106002001"),
            ],
        ),
        "DI02": deliver("DI02", [member(1, "H1"), member(2, "H1", relation_to_head="10")]),
        "SA-ARCH": deliver("SA-ARCH", [entry(1)]),
        "DI04": deliver(
            "DI04",
            [
                {
                    "id_no": 2,
                    "permit_no": "P",
                    "division_code": "640106009009",
                    "reg_addr": "",
                    "reg_date": date(2026, 1, 1),
                    "valid_to": date(2026, 12, 31),
                    "status": "有效",
                }
            ],
        ),
    }
    arrivals.recognise_all(on=DAY)
    return deliveries


def test_every_value_says_where_it_came_from(known) -> None:
    page = queries.person(key=2, scope=HERE, as_of=DAY)
    assert page is not None
    told = {value.name: value.source for value in page.values}
    assert told["birth_date"] == queries.Source("DI01", known["DI01"], 3, DAY)
    assert told["valid_to"] == queries.Source("DI04", known["DI04"], 2, DAY)
    (standing,) = queries.person(key=1, scope=HERE, as_of=DAY).standings
    assert (standing.category, standing.source.contract) == ("DB", "SA-ARCH")


def test_the_register_household_comes_before_the_residence_one(known) -> None:
    (key, _) = queries.homes(keys=[1], as_of=DAY)[1]
    home = queries.household(key=key, scope=HERE, as_of=DAY)
    assert (home.kind, home.household_no) == ("register", "D1")
    assert [member.person for member in home.members] == [1]


def test_the_neighbouring_county_is_refused(known) -> None:
    (home, _) = queries.homes(keys=[1], as_of=DAY)[1]
    with pytest.raises(NotAllowed):
        queries.person(key=1, scope=NEIGHBOUR, as_of=DAY)
    with pytest.raises(NotAllowed):
        queries.household(key=home, scope=NEIGHBOUR, as_of=DAY)
    with pytest.raises(NotAllowed):
        queries.person(key=1, scope=Scope(()), as_of=DAY)


def test_a_residence_permit_opens_the_page_to_the_place_of_residence(known) -> None:
    assert queries.person(key=2, scope=NEIGHBOUR, as_of=DAY).key == 2


@pytest.mark.parametrize(
    ("text", "scope", "found"),
    [
        ("秀英", HERE, [2]),
        ("马", HERE, [2]),
        ("马英", HERE, []),
        ("马英", NEIGHBOUR, [3]),
        ("mxy", TOWN, [2]),
        ("shanxiaoming", HERE, [1]),
        ("danxiaoming", HERE, []),
        ("英秀", HERE, []),
        ("  ", HERE, []),
    ],
)
def test_finding_by_name_stays_within_the_scope(known, text, scope, found) -> None:
    assert [record.person_id for record in queries.find(text=text, scope=scope)] == found


def test_finding_by_whole_identity_number(known) -> None:
    number = "64010419800501002"
    number += check_digit(number)
    know(2, number)
    assert [record.person_id for record in queries.find(text=number, scope=HERE)] == [2]
    assert queries.find(text=number, scope=at("610302")) == []


def test_tokens_of_a_name() -> None:
    assert search.tokens("单小明") == ["单", "小", "明", "单小", "小明", "shanxiaoming", "sxm"]
    assert search.tokens("尉迟恭")[-2:] == ["yuchigong", "yg"]


def test_a_family_is_found_by_its_key_or_by_one_of_its_people(known) -> None:
    home, _ = queries.homes(keys=[1], as_of=DAY)[1]
    (alone,) = queries.family(on=DAY, person=1)
    assert (alone.household, alone.person, alone.name, alone.category) == (home, 1, "单小明", "DB")
    assert queries.family(on=DAY, household=home) == (alone,)
    (wife,) = queries.family(on=DAY, person=2)
    assert (wife.relation, wife.name, wife.category, wife.listed) == ("10", "马秀英", None, None)
    assert (wife.record.contract, wife.record.as_of) == ("DI01", DAY)
    assert wife.household != home
    assert queries.family(on=DAY, person=404) == queries.family(on=DAY) == ()


def test_a_family_is_two_queries(known, django_assert_num_queries) -> None:
    with django_assert_num_queries(2):
        assert queries.family(on=DAY, person=1)
