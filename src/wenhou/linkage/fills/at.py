"""The day asked about, and the spans that facts need around it (facts §18)."""

from dataclasses import dataclass
from datetime import date, timedelta

from wenhou.base.month import Month, months_before


@dataclass(frozen=True)
class Span:
    """Days a fact looks at, both included. `settled` spans must be covered to their last day; others end at the
    day asked about and need cover only up to the contract's tolerance before it. `monthly`: settled spans of complete
    months, which may be counted from an earlier one. No `first`: a state."""

    first: date | None
    last: date
    settled: bool = False
    monthly: bool = False


@dataclass(frozen=True)
class At:
    """The day asked about.

    behind: complete months are counted so many months earlier, up to the last that a late file has told (`coverage`).
    """

    as_of: date
    behind: int = 0

    def complete_months(self, count: int) -> Span:
        """近N个月: the months before the one that the day lies in."""
        return self.months_back(count, 1)

    def months_back(self, first: int, last: int) -> Span:
        """From so many complete months back to so many, both included; the month before is 1."""
        month = Month.of(self.as_of) - self.behind
        return Span((month - first).first, (month - last).last, settled=True, monthly=True)

    def within_months(self, count: int) -> Span:
        """N个月内, by day: the same day so many months ago is in."""
        return Span(months_before(self.as_of, count), self.as_of)

    @property
    def year(self) -> Span:
        """From New Year to the day."""
        return Span(date(self.as_of.year, 1, 1), self.as_of)

    @property
    def state(self) -> Span:
        """How things stand on the day."""
        return Span(None, self.as_of)

    def days_ago(self, count: int) -> date:
        return self.as_of - timedelta(days=count)
