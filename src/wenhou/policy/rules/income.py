"""What can be seen of income and of bills (facts §9), for sorting and screening only: never a determination."""

from wenhou.engine import floor_div, household, months, person, rule, when
from wenhou.engine.expr import Expr
from wenhou.policy import law
from wenhou.policy.rules import lines, people

__all__ = ["lines", "people"]


def per_head(income: Expr, people: Expr) -> Expr:
    """Of twelve months' income what a head has a month, to the fen below."""
    return floor_div(income, people * months(12))


def is_low(income: Expr, people: Expr, dibao_standard: Expr, near_dibao_percent: Expr) -> Expr:
    """Twelve months' income below so many hundredths of the standard for everybody."""
    return income * 100 < near_dibao_percent * dibao_standard * months(12) * people


@rule(household, unit="count")
def household_size(members):
    """共同生活成员数（不含已死亡的）."""
    return members.where(members.is_living).count()


@rule(person, unit="fen", law=law.DIBAO["13"], screen=True)
def own_visible_income_12m(
    earnings_after_tax_12m,
    employee_pension_12m,
    resident_pension_12m,
    central_basic_pension_12m,
    periodic_benefits_12m,
    unemployment_benefits_12m,
    farm_subsidies_12m,
    land_rent_12m,
):
    """本人近12个月可见收入（中央基础养老金不计）."""
    pensions = employee_pension_12m + resident_pension_12m - central_basic_pension_12m
    benefits = periodic_benefits_12m + unemployment_benefits_12m
    return earnings_after_tax_12m + pensions + benefits + farm_subsidies_12m + land_rent_12m


@rule(household, unit="fen", law=law.DIBAO["13"], screen=True)
def visible_income_12m(members):
    """家庭近12个月可见收入."""
    return members.where(members.is_living).own_visible_income_12m.sum()


@rule(household, unit="fen/month", law=law.OWN["口径"], screen=True)
def visible_income_per_head(visible_income_12m, household_size):
    """可见人均月收入EPCI（舍至分，只用于筛查）."""
    return per_head(visible_income_12m, household_size)


@rule(household, law=law.OWN["阈值"], screen=True)
def has_low_visible_income(visible_income_12m, household_size, dibao_standard, near_dibao_percent):
    """可见人均月收入低于低保标准的1.5倍."""
    return is_low(visible_income_12m, household_size, dibao_standard, near_dibao_percent)


@rule(person, unit="fen", law=law.TEKUN["6"])
def tekun_income_12m(
    earnings_after_tax_12m, employee_pension_12m, resident_pension_12m, central_basic_pension_12m
):
    """本人近12个月收入（中央基础养老金、高龄津贴、抚恤金不计）."""
    return earnings_after_tax_12m + employee_pension_12m + resident_pension_12m - central_basic_pension_12m


@rule(person, unit="fen", law=law.OWN["口径"])
def own_medical_cost(out_of_pocket_this_year, inpatient_self_paid_12m, outpatient_self_paid_12m):
    """个人自付（本年度累计与近12个月住院门诊合计，取高）."""
    stays = inpatient_self_paid_12m + outpatient_self_paid_12m
    known = stays.fill(0)
    return when(out_of_pocket_this_year.fill(0) >= known, out_of_pocket_this_year, stays)
