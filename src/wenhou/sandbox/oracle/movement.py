"""A15–A17: registration moved away, living elsewhere, journeys abroad."""

import numpy as np

from wenhou.sandbox.oracle.view import Finding, View
from wenhou.sandbox.tables import NONE


def _county(view: View, rows: np.ndarray) -> np.ndarray:
    codes = np.array([int(code[:6]) for code in view.world.places.codes] + [0])
    return codes[np.where(rows == NONE, -1, rows)]


def a15(view: View) -> Finding:
    """A household of the register with a member whose DI01 county differs from the archive's, who moved out (DI02) at
    least 30 days ago to another county."""
    person, when = view.ledgers.columns("DI02", "id_no", "move_out_date")
    left = view.mark(person[(when != NONE) & (when + 30 <= view.clock.today)])
    known = view.on("DB", "TK", "BY", "GX", "JC", "QT")
    other = _county(view, view.crowd.hukou) != _county(view, view.of_register("division_code"))
    return view.homes(view.in_home(known & left & other) > 0)


def a16(view: View) -> Finding:
    """DB, TK or BY household: a member holds a valid permit of another county for six months or longer, or the last
    two visits to the household (by day) did not meet the person."""
    person, place, since, until = view.ledgers.columns(
        "DI04", "id_no", "division_code", "reg_date", "valid_to"
    )
    known = view.on("DB", "TK", "BY")
    valid = (
        view.ledgers.word("DI04", "status", "有效")
        & (until >= view.clock.today)
        & (since <= view.clock.back(6))
    )
    away = valid & known[person]
    away &= _county(view, place) != _county(view, view.of_register("division_code")[person])
    gone = view.in_home(view.mark(person[away])) > 0
    return view.homes(gone | (_missed_twice(view) & (view.in_home(known) > 0)))


def _missed_twice(view: View) -> np.ndarray:
    """Per home: the last two visits met nobody."""
    house, when, met = view.ledgers.columns("SA-VISIT", "household_no", "visited_on", "met")
    position = np.searchsorted(view.home_codes, house)
    position = np.where(position < len(view.home_codes), position, 0)
    ours = view.home_codes[position] == house
    position, when, met = position[ours], when[ours], met[ours]
    order = np.lexsort((when, position))
    position, met = position[order], met[order]
    found = np.zeros(len(view.home_codes), dtype=bool)
    last = (
        np.flatnonzero(np.r_[position[1:] != position[:-1], True]) if len(position) else np.empty(0, np.int64)
    )
    two = last[(last > 0) & (position[last - 1] == position[last])]
    found[position[two[(met[two] == 0) & (met[two - 1] == 0)]]] = True
    return found


def a17(view: View) -> Finding:
    """Dibao household with an authorised member: exits within twelve months, by day, the same day included: two or
    more, or 30 days abroad in all (not yet back: up to the scan)."""
    person, out, back = view.ledgers.columns("DI05", "id_no", "exit_date", "entry_date")
    recent = (out >= view.clock.back(12)) & (out <= view.clock.today)
    days = np.where(back == NONE, view.clock.today, back) - out
    times = np.bincount(person[recent], minlength=view.world.people)
    total = np.bincount(person[recent], weights=days[recent], minlength=view.world.people)
    allowed = view.on("DB") & (view.of_register("authorised") == 1)
    return view.homes(view.in_home(allowed & ((times >= 2) | (total >= 30))) > 0)


READINGS = {"A15": a15, "A16": a16, "A17": a17}
