"""Where boxes stand that lie in rows: lines that pass a row get a place of their own in it, so that none runs under a box.

Pure. A row is a list of keys; a line over several rows is a chain of points, each with a key like a box's.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

SWEEPS = 8
PULL = 0.5
Edge = tuple[str, str]


@dataclass(frozen=True)
class Layout:
    """rows: keys in order, points among them; chains: each line's keys from its first box to its last."""

    rows: tuple[tuple[str, ...], ...]
    chains: tuple[tuple[str, ...], ...]

    @cached_property
    def points(self) -> frozenset[str]:
        """Places of lines that pass a row."""
        return frozenset(key for chain in self.chains for key in chain[1:-1])


def laid(rows: Sequence[Sequence[str]], edges: Iterable[Edge]) -> Layout:
    """Points put in, and every row in the order that lets its lines cross least."""
    level = {key: number for number, row in enumerate(rows) for key in row}
    made = [list(row) for row in rows]
    chains = []
    for one, other in edges:
        points = [f"{one}→{other}@{number}" for number in range(level[one] + 1, level[other])]
        for number, point in enumerate(points, start=level[one] + 1):
            made[number].append(point)
        chains.append((one, *points, other))
    return Layout(tuple(map(tuple, ordered(made, chains))), tuple(chains))


def ordered(rows: Sequence[Sequence[str]], chains: Iterable[Sequence[str]]) -> list[list[str]]:
    """Each row by where its neighbours in the row above stand, then by those below, several times."""
    above, below = neighbours(chains)
    made = [list(row) for row in rows]
    for sweep in range(SWEEPS):
        ways = (above, range(1, len(made))) if sweep % 2 == 0 else (below, range(len(made) - 2, -1, -1))
        for number in ways[1]:
            step = -1 if sweep % 2 == 0 else 1
            made[number] = _by_mean(made[number], ways[0], made[number + step])
    return made


def neighbours(chains: Iterable[Sequence[str]]) -> tuple[Mapping[str, list[str]], Mapping[str, list[str]]]:
    """Key → keys it is joined to in the row above; the same below."""
    above: dict[str, list[str]] = defaultdict(list)
    below: dict[str, list[str]] = defaultdict(list)
    for chain in chains:
        for one, other in pairwise(chain):
            below[one].append(other)
            above[other].append(one)
    return above, below


def _by_mean(row: Sequence[str], joined: Mapping[str, list[str]], beside: Sequence[str]) -> list[str]:
    """Share of the way along the next row; what is joined to nobody keeps its own."""
    share = {key: (place + 0.5) / len(beside) for place, key in enumerate(beside)}

    def mean(place: int) -> float:
        found = [share[key] for key in joined.get(row[place], ()) if key in share]
        return sum(found) / len(found) if found else (place + 0.5) / len(row)

    return [row[place] for place in sorted(range(len(row)), key=lambda place: (mean(place), place))]


def placed(layout: Layout, widths: Mapping[str, float], *, room: float, gap: float) -> dict[str, float]:
    """The middle of every key, px: near its neighbours', in its row's order, no two nearer than their gap."""
    above, below = neighbours(layout.chains)
    where = {key: x for row in layout.rows for key, x in _evenly(row, widths, room, gap).items()}
    for sweep in range(SWEEPS * 2):
        for row in layout.rows if sweep % 2 == 0 else reversed(layout.rows):
            wanted = {
                key: _mean([where[one] for one in (*above.get(key, ()), *below.get(key, ()))], where[key])
                for key in row
            }
            where.update(apart(row, _centred(row, wanted, layout, room), widths, room=room, gap=gap))
    for chain in layout.chains:
        _straighten(chain[1:-1], layout, where, widths, room=room, gap=gap)
    return {key: round(x, 1) for key, x in where.items()}


def _centred(
    row: Sequence[str], wanted: Mapping[str, float], layout: Layout, room: float
) -> dict[str, float]:
    """The boxes of a row drawn half the way to the middle of the picture, all by the same."""
    boxes = [key for key in row if key not in layout.points]
    shift = PULL * (room / 2 - _mean([wanted[key] for key in boxes], room / 2))
    return {key: x + (shift if key not in layout.points else 0) for key, x in wanted.items()}


def _straighten(
    points: Sequence[str],
    layout: Layout,
    where: dict[str, float],
    widths: Mapping[str, float],
    *,
    room: float,
    gap: float,
) -> None:
    """One place across for all points of a line over several rows, where there is one that is free in each of them."""
    spans = [_free(point, layout, where, widths, room=room, gap=gap) for point in points]
    if len(spans) < 2:
        return
    low, high = max(span[0] for span in spans), min(span[1] for span in spans)
    if low <= high:
        x = min(max(_mean([where[point] for point in points], low), low), high)
        where.update(dict.fromkeys(points, x))


def _free(
    point: str,
    layout: Layout,
    where: Mapping[str, float],
    widths: Mapping[str, float],
    *,
    room: float,
    gap: float,
) -> tuple[float, float]:
    """How far a point may go to either side without meeting what stands next to it."""
    row = next(row for row in layout.rows if point in row)
    at = row.index(point)
    left = where[row[at - 1]] + widths[row[at - 1]] / 2 + gap if at else 0.0
    right = where[row[at + 1]] - widths[row[at + 1]] / 2 - gap if at + 1 < len(row) else room
    return left, right


def _mean(found: Sequence[float], otherwise: float) -> float:
    return sum(found) / len(found) if found else otherwise


def _evenly(row: Sequence[str], widths: Mapping[str, float], room: float, gap: float) -> dict[str, float]:
    total = sum(widths[key] for key in row) + gap * (len(row) - 1)
    left, made = (room - total) / 2, {}
    for key in row:
        made[key] = left + widths[key] / 2
        left += widths[key] + gap
    return made


def apart(
    row: Sequence[str], wanted: Mapping[str, float], widths: Mapping[str, float], *, room: float, gap: float
) -> dict[str, float]:
    """As near to what is wanted as the order and the gaps let them be: pushed right, then back within the room."""
    made: dict[str, float] = {}
    edge = -gap
    for key in row:
        made[key] = max(wanted[key], edge + gap + widths[key] / 2)
        edge = made[key] + widths[key] / 2
    limit = room + gap
    for key in reversed(row):
        made[key] = min(made[key], limit - gap - widths[key] / 2)
        limit = made[key] - widths[key] / 2
    return made
