"""Standards over time as SVG: a step line for each place, every step a link to its row in the table beneath.

No script and no style of its own: shapes carry classes, and what a pointer shows is the shape's title.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from wenhou.desk import reasons
from wenhou.policy.standards import NATION, Row

TICK = 72  # px a year's figure needs
NEAR = 18  # px between two labels
SIGN = 14  # px of a character
REGION = "自治区"


@dataclass(frozen=True)
class Size:
    """How wide a chart is, px, with the room for amounts at its left and for names at its right; years: how far back."""

    width: int
    left: int
    right: int
    years: int | None = None


DESK = Size(1200, 96, 136)
PHONE = Size(344, 66, 78, years=9)


@dataclass(frozen=True)
class Window:
    """The days shown and where they lie, in px."""

    start: date
    end: date
    left: float
    right: float

    def x(self, day: date) -> float:
        share = (min(max(day, self.start), self.end) - self.start).days / (self.end - self.start).days
        return round(self.left + share * (self.right - self.left), 1)


def window(
    rows: Iterable[Row], today: date, *, left: float, right: float, years: int | None = None
) -> Window:
    """From the first row (or so many years back) to the end of the year after the last of today and any first day."""
    days = [row.since for row in rows] or [today]
    first = date(min(days).year, 1, 1)
    if years is not None:
        first = max(first, date(today.year - years, 1, 1))
    first = min(first, date(today.year - 1, 1, 1))
    return Window(first, date(max(*days, today).year + 2, 1, 1), left, right)


def order(division: str) -> tuple[int, str]:
    """The nation first, then wide before narrow."""
    return (0 if division == NATION else len(division), division)


def chart(rows: Sequence[Row], names: Mapping[str, str], today: date, size: Size = DESK) -> SafeString:
    """A standard's history; the rows' places in the table are their numbers here."""
    numbered = {row: number for number, row in enumerate(rows, start=1)}
    at = window(rows, today, left=size.left, right=size.width - size.right, years=size.years)
    shown = [row for row in rows if row.until is None or row.until >= at.start] or rows
    draw = _steps if _is_number(rows) else _bars
    return draw(shown, numbered, names, at, today, size)


def _is_number(rows: Sequence[Row]) -> bool:
    return all(isinstance(row.value, int) and not isinstance(row.value, bool) for row in rows)


def _places(rows: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    known = sorted(rows, key=lambda row: (order(row.division), row.since))
    return [(division, list(group)) for division, group in groupby(known, key=lambda row: row.division)]


def _steps(
    rows: Sequence[Row],
    numbered: Mapping[Row, int],
    names: Mapping[str, str],
    at: Window,
    today: date,
    size: Size,
) -> SafeString:
    top, bottom = 24.0, 264.0
    values = sorted({int(row.value) for row in rows})
    level = levels(values, top, bottom)
    drawn = [_year_lines(at, top, bottom + 8), _value_labels(values, level, rows[0].unit, at)]
    ends: list[tuple[float, str, int]] = []
    for number, (division, group) in enumerate(_places(rows)):
        kind = f"s{min(number, 5)}"
        drawn.append(f'<path class="step {kind}" d="{path(group, at, level)}"/>')
        drawn += [_link(row, numbered[row], names, _hit(row, at, level), today) for row in group]
        ends.append((level[int(group[-1].value)], names.get(division, division), number))
    drawn += _end_labels(ends, at, bottom, size.right // SIGN)
    drawn.append(_now(at, today, top - 12, bottom + 8))
    return _svg(size.width, 304, "".join(drawn), "各地的数值随时间变化，逐条见下表")


def levels(values: Sequence[int], top: float, bottom: float) -> dict[int, float]:
    """Value → height in px; one value alone lies in the middle."""
    low, high = values[0], values[-1]
    if low == high:
        return {low: (top + bottom) / 2}
    return {value: round(bottom - (value - low) / (high - low) * (bottom - top), 1) for value in values}


def path(group: Sequence[Row], at: Window, level: Mapping[int, float]) -> str:
    """The step line of one place; it breaks where nothing holds."""
    drawn, last = [], None
    for row in group:
        if row.until is not None and row.until < at.start:
            continue
        y = level[int(row.value)]
        joined = last is not None and row.since - last <= timedelta(days=1)
        drawn.append(f"V{y}" if joined else f"M{at.x(row.since)} {y}")
        drawn.append(f"H{at.x(row.until or at.end)}")
        last = row.until or at.end
    return "".join(drawn)


def _hit(row: Row, at: Window, level: Mapping[int, float]) -> str:
    start, end, y = at.x(row.since), at.x(row.until or at.end), level[int(row.value)]
    mark = f'<circle class="start{" prov" * row.provisional}" cx="{start}" cy="{y}" r="4"/>'
    return f'<rect class="hit" x="{start}" y="{y - 10}" width="{max(end - start, 12)}" height="20"/>{mark}'


def _link(row: Row, number: int, names: Mapping[str, str], shape: str, today: date) -> str:
    said = escape(title(row, names, today))
    return f'<a href="#row-{number}" aria-label="{said}"><title>{said}</title>{shape}</a>'


def title(row: Row, names: Mapping[str, str], today: date) -> str:
    """'银川市 765.00元/月，2025-10-01起，银川市低保标准 低保标准'."""
    place = names.get(row.division, row.division)
    end = f"至{row.until}" if row.until else "起"
    return f"{place} {reasons.amount(row.value, row.unit)}，{row.since}{end}，{row.basis_on(today)}"


def _bars(
    rows: Sequence[Row],
    numbered: Mapping[Row, int],
    names: Mapping[str, str],
    at: Window,
    today: date,
    size: Size,
) -> SafeString:
    places = _places(rows)
    bottom = 24 + 40 * len(places)
    drawn = [_year_lines(at, 20, bottom)]
    for line, (division, group) in enumerate(places):
        y = 24 + 40 * line
        name = _short(names.get(division, division), size.right // SIGN)
        drawn.append(f'<text class="lab" x="{at.right + 8}" y="{y + 21}">{escape(name)}</text>')
        drawn += [_link(row, numbered[row], names, _bar(row, at, y), today) for row in group]
    drawn.append(_now(at, today, 20, bottom))
    return _svg(size.width, bottom + 40, "".join(drawn), "各地的规定随时间变化，逐条见下表")


def _bar(row: Row, at: Window, y: float) -> str:
    start, end = at.x(row.since), at.x(row.until or at.end)
    said = reasons.amount(row.value, row.unit)
    room = int((end - start - 12) // 14)
    kind = "band prov" if row.provisional else "band"
    text = f'<text class="in" x="{start + 8}" y="{y + 21}">{escape(said[:room])}</text>' if room >= 1 else ""
    return (
        f'<rect class="{kind}" x="{start}" y="{y + 4}" width="{max(end - start - 1, 3)}" height="26"/>{text}'
    )


def _year_lines(at: Window, top: float, bottom: float) -> str:
    years = list(range(at.start.year, at.end.year + 1))
    step = max(1, -(-len(years) * TICK // round(at.right - at.left)))
    drawn = []
    for year in years[:-1:step]:  # the last stands where the names of places do
        x = at.x(date(year, 1, 1))
        drawn.append(
            f'<path class="grid" d="M{x} {top}V{bottom}"/><text class="tick" x="{x}" y="{bottom + 20}">{year}</text>'
        )
    return "".join(drawn)


def _value_labels(values: Sequence[int], level: Mapping[int, float], unit: str, at: Window) -> str:
    drawn: list[str] = []
    last: float | None = None
    for value in reversed(values):
        y = level[value]
        if last is not None and y - last < NEAR:
            continue
        last = y
        drawn.append(f'<path class="grid" d="M{at.left} {y}H{at.right}"/>')
        drawn.append(
            f'<text class="val" x="{at.left - 8}" y="{y + 4}">{escape(reasons.amount(value, unit).partition("/")[0])}</text>'
        )
    return "".join(drawn)


def _short(name: str, most: int) -> str:
    """A place's own name without those above it, at most so many characters."""
    own = name.rpartition(" ")[2]
    if len(own) > most and own.endswith(REGION):
        return REGION
    return own[:most]


def _end_labels(ends: list[tuple[float, str, int]], at: Window, bottom: float, most: int) -> list[str]:
    """Names at the lines' ends, pushed apart."""
    placed = spread([y for y, _, _ in ends], bottom)
    return [
        f'<text class="lab" x="{at.right + 8}" y="{y + 4}">{escape(_short(name, most))}</text>'
        for y, (_, name, _) in zip(placed, ends, strict=True)
    ]


def spread(heights: Sequence[float], bottom: float) -> list[float]:
    """The same heights, none nearer to another than a line of text and none below the chart."""
    ordered = sorted(range(len(heights)), key=lambda index: heights[index])
    made = list(heights)
    for above, below in pairwise(ordered):
        made[below] = max(made[below], made[above] + NEAR)
    limit = bottom
    for index in reversed(ordered):
        made[index] = min(made[index], limit)
        limit = made[index] - NEAR
    return made


def _now(at: Window, today: date, top: float, bottom: float) -> str:
    x = at.x(today)
    return f'<path class="now" d="M{x} {top}V{bottom}"/><text class="nowtx" x="{x}" y="{top - 2}">今天</text>'


def _svg(width: int, height: float, body: str, said: str) -> SafeString:
    return mark_safe(
        f'<svg class="steps" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="group"'
        f' aria-label="{escape(said)}">{body}</svg>'
    )


def lane(rows: Sequence[Row], held: Row | None, today: date, *, years: int = 12) -> SafeString:
    """The same in one line of a list, for the places that speak for the reader; what decides today is the thick one."""
    width, height = 320, 44
    at = window(rows, today, left=2, right=width - 2, years=years)
    at = Window(date(today.year - years, 1, 1), date(today.year + 2, 1, 1), at.left, at.right)
    shown = [row for row in rows if row.until is None or row.until >= at.start]
    drawn = [
        f'<path class="grid" d="M{at.x(date(year, 1, 1))} 2V{height - 2}"/>'
        for year in range(at.start.year, at.end.year, 2)
    ]
    if shown and _is_number(shown):
        level = levels(sorted({int(row.value) for row in shown}), 8, height - 8)
        for division, group in _places(shown):
            own = "own" if held is not None and division == held.division else "other"
            drawn.append(f'<path class="step {own}" d="{path(group, at, level)}"/>')
    elif shown:
        drawn += [_lane_bar(row, at, height) for row in shown]
    drawn += [_told(row, at, height, today) for row in shown]
    drawn.append(f'<path class="now" d="M{at.x(today)} 2V{height - 2}"/>')
    return mark_safe(
        f'<svg class="steps lane" viewBox="0 0 {width} {height}" width="{width}" height="{height}" aria-hidden="true">'
        f"{''.join(drawn)}</svg>"
    )


def _told(row: Row, at: Window, height: int, today: date) -> str:
    """What a pointer over a step shows; the line's own text says the same of what holds."""
    start, end = at.x(row.since), at.x(row.until or at.end)
    said = escape(title(row, {row.division: "全国" if row.division == NATION else row.division}, today))
    shape = f'<rect class="hit" x="{start}" y="0" width="{max(end - start, 2)}" height="{height}"/>'
    return f"<g><title>{said}</title>{shape}</g>"


def _lane_bar(row: Row, at: Window, height: int) -> str:
    start, end = at.x(row.since), at.x(row.until or at.end)
    return (
        f'<rect class="band" x="{start}" y="{height / 2 - 6}" width="{max(end - start - 1, 2)}" height="12"/>'
    )
