"""Standards that came as deliveries (SA-STD). Pure.

A county that already keeps such numbers enters with them. They fill gaps only: a standard that `standards/` has for
the place and day is never overridden, a name it does not declare is left aside, and what decides by a delivered
number says so: 暂定, with the delivery's document.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from wenhou.engine.words import DEFAULT
from wenhou.policy import parameters
from wenhou.policy.standards import UNITS, Row

__all__ = ["holding", "parameters", "rows"]

_FEN_PER_YUAN = 100


def rows(told: Iterable[Mapping[str, Any]], known: Iterable[Row]) -> tuple[Row, ...]:
    """Rows of SA-STD (columns as in its contract) that speak of a declared standard in its declared unit."""
    units = {one.name: one.unit for one in DEFAULT.standards} | {row.name: row.unit for row in known}
    return tuple(
        _row(one, units[one["name"]])
        for one in told
        if one["value"] is not None and UNITS.get(one["unit"]) == units.get(one["name"]) is not None
    )


def _row(told: Mapping[str, Any], unit: str) -> Row:
    return Row(
        name=told["name"],
        division=_significant(told["division_code"]),
        since=told["since"],
        until=told["until"],
        value=_value(told["value"], unit),
        unit=unit,
        document=f"{told['document']}（来件）",
        article="",
        provisional=True,
        review_by=told["review_by"],
        note="",
    )


def _value(value: Decimal, unit: str) -> int:
    number = value * _FEN_PER_YUAN if unit.startswith("fen") else value
    return int(number)


def _significant(code: str) -> str:
    for length in (2, 4, 6, 9):
        if not code[length:].strip("0"):
            return code[:length]
    return code


def holding(told: Iterable[Row], on: date) -> tuple[Row, ...]:
    """Those in force on a day, the later of two at one place."""
    latest: dict[tuple[str, str], Row] = {}
    for row in told:
        held = latest.get((row.name, row.division))
        if row.holds(on) and (held is None or held.since < row.since):
            latest[row.name, row.division] = row
    return tuple(latest.values())
