"""What a proposed value cannot be, what it leaves as it was, and what somebody should look at twice. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date

from wenhou.base.errors import Refused
from wenhou.base.month import months_before
from wenhou.engine import phrases
from wenhou.policy import standards
from wenhou.policy.standards import HIGHEST, NATION, Row

MOST = {"percent": 1000, "permille": 10_000, "years": 150}
DEAREST, MANY = 100_000_000, 1_000_000
"""No standard is a million yuan or more, or so many of anything: what is larger is a slip, and would not be reckoned with."""
LEAST = {"permille": -1000}
"""An index may fall, at most to nothing; nothing else may be below zero."""
HALF = 50
MONTHS_BACK = 12
REGIONS = 2
AUTONOMOUS, CITIES = ("15", "45", "54", "64", "65"), ("11", "12", "31", "50")


def possible(row: Row, label: str) -> None:
    """Refuse a value that cannot be. Raises Refused."""
    if isinstance(row.value, bool | str):
        return
    if row.value < LEAST.get(row.unit, 0):
        raise Refused(f"“{label}”不能是负数。" if row.unit not in LEAST else f"“{label}”不能低于-1000‰。")
    most = MOST.get(row.unit, DEAREST if row.unit.startswith("fen") else MANY)
    if row.value > most:
        raise Refused(
            f"“{label}”不能超过{phrases.shown(most, row.unit)}，写的是{phrases.shown(row.value, row.unit)}。"
        )


def prevailing(row: Row, rows: Iterable[Row]) -> Row | None:
    """The row of a wider place that prevails over one at its own place and on its first day; None where it decides."""
    if row.name not in HIGHEST:
        return None
    beside = [one for one in rows if one.name == row.name and one.division != row.division]
    held = standards.resolve([*beside, row], row.division, row.since)[row.name]
    return None if held == row else held


def without_effect(row: Row, rows: Iterable[Row], names: Mapping[str, str]) -> str:
    """'自治区690.00元/月更高，取高后没有变化。' where a wider place's value prevails; '' otherwise."""
    held = prevailing(row, rows)
    if held is None:
        return ""
    return f"{place(held.division, names)}{phrases.shown(held.value, held.unit)}更高，取高后没有变化。"


def place(division: str, names: Mapping[str, str]) -> str:
    """A place as people say it of themselves: 自治区, 市 or 省 for their own, else its name."""
    if len(division) != REGIONS or division == NATION:
        return names.get(division, division)
    return "自治区" if division in AUTONOMOUS else "市" if division in CITIES else "省"


def warnings(row: Row, held: Row | None, *, on: date) -> list[str]:
    """What to look at twice, refused by nobody: a change by more than half, a start more than a year back."""
    told = []
    if held is not None and _is_far(row, held):
        now, then = phrases.shown(held.value, held.unit), phrases.shown(row.value, row.unit)
        told.append(f"与现在的{now}相差一半以上：改为{then}，请核对有没有写错位数。")
    if row.since < months_before(on, MONTHS_BACK):
        told.append(f"起始日{row.since}在12个月以前，请核对年份。")
    return told


def _is_far(row: Row, held: Row) -> bool:
    if isinstance(row.value, bool | str) or isinstance(held.value, bool | str):
        return False
    return abs(row.value - held.value) * 100 > HALF * abs(held.value)
