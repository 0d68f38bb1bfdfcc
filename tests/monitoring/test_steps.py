"""When a conclusion no longer answers the evidence, how grave a matter is, what a list shows."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from wenhou.monitoring import headlines, severity, steps
from wenhou.monitoring.severity import Matters, Weighed
from wenhou.monitoring.terms import Terms

ON = date(2026, 11, 2)
TERMS = Terms(
    severity_red=70,
    severity_yellow=40,
    severity_fresh_days=30,
    severity_recent_days=90,
    severity_fresh_percent=100,
    severity_recent_percent=70,
    severity_old_percent=40,
    answer_workdays=10,
    answer_workdays_red=3,
    answer_workdays_urgent=1,
    evidence_step_percent=20,
    same_evidence_days=30,
    longest_snooze_days=90,
    longest_override_days=365,
)


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
        ({"reckoned_income_per_head": 50_000}, {"reckoned_income_per_head": 40_000}, True),
        ({"reckoned_income_per_head": 50_000}, {"reckoned_income_per_head": 90_000}, False),
        ({"home_area_with_contracts": "100.0000"}, {"home_area_with_contracts": "120.0000"}, True),
        ({"home_area_with_contracts": "100.0000"}, {"home_area_with_contracts": "119.9999"}, False),
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
    assert steps.changed(before, now, 20) is changed


def test_a_person_bears_the_households_matters_and_time_fades_them() -> None:
    matters = Matters(
        [
            Weighed("p1", 9, "D01", 40, ON),
            Weighed("p1", 9, "D04", 30, ON - timedelta(days=31)),
            Weighed("h9", 9, "A13", 30, ON - timedelta(days=91)),
            Weighed("p2", 9, "D10", 25, ON - timedelta(days=30)),
        ]
    )
    of = {who: matters.weighing(who, 9, TERMS, ON) for who in ("p1", "h9", "p2")}
    assert {who: severity.score(parts) for who, parts in of.items()} == {"p1": 73, "h9": 12, "p2": 37}
    assert [(part.indicator, part.percent, part.own) for part in of["p1"]] == [
        ("D01", 100, True),
        ("D04", 70, True),
        ("A13", 40, False),
    ]
    assert [severity.Part.read(part.kept()) for part in of["p1"]] == list(of["p1"])


@pytest.mark.parametrize(
    ("days", "percent"), [(0, 100), (30, 100), (31, 70), (90, 70), (91, 40), (4_000, 40)]
)
def test_a_matter_fades(days: int, percent: int) -> None:
    assert severity.faded(ON - timedelta(days=days), TERMS, ON) == percent


@pytest.mark.parametrize(("score", "colour"), [(70, "红"), (69, "黄"), (40, "黄"), (39, "蓝")])
def test_colours(score: int, colour: str) -> None:
    assert severity.colour(score, TERMS) == colour


def test_answer_by() -> None:
    assert [severity.answer_days(score, TERMS) for score in (70, 69)] == [3, 10]
    assert severity.answer_days(20, TERMS, urgent=True) == 1


def test_what_changed_is_told_with_the_steps_first() -> None:
    before = {"own_medical_cost": 2_000_000, "is_dead": False, "detox_since": None, "disability_level": 2}
    now = {"own_medical_cost": 2_450_000, "is_dead": True, "detox_since": "2026-10-02", "disability_level": 3}
    assert steps.told({**before, "age": 17}, {"age": 18, **now}, 20) == [
        "个人自付由20,000.00元增至24,500.00元",
        "有死亡记录由否变为是",
        "强制隔离戒毒起始日期：2026-10-02（上次不知道）",
        "残疾等级由2级变为3级",
        "周岁由17岁增至18岁",
    ]


def test_headlines_name_the_figure_and_the_limit() -> None:
    told = {"own_medical_cost": 4_318_640, "medical_oop_line": 2_000_000}
    assert headlines.headline("D01", told) == "自付43,186.40元，达到20,000.00元"
    told = {"away_since": None, "longest_missed_visits": 2}
    assert headlines.headline("A16", told) == "成员长期不在救助地，连续走访未见2次"
    assert (
        headlines.headline("A04", {"detox_since": date(2026, 1, 2)}) == "2026年1月2日强制隔离戒毒，仍为在保"
    )


def test_a_basis_is_kept_as_json_can_hold_it() -> None:
    told = {"a": date(2026, 1, 2), "b": Decimal("31.5000"), "c": 12, "d": None, "e": True}
    assert steps.kept(told) == {"a": "2026-01-02", "b": "31.5000", "c": 12, "d": None, "e": True}


@pytest.mark.parametrize(
    ("code", "told", "said"),
    [
        ("F07", {"first_month_unpaid": "2024-10-01"}, "低保、特困已确认，2024年10月应起发，当月没有成功发放"),
        (
            "C03",
            {
                "homes_with_contracts": 2,
                "home_area_with_contracts": "177.7400",
                "home_area_per_head": "30.0000",
            },
            "住宅2套，共177.74平方米，达到30平方米/人",
        ),
        ("B06", {"members_expected_to_work": 1, "jobless_months": 6}, "劳动年龄成员1名全部登记失业满6个月"),
        (
            "E05",
            {"children_studying": 3, "visible_income_per_head": 103_499},
            "在读子女3名，可见人均月收入1,034.99元",
        ),
        ("C12", {"last_review_on": None, "provident_fund_months": 2}, "连续缴存公积金2个月"),
        ("E03", {"age": 11, "schooling_report": None, "school_stage": "小学"}, "11岁，学籍：小学"),
    ],
)
def test_headlines_are_a_clerks_words(code: str, told: dict[str, object], said: str) -> None:
    assert headlines.headline(code, told) == said
