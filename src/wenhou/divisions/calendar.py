"""Working days and deadlines (facts §13, §18; 民法典 §§201–203). Pure.

The starting day does not count: the next working day is day 1. Natural days and months are not moved by rest days.
A day in a year whose arrangement is not loaded raises NotCovered; a computation that does not reach it goes through.
"""

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from wenhou.base.errors import WenhouError
from wenhou.divisions import arrangement

DAY = timedelta(days=1)


class NotCovered(WenhouError):
    """The year's arrangement is not loaded; the sentence says which year."""

    def __init__(self, year: int) -> None:
        super().__init__(f"{year}年的放假调休安排尚未载入，不能推算该年的工作日；请先在工作日对照表中补入。")
        self.year = year


class StillPaused(WenhouError):
    """The clock has been stopped and not started again: there is no deadline yet."""

    def __init__(self, first: date) -> None:
        super().__init__(f"自{first}起停表，尚未恢复，期限暂不能确定。")
        self.first = first


@dataclass(frozen=True)
class Pause:
    """A stopped clock (补正期间停表): neither the first day nor the last counts; `last` None = still stopped."""

    first: date
    last: date | None = None

    def __post_init__(self) -> None:
        if self.last is not None and self.last < self.first:
            raise ValueError(f"a pause ends before it begins: {self.first}..{self.last}")


@dataclass(frozen=True)
class WorkingCalendar:
    """The arithmetic over one arrangement. The functions of the module use the arrangement in force."""

    arrangement: arrangement.Arrangement
    _years: dict[int, tuple[date, ...]] = field(default_factory=dict, compare=False, repr=False)

    def days_of(self, year: int) -> tuple[date, ...]:
        """Every working day of a year, ascending. Raises NotCovered."""
        if year not in self._years:
            if year not in self.arrangement.years:
                raise NotCovered(year)
            days = (date(year, 1, 1) + n * DAY for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days))
            self._years[year] = tuple(day for day in days if self.arrangement.is_working(day))
        return self._years[year]

    def is_working_day(self, day: date) -> bool:
        days = self.days_of(day.year)
        found = bisect_left(days, day)
        return found < len(days) and days[found] == day

    def count(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`; negative where `end` comes first."""
        if end < start:
            return -self.count(end, start)
        total, day = 0, start
        while day < end:
            year = (day + DAY).year
            last = min(end, date(year, 12, 31))
            days = self.days_of(year)
            total += bisect_right(days, last) - bisect_right(days, day)
            day = last
        return total

    def add(self, start: date, n: int) -> date:
        """The n-th working day after `start` (before it where n is negative); `start` itself for 0."""
        if n < 0:
            return self._before(start, -n)
        if n == 0:
            return start
        year = (start + DAY).year
        days = self.days_of(year)
        index = bisect_right(days, start) + n - 1
        while index >= len(days):
            index -= len(days)
            year += 1
            days = self.days_of(year)
        return days[index]

    def _before(self, start: date, n: int) -> date:
        year = (start - DAY).year
        days = self.days_of(year)
        index = bisect_left(days, start) - n
        while index < 0:
            year -= 1
            days = self.days_of(year)
            index += len(days)
        return days[index]


@cache
def in_force() -> WorkingCalendar:
    """The calendar of the arrangement in force."""
    return WorkingCalendar(arrangement.current())


def covered_years() -> tuple[int, ...]:
    """The years whose arrangement is loaded, ascending."""
    return tuple(sorted(in_force().arrangement.years))


def is_working_day(day: date) -> bool:
    """Whether offices work on the day. Raises NotCovered."""
    return in_force().is_working_day(day)


def add_working_days(start: date, n: int, pauses: Iterable[Pause] = ()) -> date:
    """The last day of a term of n working days that began on `start`, which does not count.

    n may be negative (three working days *before* a deadline) where there are no pauses. Raises NotCovered only where
    a year that must be counted is not loaded, StillPaused where an open pause begins before the term is over.
    """
    return _with_pauses(in_force().add, in_force().count, start, n, pauses)


def working_days_between(start: date, end: date, pauses: Iterable[Pause] = ()) -> int:
    """Working days used up from `start`, which does not count, to `end`, which does, less those paused."""
    count = in_force().count
    return count(start, end) - (_paused(_merged(pauses), count, start, end) if end > start else 0)


def add_natural_days(start: date, n: int, pauses: Iterable[Pause] = ()) -> date:
    """The last day of a term of n natural days; a rest day at its end does not move it (facts §18)."""
    return _with_pauses(_add_days, _count_days, start, n, pauses)


def add_months(day: date, n: int) -> date:
    """The corresponding day n months on, or that month's last day where it has none (民法典 §202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _add_days(start: date, n: int) -> date:
    return start + n * DAY


def _count_days(start: date, end: date) -> int:
    return (end - start).days


def _with_pauses(
    add: Callable[[date, int], date],
    count: Callable[[date, date], int],
    start: date,
    n: int,
    pauses: Iterable[Pause],
) -> date:
    """Each candidate lies at or before the true end, so no year beyond it is ever asked for."""
    merged = _merged(pauses)
    if merged and n < 0:
        raise ValueError("a paused term runs forward")
    ended = [pause for pause in merged if pause.last is not None]
    end, further = start, add(start, n)
    while further != end:
        end, further = further, add(start, n + _paused(ended, count, start, further))
    if merged and merged[-1].last is None and merged[-1].first <= end:
        raise StillPaused(merged[-1].first)
    return end


def _paused(merged: list[Pause], count: Callable[[date, date], int], start: date, end: date) -> int:
    """Days of the pauses after `start` up to and with `end`."""
    total = 0
    for pause in merged:
        first, last = max(pause.first, start + DAY), min(pause.last or end, end)
        if first <= last:
            total += count(first - DAY, last)
    return total


def _merged(pauses: Iterable[Pause]) -> list[Pause]:
    merged: list[Pause] = []
    for pause in sorted(pauses, key=lambda each: each.first):
        before = merged[-1] if merged else None
        if before and (before.last is None or pause.first <= before.last):
            last = None if before.last is None or pause.last is None else max(before.last, pause.last)
            merged[-1] = Pause(before.first, last)
        else:
            merged.append(pause)
    return merged
