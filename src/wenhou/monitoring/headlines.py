"""What a list shows of an alert: the figure and its limit, in a clerk's words."""

import re
from collections.abc import Mapping
from typing import Any

from wenhou.engine import phrases
from wenhou.engine.declared import Link
from wenhou.engine.words import DEFAULT
from wenhou.monitoring import indicators
from wenhou.monitoring.indicators.watch import HEADLINES

__all__ = ["indicators"]

LONGEST = 120
_OPTIONAL = re.compile(r"\[([^\]]*)\]")
_NAME = re.compile(r"\{(\w+)\}")


def headline(code: str, values: Mapping[str, Any]) -> str:
    """The indicator's template filled: '自付43,186.40元，达到20,000.00元'.

    values: basis and standards by name. A part in square brackets is left out where a value in it is unknown or 0.
    """
    text = _OPTIONAL.sub(lambda part: _optional(part[1], values), HEADLINES[code])
    return _NAME.sub(lambda name: _shown(name[1], values.get(name[1])), text).strip("，")[:LONGEST]


def names(code: str) -> tuple[str, ...]:
    """Names a template reads."""
    return tuple(dict.fromkeys(_NAME.findall(HEADLINES[code])))


def _optional(part: str, values: Mapping[str, Any]) -> str:
    return part if all(values.get(name) for name in _NAME.findall(part)) else ""


def _shown(name: str, value: Any) -> str:
    declared = DEFAULT[name]
    assert not isinstance(declared, Link)
    return "不详" if value is None else phrases.shown(value, declared.unit)
