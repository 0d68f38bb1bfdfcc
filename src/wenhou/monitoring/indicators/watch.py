"""The word the indicator modules use: the engine's, with the sentence a list shows."""

from collections.abc import Callable, Iterable
from typing import Any

from wenhou.engine import indicator
from wenhou.engine.declared import Entity, Formula
from wenhou.policy.law import Article, Articles

HEADLINES: dict[str, str] = {}
"""Code → template: the figure and its limit. Names are the basis and standards; monitoring.headlines prints them."""

URGENT: set[str] = set()
"""Codes of sudden need (急难): answered within `answer_workdays_urgent`, whatever the score (facts §9)."""

WALLS: dict[str, str] = {}
"""Code → matter (`staff.enums.Matter`) whose posts alone are given its alerts."""


def watch(
    code: str,
    entity: Entity,
    *,
    type: str,
    weight: int,
    headline: str,
    basis: Iterable[str],
    law: tuple[Article, ...],
    sources: str,
    note: str = "",
    urgent: bool = False,
    wall: str = "",
) -> Callable[[Formula], Formula]:
    """Declare an indicator of indicators.csv; `sources` is its contracts with blanks between."""
    declare: Any = indicator(
        code,
        entity,
        type=type,
        weight=weight,
        basis=basis,
        law=Articles(law),
        sources=sources.split(),
        note=note,
    )
    HEADLINES[code] = headline
    if urgent:
        URGENT.add(code)
    if wall:
        WALLS[code] = wall
    return declare
