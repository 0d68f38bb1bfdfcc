"""Working days between a row's date and the day asked about (`divisions.calendar`), as a number rules compare."""

from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate

import ibis
import ibis.expr.types as ir

from wenhou.divisions import calendar
from wenhou.linkage.fills.at import At

DAYS_BACK = 1100
"""Older dates count as this old: three years, longer than any term."""
EPOCH = date(1970, 1, 1)


def since(day: ir.DateValue, at: At) -> ir.IntegerValue:
    """Working days after `day`, which does not count, up to and with the day asked about.

    Unknown where the arrangement of a year between is not loaded.
    """
    ago = ibis.literal((at.as_of - EPOCH).days) - day.epoch_days()
    counted = ibis.literal(list(_counted(at.as_of)), type="array<int64>")
    return counted[ibis.least(ago, DAYS_BACK).cast("int32")]  # Spark takes no wider position


@lru_cache(maxsize=16)
def _counted(as_of: date) -> tuple[int, ...]:
    """For n natural days before the day, the working days since; as far back as years are loaded."""
    days = (as_of - timedelta(days=n) for n in range(DAYS_BACK))
    worked: list[int] = []
    for day in days:
        try:
            worked.append(int(calendar.is_working_day(day)))
        except calendar.NotCovered:
            break
    return tuple(accumulate(worked, initial=0))
