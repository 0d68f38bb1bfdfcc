"""When a conclusion no longer answers the evidence, how grave a matter is, what a list shows."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from wenhou.monitoring import headlines, severity, steps
from wenhou.monitoring.severity import Weighed

ON = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("before", "now", "changed"),
    [
        ({"own_medical_cost": 2_000_000}, {"own_medical_cost": 2_400_000}, True),
        ({"own_medical_cost": 2_000_000}, {"own_medical_cost": 2_399_999}, False),
        ({"own_medical_cost": 2_000_000}, {"own_medical_cost": 1_000_000}, False),
        ({"visible_income_12m": 1_000_000}, {"visible_income_12m": 800_000}, True),
        ({"visible_income_12m": 1_000_000}, {"visible_income_12m": 800_001}, False),
        ({"visible_income_12m": 1_000_000}, {"visible_income_12m": 2_000_000}, False),
        ({"disability_level": 2}, {"disability_level": 1}, True),
        ({"lost_on": "2026-10-01"}, {"lost_on": "2026-10-02"}, True),
        ({"lost_on": "2026-10-02"}, {"lost_on": "2026-10-01"}, False),
        ({"payments_after_death": 1}, {"payments_after_death": 2}, True),
        ({"age": 17}, {"age": 18}, False),
        ({"has_able_child": True}, {"has_able_child": False}, False),
        ({"is_in_detox": False}, {"is_in_detox": True}, True),
        ({"detox_since": None}, {"detox_since": "2026-10-02"}, True),
        ({"detox_since": "2026-10-02"}, {"detox_since": None}, False),
    ],
)
def test_a_step(before, now, changed: bool) -> None:
    assert steps.changed(before, now) is changed


def test_a_person_bears_the_households_matters_and_time_fades_them() -> None:
    matters = [
        Weighed("p1", 9, 40, ON),
        Weighed("p1", 9, 30, ON - timedelta(days=31)),
        Weighed("h9", 9, 30, ON - timedelta(days=91)),
        Weighed("p2", 9, 25, ON - timedelta(days=30)),
    ]
    assert severity.severities(matters, ON) == {"p1": 73, "h9": 12, "p2": 37}


@pytest.mark.parametrize(("score", "colour"), [(70, "红"), (69, "黄"), (40, "黄"), (39, "蓝")])
def test_colours(score: int, colour: str) -> None:
    assert severity.colour(score) == colour


def test_answer_by() -> None:
    assert [severity.answer_days(score, 10) for score in (70, 69)] == [3, 10]
    assert severity.answer_days(90, 1) == 1


def test_headlines_name_the_figure_and_the_limit() -> None:
    told = {"own_medical_cost": 4_318_640, "medical_oop_line": 2_000_000}
    assert headlines.headline("D01", told) == "自付43,186.40元，达到20,000.00元"
    told = {"away_since": None, "longest_missed_visits": 2}
    assert headlines.headline("A16", told) == "成员长期不在救助地，连续走访未见2次"
    assert headlines.headline("A04", {"detox_since": date(2026, 1, 2)}) == "2026-01-02强制隔离戒毒，仍为在保"


def test_a_basis_is_kept_as_json_can_hold_it() -> None:
    told = {"a": date(2026, 1, 2), "b": Decimal("31.5000"), "c": 12, "d": None, "e": True}
    assert steps.kept(told) == {"a": "2026-01-02", "b": "31.5000", "c": 12, "d": None, "e": True}
