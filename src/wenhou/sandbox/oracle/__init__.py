"""The truth: for each indicator of the watch that has a reading, everybody for whom its condition holds.

Read from the generator's own world, not from the files and not from the product's rules: an independent plain reading
of indicators.csv with facts.md §9 and §18. Each function says how it reads the condition and gives a `Finding`:
the rows for whom the answer is yes, of people or of households of the register or of the residence records.
"""

from collections.abc import Callable

from wenhou.sandbox.oracle import (
    b_income,
    b_work,
    c_assets,
    c_money,
    deaths,
    e_care,
    e_housing,
    e_schooling,
    f_deadlines,
    f_payment,
    f_return,
    family,
    health,
    income,
    movement,
    needs,
    subsidies,
    tekun,
)
from wenhou.sandbox.oracle.view import Finding, View

READINGS: dict[str, Callable[[View], Finding]] = {
    **deaths.READINGS,
    **family.READINGS,
    **movement.READINGS,
    **tekun.READINGS,
    **b_income.READINGS,
    **b_work.READINGS,
    **c_assets.READINGS,
    **c_money.READINGS,
    **health.READINGS,
    **needs.READINGS,
    **subsidies.READINGS,
    **income.READINGS,
    **e_schooling.READINGS,
    **e_housing.READINGS,
    **e_care.READINGS,
    **f_deadlines.READINGS,
    **f_payment.READINGS,
    **f_return.READINGS,
}
