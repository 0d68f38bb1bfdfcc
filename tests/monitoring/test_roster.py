"""Who answers where nobody deeper does."""

import pytest

from monitoring import factories
from monitoring.factories import ON, TOWN, VILLAGE
from wenhou.monitoring.roster import Roster
from wenhou.staff.enums import Role

pytestmark = pytest.mark.django_db

TREE = [
    (Role.COUNTY_OFFICER, "64"),
    (Role.COUNTY_OFFICER, "6401"),
    (Role.COUNTY_OFFICER, "640104"),
    (Role.TOWN_OFFICER, TOWN),
    (Role.VILLAGE_ASSISTANT, VILLAGE),
]


@pytest.mark.parametrize("depth", range(1, 6))
def test_the_deepest_of_region_city_county_town_and_village(depth: int) -> None:
    posts = [factories.post(role, division) for role, division in TREE[:depth]]
    assert Roster(on=ON).responsible_for(VILLAGE) == posts[-1]


def test_a_post_elsewhere_or_of_another_role_does_not_answer() -> None:
    factories.post(Role.COUNTY_OFFICER, "6402")
    factories.post(Role.ANALYST, "64")
    assert Roster(on=ON).responsible_for(VILLAGE) is None
