"""None where a source has spoken for the place and the days; unknown where it has not."""

from datetime import date, timedelta

import pytest

from linkage.drawn import DAY, facts_of, somebody
from wenhou.lake.store import Coverage
from wenhou.linkage.coverage import PATIENCE, Spoken
from wenhou.linkage.fills import FILLS
from wenhou.linkage.fills.at import At

FIRST = date(2025, 1, 1)
PAID = {"id_no": 1, "year": 2026, "oop_total": 5}
EARNED = {
    "id_no": 1,
    "withholder_uscc": "U",
    "period": "2026-03",
    "income_item": "工资薪金",
    "income": 100,
    "tax": 10,
}


def test_nothing_said_is_unknown() -> None:
    names = (
        "out_of_pocket_this_year",
        "disability_level",
        "has_police_death",
        "last_marital_event",
        "is_dibao",
    )
    assert facts_of(*names, rows={}, coverage=()) == dict.fromkeys(names)


def test_spoken_and_nothing_there_is_none() -> None:
    names = (
        "out_of_pocket_this_year",
        "disability_level",
        "police_death_on",
        "last_marital_event",
        "is_dibao",
    )
    assert facts_of(*names, rows={}) == dict(zip(names, (0, 0, None, "无", False), strict=True))


def test_what_is_found_needs_no_coverage() -> None:
    assert facts_of("out_of_pocket_this_year", rows={"DI31": [PAID]}, coverage=()) == {
        "out_of_pocket_this_year": 5
    }


@pytest.mark.parametrize(
    ("division", "covered"),
    [
        ("64", True),
        ("6401", True),
        ("640104", True),
        ("640106", False),
        ("640104001", True),
        ("640104002", False),
    ],
)
def test_a_part_speaks_for_everybody_under_its_division(division, covered) -> None:
    told = facts_of("disability_level", rows={}, coverage={"DI41": [(division, FIRST, DAY)]})
    assert told == {"disability_level": 0 if covered else None}


def test_one_of_registration_and_residence_is_enough() -> None:
    away = [somebody(hukou_division="610302001001")]
    for division, known in (("610302", 0), ("640104", 0), ("610303", None)):
        told = facts_of("disability_level", rows={}, people=away, coverage={"DI41": [(division, FIRST, DAY)]})
        assert told == {"disability_level": known}


@pytest.mark.parametrize(("last", "known"), [(date(2026, 10, 22), 0), (date(2026, 10, 21), None)])
def test_a_state_may_be_as_late_as_its_contract(last, known) -> None:
    told = facts_of("disability_level", rows={}, coverage={"DI41": [("640104", FIRST, last)]})
    assert told == {"disability_level": known}


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        ([(date(2025, 10, 1), date(2026, 9, 30))], 90),
        ([(date(2025, 10, 2), date(2026, 9, 30))], None),
        ([(date(2025, 10, 1), date(2026, 9, 29))], None),
        ([(date(2025, 1, 1), date(2026, 3, 31)), (date(2026, 4, 1), date(2026, 10, 31))], 90),
        ([(date(2025, 1, 1), date(2026, 3, 30)), (date(2026, 4, 1), date(2026, 10, 31))], None),
    ],
)
def test_income_needs_every_day_of_its_window(parts, found) -> None:
    """Months that are missing would make somebody look poorer than they are."""
    coverage = {"DI26": [("640104", *part) for part in parts]}
    told = facts_of("earnings_after_tax_12m", rows={"DI26": [EARNED]}, coverage=coverage)
    assert told == {"earnings_after_tax_12m": found}


def test_matching_two_contracts_needs_both() -> None:
    fact = "has_unrecognised_chronic_discharge"
    assert facts_of(fact, rows={}, coverage=["DI29"]) == {fact: None}
    assert facts_of(fact, rows={}, coverage=["DI29", "DI30"]) == {fact: False}


def test_being_off_the_register_is_known_only_where_the_register_is() -> None:
    names = ("is_on_register", "on_register", "household_category")
    assert facts_of(*names, rows={}) == dict(zip(names, (False, False, "OUT"), strict=True))
    assert facts_of(*names, rows={}, coverage=()) == dict.fromkeys(names)


@pytest.mark.parametrize(
    ("until", "patient", "strict"),
    [(31, True, True), (1, True, False), (-24, True, False), (-25, False, False)],
)
def test_the_watch_bears_a_file_twice_as_late_as_allowed(until: int, patient: bool, strict: bool) -> None:
    """DI10 may be 35 days late: on 15 November, of May to October, what is told to 6 September is enough for the watch."""
    day = date(2024, 11, 15)
    fill = next(fill for fill in FILLS.values() if fill.fact == "has_employer_insurance_3m")
    told = {"DI10": (Coverage("64", date(2023, 1, 1), date(2024, 9, 30) + timedelta(days=until)),)}
    for patience, expected in ((PATIENCE, patient), (0, strict)):
        spoken = Spoken(told, {"DI10": 35}, patience)
        needs = [need for need in spoken.needs(fill, At(day)) if need.contract == "DI10"]
        assert {spoken.covers(need, "640104001001") for need in needs} == {expected}
