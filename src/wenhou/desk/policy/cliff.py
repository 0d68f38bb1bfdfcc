"""What a household gets on either side of the line, as SVG and as a table: the average a month, bin by bin.

No script and no style of its own; where nobody stands, the line breaks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from wenhou.base.money import format_yuan
from wenhou.policy.proposals.changes import Cliff

TOP, FLOOR, FOOT = 28.0, 204.0, 44
LEFT, RIGHT = 64.0, 16.0
CROWD = 40.0  # px of the fullest bin's bar
STEPS = (10, 12, 16, 20, 24, 30, 40, 50, 60, 80, 100)


@dataclass(frozen=True)
class Frame:
    """Where bins and money lie, in px. low, high: fen from the line; most: fen a month at the top."""

    low: int
    high: int
    most: int
    width: float

    def x(self, fen: int) -> float:
        share = (fen - self.low) / (self.high - self.low)
        return round(LEFT + share * (self.width - LEFT - RIGHT), 1)

    def y(self, fen: float) -> float:
        return round(FLOOR - fen / self.most * (FLOOR - TOP), 1)


def average(one: Cliff, when: str) -> int | None:
    """Fen a month a household, cut to the fen; None where nobody stands."""
    return getattr(one, when) // one.households if one.households else None


def round_up(fen: int) -> int:
    """The next amount that reads well on a scale: a few steps to each power of ten, never less than a yuan."""
    power = 10
    while power * 100 < fen:
        power *= 10
    return next(step * power for step in STEPS if step * power >= fen or step == STEPS[-1])


def curve(bins: Sequence[Cliff], *, width: int) -> SafeString:
    """Two step lines, thin before and thick after, over bars of how many households stand there."""
    told = [
        value for one in bins for when in ("before", "after") if (value := average(one, when)) is not None
    ]
    at = Frame(bins[0].from_fen, bins[-1].to_fen, round_up(max(told, default=0)), width)
    fullest = max(one.households for one in bins) or 1
    drawn = [
        *(_crowd(one, at, fullest) for one in bins if one.households),
        _scale(at),
        _places(at, every=20_000 if width < 500 else 10_000),
        f'<path class="was" d="{path(bins, at, "before")}"/>',
        f'<path class="will" d="{path(bins, at, "after")}"/>',
        f'<path class="now" d="M{at.x(0)} {TOP - 8}V{FLOOR}"/>',
        f'<text class="nowtx" x="{at.x(0)}" y="{TOP - 12}">低保标准</text>',
    ]
    height = int(FLOOR) + FOOT
    return mark_safe(
        f'<svg class="steps cliff" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img"'
        f' aria-label="标准线上下每户每月平均领到的钱，逐段见下表">{"".join(drawn)}</svg>'
    )


def path(bins: Sequence[Cliff], at: Frame, when: str) -> str:
    """The step line of one set of standards."""
    drawn, joined = [], False
    for one in bins:
        value = average(one, when)
        if value is None:
            joined = False
            continue
        drawn.append(f"V{at.y(value)}" if joined else f"M{at.x(one.from_fen)} {at.y(value)}")
        drawn.append(f"H{at.x(one.to_fen)}")
        joined = True
    return "".join(drawn)


def _crowd(one: Cliff, at: Frame, fullest: int) -> str:
    tall = max(2.0, round(CROWD * one.households / fullest, 1))
    x, wide = at.x(one.from_fen), at.x(one.to_fen) - at.x(one.from_fen) - 1
    said = escape(f"{span(one)}：{one.households}户")
    return f'<g><title>{said}</title><rect class="crowd" x="{x}" y="{FLOOR - tall}" width="{wide:.1f}" height="{tall}"/></g>'


def _scale(at: Frame) -> str:
    return "".join(
        f'<path class="grid" d="M{LEFT} {at.y(fen)}H{at.width - RIGHT}"/>'
        f'<text class="val" x="{LEFT - 8}" y="{at.y(fen) + 4}">{_whole(fen)}元</text>'
        for fen in (0, at.most // 2, at.most)
    )


def _places(at: Frame, *, every: int) -> str:
    ticks = range(-(-at.low // every) * every, at.high + 1, every)
    said = "".join(
        f'<text class="tick" x="{at.x(fen)}" y="{FLOOR + 18}">{f"+{_whole(fen)}" if fen > 0 else _whole(fen)}</text>'
        for fen in ticks
    )
    middle = (LEFT + at.width - RIGHT) / 2
    return (
        f'{said}<text class="tick" x="{middle}" y="{FLOOR + 37}">人均月收入比标准多（+）少（-）多少元</text>'
    )


def _whole(fen: int) -> str:
    return format_yuan(fen).removesuffix(".00")


def span(one: Cliff) -> str:
    """'低100.00至50.00元' below the line, '高0.00至50.00元' above it."""
    if one.to_fen <= 0:
        return f"低{format_yuan(-one.from_fen)}至{format_yuan(-one.to_fen)}元"
    return f"高{format_yuan(one.from_fen)}至{format_yuan(one.to_fen)}元"


def table(bins: Sequence[Cliff]) -> list[dict[str, Any]]:
    """The bins where somebody stands, from the lowest income up."""
    return [
        {"span": span(one), "one": one, "before": average(one, "before"), "after": average(one, "after")}
        for one in bins
        if one.households
    ]


def fall(bins: Sequence[Cliff]) -> dict[str, Any] | None:
    """The first step below the line beside the first above it, after the change; None where nobody stands in either."""
    below = next((one for one in bins if one.to_fen == 0 and one.households), None)
    above = next((one for one in bins if one.from_fen == 0 and one.households), None)
    if below is None or above is None:
        return None
    least, most = average(above, "after"), average(below, "after")
    assert least is not None
    assert most is not None
    return {
        "wide": above.to_fen - above.from_fen,
        "below": below.households,
        "above": above.households,
        "most": most,
        "least": least,
        "less": most - least,
    }
