"""因病致贫重病患者 (§7): the payment's threshold is known, the limits of income and property wait for a place's own."""

from datetime import date

from oracle.case import Case, Person, once
from oracle.composition import counts, size
from oracle.income import income_per_head
from oracle.logic import Answer, at_least, both, either, per, total
from oracle.property import money_held

ILLNESS_CHANGE = date(2023, 3, 1)


def _is_within_limits(case: Case) -> tuple[Answer, Answer]:
    """收入财产符合: at most the limits, a month's income and the money held, a head."""
    held = per(money_held(case), size(case))
    poor = at_least(case.number("illness_income_limit"), income_per_head(case))
    return poor, at_least(case.number("illness_property_limit"), held)


@once
def is_ill_and_poor(person: Person) -> Answer:
    """§18: 其收入财产限额未知故最多为“不知道”. Before 2023-03-01: 3万元, 定点医院住院."""
    return both(counts(person), _has_paid_enough(person), *_is_within_limits(person.case))


def _has_paid_enough(person: Person) -> Answer:
    """The threshold is 宁夏's; what it is elsewhere was not found."""
    case, line = person.case, person.number("medical_oop_line")
    if not case.is_in("64"):
        return None
    if case.on < ILLNESS_CHANGE:
        return at_least(person["hospital_stays_self_paid_12m"], line)
    # 年度个人自付 (§17-11), or 12个月 of 住院总费用+门诊慢特病 (YL15)
    paid = total((person["inpatient_self_paid_12m"], person["outpatient_self_paid_12m"]))
    return either(at_least(paid, line), at_least(person["out_of_pocket_this_year"], line))
