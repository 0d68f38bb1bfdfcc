"""The word the indicator modules use: the engine's, with the sentence a list shows."""

from collections.abc import Callable, Iterable
from typing import Any

from wenhou.engine import indicator
from wenhou.engine.declared import Entity, Formula
from wenhou.policy.law import Article, Articles

ANSWER_WITHIN = 10  # working days; facts §9: 急难1、红3、其余10, the colour decides when the alert is raised

HEADLINES: dict[str, str] = {}
"""Code → template: the figure and its limit. Names are the basis and standards; monitoring.headlines prints them."""


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
) -> Callable[[Formula], Formula]:
    """Declare an indicator of indicators.csv; `sources` is its contracts with blanks between."""
    declare: Any = indicator(
        code,
        entity,
        type=type,
        weight=weight,
        basis=basis,
        law=Articles(law),
        answer_within=ANSWER_WITHIN,
        sources=sources.split(),
        note=note,
    )
    HEADLINES[code] = headline
    return declare
