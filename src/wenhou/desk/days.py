"""The day a registry page is asked for."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from wenhou.base import clock

EARLIEST = date(1949, 10, 1)


@dataclass(frozen=True)
class Asked:
    """The day in force, and one sentence where what was asked for could not be."""

    day: date
    wrong: str = ""

    @property
    def is_past(self) -> bool:
        return self.day < clock.today()

    @property
    def at(self) -> str:
        """What a link carries on: '?as_of=2024-10-01', or nothing for today."""
        return f"?as_of={self.day.isoformat()}" if self.is_past else ""


def asked(request: HttpRequest) -> Asked:
    """`as_of` of the address; today where it is missing, or is no day that can be looked at."""
    text, today = request.GET.get("as_of", "").strip(), clock.today()
    if not text:
        return Asked(today)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return Asked(today, "日期要写成年月日，例如2024-10-01；下面是今天的情况。")
    if not EARLIEST <= day <= today:
        return Asked(today, f"只能看{EARLIEST.year}年以来、到今天为止的某一天；下面是今天的情况。")
    return Asked(day)
