"""A calendar month, the unit of entitlement and of most windows."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, order=True)
class Month:
    """Year and month; `Month(2025, 10) + 3`, `str()` is '2025-10'."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not 1 <= self.month <= 12:
            raise ValueError(f"no such month: {self.year}-{self.month}")

    @classmethod
    def of(cls, day: date) -> "Month":
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> "Month":
        year, _, month = text.partition("-")
        return cls(int(year), int(month))

    def __add__(self, months: int) -> "Month":
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Month(year, month + 1)

    def __sub__(self, months: int) -> "Month":
        return self + -months

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.month, monthrange(self.year, self.month)[1])


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or that month's last day where it is shorter."""
    month = Month.of(day) - months
    return date(month.year, month.month, min(day.day, month.last.day))


def full_years(born: date, on: date) -> int:
    """Age on a day. Reached on the birthday itself; born on 29 February, on 1 March of a common year."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
