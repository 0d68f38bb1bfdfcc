from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wenhou.base.month import Month, full_years, months_before


@given(st.integers(1900, 2100), st.integers(1, 12), st.integers(-500, 500))
def test_months_add_and_subtract(year: int, month: int, months: int) -> None:
    assert (Month(year, month) + months) - months == Month(year, month)


def test_the_same_day_months_before_or_the_month_s_last() -> None:
    assert months_before(date(2024, 5, 31), 3) == date(2024, 2, 29)
    assert months_before(date(2024, 11, 15), 12) == date(2023, 11, 15)


def test_age_is_reached_on_the_birthday_and_leap_births_on_the_first_of_march() -> None:
    assert full_years(date(2006, 11, 15), date(2024, 11, 15)) == 18
    assert full_years(date(2006, 11, 16), date(2024, 11, 15)) == 17
    assert full_years(date(2004, 2, 29), date(2023, 2, 28)) == 18
    assert full_years(date(2004, 2, 29), date(2023, 3, 1)) == 19


def test_a_thirteenth_month_is_refused() -> None:
    with pytest.raises(ValueError, match="no such month"):
        Month(2024, 13)
