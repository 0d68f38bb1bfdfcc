"""Values as people write them, read by their unit; nothing is guessed."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from wenhou.engine import values


@pytest.mark.parametrize(
    ("said", "unit", "value"),
    [
        ("20000.00元", "fen", 2_000_000),
        ("765.00元/月", "fen/month", 76_500),
        ("是", "bool", True),
        (False, "bool", False),
        ("不知道", "fen", None),
        (None, "date", None),
        (3, "count", 3),
        ("59.5", "sqm", Decimal("59.5000")),
        ("2026-01", "date", date(2026, 1, 1)),
        (date(2026, 1, 31), "date", date(2026, 1, 31)),
        ("在家", "text", "在家"),
    ],
)
def test_what_is_written_well_is_read(said: Any, unit: str, value: Any) -> None:
    assert values.parse(said, unit) == value


@pytest.mark.parametrize(
    ("said", "unit", "why"),
    [
        (60000, "fen", "金额请写成 20000.00元"),
        ("60,000元", "fen", "不加千分号"),
        ("也许", "bool", "请写 是、否 或 不知道"),
        ("去年", "date", "日期请写成 2026-01-31"),
        (True, "count", "请写整数"),
        ("三", "sqm", "请写数"),
        (1, "text", "文字请加引号"),
    ],
)
def test_what_is_not_is_refused_with_a_reason(said: Any, unit: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        values.parse(said, unit)
