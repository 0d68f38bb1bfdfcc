"""How E and F read the office's own files: days of work, open cases, and whose household a row is about."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import pyarrow.compute as pc

from wenhou.divisions import calendar
from wenhou.sandbox.days import day
from wenhou.sandbox.oracle.view import View
from wenhou.sandbox.tables import NONE


def over(view: View, since: np.ndarray, days: int) -> np.ndarray:
    """More than so many working days have gone by since; the day itself does not count. Nobody where the
    calendar of the year is not known."""
    tomorrow = view.clock.as_of + timedelta(days=1)
    try:
        edge = day(calendar.add_working_days(tomorrow, -(days + 1)))
    except calendar.NotCovered:
        return np.zeros(len(since), dtype=bool)
    return (since != NONE) & (since < edge)


def homes_of(view: View, people: np.ndarray) -> np.ndarray:
    """A mask per home: that of any of the people."""
    return view.in_home(view.mark(people)) > 0


def is_text(view: View, contract: str, name: str, *choices: str) -> np.ndarray:
    """Which rows of a column of text hold one of the words."""
    found = np.zeros(view.ledgers.count(contract), dtype=bool)
    texts = view.ledgers.texts(contract, name)
    for choice in choices:
        found |= np.asarray(pc.fill_null(pc.equal(texts, choice), False))
    return found


@dataclass(frozen=True)
class Cases:
    """SA-CASE by case: `row` is the first row of each, `of_row` the case of each row."""

    number: np.ndarray
    row: np.ndarray
    of_row: np.ndarray

    def any(self, rows: np.ndarray) -> np.ndarray:
        """Per case: whether one of its rows is in a mask."""
        return np.bincount(self.of_row[rows], minlength=len(self.row)) > 0


def cases(view: View) -> Cases:
    """Cases of the office by number."""
    numbers = np.array(view.ledgers.texts("SA-CASE", "case_no").to_pylist(), dtype=object).astype(str)
    number, row, of_row = np.unique(numbers, return_index=True, return_inverse=True)
    return Cases(number, row, of_row)


def told(view: View, of: Cases, name: str) -> np.ndarray:
    """A field of the case, from its first row."""
    return view.ledgers.column("SA-CASE", name)[of.row]


def applications(view: View, of: Cases, *items: str) -> np.ndarray:
    """Per case: an application for one of the items (any where none is named)."""
    mask = view.ledgers.word("SA-CASE", "kind", "申请")[of.row]
    return mask & is_text(view, "SA-CASE", "item", *items)[of.row] if items else mask


def undecided(view: View, of: Cases) -> np.ndarray:
    """在办: no decision in any row."""
    return ~of.any(view.ledgers.column("SA-CASE", "decision") >= 0)


def begun(view: View, of: Cases, *steps: str) -> np.ndarray:
    """Per case: the first day on which one of the steps was begun, NONE where none was."""
    rows = is_text(view, "SA-CASE", "step", *steps)
    since = view.ledgers.column("SA-CASE", "step_started_on")
    rows &= since != NONE
    found = np.full(len(of.row), np.iinfo(np.int64).max)
    np.minimum.at(found, of.of_row[rows], since[rows])
    return np.where(found == np.iinfo(np.int64).max, NONE, found)


def applicants(view: View, of: Cases, mask: np.ndarray) -> np.ndarray:
    """A mask per home: that of the applicants of the chosen cases."""
    return homes_of(view, told(view, of, "applicant_id")[mask])
