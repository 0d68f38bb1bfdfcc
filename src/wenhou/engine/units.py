"""Units travel through formulas: fen never meets days. `None` is a plain number, which adopts the other side."""

from decimal import Decimal

from wenhou.engine.faults import DeclarationFault

WHOLE = frozenset(
    [
        "fen",
        "count",
        "times",
        "days",
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
PLAIN = frozenset({None, "number", "count", "times", "percent", "permille", "bp"})  # scale without changing
NAMED = WHOLE | DECIMAL | {"bool", "text", "date", "ratio"}
PER = {"month": "months", "year": "years", "day": "days", "person": "count", "household": "count"}
KINDS = {"bool": "bool", "int": "count", "fen": "fen", "date": "date", "text": "text", "number": "number"}

Unit = str | None


def checked(unit: str, *, of: str) -> str:
    """The unit itself where it is known: a name in NAMED, or such a name per month, year, day, person…"""
    base, _, per = unit.partition("/")
    if base not in NAMED or (per and (per not in PER or not numeric(base))):
        raise DeclarationFault(
            f"“{of}”的单位“{unit}”不认识，可用：{'、'.join(sorted(NAMED))}，或 fen/month 之类。"
        )
    return unit


def of_kind(kind: str | None, unit: str | None, *, of: str) -> str:
    """The unit of a fact from its kind, its unit, or both where they agree."""
    if kind is not None and kind not in KINDS:
        raise DeclarationFault(f"“{of}”的种类“{kind}”不认识，可用：{'、'.join(KINDS)}。")
    if unit is None:
        return KINDS[kind or "bool"]
    checked(unit, of=of)
    if kind is not None and storage(unit) != storage(KINDS[kind]):
        raise DeclarationFault(f"“{of}”的种类 {kind} 与单位 {unit} 不合。")
    return unit


def storage(unit: Unit) -> str:
    """How a value of this unit is kept: bool, text, date, int, decimal or float."""
    base = (unit or "count").partition("/")[0]
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
    raise DeclarationFault(f"单位不合：{shown(left)} {doing} {shown(right)}。")


def times(left: Unit, right: Unit) -> Unit:
    """fen × count = fen; fen/month × months = fen; anything × a plain number keeps its unit."""
    for one, other in ((left, right), (right, left)):
        base, _, per = (one or "").partition("/")
        if per and PER[per] == other:
            return base
    for one, other in ((left, right), (right, left)):
        if other in PLAIN and numeric(one) and _keeps(one, other):
            return one
    raise DeclarationFault(
        f"单位不合：{shown(left)} × {shown(right)}；比率请写成整数的百分数，再用取整函数。"
    )


def _keeps(unit: Unit, scale: Unit) -> bool:
    """Whether a value of the unit stays one when multiplied by the scale: whole stays whole."""
    if unit == "ratio":
        return scale is None
    if unit is None:
        return scale is None
    return storage(scale) == "int" or storage(unit) == "decimal"


def over(left: Unit, right: Unit) -> Unit:
    """fen ÷ fen = count (how many times); fen ÷ months = fen/month; fen ÷ plain = fen."""
    if left is not None and left == right:
        return "count"
    for per, unit in PER.items():
        if unit == right and per in ("month", "year", "day") and left is not None and "/" not in left:
            return f"{left}/{per}"
    if numeric(left) and right in PLAIN:
        return left
    raise DeclarationFault(f"单位不合：{shown(left)} ÷ {shown(right)}。")


def shown(unit: Unit) -> str:
    return "纯数" if unit is None else unit
