"""Functions of formulas: choosing, rounding, dates."""

from datetime import date
from decimal import Decimal
from typing import Any

from wenhou.engine import scales, units
from wenhou.engine.expr import Expr, Operand, agree, build, lift, need, read_as
from wenhou.engine.faults import DeclarationFault
from wenhou.engine.nodes import Lit


def when(cond: Operand, then: Operand, otherwise: Operand) -> Expr:
    """`then` where the condition holds, `otherwise` where it fails, unknown where it is unknown and they differ."""
    test, yes, no = lift(cond), lift(then), lift(otherwise)
    need(test.unit, "bool", "when")
    for one, other in ((yes, no), (no, yes)):
        if isinstance(one.node, Lit) and one.node.value is None:
            return build("when", (test, yes, no), other.unit)
    yes, no, unit = agree(yes, no, doing="when")
    return build("when", (test, yes, no), unit)


def least(*values: Operand) -> Expr:
    """The smallest; unknown if any is unknown."""
    return _extreme("least", values)


def greatest(*values: Operand) -> Expr:
    """The largest; unknown if any is unknown. `greatest(x, 0)` floors at zero."""
    return _extreme("greatest", values)


def _extreme(op: str, values: tuple[Operand, ...]) -> Expr:
    parts = tuple(lift(value) for value in values)
    if len(parts) < 2:
        raise DeclarationFault(f"{op}(…) 至少要两个值。")
    unit = next((part.unit for part in parts if units.scale(part.unit) != 1), parts[0].unit)
    alike = tuple(read_as(part, unit) for part in parts)
    for part in alike:
        unit = units.same(unit, part.unit, doing=op)
    return build(op, alike, unit)


# Rounding is part of the law's sentence. Whole numbers only, exact below 2**53; division by zero is unknown.


def floor_div(a: Operand, b: Operand) -> Expr:
    """a ÷ b rounded down; fen ÷ months(12) is fen/month."""
    return _divide("floor_div", a, b)


def ceil_div(a: Operand, b: Operand) -> Expr:
    """a ÷ b rounded up."""
    return _divide("ceil_div", a, b)


def round_half_up(a: Operand, b: Operand) -> Expr:
    """a ÷ b rounded to the nearest, halves up: round_half_up(amount * rate_percent, 100)."""
    return _divide("round_half_up", a, b)


def ceil_to(a: Operand, step: int) -> Expr:
    """Up to a multiple of step: ceil_to(x, 100) is 向上到元. Exact upon ceil_div: ceil_to(ceil_div(x, 3), 100)."""
    return ceil_div(a, _step(step)) * _step(step)


def floor_to(a: Operand, step: int) -> Expr:
    """Down to a multiple of step."""
    return floor_div(a, _step(step)) * _step(step)


def _step(step: int) -> Expr:
    """So many at once: between the two steps a value is counted in them, 100 fen by the yuan."""
    if isinstance(step, bool) or not isinstance(step, int) or step < 1:
        raise DeclarationFault("取整的档位要是正整数，例如 100 分。")
    return Expr(scales.as_scale(step), scope=None)


def _divide(op: str, a: Operand, b: Operand) -> Expr:
    left, right = lift(a), lift(b)
    number = scales.plain(right.node)
    if number is not None and number == units.scale(left.unit):  # parts made whole again
        right = Expr(scales.as_scale(number), scope=None)
    for part in (left, right):
        if units.storage(part.unit) != "int":
            raise DeclarationFault(f"{op} 只用于整数（金额用分），这里是 {units.shown(part.unit)}。")
    return build(op, (left, right), units.over(left.unit, right.unit))


def quantity(value: int | Decimal, unit: str) -> Expr:
    """A number with its unit: quantity(30, "sqm/person") * members.count() is sqm."""
    return Expr(Lit(value, units.checked(unit, of=str(value))), scope=None)


def months(n: int) -> Expr:
    """A number of months: fen/month × months(3) is fen; floor_div(fen, months(12)) is fen/month."""
    return quantity(n, "months")


def years(n: int) -> Expr:
    """A number of years."""
    return quantity(n, "years")


def days(n: int) -> Expr:
    """A number of days."""
    return quantity(n, "days")


# Dates. `as_of` is a Python date: windows against it are plain Python (base.month.months_before).


def months_after(day: Operand, n: Operand) -> Expr:
    """The same day n months later (earlier if negative), or that month's last day where it is shorter."""
    return _shift("months_after", day, n, "months")


def days_after(day: Operand, n: Operand) -> Expr:
    """So many days later."""
    return _shift("days_after", day, n, "days")


def _shift(op: str, day: Operand, n: Operand, unit: str) -> Expr:
    start, count = lift(day), lift(n)
    need(start.unit, "date", op)
    units.same(unit, count.unit, doing=op)
    return build(op, (start, count), "date")


def days_between(start: Operand, end: Operand) -> Expr:
    """Days from start to end: 0 on the same day, negative if end comes first."""
    first, last = lift(start), lift(end)
    need(first.unit, "date", "days_between")
    need(last.unit, "date", "days_between")
    return build("days_between", (first, last), "days")


def full_years(born: Operand, on: Operand) -> Expr:
    """Age on a day, reached on the birthday itself; born on 29 February, on 1 March of a common year."""
    first, last = lift(born), lift(on)
    need(first.unit, "date", "full_years")
    need(last.unit, "date", "full_years")
    return build("full_years", (first, last), "years")


def month_of(day: Operand) -> Expr:
    """The first day of the month, comparable with facts kept by month."""
    return _part("month_of", day, "date")


def year_of(day: Operand) -> Expr:
    """The calendar year, comparable with facts kept by year and with plain numbers."""
    return _part("year_of", day, "year")


def _part(op: str, day: Operand, unit: str) -> Expr:
    start = lift(day)
    need(start.unit, "date", op)
    return build(op, (start,), unit)


def on_day(value: date | Any) -> Expr:
    """A Python date as an expression, where one is needed to begin with."""
    day = lift(value)
    need(day.unit, "date", "on_day")
    return day
