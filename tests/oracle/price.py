"""§12 价格补贴联动."""

from fractions import Fraction

from oracle.case import Case, Person
from oracle.composition import is_dead
from oracle.logic import Answer, at_least, both, either, never_below_zero, no, times, up_to_fen
from oracle.standards import line


def is_started(case: Case) -> Answer:
    """任一: CPI单月同比≥3.5%；食品≥6%; in 2022-08至2023-02指数 CPI≥3.0%."""
    cpi, food = case.number("cpi_growth"), case.number("food_price_growth")
    return either(
        at_least(cpi, case.number("cpi_trigger")), at_least(food, case.number("food_price_trigger"))
    )


def is_entitled(person: Person) -> Answer:
    """七类对象, by the register alone."""
    kinds = [
        person["is_dibao"],
        person["is_tekun"],
        person["gets_unemployment_benefit"],
        person["gets_regular_veteran_benefit"],
        person["gets_orphan_allowance"],
        person["gets_child_without_care_allowance"],
        both(person["has_child_hiv"], person.is_minor),
    ]
    more = either(person["is_near_dibao"], person["gets_unemployment_subsidy"])
    kinds.append(both(person.number("price_subsidy_covers_more"), more))
    return both(no(is_dead(person)), either(*kinds))


def _at_least(least: int | None, amount: int | None) -> int | None:
    return None if least is None or amount is None else max(least, amount)


def subsidy(person: Person) -> int | None:
    """低保标准×SCPI同比涨幅, up to the fen; the line of the first day of the index's month."""
    case = person.case
    scpi = case.number("scpi_growth")
    rise = None if scpi is None else never_below_zero(Fraction(scpi, 1000))
    owed = (
        0
        if rise == 0
        else _at_least(
            case.number("price_subsidy_minimum"), up_to_fen(times(line(case, case.on.replace(day=1)), rise))
        )
    )
    started = is_started(case)
    if started is False or is_entitled(person) is False:
        return 0
    return owed if started and is_entitled(person) else (0 if owed == 0 else None)
