"""Values as people write them in case files, read by their unit. Nothing is guessed."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from wenhou.base.money import parse_yuan
from wenhou.engine import units
from wenhou.engine.nodes import Value

UNKNOWN = ("不知道", "未知")
WORDS = {"是": True, "否": False}


def parse(said: Any, unit: str) -> Value:
    """The value; None for unknown. Raises ValueError with a Chinese reason."""
    if said is None or said in UNKNOWN:
        return None
    base = unit.partition("/")[0]
    if base == "fen":
        return _money(said)
    return READERS[units.storage(unit)](said)


def _money(said: Any) -> int:
    text = str(said).partition("/")[0]
    if not text.endswith("元"):
        raise ValueError("金额请写成 20000.00元")
    try:
        return parse_yuan(text[:-1])
    except ValueError:
        raise ValueError("金额是元，最多两位小数，不加千分号") from None


def _bool(said: Any) -> bool:
    value = WORDS.get(said, said) if isinstance(said, str) else said
    if not isinstance(value, bool):
        raise ValueError("请写 是、否 或 不知道")
    return value


def _int(said: Any) -> int:
    if isinstance(said, bool) or not isinstance(said, int):
        raise ValueError("请写整数")
    return said


def _decimal(said: Any) -> Decimal:
    if isinstance(said, bool):
        raise ValueError("请写数")
    try:
        return Decimal(str(said)).quantize(Decimal("0.0001"))
    except InvalidOperation:
        raise ValueError("请写数") from None


def _date(said: Any) -> date:
    if type(said) is date:
        return said
    try:
        text = str(said)
        return date.fromisoformat(f"{text}-01" if len(text) == 7 else text)
    except ValueError:
        raise ValueError("日期请写成 2026-01-31，月份写成 2026-01") from None


def _text(said: Any) -> str:
    if not isinstance(said, str):
        raise ValueError('文字请加引号，例如 "1"')
    return said


def _ratio(said: Any) -> float:
    return float(_decimal(said))


READERS: dict[str, Callable[[Any], Value]] = {
    "bool": _bool,
    "int": _int,
    "decimal": _decimal,
    "date": _date,
    "text": _text,
    "float": _ratio,
}
