"""Whole numbers as people and addresses write them."""

LARGEST = 2**63 - 1
"""What a key may be at most."""


def whole(text: str, *, least: int = 0, most: int = LARGEST) -> int | None:
    """The number a text of plain digits stands for; None for anything else, and outside the bounds.

    `str.isdigit` will not do: it accepts '²', which `int` refuses, and knows no bound.
    """
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST))):
        return None
    number = int(text)
    return number if least <= number <= most else None
