"""Units travel through formulas: fen never meets days. `None` is a plain number, which adopts the other side.

A unit may carry its scale: a value of `fen×100` is counted in hundredths of a fen, one of `fen÷100/month` in yuan a
month. Scaled and unscaled never meet; who reads a value reads it in its base unit (`unscaled`).
"""

import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from wenhou.engine.faults import DeclarationFault

WHOLE = frozenset(
    [
        "fen",
        "count",
        "times",
        "days",
        "workdays",
        "months",
        "years",
        "year",
        "hours",
        "level",
        "percent",
        "permille",
        "bp",
        "points",
    ]
)  # integers; `year` is a calendar year, `years` a duration
DECIMAL = frozenset(["number", "sqm", "mu", "kwh", "tons"])  # exact to four decimals
RATES = {"percent": 100, "permille": 1000, "bp": 10000}  # what multiplies by them is counted in such parts
PLAIN = frozenset({None, "number", "count", "times", *RATES})  # scale without changing
NAMED = WHOLE | DECIMAL | {"bool", "text", "date", "ratio"}
PER = {"month": "months", "year": "years", "day": "days", "person": "count", "household": "count"}
KINDS = {"bool": "bool", "int": "count", "fen": "fen", "date": "date", "text": "text", "number": "number"}

Unit = str | None

_WRITTEN = re.compile(r"([a-z]*)(?:×([1-9]\d*))?(?:÷([1-9]\d*))?(?:/([a-z]+))?")
_ONE = Fraction(1)


class Parts(NamedTuple):
    """A unit taken apart: `fen×100/month` is fen, 100, month. base: "" of a plain number; per: "" where there is none."""

    base: str
    scale: Fraction
    per: str


@lru_cache(maxsize=1024)
def parts(unit: Unit) -> Parts:
    """The unit taken apart; what is written otherwise is all base."""
    found = _WRITTEN.fullmatch(unit or "")
    if found is None:
        return Parts(unit or "", _ONE, "")
    base, above, below, per = found.groups()
    return Parts(base, Fraction(int(above or 1), int(below or 1)), per or "")


def scaled(unit: Unit, by: Fraction) -> Unit:
    """The unit of the same values counted in parts so many times as fine."""
    base, scale, per = parts(unit)
    scale *= by
    above = f"×{scale.numerator}" if scale.numerator != 1 else ""
    below = f"÷{scale.denominator}" if scale.denominator != 1 else ""
    return f"{base}{above}{below}{'/' * bool(per)}{per}" or None


def scale(unit: Unit) -> Fraction:
    """How many times a value is the amount it stands for: 100 of fen×100, 1 of fen."""
    return parts(unit).scale


def unscaled(value: int | Decimal, unit: Unit) -> tuple[int | Decimal, Unit]:
    """A value and its unit without scale; what is no whole number to four decimals of the base."""
    by = scale(unit)
    if by == _ONE:
        return value, unit
    amount, plain = Fraction(value) / by, scaled(unit, 1 / by)
    if amount.denominator == 1 and storage(unit) == "int":
        return amount.numerator, plain
    return (Decimal(amount.numerator) / amount.denominator).quantize(Decimal("0.0001")), plain


def checked(unit: str, *, of: str) -> str:
    """The unit itself where it is known: a name in NAMED, scaled or not, or such a name per month, year, day, person…"""
    base, by, per = parts(unit)
    if base not in NAMED or (per and per not in PER) or ((per or by != _ONE) and not numeric(base)):
        raise DeclarationFault(
            f"“{of}”的单位“{unit}”不认识，可用：{'、'.join(sorted(NAMED))}，或 fen/month、fen×100 之类。"
        )
    return unit


def of_kind(kind: str | None, unit: str | None, *, of: str) -> str:
    """The unit of a fact from its kind, its unit, or both where they agree."""
    if kind is not None and kind not in KINDS:
        raise DeclarationFault(f"“{of}”的种类“{kind}”不认识，可用：{'、'.join(KINDS)}。")
    if unit is None:
        return KINDS[kind or "bool"]
    checked(unit, of=of)
    if scale(unit) != _ONE:
        raise DeclarationFault(f"“{of}”是事实，单位不能带倍数：{unit}。")
    if kind is not None and storage(unit) != storage(KINDS[kind]):
        raise DeclarationFault(f"“{of}”的种类 {kind} 与单位 {unit} 不合。")
    return unit


@lru_cache(maxsize=1024)
def storage(unit: Unit) -> str:
    """How a value of this unit is kept: bool, text, date, int, decimal or float."""
    base = parts(unit).base or "count"
    if base in ("bool", "text", "date"):
        return base
    if base == "ratio":
        return "float"
    return "decimal" if base in DECIMAL else "int"


def numeric(unit: Unit) -> bool:
    return storage(unit) in ("int", "decimal", "float")


def of_literal(value: object) -> Unit:
    """Unit of a Python value in a formula; numbers are plain."""
    match value:
        case bool():
            return "bool"
        case str():
            return "text"
        case int() | float() | Decimal() | None:
            return None
    return "date"


def same(left: Unit, right: Unit, *, doing: str) -> Unit:
    """The common unit of two sides that are added, compared or chosen between."""
    if left == right or (right is None and (left is None or numeric(left))):
        return left
    if left is None and numeric(right):
        return right
    if differ_in_scale(left, right):
        raise DeclarationFault(
            f"倍数不合：{shown(left)} {doing} {shown(right)}；请把两边化成同样的倍数再算（乘上或除以所差的倍数）。"
        )
    raise DeclarationFault(f"单位不合：{shown(left)} {doing} {shown(right)}。")


def differ_in_scale(left: Unit, right: Unit) -> bool:
    """Whether two units differ in nothing but their scale."""
    one, other = parts(left), parts(right)
    return (one.base, one.per) == (other.base, other.per) and one.scale != other.scale


def times(left: Unit, right: Unit) -> Unit:
    """fen × count = fen; fen/month × months = fen; fen × percent = fen×100; anything × a plain number keeps its unit."""
    one, other = _measured(left, right), _measured(right, left)
    found = _times(scaled(one, 1 / scale(one)), scaled(other, 1 / scale(other)), left, right)
    return scaled(found, scale(one) * scale(other))


def _measured(unit: Unit, beside: Unit) -> Unit:
    """A rate, beside what it is a rate of, is a plain number counted in parts."""
    if unit in RATES and beside is not None and parts(beside).base not in (*RATES, ""):
        return f"×{RATES[unit]}"
    return unit


def _times(left: Unit, right: Unit, said: Unit, beside: Unit) -> Unit:
    for one, other in ((left, right), (right, left)):
        base, _, per = (one or "").partition("/")
        if per and PER[per] == other:
            return base
    for one, other in ((left, right), (right, left)):
        if other in PLAIN and numeric(one) and _keeps(one, other):
            return one
    raise DeclarationFault(
        f"单位不合：{shown(said)} × {shown(beside)}；比率请写成整数的百分数，再用取整函数。"
    )


def _keeps(unit: Unit, scale: Unit) -> bool:
    """Whether a value of the unit stays one when multiplied by the scale: whole stays whole."""
    if unit == "ratio":
        return scale is None
    if unit is None:
        return scale is None
    return storage(scale) == "int" or storage(unit) == "decimal"


def over(left: Unit, right: Unit) -> Unit:
    """fen ÷ fen = count (how many times); fen ÷ months = fen/month; fen ÷ plain = fen; fen×100 ÷ percent = fen."""
    if left is not None and left == right:
        return "count"
    other = _measured(right, left)
    found = _over(scaled(left, 1 / scale(left)), scaled(other, 1 / scale(other)), left, right)
    return scaled(found, scale(left) / scale(other))


def _over(left: Unit, right: Unit, said: Unit, beside: Unit) -> Unit:
    if left is not None and left == right:
        return "count"
    for per, unit in PER.items():
        if unit == right and per in ("month", "year", "day") and left is not None and "/" not in left:
            return f"{left}/{per}"
    if numeric(left) and right in PLAIN:
        return left
    raise DeclarationFault(f"单位不合：{shown(said)} ÷ {shown(beside)}。")


def shown(unit: Unit) -> str:
    return "纯数" if unit is None else unit
