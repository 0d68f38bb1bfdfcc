"""What became of alerts, counted exactly; shares with Wilson's interval, as scipy reckons it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries
from scipy.stats import binomtest

from monitoring import factories
from monitoring.worth_outcomes import concluded, visit
from wenhou.monitoring.worth import cli, figures, health
from wenhou.monitoring.worth.shares import Share
from wenhou.staff.queries import visible_to

SINCE, UNTIL = date(2026, 10, 1), date(2026, 10, 31)


@given(st.integers(0, 40), st.integers(0, 40))
def test_the_interval_is_wilsons(part: int, more: int) -> None:
    share = Share(part, part + more)
    if not part + more:
        assert (share.value, share.low, share.high) == (None, None, None)
        return
    asked = binomtest(part, part + more).proportion_ci(0.95, method="wilson")
    assert share.low == pytest.approx(asked.low, abs=1e-12)
    assert share.high == pytest.approx(asked.high, abs=1e-12)


def test_two_of_three_is_told_as_uncertain() -> None:
    assert Share(2, 3).as_row() == {"part": 2, "whole": 3, "value": 0.6667, "low": 0.2077, "high": 0.9385}


def october() -> None:
    """D01: one raised before, seven concluded or cleared in October and one after; and one of A02."""
    day = date(2026, 10, 12)  # a Monday, after the holiday
    concluded(1, "纳入保障", date(2026, 9, 28), day, visited=date(2026, 10, 9), household=7)
    concluded(2, "临时救助", date(2026, 10, 9), day, visited=day, household=7)
    concluded(3, "服务类救助", date(2026, 10, 9), day, visited=day, household=8, standing="低保")
    concluded(4, "情况不属实", date(2026, 10, 8), date(2026, 10, 20), visited=date(2026, 10, 15))
    concluded(5, "暂不符合", date(2026, 10, 8), date(2026, 10, 20))  # nobody went
    concluded(6, "纳入保障", date(2026, 10, 8), date(2026, 10, 30))  # nobody went; helped all the same
    cleared = concluded(7, "", date(2026, 10, 1), day, cleared_by=factories.run())
    visit(cleared, date(2026, 10, 8))
    concluded(8, "转部门", date(2026, 10, 30), date(2026, 11, 2), visited=date(2026, 11, 2))
    concluded(9, "启动复核", date(2026, 10, 8), day, visited=day, indicator="A02", division="640105001001")


@pytest.mark.django_db
def test_outcomes_of_a_month_are_counted_by_their_own_day() -> None:
    october()
    found = figures.by_indicator(None, SINCE, UNTIL)
    # days to a conclusion 14 3 3 12 12 22; working days (28–30 September, 8–10 October are worked) 6 2 2 9 9 17
    assert found["D01"] == figures.Figures(
        raised=7, cleared=1, visited=5, concluded=6, after_visit=4, confirmed=3, helped=2,
        days=(12, 22), workdays=(6, 17),
    )  # fmt: skip
    assert found["D01"].precision == Share(3, 4)
    assert found["A02"].confirmed == 1
    assert found["A02"].helped == 0
    assert sorted(found) == ["A02", "D01"]


@pytest.mark.django_db
def test_months_of_one_indicator(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    october()
    with django_assert_num_queries(1):
        found = figures.by_month(None, "D01", date(2026, 9, 1), date(2026, 11, 30))
    assert {month: (one.raised, one.concluded) for month, one in found.items()} == {
        date(2026, 9, 1): (1, 0), date(2026, 10, 1): (7, 6), date(2026, 11, 1): (0, 1),
    }  # fmt: skip


@pytest.mark.django_db
def test_a_county_counts_its_own_and_not_the_copies() -> None:
    october()
    officer = factories.post(division="640105", name="neighbour")
    factories.alert(20, copy_division="640105001001", raised_on=SINCE)
    scope = visible_to(officer.account, on=factories.ON)
    assert sorted(figures.by_indicator(scope, SINCE, UNTIL)) == ["A02"]


@pytest.mark.django_db
def test_overlap_is_of_families_with_open_alerts() -> None:
    for number, (code, household) in enumerate(
        [("D01", 1), ("D01", 1), ("D01", 2), ("D01", 3), ("A02", 1), ("A02", 2), ("B01", 2)], start=1
    ):
        factories.alert(number, indicator=code, household=household, subject=f"p{number}")
    concluded(9, "转部门", SINCE, UNTIL, indicator="B01", household=3)
    found = figures.overlap(None)
    assert found["D01"] == figures.Overlap(3, (("A02", Share(2, 3)), ("B01", Share(1, 3))))
    assert found["B01"] == figures.Overlap(1, (("A02", Share(1, 1)), ("D01", Share(1, 1))))


@pytest.mark.django_db
def test_marks_are_quiet_until_there_is_enough_to_say() -> None:
    factories.run(
        counts={"D01": {"yes": 1, "no": 1, "unknown": 98}, "A02": {"yes": 1, "no": 60, "unknown": 39}}
    )
    for number in range(1, 6):
        concluded(number, "情况不属实", SINCE, UNTIL, visited=UNTIL, indicator="D01")
    for number in range(6, 9):
        concluded(number, "暂不符合", SINCE, UNTIL, visited=UNTIL, indicator="A02")
    found = {one.code: one.marks for one in health.of(None, SINCE, UNTIL)}
    assert found["D01"] == ("常不属实", "多半不知道")  # none of five: at most 43 per cent
    assert found["A02"] == ()  # none of three: up to 56 per cent
    assert found["A06"] == ("没有动静",)


@pytest.mark.django_db
def test_the_command_says_it_for_machines() -> None:
    october()
    told = cli.run_health(cli.argparse.Namespace(since=SINCE, until=UNTIL))
    line = next(one for one in told["indicators"] if one["indicator"] == "D01")
    assert line["precision"] == {"part": 3, "whole": 4, "value": 0.75, "low": 0.3006, "high": 0.9544}
    assert line["days_to_close"] == {"median": 12, "p90": 22}
    assert line["newly_helped_families"] == 2
    with pytest.raises(Exception, match="晚于止日"):
        cli.span(UNTIL, SINCE, UNTIL)
