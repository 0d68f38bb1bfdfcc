"""What rests on what, as SVG in columns from left to right or in rows downwards: boxes are links, lines "uses". No script."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from wenhou.desk.policy import layered

BOX, GAP_X, HEIGHT, GAP_Y = 176, 64, 44, 12
MOST = 12
ROOM = 1240  # px of a desktop's page; wider pictures are drawn with smaller boxes and gaps
LEAST_BOX, LEAST_GAP = 96, 20
DROP = 32  # px between rows
OPENING, CLOSING = ("（", "“", "《"), "）”》，、。；："
SIGN, MARGIN = 14, 20  # px of a character, and of a box beside its words


@dataclass(frozen=True)
class Box:
    """One node: key, words, where it leads ('' nowhere), its class, and what stands small beneath ('' nothing)."""

    key: str
    text: str
    href: str
    kind: str
    beneath: str = ""


def columns(
    found: Sequence[tuple[str, Sequence[Box]]], edges: Iterable[tuple[str, str]], said: str
) -> SafeString:
    """(heading, boxes) from left to right, and lines from what is used to who uses it; more than twelve are counted."""
    edges = list(edges)
    shown = [(head, *_most(boxes, edges)) for head, boxes in found]
    rows = layered.ordered([[box.key for box in boxes] for _, boxes, _ in shown], edges)
    shown = [
        (head, sorted(boxes, key=lambda box: row.index(box.key)), more)
        for (head, boxes, more), row in zip(shown, rows, strict=True)
    ]
    tallest = max(len(boxes) + bool(more) * 0.6 for _, boxes, more in shown)
    height = round(36 + tallest * (HEIGHT + GAP_Y))
    wide, gap = measures(len(shown))
    width = len(shown) * (wide + gap) - gap + 4
    where: dict[str, tuple[float, float]] = {}
    drawn: list[str] = []
    for number, (head, boxes, more) in enumerate(shown):
        x = 2 + number * (wide + gap)
        drawn.append(f'<text class="head" x="{x}" y="18">{escape(head)}</text>')
        top = 36  # columns begin at the top: on a phone the first is all that is seen of a tall picture
        for row, box in enumerate(boxes):
            y = top + row * (HEIGHT + GAP_Y)
            where[box.key] = (x, y)
            drawn.append(_box(box, x, y, wide))
        if more:
            drawn.append(
                f'<text class="more" x="{x}" y="{top + len(boxes) * (HEIGHT + GAP_Y) + 24}">另有{more}项</text>'
            )
    near = [(one, other) for one, other in edges if one in where and other in where]
    lines = "".join(
        _line(where[one], where[other], wide)
        for one, other in near
        if where[one][0] + wide + gap == where[other][0]  # a line past a column would run under its boxes
    )
    return _svg(width, height, lines + "".join(drawn), said)


def layers(found: Sequence[Sequence[Box]], edges: Iterable[tuple[str, str]], said: str) -> SafeString:
    """Rows from top to bottom instead: where there are more steps than a page's width holds columns."""
    boxes = {box.key: box for row in found for box in row}
    layout = layered.laid([[box.key for box in row] for row in found], edges)
    wide = _fitting(layout.rows, boxes)
    widths = {key: float(wide) if key in boxes else 1.0 for row in layout.rows for key in row}
    x = layered.placed(layout, widths, room=ROOM - 4, gap=LEAST_GAP)
    y = {key: 2 + number * (HEIGHT + DROP) for number, row in enumerate(layout.rows) for key in row}
    drawn = [_box(box, round(2 + x[key] - wide / 2, 1), y[key], wide) for key, box in boxes.items()]
    lines = "".join(_fall([(x[key] + 2, y[key]) for key in chain]) for chain in layout.chains)
    return _svg(ROOM, len(found) * (HEIGHT + DROP) - DROP + 4, lines + "".join(drawn), said)


def _fitting(rows: Sequence[Sequence[str]], boxes: Mapping[str, Box]) -> int:
    """The widest a box may be where every row, with the lines that pass it, stands within `ROOM`."""
    room = ROOM - 4
    shares = [
        (room - LEAST_GAP * (len(row) - 1) - (len(row) - count)) // count
        for row in rows
        if (count := sum(key in boxes for key in row))
    ]
    return max(LEAST_BOX, min(BOX, *shares))


def _fall(points: Sequence[tuple[float, float]]) -> str:
    """From under the first box to the top of the last, straight past the rows between."""
    x, y = points[0]
    drawn = [f"M{x} {y + HEIGHT}"]
    bottom = y + HEIGHT
    for to_x, to_y in points[1:]:
        middle = (bottom + to_y) / 2
        drawn.append(f"C{x} {middle} {to_x} {middle} {to_x} {to_y}")
        bottom, x = to_y + HEIGHT, to_x
        if (to_x, to_y) != points[-1]:
            drawn.append(f"V{bottom}")
    return f'<path class="edge" d="{"".join(drawn)}"/>'


def _most(boxes: Sequence[Box], edges: Sequence[tuple[str, str]]) -> tuple[list[Box], int]:
    """Those with most lines to others, at most twelve, in their own order; and how many are left out."""
    if len(boxes) <= MOST:
        return list(boxes), 0
    often = Counter(key for edge in edges for key in edge)
    kept = sorted(boxes, key=lambda box: -often[box.key])[:MOST]
    return [box for box in boxes if box in kept], len(boxes) - MOST


def measures(columns: int) -> tuple[int, int]:
    """Width of a box and of a gap, px: as large as they may be where the columns still stand within `ROOM`."""
    share = (ROOM - 4) // max(columns, 1)
    if share >= BOX + GAP_X:
        return BOX, GAP_X
    gap = max(LEAST_GAP, share // 5)
    return max(LEAST_BOX, min(BOX, share - gap)), gap


def _box(box: Box, x: float, y: float, wide: int) -> str:
    lines = wrapped(box.text, (wide - MARGIN) // SIGN)
    if box.beneath:
        lines = [lines[0] if len(lines) == 1 else f"{lines[0][:-1]}…", box.beneath]
    first = y + HEIGHT / 2 + (5 if len(lines) == 1 else -4)
    text = "".join(
        f'<text class="{"sub" if box.beneath and number else "tx"}" x="{x + 10}" y="{first + number * 17}">{escape(line)}</text>'
        for number, line in enumerate(lines)
    )
    body = (
        f"<title>{escape(box.text)}</title>"
        f'<rect class="box {box.kind}" x="{x}" y="{y}" width="{wide}" height="{HEIGHT}" rx="2"/>{text}'
    )
    if not box.href:
        return f"<g>{body}</g>"
    return f'<a href="{escape(box.href)}">{body}</a>'


def wrapped(text: str, most: int = (BOX - MARGIN) // SIGN) -> list[str]:
    """At most two lines of so many characters; a figure or a Latin letter counts half. No line ends with （."""
    lines, line, room = [], "", float(most)
    for sign in text:
        wide = 0.55 if sign.isascii() else 1.0
        if room < wide and sign not in CLOSING:
            carried = line[-1:] if line.endswith(OPENING) else ""
            lines.append(line.removesuffix(carried) if carried else line)
            line, room = carried, float(most) - len(carried)
        line, room = line + sign, room - wide
    lines.append(line)
    if len(lines) <= 2:
        return lines
    return [lines[0], lines[1][:-1] + "…"]


def _line(one: tuple[float, float], other: tuple[float, float], wide: int) -> str:
    x, y = one[0] + wide, one[1] + HEIGHT / 2
    to_x, to_y = other[0], other[1] + HEIGHT / 2
    middle = (x + to_x) / 2
    return f'<path class="edge" d="M{x} {y}C{middle} {y} {middle} {to_y} {to_x} {to_y}"/>'


def _svg(width: float, height: float, body: str, said: str) -> SafeString:
    return mark_safe(
        f'<svg class="net" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="group"'
        f' aria-label="{escape(said)}">{body}</svg>'
    )


def depths(names: Iterable[str], edges: Iterable[tuple[str, str]]) -> dict[str, int]:
    """The column of each name: one right of everything it uses; what goes round in a circle stays where it began."""
    uses: Mapping[str, set[str]] = defaultdict(set)
    for used, user in edges:
        uses[user].add(used)
    found: dict[str, int] = {}

    def depth(name: str, above: frozenset[str]) -> int:
        if name not in found:
            below = [depth(one, above | {name}) for one in uses[name] if one not in above and one != name]
            found[name] = 1 + max(below, default=-1)
        return found[name]

    for name in names:
        depth(name, frozenset())
    return found


def direct(edges: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The edges without those that a longer way already tells."""
    known = sorted(set(edges))
    ways: Mapping[str, set[str]] = defaultdict(set)
    for one, other in known:
        ways[one].add(other)

    def reaches(start: str, goal: str) -> bool:
        seen, waiting = {start}, [step for step in ways[start] if step != goal]
        while waiting:
            at = waiting.pop()
            if at == goal:
                return True
            if at not in seen:
                seen.add(at)
                waiting.extend(ways[at])
        return False

    return [(one, other) for one, other in known if not reaches(one, other)]
