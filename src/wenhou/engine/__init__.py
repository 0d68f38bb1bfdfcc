"""The mill: declare, order, plan, run on one or on millions, explain. Three answers: yes, no, unknown. Knows
nothing of assistance.

Formulas import their words from here; `plan`, `run`, `explain` and `frozen` are modules of their own.
"""

from wenhou.engine.declared import household, person
from wenhou.engine.expr import unknown
from wenhou.engine.functions import (
    ceil_div,
    ceil_to,
    days,
    days_after,
    days_between,
    floor_div,
    floor_to,
    full_years,
    greatest,
    least,
    month_of,
    months,
    months_after,
    on_day,
    quantity,
    round_half_up,
    when,
    year_of,
    years,
)
from wenhou.engine.words import Book, fact, indicator, link, rule, standard

__all__ = [
    "Book",
    "ceil_div",
    "ceil_to",
    "days",
    "days_after",
    "days_between",
    "fact",
    "floor_div",
    "floor_to",
    "full_years",
    "greatest",
    "household",
    "indicator",
    "least",
    "link",
    "month_of",
    "months",
    "months_after",
    "on_day",
    "person",
    "quantity",
    "round_half_up",
    "rule",
    "standard",
    "unknown",
    "when",
    "year_of",
    "years",
]
