"""When evidence has changed by a step (facts §18): an amount by a fifth, a grade, a new event; and what changed, in
words. The share that makes a step is a standard (`evidence_step_percent`)."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from hashlib import sha256
from json import dumps
from typing import Any

from wenhou.engine import phrases
from wenhou.engine.declared import Link
from wenhou.engine.words import DEFAULT

LESS_IS_WORSE = frozenset(
    {
        "disaster_aid",
        "earnings_after_tax_3m",
        "largest_lone_pension",
        "reckoned_income_per_head",
        "refused_income_per_head",
        "tekun_income_12m",
        "visible_income_12m",
        "visible_income_3m",
        "visible_income_per_head",
        "wages_6m",
        "watched_income_per_head",
    }
)
"""Incomes and help that show need: here a fall is the step, and a rise is none."""
AMOUNTS = ("fen", "sqm")


def changed(before: Mapping[str, Any], now: Mapping[str, Any], percent: int) -> bool:
    """Whether the basis of a conclusion has changed so much that the matter comes up again. percent: of an amount."""
    return any(_step(name, before.get(name), value, percent) for name, value in now.items())


def told(before: Mapping[str, Any], now: Mapping[str, Any], percent: int) -> list[str]:
    """What changed, each in a clerk's words, those that make a step first: '自付由20,000.00元增至24,500.00元'."""
    moved = [name for name, value in now.items() if value is not None and value != before.get(name)]
    moved.sort(key=lambda name: not _step(name, before.get(name), now[name], percent))
    return [_told(name, before.get(name), now[name]) for name in moved]


def _told(name: str, before: Any, now: Any) -> str:
    declared = DEFAULT[name]
    assert not isinstance(declared, Link)
    label = declared.label.partition("（")[0]  # how it is counted stands on the indicator's page
    if before is None:
        return f"{label}：{_shown(now, declared.unit)}（上次不知道）"
    verb = "变为"
    if declared.unit not in ("bool", "text", "date", "level"):
        verb = "增至" if Decimal(str(now)) > Decimal(str(before)) else "降至"
    return f"{label}由{_shown(before, declared.unit)}{verb}{_shown(now, declared.unit)}"


def _shown(value: Any, unit: str) -> str:
    if unit.startswith("sqm"):
        value = Decimal(value)
    return phrases.shown(value, unit)


def _step(name: str, before: Any, now: Any, percent: int) -> bool:
    if now is None or before == now:
        return False
    if before is None:
        return True
    unit = _unit(name)
    if unit == "date":
        return str(now) > str(before)
    if unit == "bool":
        return bool(now)
    if unit.startswith(AMOUNTS):
        return _by_a_share(name, Decimal(str(before)), Decimal(str(now)), percent)
    if unit in ("count", "times"):
        return int(now) > int(before)
    # durations and ages grow by themselves; grades and words count
    return unit in ("level", "text")


def _by_a_share(name: str, before: Decimal, now: Decimal, percent: int) -> bool:
    if name in LESS_IS_WORSE:
        return now * 100 <= before * (100 - percent)
    return now * 100 >= before * (100 + percent)


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
