"""What each operator makes of known values, exactly as `render` says it in SQL; None is unknown.

`STRICT` operators are unknown wherever a part is, and never see one; `LOGIC` decides for itself.
"""

import operator
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from wenhou.base.month import full_years, months_before
from wenhou.engine.render import EXACT
from wenhou.engine.units import Unit, storage

Known = Any
Truth = bool | None

FOUR = Decimal("0.0001")


def typed(value: Known, unit: Unit) -> Known:
    """The value as a column of this unit keeps it: four decimals, whole numbers, or a ratio."""
    if value is None or isinstance(value, bool | str | date):
        return value
    kept = storage(unit)
    if kept == "decimal":
        return Decimal(value).quantize(FOUR, ROUND_HALF_UP)
    if kept == "float":
        return float(value)
    return int(value.to_integral_value(ROUND_HALF_UP)) if isinstance(value, Decimal) else value


def literal(value: Known, unit: Unit) -> Known:
    """A value written in a formula, beside values of this unit."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal | float):
        return value
    if not isinstance(value, int):
        value = Decimal(str(value)).quantize(FOUR, ROUND_HALF_UP)
    return float(value) if storage(unit) == "float" else value


def floor_div(a: int, b: int) -> int | None:
    """Rounded down; unknown for a zero divisor and beyond what is exact in a batch."""
    if b == 0 or abs(a) >= EXACT or abs(b) >= EXACT:
        return None
    return a // b


def ceil_div(a: int, b: int) -> int | None:
    down = floor_div(-a, b)
    return None if down is None else -down


def round_half_up(a: int, b: int) -> int | None:
    return floor_div(2 * a + b, 2 * b)


def ratio(a: Known, b: Known) -> float | None:
    return None if b == 0 else float(a) / float(b)


def months_after(day: date, n: int) -> date:
    """Clipped to the calendar's first and last day, as the batch does."""
    try:
        return months_before(day, -n)
    except (ValueError, OverflowError):
        return date.max if n > 0 else date.min


def days_after(day: date, n: int) -> date:
    try:
        return day + timedelta(days=n)
    except OverflowError:
        return date.max if n > 0 else date.min


STRICT: dict[str, Callable[..., Known]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": ratio,
    "neg": operator.neg,
    "floor_div": floor_div,
    "ceil_div": ceil_div,
    "round_half_up": round_half_up,
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "not": operator.not_,
    "startswith": lambda text, *several: text.startswith(several),
    "least": min,
    "greatest": max,
    "months_after": months_after,
    "days_after": days_after,
    "days_between": lambda start, end: (end - start).days,
    "full_years": full_years,
    "month_of": lambda day: day.replace(day=1),
    "year_of": lambda day: day.year,
}


def every(*several: Truth) -> Truth:
    """No if one is no, else unknown if one is unknown."""
    return False if False in several else None if None in several else True


def some(*several: Truth) -> Truth:
    """Yes if one is yes, else unknown if one is unknown."""
    return True if True in several else None if None in several else False


def isin(value: Known, *several: Known) -> Truth:
    if value is None:
        return None
    return True if value in several else None if None in several else False


def when(cond: Truth, then: Known, otherwise: Known) -> Known:
    """Unknown where the condition is and the branches differ."""
    if cond is None:
        return then if then == otherwise else None
    return then if cond else otherwise


LOGIC: dict[str, Callable[..., Known]] = {
    "and": every,
    "or": some,
    "isin": isin,
    "is_known": lambda value: value is not None,
    "fill": lambda value, other: other if value is None else value,
    "when": when,
}

Pairs = Sequence[tuple[Known, Known]]  # of each element: whether it is included, and its value


def fold(how: str, pairs: Pairs, empty: Known) -> Known:
    """An aggregate over the people of a group."""
    if how == "any":
        return some(*[every(*pair) for pair in pairs])
    if how == "all":
        return every(*[some(not_(included), value) for included, value in pairs])
    if how == "count":
        held = [every(*pair) for pair in pairs]
        return None if None in held else held.count(True)
    if any(included is None or (included and value is None) for included, value in pairs):
        return None
    known = [value for included, value in pairs if included]
    if how == "sum":
        return sum(known)
    return (max if how == "max" else min)(known, default=empty)


def not_(truth: Truth) -> Truth:
    return None if truth is None else not truth
