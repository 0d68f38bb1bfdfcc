"""A standard as a column: which value holds where a row lives. For readings that must part rows by one (F17: red)."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from hashlib import sha256

import ibis
import ibis.expr.types as ir

from wenhou.policy import queries as policy
from wenhou.policy.standards import NATION, Row


def at_county(rows: Iterable[Row], name: str, county: ir.StringValue, on: date) -> ir.IntegerValue:
    """The standard's whole number for each county (6 digits) on a day, the nearest division's; null where missing.

    rows: every dated value, as `policy.queries.rows` gives them.
    """
    held = [row for row in rows if row.name == name and row.holds(on)]
    value: ir.IntegerValue = ibis.null("int64")
    for row in sorted(held, key=lambda row: (row.division != NATION, len(row.division))):
        number = ibis.literal(row.value, "int64")
        value = (
            number if row.division == NATION else ibis.ifelse(county.startswith(row.division), number, value)
        )
    return value


def mark() -> str:
    """SHA-256 of every dated value that holds today: SQL in which one was written is that of these values."""
    return _digest(policy.rows())


@lru_cache(maxsize=2)
def _digest(rows: tuple[Row, ...]) -> str:
    return sha256(repr(rows).encode()).hexdigest()
