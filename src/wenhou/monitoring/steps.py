"""When evidence has changed by a step (facts §18): an amount by a fifth, a grade, a new event. Pure but for names."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from hashlib import sha256
from json import dumps
from typing import Any

from wenhou.engine.declared import Link
from wenhou.engine.words import DEFAULT

STEP_PERCENT = 20
POORER_IS_WORSE = frozenset({"visible_income_12m", "visible_income_per_head", "tekun_income_12m", "wages_6m"})
"""Incomes: here a fall by a fifth is the step, and a rise is none."""


def changed(before: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Whether the basis of a conclusion has changed so much that the matter comes up again."""
    return any(_step(name, before.get(name), value) for name, value in now.items())


def _step(name: str, before: Any, now: Any) -> bool:
    if now is None or before == now:
        return False
    if before is None:
        return True
    unit = _unit(name)
    if unit == "date":
        return str(now) > str(before)
    if unit == "bool":
        return bool(now)
    if unit.startswith("fen"):
        return _by_a_fifth(name, int(before), int(now))
    if unit in ("count", "times"):
        return int(now) > int(before)
    # durations and ages grow by themselves; grades and words count
    return unit in ("level", "text")


def _by_a_fifth(name: str, before: int, now: int) -> bool:
    if name in POORER_IS_WORSE:
        return now * 100 <= before * (100 - STEP_PERCENT)
    return now * 100 >= before * (100 + STEP_PERCENT)


def _unit(name: str) -> str:
    declared = DEFAULT[name]
    assert not isinstance(declared, Link)
    return declared.unit


def kept(values: Mapping[str, Any]) -> dict[str, Any]:
    """The basis as an alert keeps it: dates in ISO, whole numbers, areas as text, yes and no."""
    return {name: plain(value) for name, value in values.items()}


def plain(value: Any) -> Any:
    """A value as JSON keeps it."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def fingerprint(basis: Mapping[str, Any]) -> str:
    """SHA-256 of a kept basis: the same evidence has the same."""
    return sha256(dumps(dict(basis), ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()
