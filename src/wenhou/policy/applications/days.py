"""Days as they are written: 2025-10-15 and no other way; and the years that may be asked about."""

import re
from datetime import date

_WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
FIRST, LAST = 1949, 2199


def read(text: str) -> date | None:
    """The day; None where it is written otherwise or the calendar has none such."""
    try:
        return date.fromisoformat(text) if _WRITTEN.fullmatch(text) else None
    except ValueError:
        return None


def is_askable(day: date) -> bool:
    """Whether the law can be asked about it: nobody has written rules for the year 9999."""
    return FIRST <= day.year <= LAST
