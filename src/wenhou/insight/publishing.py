"""Counts of people that may be published: no cell of fewer than k, and none that the totals would give away.

Zero is told: that nobody is there is nobody's secret. What is hidden beside the small cells is chosen small, too, and each hidden
small cell is tried by linear programming: whoever knows every published number and that counts are not negative must not be able
to tell that it is below k.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog


@dataclass(frozen=True)
class Table:
    """A table of counts by row and column. cells: None where hidden; totals of rows and columns are told."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int | None, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int | None, ...]
    total: int | None


def published(rows: Sequence[str], columns: Sequence[str], counts: np.ndarray, *, least: int) -> Table:
    """counts: rows × columns, people, whole numbers of 0 or more. least: k.

    The totals stand in the table as a row and a column of their own, hidden like any other cell where they are small or tell.
    """
    whole = _with_totals(np.asarray(counts, dtype=np.int64))
    hidden = (whole > 0) & (whole < least)
    while _gives_away(whole, hidden, least):
        beside = _next(hidden, whole)
        if beside is None:  # nothing is left to hide behind
            hidden[:] = True
            break
        hidden[beside] = True
    told = [
        [None if hid else int(n) for n, hid in zip(*line, strict=True)]
        for line in zip(whole, hidden, strict=True)
    ]
    return Table(
        tuple(rows),
        tuple(columns),
        tuple(tuple(line[:-1]) for line in told[:-1]),
        tuple(line[-1] for line in told[:-1]),
        tuple(told[-1][:-1]),
        told[-1][-1],
    )


def _with_totals(counts: np.ndarray) -> np.ndarray:
    down = np.vstack([counts, counts.sum(axis=0)])
    return np.hstack([down, down.sum(axis=1, keepdims=True)])


def _gives_away(whole: np.ndarray, hidden: np.ndarray, least: int) -> bool:
    """Whether a reader could tell of a small hidden cell that it is small."""
    places = [(int(row), int(column)) for row, column in zip(*np.nonzero(hidden), strict=True)]
    if not places:
        return False
    known, sums = _equations(whole, hidden, places)
    small = (number for number, place in enumerate(places) if whole[place] < least)
    return any(_most(number, len(places), known, sums) < least for number in small)


def _equations(
    whole: np.ndarray, hidden: np.ndarray, places: list[tuple[int, int]]
) -> tuple[np.ndarray, np.ndarray]:
    """What a reader knows of the hidden cells: every line's cells less its total are nothing."""
    sign = np.ones_like(whole)
    sign[-1, :] *= -1
    sign[:, -1] *= -1
    lines, sums = [], []
    for axis, length in ((0, whole.shape[0]), (1, whole.shape[1])):
        for line in range(length):
            within = [number for number, place in enumerate(places) if place[axis] == line]
            if within:
                signs, numbers = np.take(sign, line, axis), np.take(whole, line, axis)
                seen = ~np.take(hidden, line, axis)
                row = np.zeros(len(places))
                row[within] = [sign[places[number]] for number in within]
                lines.append(row)
                sums.append(-int((signs * numbers)[seen].sum()))
    return np.array(lines), np.array(sums)


def _most(number: int, many: int, known: np.ndarray, sums: np.ndarray) -> float:
    """The largest that a hidden cell could be, for all that a reader knows."""
    wanted = np.zeros(many)
    wanted[number] = -1
    found = linprog(wanted, A_eq=known, b_eq=sums, bounds=(0, None), method="highs")
    return float("inf") if found.status == 3 else round(-found.fun, 6)


def _next(hidden: np.ndarray, whole: np.ndarray) -> tuple[int, int] | None:
    """The cell to hide beside: inner cells before totals, one that closes a ring with hidden ones first, then the smallest.

    In a ring of hidden cells each can grow while its neighbours shrink, so that no sum tells them.
    """
    rows, columns = ([bool(line.any()) for line in part] for part in (hidden, hidden.T))
    last = whole.shape[0] - 1, whole.shape[1] - 1
    shown = [(int(row), int(column)) for row, column in zip(*np.nonzero(~hidden & (whole > 0)), strict=True)]
    beside = [(row, column) for row, column in shown if rows[row] or columns[column]]

    def order(place: tuple[int, int]) -> tuple[bool, bool, int, tuple[int, int]]:
        row, column = place
        is_total = row == last[0] or column == last[1]
        return is_total, not (rows[row] and columns[column]), int(whole[place]), place

    return min(beside, key=order, default=None)
