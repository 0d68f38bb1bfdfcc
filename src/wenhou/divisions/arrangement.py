"""The State Council's yearly arrangement of rest days and swapped working days. Pure.

The days come from the `chinesecalendar` library; the documents in `data/working_days.yaml` stand before it: they
correct a day, or bring a year the library does not have yet. A year is covered only where the whole of it was
arranged: the library has its first and its last festival, or a document says `covers`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from chinese_calendar import constants

from wenhou.base.errors import WenhouError

TABLE = Path(__file__).parent / "data" / "working_days.yaml"
# Every arrangement since 1999 has these; a year that shows only the first of them was cut off by its neighbour's.
FESTIVALS = frozenset({"New Year's Day", "Spring Festival", "Labour Day", "National Day"})


@dataclass(frozen=True)
class Arrangement:
    """Days off and days worked that differ from the week, and the years they are complete for."""

    rest: frozenset[date]
    work: frozenset[date]
    years: frozenset[int]

    def is_working(self, day: date) -> bool:
        """Worked: a swapped working day, or Monday to Friday and no rest day. The year must be covered."""
        return day in self.work or (day.weekday() < 5 and day not in self.rest)

    def amended(self, *, rest: Iterable[date], work: Iterable[date], covers: Iterable[int]) -> "Arrangement":
        """This arrangement with a later document before it."""
        off, on = frozenset(rest), frozenset(work)
        return Arrangement((self.rest - on) | off, (self.work - off) | on, self.years | frozenset(covers))


def of_library() -> Arrangement:
    """What the library knows."""
    named: dict[int, set[str]] = {}
    for day, festival in constants.holidays.items():
        named.setdefault(day.year, set()).add(festival)
    whole = frozenset(year for year, festivals in named.items() if festivals >= FESTIVALS)
    return Arrangement(frozenset(constants.holidays), frozenset(constants.workdays), whole)


def read(table: Path, base: Arrangement) -> Arrangement:
    """`base` amended by each document of the table, in order. Raises WenhouError naming the document at fault."""
    content = yaml.safe_load(table.read_text(encoding="utf-8")) or {}
    for entry in content.get("documents") or []:
        base = _with_document(base, entry)
    return base


@cache
def current() -> Arrangement:
    """The library's days behind our own table."""
    return read(TABLE, of_library())


def _with_document(base: Arrangement, entry: dict[str, Any]) -> Arrangement:
    number = entry.get("number") or "（无文号）"
    try:
        rest, work = _days(entry.get("rest")), _days(entry.get("work"))
        covers = [int(year) for year in entry.get("covers") or []]
    except ValueError as error:
        raise WenhouError(f"工作日对照表中 {number} 的日期不正确：{error}。") from None
    both = rest & work
    if both:
        raise WenhouError(f"工作日对照表中 {number} 把 {min(both)} 既列为放假又列为上班。")
    return base.amended(rest=rest, work=work, covers=covers)


def _days(entries: list[Any] | None) -> set[date]:
    """Days written '2027-01-01' or, first and last, '2027-02-05..2027-02-12'."""
    days: set[date] = set()
    for entry in entries or []:
        first, _, last = str(entry).partition("..")
        day, end = date.fromisoformat(first), date.fromisoformat(last or first)
        if end < day:
            raise ValueError(f"{entry} 先后颠倒")
        days.update(day + timedelta(days=n) for n in range((end - day).days + 1))
    return days
