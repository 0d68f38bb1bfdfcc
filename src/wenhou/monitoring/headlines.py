"""What a list shows of an alert: the figure and its limit, in a clerk's words."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from wenhou.engine import phrases
from wenhou.engine.declared import Link
from wenhou.engine.words import DEFAULT
from wenhou.monitoring import indicators
from wenhou.monitoring.indicators.watch import HEADLINES

__all__ = ["indicators"]

LONGEST = 120
_OPTIONAL = re.compile(r"\[([^\]]*)\]")
_NAME = re.compile(r"\{(\w+)(:月)?\}")
_PER_MONTH = re.compile(r"(月收入[\d,.]+元)/月")


def headline(code: str, values: Mapping[str, Any]) -> str:
    """The indicator's template filled: '自付43,186.40元，达到20,000.00元'.

    values: basis and standards by name. A part in square brackets is left out where a value in it is unknown or 0;
    `{name:月}` is the month that a first of the month stands for.
    """
    text = _OPTIONAL.sub(lambda part: _optional(part[1], values), HEADLINES[code])
    said = _NAME.sub(lambda name: _shown(name[1], values.get(name[1]), month=bool(name[2])), text)
    return _PER_MONTH.sub(r"\1", said).strip("，")[:LONGEST]


def names(code: str) -> tuple[str, ...]:
    """Names a template reads."""
    return _names(HEADLINES[code])


def _names(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name, _ in _NAME.findall(text)))


def _optional(part: str, values: Mapping[str, Any]) -> str:
    return part if all(values.get(name) for name in _names(part)) else ""


def _shown(name: str, value: Any, *, month: bool) -> str:
    declared = DEFAULT[name]
    assert not isinstance(declared, Link)
    if value is None:
        return "不详"
    if declared.unit == "date":
        return _day(date.fromisoformat(str(value)), month=month)
    if declared.unit.startswith("sqm"):
        value = Decimal(str(value))
    return phrases.shown(value, declared.unit)


def _day(value: date, *, month: bool) -> str:
    return f"{value.year}年{value.month}月" + ("" if month else f"{value.day}日")
