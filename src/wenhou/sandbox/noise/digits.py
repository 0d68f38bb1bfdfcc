"""What becomes of a number and of a date of birth."""

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np

Draw = np.random.Generator
_PLACEHOLDERS = ("000000000000000000", "111111111111111111", "999999999999999999", "123456789012345678", "无", "不详", "0",
                 "无身份证", "待补", "-")  # fmt: skip
_FULL_WIDTH = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


def wrong(kind: str, number: str, draw: Draw) -> str | None:
    """The number with that kind of mistake; None where it does not admit it. `untidy` changes only how it is written."""
    made = _MAKERS[kind](number, draw)
    return made if made != number else None


def _mistyped(number: str, draw: Draw) -> str:
    at = int(draw.integers(0, 18))
    other = [one for one in ("0123456789" if at < 17 else "0123456789X") if one != number[at]]
    return number[:at] + str(draw.choice(other)) + number[at + 1 :]


def _swapped(number: str, draw: Draw) -> str | None:
    places = [at for at in range(17) if number[at] != number[at + 1]]
    at = int(draw.choice(places))
    return number[:at] + number[at + 1] + number[at] + number[at + 2 :]


def _dropped_or_doubled(number: str, draw: Draw) -> str:
    at = int(draw.integers(0, 18))
    return number[:at] + number[at + 1 :] if draw.random() < 0.6 else number[:at] + number[at] + number[at:]


def _two_mistakes(number: str, draw: Draw) -> str | None:
    once = _mistyped(number, draw)
    return _swapped(once, draw) if draw.random() < 0.4 else _mistyped(once, draw)


def _old_form(number: str, draw: Draw) -> str | None:
    return number[:6] + number[8:17] if number[6:14] < "19991001" else None


def _masked(number: str, draw: Draw) -> str:
    return (
        number[:6] + "********" + number[14:]
        if draw.random() < 0.7
        else number[:3] + "***********" + number[14:]
    )


def _placeholder(number: str, draw: Draw) -> str:
    if draw.random() < 0.3:
        return number[:14] + str(draw.choice(("0000", "0001", "000X", "9999")))
    return str(draw.choice(_PLACEHOLDERS))


def _untidy(number: str, draw: Draw) -> str:
    made = (
        number.lower(),
        number.translate(_FULL_WIDTH),
        number + " ",
        " " + number,
        "'" + number,
        number[:6] + " " + number[6:14] + " " + number[14:],
        number + "\t",
    )
    return made[int(draw.integers(len(made)))]


_MAKERS: dict[str, Callable[[str, Draw], str | None]] = {
    "missing": lambda number, draw: "",
    "placeholder": _placeholder,
    "mistyped": _mistyped,
    "swapped": _swapped,
    "dropped_or_doubled": _dropped_or_doubled,
    "two_mistakes": _two_mistakes,
    "old_form": _old_form,
    "spreadsheet": lambda number, draw: number[:15] + "000",
    "scientific": lambda number, draw: f"{number[0]}.{number[1:6]}E+17",
    "masked": _masked,
    "dragged": lambda number, draw: (
        number if number[17] == "X" else number[:17] + str((int(number[17]) + 1) % 10)
    ),
    "untidy": _untidy,
}


def wrong_birth(kind: str, birth: date, lunar: date, draw: Draw) -> date | None:
    """The date of birth with that kind of mistake; None where it is missing, the date itself where it does not admit it."""
    if kind == "missing":
        return None
    if kind == "lunar":
        return lunar
    if kind == "first_of_month":
        return birth.replace(day=1)
    if kind == "first_of_january":
        return birth.replace(month=1, day=1)
    if kind == "year_more":
        return (birth - timedelta(days=1 if birth.day == 29 else 0)).replace(year=birth.year - 1)
    if kind == "day_and_month":
        return birth.replace(month=birth.day, day=birth.month) if birth.day <= 12 else birth
    return _digit_of(birth, draw)


def _digit_of(birth: date, draw: Draw) -> date:
    """One digit of the date mistyped, such that it is still a date of the last 110 years."""
    text = birth.strftime("%Y%m%d")
    for _ in range(20):
        at = int(draw.integers(2, 8))
        made = date_in(text[:at] + str(draw.integers(0, 10)) + text[at + 1 :])
        if made and made != birth:
            return made
    return birth


def date_in(text: str) -> date | None:
    """YYYYMMDD as a formula over a number makes a date of it; None where it is none."""
    try:
        made = date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return None
    return made if date(1910, 1, 1) <= made <= date(2024, 11, 15) else None
