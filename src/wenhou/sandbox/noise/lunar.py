"""The date of the farmers' calendar (农历) of a day: what the old say when asked for their birthday.

Months begin with the new moon at Beijing time, are named by the middle term (中气) that falls in them, and a month without one
repeats the name before it. Right to the day for nearly all dates since 1900; enough to confuse birthdays truly.
"""

import numpy as np

_EPOCH = 2440587.5  # the Julian date of 1970-01-01, 0 h
_BEIJING = 8 / 24
# Middle terms by month of the sun's year, as the day they usually fall on.
_TERMS = (20, 19, 21, 20, 21, 21, 23, 23, 23, 23, 22, 22)


def told_as_solar(days: np.ndarray) -> np.ndarray:
    """Days since 1970 → the lunar date read as if it were a solar one, as days again (30 February becomes the last)."""
    lunation = np.round((days + _EPOCH - 2451550.1) / 29.530588861).astype(np.int64) + 1
    start = _new_moons(lunation)
    for _ in range(3):
        lunation = np.where(start > days, lunation - 1, lunation)
        start = _new_moons(lunation)
    month, year = _named(start, _new_moons(lunation + 1), _new_moons(lunation - 1))
    first = (year - 1970) * 12 + month - 1
    begin = first.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    length = (first + 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64) - begin
    return begin + np.minimum(days - start, length - 1)


def _new_moons(lunation: np.ndarray) -> np.ndarray:
    """Days since 1970 of the new moons, at Beijing (mean lunation and its largest terms: Meeus, chapter 49)."""
    century = lunation / 1236.85
    sun = np.radians(2.5534 + 29.10535670 * lunation)
    moon = np.radians(201.5643 + 385.81693528 * lunation)
    node = np.radians(160.7108 + 390.67050284 * lunation)
    day = 2451550.09766 + 29.530588861 * lunation + 0.00015437 * century**2
    day += -0.40720 * np.sin(moon) + 0.17241 * np.sin(sun) + 0.01608 * np.sin(2 * moon)
    day += 0.01039 * np.sin(2 * node) + 0.00739 * np.sin(moon - sun) - 0.00514 * np.sin(moon + sun)
    return np.floor(day - 0.0007 - _EPOCH + _BEIJING).astype(np.int64)


def _named(start: np.ndarray, after: np.ndarray, before: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    term, inside = _term(start)
    earlier, _ = _term(before)
    solar = np.where(inside < after, term, earlier)
    month = (solar % 12 + 11) % 12 + 1
    year = solar // 12 - (month >= 11) * (solar % 12 < 2)
    return month, year + 1970


def _term(start: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Months since 1970 of the first middle term on or after a day, and its day."""
    index = start.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    day = _day_of(index)
    index = np.where(day < start, index + 1, index)
    return index, _day_of(index)


def _day_of(index: np.ndarray) -> np.ndarray:
    begin = index.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return begin + np.array(_TERMS)[index % 12] - 1
