"""§12 价格补贴联动."""

from datetime import date
from fractions import Fraction

from oracle.case import Case, Person
from oracle.composition import is_dead
from oracle.logic import Answer, at_least, both, either, never_below_zero, no, times, up_to_fen
from oracle.standards import line

# the day asked about lies in the index's month: 2022-08至2023-02指数, paid 2022-09至2023-03
LOWERED = (date(2022, 8, 1), date(2023, 2, 28))
CPI, CPI_LOWERED, FOOD = 35, 30, 60  # ‰


def is_lowered(case: Case) -> bool:
    """2022-09至2023-03阶段性: CPI 3.0%，加边缘人口."""
    return LOWERED[0] <= case.on <= LOWERED[1]


def is_started(case: Case) -> Answer:
    """任一: CPI单月同比≥3.5%；食品≥6%."""
    cpi, food = case.given.get("cpi_growth"), case.given.get("food_price_growth")
    return either(at_least(cpi, CPI_LOWERED if is_lowered(case) else CPI), at_least(food, FOOD))


def is_entitled(person: Person) -> Answer:
    """七类对象, by the register alone."""
    kinds = [
        person["is_dibao"],
        person["is_tekun"],
        person["gets_unemployment_benefit"],
        person["gets_regular_veteran_benefit"],
        person["gets_orphan_allowance"],
        person["gets_child_without_care_allowance"],
        both(person["has_child_hiv"], person.is_under(18)),
    ]
    kinds += [person["is_near_dibao"], person["gets_unemployment_subsidy"]] if is_lowered(person.case) else []
    return both(no(is_dead(person)), either(*kinds))


def subsidy(person: Person) -> int | None:
    """低保标准×SCPI同比涨幅, up to the fen; the line of the first day of the index's month."""
    case = person.case
    scpi = case.given.get("scpi_growth")
    rise = None if scpi is None else never_below_zero(Fraction(scpi, 1000))
    owed = 0 if rise == 0 else up_to_fen(times(line(case, case.on.replace(day=1)), rise))
    started = is_started(case)
    if started is False or is_entitled(person) is False:
        return 0
    return owed if started and is_entitled(person) else (0 if owed == 0 else None)
