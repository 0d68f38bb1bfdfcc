"""Fills at their edges: one fen, one day, one month in, one out."""

from datetime import date
from typing import Any

import pytest

from linkage.drawn import facts_of, somebody


def stay(discharge: date, **fields: Any) -> dict[str, Any]:
    return {
        "id_no": 1,
        "visit_no": f"{discharge}{fields}",
        "admit": fields.pop("admit", discharge),
        "discharge": discharge,
        "diag_code": "J18.9",
        "in_policy": 0,
        "basic_pay": 0,
        "serious_pay": 0,
        "aid_pay": 0,
        "self_pay": 0,
    } | fields


def one(fact: str, contract: str, row: dict[str, Any], **how: Any) -> Any:
    return facts_of(fact, rows={contract: [{"id_no": 1} | row]}, **how)[fact]


@pytest.mark.parametrize("fen", [1_999_999, 2_000_000])
def test_money_arrives_to_the_fen(fen) -> None:
    row = {"year": 2026, "oop_total": fen}
    assert one("out_of_pocket_this_year", "DI31", row) == fen


def test_money_may_be_written_in_yuan() -> None:
    assert one("out_of_pocket_this_year", "DI31", {"year": 2026, "oop_total": "19999.99"}) == 1_999_999


def test_last_year_is_not_this_year() -> None:
    assert one("out_of_pocket_this_year", "DI31", {"year": 2025, "oop_total": 1}) == 0


@pytest.mark.parametrize(
    ("discharge", "complete_months", "by_day"),
    [
        (date(2025, 9, 30), 0, 0),
        (date(2025, 10, 1), 7, 0),
        (date(2025, 10, 30), 7, 0),
        (date(2025, 10, 31), 7, 7),
        (date(2026, 9, 30), 7, 7),
        (date(2026, 10, 1), 0, 7),
        (date(2026, 10, 31), 0, 7),
        (date(2026, 11, 1), 0, 0),
    ],
)
def test_twelve_complete_months_and_twelve_months_by_day(discharge, complete_months, by_day) -> None:
    names = ("inpatient_self_paid_12m", "largest_stay_self_paid_12m")
    told = facts_of(*names, rows={"DI29": [stay(discharge, self_pay=7)]})
    assert told == dict(zip(names, (complete_months, by_day), strict=True))


@pytest.mark.parametrize(("discharge", "found"), [(date(2026, 10, 1), 5), (date(2026, 10, 2), 0)])
def test_the_remainder_counts_thirty_days_after_discharge(discharge, found) -> None:
    row = stay(discharge, in_policy=10, basic_pay=3, serious_pay=2)
    assert one("unaided_remainder", "DI29", row) == found
    assert one("unaided_remainder", "DI29", row | {"aid_pay": 1}) == 0


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (stay(date(2026, 1, 30), admit=date(2026, 1, 1)), False),
        (stay(date(2026, 1, 31), admit=date(2026, 1, 1)), True),
        (stay(date(2026, 1, 2), diag_code="I63.9"), True),
        (stay(date(2026, 1, 2), diag_code="s72.001"), True),
        (stay(date(2026, 1, 2), diag_code="F04"), False),
    ],
)
def test_stays_that_may_change_self_care(row, found) -> None:
    assert one("has_care_need_discharge", "DI29", row) is found


def test_a_chronic_diagnosis_is_matched_with_its_own_recognition() -> None:
    rows = {"DI29": [stay(date(2026, 5, 1), diag_code="I10.x"), stay(date(2026, 6, 1), diag_code="E11.9")]}
    recognised = {
        "id_no": 1,
        "disease_code": "I10",
        "recog_date": "2026-05-02",
        "month": "2026-06",
        "status": "有效",
    }
    names = ("unrecognised_chronic_discharge_on", "has_unrecognised_chronic_discharge")
    assert facts_of(*names, rows=rows)[names[0]] == date(2026, 5, 1)
    told = facts_of(*names, rows=rows | {"DI30": [recognised]})
    assert told[names[0]] == date(2026, 6, 1)
    cancelled = facts_of(*names, rows=rows | {"DI30": [recognised | {"status": "取消"}]})
    assert cancelled[names[0]] == date(2026, 5, 1)


@pytest.mark.parametrize(
    ("end", "found"), [(date(2026, 6, 29), False), (date(2026, 6, 30), True), (date(2026, 7, 1), True)]
)
def test_a_term_of_six_months_counts_both_its_days(end, found) -> None:
    row = {"term_start": date(2026, 1, 1), "term_end": end, "status": "在押"}
    assert one("is_in_prison_six_months", "DI08", row) is found
    assert one("is_in_prison_six_months", "DI08", row | {"status": "假释"}) is False


def test_the_days_abroad_are_clipped_to_twelve_months_and_run_on_for_those_away() -> None:
    trips = [
        {"id_no": 1, "exit_date": date(2025, 10, 1), "entry_date": date(2025, 11, 3)},
        {"id_no": 1, "exit_date": date(2026, 10, 21), "entry_date": None},
    ]
    names = ("exits_abroad_12m", "days_abroad_12m")
    assert facts_of(*names, rows={"DI05": trips}) == {"exits_abroad_12m": 1, "days_abroad_12m": 3 + 10}


@pytest.mark.parametrize(("month", "found"), [("2025-11", (0, 0)), ("2025-12", (1, 500))])
def test_payments_count_from_the_month_after_death(month, found) -> None:
    paid = {
        "payment_no": "1",
        "id_no": 1,
        "item": "YL01",
        "month": month,
        "amount": 500,
        "pay_status": "成功",
    }
    dead = {
        "id_no": 1,
        "death_date": date(2025, 11, 20),
        "cancel_date": date(2026, 1, 5),
        "cancel_reason": "死亡",
    }
    names = ("payments_after_death", "paid_after_death")
    told = facts_of(*names, rows={"SA-PAY": [paid], "DI03": [dead]})
    assert tuple(told.values()) == found
    returned = facts_of(*names, rows={"SA-PAY": [paid | {"pay_status": "追回"}], "DI03": [dead]})
    assert tuple(returned.values()) == (0, 0)


def test_the_earliest_of_two_deaths_counts() -> None:
    paid = {
        "payment_no": "1",
        "id_no": 1,
        "item": "YL01",
        "month": "2026-01",
        "amount": 1,
        "pay_status": "成功",
    }
    rows = {
        "SA-PAY": [paid],
        "DI03": [{"id_no": 1, "cancel_date": date(2026, 1, 5), "cancel_reason": "死亡"}],
        "DI45": [{"id_no": 1, "cremation_date": date(2025, 12, 30)}],
    }
    assert facts_of("payments_after_death", rows=rows) == {"payments_after_death": 1}


def test_versions_of_a_certificate() -> None:
    def version(delivery: int, level: int, issued: date, category: str = "肢体") -> dict[str, Any]:
        return {
            "id_no": 1,
            "cert_no": "C",
            "category": category,
            "level": level,
            "issue_date": issued,
            "status": "有效",
            "delivery": delivery,
        }

    first, again = version(1, 3, date(2020, 1, 1)), version(2, 3, date(2020, 1, 1))
    worse = version(3, 2, date(2026, 1, 1))
    other = version(3, 3, date(2026, 1, 1), "多重")
    names = ("has_disability_worsened", "disability_worsened_on", "has_disability_category_added")
    assert facts_of(*names, rows={"DI41": [first, again]})[names[0]] is False
    assert facts_of(*names, rows={"DI41": [first, again, worse]}) == {
        names[0]: True,
        names[1]: date(2026, 1, 1),
        names[2]: False,
    }
    assert facts_of(*names, rows={"DI41": [first, other]})[names[2]] is True


def test_visits_since_the_person_was_last_met() -> None:
    def visit(day: date, *, met: bool, lost: bool = False) -> dict[str, Any]:
        return {"visit_no": f"{day}", "id_no": 1, "visited_on": day, "met": met, "out_of_contact": lost}

    visits = [
        visit(date(2026, 1, 1), met=False, lost=True),
        visit(date(2026, 2, 1), met=True),
        visit(date(2026, 3, 1), met=False),
        visit(date(2026, 4, 1), met=False, lost=True),
        visit(date(2026, 5, 1), met=False, lost=True),
    ]
    names = ("visits_missed_in_row", "out_of_contact_since", "last_met_on")
    assert facts_of(*names, rows={"SA-VISIT": visits}) == {
        "visits_missed_in_row": 3,
        "out_of_contact_since": date(2026, 4, 1),
        "last_met_on": date(2026, 2, 1),
    }
    assert facts_of(*names, rows={"SA-VISIT": visits[:2]})["visits_missed_in_row"] == 0


@pytest.mark.parametrize(
    ("spouse_household", "outside"), [(10, False), (11, True), (None, True)], ids=["in", "out", "unknown"]
)
def test_a_spouse_who_is_not_in_the_household(spouse_household, outside) -> None:
    event = {"id_no": 2, "spouse_id": 1, "event": "结婚", "event_date": date(2026, 3, 1)}
    people = [somebody(), somebody(2, household=spouse_household)]
    told = facts_of("has_married_outside_household", "has_married", rows={"DI44": [event]}, people=people)
    assert told == {"has_married_outside_household": outside, "has_married": True}


def test_divorced_yet_still_together_until_married_again() -> None:
    divorce = {"id_no": 1, "spouse_id": 2, "event": "离婚", "event_date": date(2026, 3, 1)}
    again = divorce | {"event": "结婚", "event_date": date(2026, 3, 2)}
    people = [somebody(), somebody(2)]
    fact = "divorced_within_household_on"
    assert facts_of(fact, rows={"DI44": [divorce]}, people=people) == {fact: date(2026, 3, 1)}
    assert facts_of(fact, rows={"DI44": [divorce, again]}, people=people) == {fact: None}


def test_a_newborn_outside_the_household() -> None:
    birth = {"cert_no": "B", "kind": "出生", "mother_id": 1, "newborn_id": 7, "event_date": date(2026, 6, 1)}
    death = {"cert_no": "D", "kind": "死亡", "deceased_id": 7, "event_date": date(2026, 6, 2)}
    fact = "has_newborn_outside_household"
    assert facts_of(fact, rows={"DI33": [birth]}) == {fact: True}
    assert facts_of(fact, rows={"DI33": [birth]}, people=[somebody(), somebody(7)]) == {fact: False}
    assert facts_of(fact, rows={"DI33": [birth, death]}) == {fact: False}


@pytest.mark.parametrize(
    ("division", "valid_to", "found"),
    [
        ("640106001001", date(2026, 10, 31), True),
        ("640106001001", date(2026, 10, 30), False),
        ("640104009009", date(2027, 1, 1), False),
    ],
)
def test_a_permit_elsewhere(division, valid_to, found) -> None:
    permit = {
        "permit_no": "P",
        "division_code": division,
        "reg_date": date(2026, 1, 1),
        "valid_to": valid_to,
        "status": "有效",
    }
    assert one("has_permit_elsewhere", "DI04", permit) is found


def test_an_allowance_goes_by_its_latest_month() -> None:
    paid = {"kind": "孤儿", "month": "2026-09", "start": "2026-01", "status": "发放", "id_no": 1}
    stopped = paid | {"month": "2026-10", "status": "停发"}
    fact = "gets_orphan_allowance"
    assert facts_of(fact, rows={"DI46": [paid]}) == {fact: True}
    assert facts_of(fact, rows={"DI46": [paid, stopped]}) == {fact: False}
    assert facts_of(fact, rows={"DI46": [paid | {"stop": "2026-11"}]}) == {fact: True}
    assert facts_of(fact, rows={"DI46": [paid | {"stop": "2026-10"}]}) == {fact: False}


def test_yearly_subsidies_are_those_of_the_latest_year_touched() -> None:
    def paid(year: int, kind: str, amount: int) -> dict[str, Any]:
        return {"id_no": 1, "subsidy_kind": kind, "year": year, "amount": amount, "transfer_rent": None}

    rows = [paid(2024, "a", 1), paid(2025, "a", 10), paid(2026, "a", 100), paid(2026, "b", 1000)]
    assert facts_of("farm_subsidies_12m", rows={"DI38": rows}) == {"farm_subsidies_12m": 1100}
    assert facts_of("farm_subsidies_12m", rows={"DI38": rows[:2]}) == {"farm_subsidies_12m": 10}


def test_other_adults_are_neither_parents_nor_siblings() -> None:
    people = [
        somebody(1, father=2, mother=3),
        somebody(2),
        somebody(3),
        somebody(4, father=2, mother=9),
        somebody(5),
        somebody(6, birth_date=date(2008, 11, 1)),
        somebody(7, household=11),
    ]
    fact = "other_adults_in_household"
    assert facts_of(fact, rows={}, people=people) == {fact: 1}
    assert facts_of(fact, rows={}, people=people, as_of=date(2026, 11, 1)) == {fact: 2}


def test_case_decisions_reach_the_household_of_that_number_in_that_county() -> None:
    register = {
        "as_of": date(2026, 10, 1),
        "household_no": "D1",
        "id_no": 1,
        "category": "DB",
        "division_code": "640104001001",
        "status": "在保",
    }
    case = {
        "case_no": "C",
        "step": "确认",
        "kind": "减发",
        "household_no": "D1",
        "division_code": "640104001001",
        "decided_on": date(2026, 5, 1),
    }
    names = ("has_adjustment_decided", "last_adjustment_decided_on")
    here = {"SA-ARCH": [register], "SA-CASE": [case]}
    assert facts_of(*names, rows=here) == {names[0]: True, names[1]: date(2026, 5, 1)}
    there = {"SA-ARCH": [register], "SA-CASE": [case | {"division_code": "640106001001"}]}
    assert facts_of(*names, rows=there) == {names[0]: False, names[1]: None}
