"""Arithmetic on division codes (GB/T 2260 and 统计用区划代码), without a table and without a guess.

A code is 2, 4, 6, 9 or 12 digits: province, city, county, town, village. Its *prefix* drops the zeros that only fill
it up; its *padded* form has 12 digits. Whether a code exists, and when, only the table knows (`queries.find`).
"""

from wenhou.base.errors import Refused

LENGTHS = (2, 4, 6, 9, 12)
PADDED = 12


class BadCode(Refused):
    """Not a division code at all; the sentence says what a code looks like."""


def is_code(text: str) -> bool:
    """Whether the text has the form of a division code."""
    return len(text) in LENGTHS and text.isascii() and text.isdigit() and "11" <= text[:2] <= "82"


def pad(code: str) -> str:
    """The 12-digit form: '640104' → '640104000000'. Raises BadCode."""
    if not is_code(code):
        raise BadCode(f"“{code[:20]}”不是区划代码：应为2、4、6、9或12位数字。")
    return code.ljust(PADDED, "0")


def prefix(code: str) -> str:
    """The significant digits, 2, 4, 6, 9 or 12 of them: '640100000000' → '6401'. Raises BadCode."""
    full = pad(code)
    return next(full[:length] for length in LENGTHS if not full[length:].strip("0"))


def level_of(code: str) -> int:
    """1 province, 2 city, 3 county, 4 town, 5 village."""
    return LENGTHS.index(len(prefix(code))) + 1


def contains(outer: str, inner: str) -> bool:
    """Whether `inner` lies in `outer` or is it. By digits alone: a renumbered county is another code."""
    return pad(inner).startswith(prefix(outer))


def parents_of(code: str) -> tuple[str, ...]:
    """The padded codes above, highest first: village → province, city, county, town.

    A city without counties (东莞, 儋州) stands where its towns' county would, and is named once.
    """
    own = prefix(code)
    above = [pad(own[:length]) for length in LENGTHS if length < len(own)]
    return tuple(parent for parent in dict.fromkeys(above) if parent != pad(own))


def parent_of(code: str) -> str | None:
    """The padded code directly above, None for a province."""
    above = parents_of(code)
    return above[-1] if above else None
