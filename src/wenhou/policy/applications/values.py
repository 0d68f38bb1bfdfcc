"""One value of a document by its fact's unit: choices, ranges, dates that can be, money that is not negative."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from wenhou.engine import units
from wenhou.engine.declared import Fact, Link, Standard
from wenhou.engine.nodes import Value
from wenhou.engine.values import UNKNOWN, parse
from wenhou.policy.applications import days
from wenhou.policy.applications.faults import Faults, has_unseen, is_identity_like, said
from wenhou.policy.applications.vocabulary import FUTURE, MOST, RANGES, WORDS
from wenhou.policy.facts.choices import CHOICES

OLDEST = 130
_DECIMALS = 4
_TOO_LARGE = "大得不可能", "请核对单位和位数"
_TOO_MUCH = re.compile(r"-?\d{14,}(?:\.\d+)?元(?:/.*)?")
_DAY = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
_FALL = -1000
"""An index may fall, at most to nothing: permille of growth may be negative."""
_MEND = {
    "fen": "金额请写成 1200.00元",
    "bool": "请写 是、否 或 不知道",
    "date": "请写成 2025-10-15",
    "int": "请写整数，例如 2",
    "decimal": "请写数，例如 60 或 29.99",
    "text": '请写文字，例如 "无"',
}


class Values:
    """Reads values as of one day, and tells what is wrong with them."""

    def __init__(self, faults: Faults, as_of: date) -> None:
        self._faults, self._as_of = faults, as_of

    def read(self, whose: str, known: Fact | Link | Standard, value: Any) -> Value:
        """The value; None where it is unknown or wrong (then a fault has been added)."""
        if value is None or (isinstance(value, str) and value in UNKNOWN):
            return None
        label = f"{whose}的“{known.label}”"
        if isinstance(known, Link):
            return self._link(label, value)
        if type(value) in (str, int):
            value = WORDS.get(known.name, {}).get(value, value)
        found = self._parsed(label, known.unit, value)
        if found is None:
            return None
        why = self._why_not(known, found)
        if why is None:
            return found
        self._faults.add(f"{label}写的是“{said(value)}”", *why)
        return None

    def _link(self, label: str, value: Any) -> Value:
        if isinstance(value, str):
            return value
        self._faults.add(f"{label}写的是“{said(value)}”", "它应指一个人", "请写文件中另一人的名字")
        return None

    def _parsed(self, label: str, unit: str, value: Any) -> Value:
        kind = "fen" if unit.startswith("fen") else units.storage(unit)
        try:
            if isinstance(value, Mapping | list) or (kind == "decimal" and _is_too_fine(value)):
                raise ValueError
            if kind == "date" and isinstance(value, str) and days.read(value) is None:
                raise ValueError
            return parse(value, unit)
        except ValueError:
            self._faults.add(f"{label}写的是“{said(value)}”", *_why_unread(kind, value))
            return None

    def _why_not(self, known: Fact | Standard, value: Value) -> tuple[str, str] | None:
        match value:
            case bool():
                return None
            case int() | Decimal() | float():
                return _number(known, value)
            case date():
                return self._date(known, value)
            case str():
                return _text(known, value)
        return None

    def _date(self, known: Fact | Standard, value: date) -> tuple[str, str] | None:
        if value > self._as_of and known.name not in FUTURE:
            return f"晚于所问的{self._as_of}", "请核对证件上的日期，或改问之后的一天"
        if value.year < self._as_of.year - OLDEST:
            return f"早于所问的日子{OLDEST}年以上", "请核对证件上的日期"
        return None


def _why_unread(kind: str, value: Any) -> tuple[str, str]:
    if kind == "decimal" and _is_too_fine(value):
        return "小数太多，存不准", _MEND[kind]
    if kind == "fen" and isinstance(value, str) and _TOO_MUCH.fullmatch(value):
        return _TOO_LARGE
    if kind == "decimal" and isinstance(value, Decimal) and value.is_finite() and abs(value) > MOST:
        return _TOO_LARGE
    if kind == "date" and isinstance(value, str) and _DAY.fullmatch(value):
        return "历法上没有这一天", "请照证件改成真实的日期，写成 2025-10-15"
    return "读不懂的值不能当作没写", _MEND[kind]


def _is_too_fine(value: Any) -> bool:
    return isinstance(value, Decimal) and -int(value.as_tuple().exponent) > _DECIMALS


def _number(known: Fact | Standard, value: int | float | Decimal) -> tuple[str, str] | None:
    lowest = _FALL if isinstance(known, Standard) and known.unit == "permille" else 0
    if lowest == 0 and value < 0:
        return "不能是负数", "亏损写在费用里，没有的写0"
    if value > MOST:
        return _TOO_LARGE
    low, high = RANGES.get(known.name, (lowest, MOST))
    if not low <= value <= high:
        return f"应在{low}至{high}之间", "请照实改写"
    return None


def _text(known: Fact | Standard, value: str) -> tuple[str, str] | None:
    choices = CHOICES.get(known.name)
    if choices is not None and value not in choices:
        told = tuple(word for word in WORDS.get(known.name, {}) if isinstance(word, str)) or choices
        return "不在可选的值里", f"请从{'、'.join(told)}中选一个"
    if known.name.endswith(("_county", "_division")):
        fine = value == "无" or (value.isascii() and value.isdigit() and len(value) in (4, 6, 9, 12))
        return None if fine else ("不是区划代码", '请写带引号的代码，例如 "640104"')
    if is_identity_like(value) or len(value) > 40:
        return "不能有证件号码，也不能超过40字", "请改写"
    if has_unseen(value):
        return "有换行或看不见的字符", "请重新输入这几个字"
    return None
