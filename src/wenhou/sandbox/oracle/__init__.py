"""The truth: for each of the 34 indicators of classes A and D, everybody for whom its condition holds.

Read from the generator's own world, not from the files and not from the product's rules: an independent plain reading
of indicators.csv with facts.md §9 and §18. Each function says how it reads the condition and gives a `Finding`:
the rows for whom the answer is yes, of people or of households of the register or of the residence records.
"""

from collections.abc import Callable

from wenhou.sandbox.oracle import deaths, family, health, income, movement, needs, subsidies, tekun
from wenhou.sandbox.oracle.view import Finding, View

READINGS: dict[str, Callable[[View], Finding]] = {
    **deaths.READINGS,
    **family.READINGS,
    **movement.READINGS,
    **tekun.READINGS,
    **health.READINGS,
    **needs.READINGS,
    **subsidies.READINGS,
    **income.READINGS,
}
