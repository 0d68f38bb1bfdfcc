"""The word for what waits: how many working days at most, and since when."""

import ibis
import ibis.expr.types as ir

from wenhou.linkage.fills.at import At
from wenhou.linkage.fills.declare import Reading, Row, Where, Worth, fill
from wenhou.linkage.fills.working_days import since


def surely(value: ir.BooleanValue) -> ir.BooleanValue:
    """Where it is empty, no."""
    return ibis.coalesce(value, ibis.literal(False))


def open_on(day: ir.DateValue, at: At) -> ir.BooleanValue:
    """Not done on the day asked about."""
    return day.isnull() | (day > at.as_of)


def waiting(
    name: str,
    reading: Reading,
    *,
    where: Where,
    day: Worth,
    stopped: Worth = lambda row, at: ibis.literal(0),
) -> None:
    """workdays_<name>: of what waits the most working days, less those the clock was stopped; <name>_since."""

    def waits(row: Row, at: At) -> ir.BooleanValue:
        return surely(where(row, at) & (day(row, at) <= at.as_of))

    fill(
        f"workdays_{name}",
        reading,
        how="max",
        where=waits,
        value=lambda row, at: since(day(row, at), at) - stopped(row, at),
        none=0,
        unclear=lambda row, at: waits(row, at) & since(day(row, at), at).isnull(),
    )
    fill(f"{name}_since", reading, how="min", where=waits, value=day)
