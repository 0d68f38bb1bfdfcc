"""The smallest application of each point in which the rules and the oracle once said otherwise."""

from datetime import date
from typing import Any

import pytest

from oracle.case import Application
from oracle.compare import differences
from oracle.worlds import World, plain

Told = dict[str, Any]


def one(kinship: str | None, born: str, **told: Any) -> Told:
    shared = {"lives_with_family": True, "has_support_duty": True, "kinship": kinship}
    return plain("person") | shared | {"birth_date": date.fromisoformat(born)} | told


def owing(born: str, rank: int, **told: Any) -> Told:
    home = {"supporter_household": "甲", "supporter_household_size": 2, "supported_people": 2}
    shared = {"is_supporter": True, "supports_first": 1, "supporter_rank": rank, "supporter_kinship": "子女"}
    return one(None, born) | home | shared | told


def world(
    *people: Told,
    house: Told | None = None,
    place: str = "640104",
    on: date = date(2025, 11, 1),
    **standards: Any,
) -> World:
    home = plain("household") | {"urban_rural": "城市"} | (house or {})
    told = Application(on, place, dict(enumerate(people, 1)), home, standards)
    return World(0, told)


WORLDS = {
    "heating unknown": world(
        one("申请人", "1984-01-01", is_dibao=True),
        one("配偶", "1984-01-01", is_dibao=True, is_clergy=True),
        place="640221",
    ),
    "a supporter may be dead": world(
        one("申请人", "1984-01-01"),
        owing("1954-01-01", 1, is_dibao=True, has_police_death=None),
        owing("1955-01-01", 2, supporter_household_income_12m=72000_00),
    ),
    "wages of the year": world(
        one("申请人", "1984-01-01", is_registered_unemployed=True, wages_12m=1_00),
        house={"has_luxury_goods": True},
    ),
    "nothing in any case": world(
        one("申请人", "2012-01-01"),
        child_without_care_standard=0,
    ),
    "nobody counts": world(
        one("申请人", "1984-01-01", is_in_prison=True),
        house={"has_spending_surge": True, "is_local_hukou": True},
    ),
    "the end of a month": world(
        one("申请人", "1984-01-01", is_dibao=True),
        house={
            "household_category": "DB",
            "has_income_risen_by_work": True,
            "above_standard_since": date(2024, 6, 30),
        },
        on=date(2024, 12, 31),
    ),
    "a floor of nothing": world(
        one("申请人", "1984-01-01", is_dibao=True),
        heating_floor_urban=0,
    ),
}


@pytest.mark.parametrize("point", WORLDS)
def test_the_rules_and_the_oracle_agree_on(point):
    assert not differences(WORLDS[point])
