"""Dates as days since 1970-01-01 and months as year × 12 + month − 1, seen from the day of the scan."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import numpy as np

from wenhou.base.month import Month, full_years, months_before

_EPOCH = date(1970, 1, 1)

Ints = np.ndarray


def day(value: date) -> int:
    """Days since 1970-01-01."""
    return (value - _EPOCH).days


def date_of(days: int) -> date:
    """The date so many days after 1970-01-01."""
    return _EPOCH + timedelta(days=int(days))


def month_index(month: Month) -> int:
    return month.year * 12 + month.month - 1


def month_of_days(days: Ints) -> Ints:
    """Month index of each day."""
    months = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return months + 1970 * 12


def first_of_month(index: int) -> int:
    """First day of a month given by its index."""
    return day(date(index // 12, index % 12 + 1, 1))


_before = cache(months_before)


def months_after(when: date, months: int) -> date:
    """The same day so many months later, or that month's last day where it is shorter."""
    return _before(when, -months)


@dataclass(frozen=True)
class Clock:
    """The day of the scan and the windows that facts.md §18 draws from it."""

    as_of: date

    @property
    def today(self) -> int:
        return day(self.as_of)

    @property
    def month(self) -> int:
        """The month of the scan, not yet complete."""
        return month_index(Month.of(self.as_of))

    @property
    def last_month(self) -> int:
        """The last complete month."""
        return self.month - 1

    @property
    def year(self) -> int:
        return self.as_of.year

    def back(self, months: int) -> int:
        """The same day so many months ago: 'within N months' includes it."""
        return day(months_before(self.as_of, months))

    def date_back(self, months: int = 0, days: int = 0) -> date:
        return _before(self.as_of, months) - timedelta(days=days)

    def ages(self, births: Ints) -> Ints:
        """Full years of each birth day: reached on the birthday itself, 29 February on 1 March."""
        born = births.astype("datetime64[D]")
        months = born.astype("datetime64[M]").astype(np.int64) + 1970 * 12
        days_in = (born - born.astype("datetime64[M]")).astype(np.int64) + 1
        before = (months % 12 + 1) * 100 + days_in > self.as_of.month * 100 + self.as_of.day
        return self.year - months // 12 - before

    def age(self, born: date) -> int:
        return full_years(born, self.as_of)
