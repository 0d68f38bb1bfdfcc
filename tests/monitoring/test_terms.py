"""What alerts go by: a number that is missing is named in a clerk's words."""

from datetime import date

import pytest

from wenhou.base.errors import Refused
from wenhou.monitoring.terms import Terms


def test_a_missing_number_is_named_by_its_label() -> None:
    with pytest.raises(
        Refused, match="标准缺失：640104在2026-10-31没有“红色预警的最低分”、“黄色预警的最低分”、"
    ) as told:
        Terms.read({}, "640104", date(2026, 10, 31))
    assert "_" not in told.value.message
