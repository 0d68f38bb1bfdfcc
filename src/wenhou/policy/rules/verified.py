"""The income a family is reckoned with as departments record it: for reviews and reminders, never a determination.

The reading of facts §2.1 and §18 without what only people can tell: four kinds of income after tax, a tenth of wages off as
the cost of work, the illness of the disabled and gravely ill off, by month and head of twelve complete months. The same
a month earlier (`_before`), for what must hold in two accounting months in a row.
"""

from wenhou.engine import floor_div, greatest, household, months, person, rule, when
from wenhou.engine.expr import Expr
from wenhou.policy import law
from wenhou.policy.rules import income, means

__all__ = ["income", "means"]


@rule(person, unit="fen×100", law=law.DIBAO["13"], screen=True)
def own_verified_income_12m_times_100(
    own_visible_income_12m,
    central_basic_pension_12m,
    exempt_central_pension_12m,
    employed_earnings_12m,
    employ_cost_percent,
):
    """本人近12个月可核收入.

    部门记录的税后收入、养老金、定期待遇、失业待遇、惠农补贴与租金；工资、劳务扣必要就业成本。
    """
    visible = own_visible_income_12m + central_basic_pension_12m - exempt_central_pension_12m
    return visible * 100 - employ_cost_percent * employed_earnings_12m


@rule(person, unit="fen", law=law.DIBAO["13"], screen=True)
def own_visible_income_12m_before(
    earnings_after_tax_12m_before,
    employee_pension_12m_before,
    resident_pension_12m_before,
    central_basic_pension_12m_before,
    exempt_central_basic_pension,
    periodic_benefits_12m_before,
    unemployment_benefits_12m_before,
    farm_subsidies_12m_before,
    land_rent_12m_before,
):
    """本人上一核算月的近12个月部门记录收入."""
    exempt = when(exempt_central_basic_pension, central_basic_pension_12m_before, 0)
    pensions = employee_pension_12m_before + resident_pension_12m_before - exempt
    benefits = periodic_benefits_12m_before + unemployment_benefits_12m_before
    return (
        earnings_after_tax_12m_before + pensions + benefits + farm_subsidies_12m_before + land_rent_12m_before
    )


@rule(person, unit="fen×100", law=law.DIBAO["13"], screen=True)
def own_verified_income_12m_before_times_100(
    own_visible_income_12m_before, employed_earnings_12m_before, employ_cost_percent
):
    """本人上一核算月的近12个月可核收入."""
    return own_visible_income_12m_before * 100 - employ_cost_percent * employed_earnings_12m_before


@rule(person, unit="fen", law=law.NINGXIA_ANSWERS["刚性支出"])
def own_rigid_deduction_12m_before(
    is_disabled, has_serious_illness, medical_self_paid_12m_before, rehabilitation_self_paid_12m_before
):
    """本人上一核算月的近12个月可扣的刚性支出."""
    paid = medical_self_paid_12m_before + rehabilitation_self_paid_12m_before
    return when(is_disabled | has_serious_illness, paid, 0)


def _per_head(received: Expr, deducted: Expr, size: Expr) -> Expr:
    counted = greatest(received - deducted * 100, 0)
    return floor_div(floor_div(counted, 100), months(12) * size)


@rule(household, unit="fen/month", law=law.DIBAO["13"], screen=True)
def verified_income_per_head(members, household_size):
    """核算人均月收入（部门记录）.

    近12个月可核收入扣刚性支出后的月均除以成员数，舍至分；与整数分的标准相比，舍与不舍结论相同。
    """
    living = members.where(members.is_living)
    received = living.own_verified_income_12m_times_100.sum()
    return _per_head(received, living.own_rigid_deduction_12m.sum(), household_size)


@rule(household, unit="fen/month", law=law.DIBAO["13"], screen=True)
def verified_income_per_head_before(members, household_size):
    """上一核算月的核算人均月收入（部门记录）."""
    living = members.where(members.is_living)
    received = living.own_verified_income_12m_before_times_100.sum()
    return _per_head(received, living.own_rigid_deduction_12m_before.sum(), household_size)


@rule(person, unit="fen×100", law=law.DIBAO["13"], screen=True)
def own_reckoned_income_12m_times_100(
    own_verified_income_12m_times_100,
    employed_earnings_12m,
    archived_wages,
    archived_unseen_income,
    employ_cost_percent,
):
    """本人近12个月可核收入，连同档案申报而部门看不到的.

    部门近12个月没有工资、劳务记录的，申报的工资性收入扣就业成本计入；有记录的以记录为准。
    """
    wages = when(employed_earnings_12m > 0, 0, archived_wages)
    declared = archived_unseen_income * 100 + (100 - employ_cost_percent) * wages
    return own_verified_income_12m_times_100 + declared


@rule(household, unit="fen/month", law=law.DIBAO["13"], screen=True)
def reckoned_income_per_head(members, household_size):
    """重算的人均月收入（部门记录与档案申报）.

    提醒纳入时用：少计收入会把人算穷。
    """
    living = members.where(members.is_living)
    received = living.own_reckoned_income_12m_times_100.sum()
    return _per_head(received, living.own_rigid_deduction_12m.sum(), household_size)


@rule(household, unit="fen", law=law.DIBAO["17"])
def authorised_money(members):
    """成员的货币财产（授权范围内查得；有成员未授权的不知道）."""
    living = members.where(members.is_living)
    return (living.deposits + living.investments + living.insurance_value).sum()


@rule(household, law=law.NINGXIA_ANSWERS["财产"])
def has_modest_money(authorised_money, asset_months, dibao_standard, household_size):
    """人均货币财产不超过36个月低保标准之和."""
    return authorised_money <= asset_months * dibao_standard * household_size
