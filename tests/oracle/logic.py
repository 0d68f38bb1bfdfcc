"""Yes, no and not known (None); exact fractions; days. A second reading shares no code with the first."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import Any

Answer = bool | None
Amount = Fraction | int | None


def no(answer: Answer) -> Answer:
    """Not known stays not known."""
    return None if answer is None else not answer


def all_of(answers: Iterable[Answer]) -> Answer:
    """§18 三值: one known no decides, whatever else is unknown (假∧未知=假)."""
    told = list(answers)
    if any(answer is False for answer in told):
        return False
    return None if any(answer is None for answer in told) else True


def any_of(answers: Iterable[Answer]) -> Answer:
    """One sure yes decides; else unknown while one is unknown."""
    return no(all_of(no(answer) for answer in answers))


def both(*answers: Answer) -> Answer:
    """All of what is named."""
    return all_of(answers)


def either(*answers: Answer) -> Answer:
    """Any of what is named."""
    return any_of(answers)


def total(amounts: Iterable[Amount]) -> Amount:
    """A sum with an unknown part is unknown."""
    told = list(amounts)
    return None if any(amount is None for amount in told) else sum(told, Fraction(0))


def less(one: Amount, other: Amount) -> Answer:
    """Strictly."""
    return None if one is None or other is None else one < other


def at_least(one: Amount, other: Amount) -> Answer:
    """Or more."""
    return no(less(one, other))


def is_one(value: Any, *choices: Any) -> Answer:
    """Whether a value is among choices."""
    return None if value is None else value in choices


def choose(condition: Answer, yes: Any, otherwise: Any) -> Any:
    """One of two; where the condition is unknown, only what both agree upon."""
    if condition is None:
        return yes if yes == otherwise else None
    return yes if condition else otherwise


def granted(verdict: Answer, amount: Any) -> Any:
    """the-law.md: amounts are 0 where the verdict is no, unknown where it is unknown."""
    return amount if verdict else (None if verdict is None else 0)


def times(one: Amount, other: Amount) -> Amount:
    """A product; unknown with an unknown."""
    return None if one is None or other is None else Fraction(one) * other


def minus(one: Amount, other: Amount) -> Amount:
    """A difference; unknown with an unknown."""
    return None if one is None or other is None else Fraction(one) - other


def never_below_zero(amount: Amount) -> Amount:
    """§18: 负的净收入只在合计处归零."""
    return None if amount is None else max(Fraction(0), Fraction(amount))


def per(amount: Amount, heads: int | None) -> Amount:
    """A share; of nobody there is none to tell."""
    return None if amount is None or not heads else Fraction(amount) / heads


def cut(amount: Amount) -> int | None:
    """Down to the fen, for reading."""
    return None if amount is None else floor(amount)


def up_to_fen(amount: Amount) -> int | None:
    """向上到分."""
    return None if amount is None else ceil(amount)


def up_to_yuan(amount: Amount) -> int | None:
    """向上到元, in fen."""
    return None if amount is None else ceil(Fraction(amount) / 100) * 100


def age(born: date | None, on: date) -> int | None:
    """§18: reached on the birthday; of one born on 29 February, on 1 March."""
    if born is None:
        return None
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def months_before(on: date, months: int) -> date:
    """The same day so many months ago, or the last of that month where it has no such day."""
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    first = date(year, month + 1, 1)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return first.replace(day=min(on.day, (following - first).days))


def has_lasted(since: date | None, months: int | None, on: date) -> Answer:
    """Whether so many months are full on a day: the same day, or the last of that month (民法典§202)."""
    return None if since is None or months is None else months_before(since, -months) <= on


def is_within(since: date | None, months: int | None, on: date) -> Answer:
    """§18: “N个月内”含N个月前的同日."""
    return None if since is None or months is None else since >= months_before(on, months)
