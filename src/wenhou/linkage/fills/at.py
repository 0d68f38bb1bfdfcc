"""The day asked about, and the spans that facts need around it (facts §18)."""

from dataclasses import dataclass
from datetime import date, timedelta

from wenhou.base.month import Month, months_before


@dataclass(frozen=True)
class Span:
    """Days a fact looks at, both included. `settled` spans must be covered to their last day; others end at the
    day asked about and need cover only up to the contract's tolerance before it. No `first`: a state."""

    first: date | None
    last: date
    settled: bool = False


@dataclass(frozen=True)
class At:
    """The day asked about."""

    as_of: date

    def complete_months(self, count: int) -> Span:
        """近N个月: the months before the one that the day lies in."""
        month = Month.of(self.as_of)
        return Span((month - count).first, (month - 1).last, settled=True)

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
