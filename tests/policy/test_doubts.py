"""Values that cannot be, values that change nothing, and values to look at twice."""

from datetime import date

import pytest

from wenhou.base.errors import Refused
from wenhou.policy import queries, standards
from wenhou.policy.proposals import doubts
from wenhou.policy.standards import Row

ROWS = queries.from_files()
NAMES = {"64": "宁夏回族自治区", "6404": "固原市"}


def row(name: str, value: str, unit: str, division: str = "6404", since: date = date(2025, 10, 15)) -> Row:
    entry = {"division": division, "since": since, "value": value, "unit": unit, "document": "试算"}
    return standards.row(name, entry, name, registered=False)


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        ("-0.01", "元/月", "不能是负数"),
        ("-1", "%", "不能是负数"),
        ("1001", "%", "不能超过1,000%，写的是1,001%"),
        ("151", "周岁", "不能超过150"),
        ("-1001", "‰", "不能低于-1000‰"),
        ("1000000.01", "元/月", "不能超过1,000,000.00元/月"),
        ("1000001", "个月", "不能超过1,000,000"),
    ],
)
def test_what_cannot_be_is_refused(value: str, unit: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        doubts.possible(row("x", value, unit), "甲")


@pytest.mark.parametrize(
    ("value", "unit"), [("0.00", "元"), ("1000", "%"), ("150", "周岁"), ("-5", "‰"), ("否", "是否")]
)
def test_what_can_be_is_not(value: str, unit: str) -> None:
    doubts.possible(row("x", value, unit), "甲")


def test_a_value_below_the_region_s_changes_nothing_and_says_so() -> None:
    told = doubts.without_effect(row("dibao_urban", "680.00", "元/月"), ROWS, NAMES)
    assert told == "自治区690.00元/月更高，取高后没有变化。"
    assert doubts.without_effect(row("dibao_urban", "690.01", "元/月"), ROWS, NAMES) == ""
    assert doubts.without_effect(row("orphan_dispersed", "1.00", "元/月"), ROWS, NAMES) == ""


def test_half_as_much_again_and_a_year_back_are_looked_at_twice() -> None:
    held, on = row("dibao_urban", "700.00", "元/月"), date(2025, 10, 15)
    assert doubts.warnings(row("dibao_urban", "1050.00", "元/月"), held, on=on) == []
    assert doubts.warnings(row("dibao_urban", "1050.01", "元/月"), held, on=on) == [
        "与现在的700.00元/月相差一半以上：改为1,050.01元/月，请核对有没有写错位数。"
    ]
    assert len(doubts.warnings(row("dibao_urban", "349.99", "元/月"), held, on=on)) == 1
    assert doubts.warnings(row("dibao_urban", "700.00", "元/月", since=date(2024, 10, 15)), held, on=on) == []
    assert doubts.warnings(row("dibao_urban", "700.00", "元/月", since=date(2024, 10, 14)), None, on=on) == [
        "起始日2024-10-14在12个月以前，请核对年份。"
    ]
