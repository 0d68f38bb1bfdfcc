"""Money is integer fen. Yuan exist only at the edges: read here, printed here."""

import re

_YUAN = re.compile(r"-?(?:0|[1-9]\d{0,12})(?:\.\d{1,2})?")


def parse_yuan(text: str) -> int:
    """Fen from a yuan amount with at most two decimals, e.g. '20000.00' → 2000000.

    Raises ValueError on thousands separators, exponents, blanks or a third decimal: nothing is rounded.
    """
    if not _YUAN.fullmatch(text):
        raise ValueError(f"not an amount in yuan: {text!r}")
    sign = -1 if text.startswith("-") else 1
    whole, _, part = text.lstrip("-").partition(".")
    return sign * (int(whole) * 100 + int((part + "00")[:2]))


def format_yuan(fen: int) -> str:
    """Yuan with two decimals and separators: 4318640 → '43,186.40'."""
    sign = "-" if fen < 0 else ""
    yuan, part = divmod(abs(fen), 100)
    return f"{sign}{yuan:,}.{part:02d}"
