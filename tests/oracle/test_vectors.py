"""facts.md §17: every vector that the oracle answers, to the fen. 银川城市 from 2025-10-01: L = 765, 农 605."""

from decimal import Decimal

import pytest

from oracle.families import home, judged, person, supporter


def three(income: int, **told):
    """Three of working age whose income a year is so many fen."""
    return (
        person("1980-01-01", other_transfers_12m=income, **told),
        person("1981-01-01", "配偶"),
        person("2012-01-01", "子女"),
    )


def test_vector_1_three_in_the_city_with_1200_a_month():
    told = judged(*three(1200_00 * 12)).household
    assert told["income_per_head"] == 400_00
    assert told["category"] == "DB"
    assert told["dibao_amount"] == 1095_00


@pytest.mark.parametrize(("heads", "category"), [(1147_49, "BY"), (1147_50, "QT")])
def test_vector_2_one_and_a_half_times_the_line_is_strict(heads, category):
    standards = {"disposable_income_urban": 42000_00}
    told = judged(*three(heads * 36), **standards).household
    assert told["income_per_head"] == heads
    assert told["category"] == category


def test_vector_3_a_severely_disabled_member_of_a_near_family():
    people = three(1147_49 * 36)
    people[1].update(disability_category="肢体", disability_level=2)
    told = judged(*people)
    assert told.persons[2]["single_person_ground"] == "8(一)"
    assert told.persons[2]["qualifies_for_single_dibao"] is True
    assert told.persons[2]["single_dibao_amount"] == 765_00


@pytest.mark.parametrize(("held", "within"), [(82620_00, True), (82620_01, False)])
def test_vector_4_money_above_thirty_six_months(held, within):
    told = judged(*three(0, deposits=held)).household
    assert told["money_is_barred"] is (not within)
    assert told["has_property_within_limits"] is within


@pytest.mark.parametrize(("area", "barred"), [("29.99", False), ("30.00", True)])
def test_vector_5_two_homes_by_area_a_head(area, barred):
    told = judged(*three(0), house=home(homes=2, home_area=Decimal(area) * 3)).household
    assert told["homes_is_barred"] is barred


@pytest.mark.parametrize(("kind", "amount"), [("城市", 995_00), ("农村", 787_00)])
def test_vector_6_the_living_allowance_of_tekun(kind, amount):
    told = judged(person("1950-01-01"), house=home(urban_rural=kind))
    assert told.persons[1]["qualifies_for_tekun"] is True
    assert told.persons[1]["tekun_living_allowance"] == amount


@pytest.mark.parametrize("kind", ["城市", "农村"])
def test_vector_7_floors_of_relief_go_by_the_city_s_line(kind):
    house = home(urban_rural=kind, has_emergency=True, has_spending_surge=True, is_local_hukou=True)
    two = judged(*three(0)[:2], house=house).household
    assert two["emergency_relief_floor"] == 3060_00
    assert judged(*three(0), house=house).household["expenditure_relief_floor"] == 6885_00


def supported(place: str, born: str, on: str = "2025-11-10"):
    """Two owed support by one of a home of three with 2000 a head."""
    owes = supporter(
        born,
        1,
        supports_second=2,
        supporter_household_size=3,
        supporter_household_income_12m=2000_00 * 3 * 12,
        supported_people=2,
        supporter_kinship="父母",
    )
    people = (person("1980-01-01"), person("1981-01-01", "配偶"), owes)
    return judged(*people, place=place, on=on, dibao_urban=765_00)


def test_vector_8_support_due_and_baoji_s_seventy():
    told = supported("640104", "1950-01-01")
    assert told.persons[1]["support_due_to_me"] == 926_25
    assert told.household["support_due"] == 1852_50
    assert supported("610322", "1950-01-01").persons[1]["support_due_to_me"] == 0
    assert supported("610322", "1955-11-11").persons[1]["support_due_to_me"] == 926_25
    assert supported("610322", "1950-01-01", "2023-12-31").persons[1]["support_due_to_me"] == 926_25


def test_vector_9_food_prices_start_the_subsidy():
    growth = {"cpi_growth": 34, "food_price_growth": 60, "scpi_growth": 38}
    told = judged(person("1980-01-01", is_dibao=True), on="2025-11-10", dibao_urban=765_00, **growth)
    assert told.household["is_price_subsidy_started"] is True
    assert told.persons[1]["price_subsidy"] == 29_07
    unmoved = judged(person("1980-01-01", is_dibao=True), **(growth | {"food_price_growth": 59}))
    assert unmoved.persons[1]["price_subsidy"] == 0


@pytest.mark.parametrize(("paid", "answer"), [(19999_99, False), (20000_00, None)])
def test_vector_11_twenty_thousand_includes_itself(paid, answer):
    told = judged(person("1980-01-01", inpatient_self_paid_12m=paid))
    assert told.persons[1]["qualifies_for_illness_poverty"] is answer


@pytest.mark.parametrize(
    ("failed", "level"), [(0, "自理"), (1, "部分丧失"), (3, "部分丧失"), (4, "完全丧失")]
)
def test_vector_13_six_items_of_self_care(failed, level):
    six = ("can_eat", "can_dress", "can_get_up", "can_use_toilet", "can_walk_indoors", "can_bathe")
    told = judged(person("1950-01-01", **dict.fromkeys(six[:failed], False)))
    assert told.persons[1]["self_care_level"] == level


def test_vector_14_tekun_is_published_again():
    told = judged(person("1950-01-01"), house=home(has_publicity_objection=True)).household
    assert told["must_republish_tekun"] is True
    assert told["must_republish_dibao"] is False


@pytest.mark.parametrize("visited", [True, False])
def test_vector_15_kin_in_office_is_visited_by_the_county(visited):
    house = home(has_kin_in_office=True, is_visited_by_county=visited)
    told = judged(person("1980-01-01"), house=house).household
    assert told["must_be_visited_by_county"] is True
    assert told["may_be_confirmed"] is visited


def test_everybody_in_prison_is_no_family():
    told = judged(person("1980-01-01", is_in_prison=True)).household
    assert told["family_size"] == 0
    assert told["category"] == "QT"


def test_a_known_veto_decides_and_an_unknown_never_refuses():
    vetoed = three(0, wages_12m=None, deposits=82620_01)
    assert judged(*vetoed).household["qualifies_for_dibao"] is False
    assert judged(*three(0, wages_12m=None)).household["qualifies_for_dibao"] is None


def test_the_line_of_each_day():
    lines = {
        "2023-12-31": 620_00,
        "2024-01-01": 690_00,
        "2025-09-30": 690_00,
        "2025-10-01": 765_00,
        "2026-01-01": 765_00,
    }
    for day, line in lines.items():
        alone = judged(person("1980-01-01"), on=day)
        assert alone.household["dibao_amount"] == line, day
    assert judged(person("1980-01-01"), on="2026-01-01", place="640221").household["dibao_amount"] == 740_00


def test_a_leap_day_s_birthday_is_on_the_first_of_march():
    for day, minor in {"2026-02-28": True, "2026-03-01": False}.items():
        child = person("2008-02-29", "子女", lives_with_family=False)
        assert judged(person("1980-01-01"), child, on=day).persons[2]["counts"] is minor
