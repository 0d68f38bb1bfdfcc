"""Text for a terminal: Chinese characters are two columns wide, and no line is wider than it may be."""

import re
import unicodedata
from collections.abc import Iterator

WIDTH = 100
_NO_START = "，。；：、）”》】？！…〕"
_TOKENS = re.compile(r"[0-9A-Za-z.,_-]{1,40}元?|.", re.DOTALL)


def width(text: str) -> int:
    """Columns a text takes."""
    return sum(2 if unicodedata.east_asian_width(one) in "WFA" else 1 for one in text)


def wrapped(text: str, *, first: str = "", rest: str = "", limit: int = WIDTH) -> Iterator[str]:
    """The text in lines of at most `limit` columns; first and rest are what lines begin with. Numbers stay whole."""
    line, used, start = first, width(first), True
    for token in _TOKENS.findall(text):
        wide = width(token)
        room = limit if token in _NO_START else limit - 2
        if used + wide > room and not start:
            yield line.rstrip()
            line, used = rest, width(rest)
        line, used, start = line + token, used + wide, False
    yield line.rstrip()


def padded(text: str, columns: int) -> str:
    """The text with blanks to a column."""
    return text + " " * max(0, columns - width(text))
