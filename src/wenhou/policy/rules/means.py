"""Income of the twelve complete months before: four kinds, what is not counted, what is deducted, per head.

Exact until the rounding the law names. Own income is carried in hundredths of a fen (percent of wages), support in the
parts of `support`; sums are kept ×100, cut to a whole number. That loses nothing: x < b and ⌊x⌋ < b say the same of a
whole b, s > x and s > ⌊x⌋ of a whole s, and ⌈(k − x) ÷ m⌉ = ⌈(k − ⌊x⌋) ÷ m⌉ of whole k and m.
Incomes up to 100 million yuan a year stay below 9.2e18, up to 14.3 million below the 2**53 of exact division.
"""

from wenhou.engine import floor_div, greatest, household, months, person, rule, when
from wenhou.policy import law
from wenhou.policy.rules import ability, composition, support

__all__ = ["ability", "composition", "support"]


@rule(person, unit="fen", law=law.DIBAO["13"])
def own_business_income_12m(business_revenue_12m, business_costs_12m, depreciation_12m, production_tax_12m):
    """本人近12个月经营净收入.

    扣费用、折旧、生产税；可以为负。
    """
    return business_revenue_12m - business_costs_12m - depreciation_12m - production_tax_12m


@rule(person, unit="fen", law=law.DIBAO["13"])
def own_property_income_12m(rental_income_12m, interest_and_dividends_12m, land_rent_12m, property_costs_12m):
    """本人近12个月财产净收入.

    出租、利息股息红利、土地流转租金，扣费用。
    """
    return rental_income_12m + interest_and_dividends_12m + land_rent_12m - property_costs_12m


@rule(person, unit="fen", law=law.DIBAO["13"])
def exempt_central_pension_12m(exempt_central_basic_pension, central_basic_pension_12m):
    """本人近12个月不计收入的中央基础养老金."""
    return when(exempt_central_basic_pension, central_basic_pension_12m, 0)


@rule(person, unit="fen", law=law.DIBAO["13"])
def own_transfers_received_12m(
    employee_pension_12m,
    resident_pension_12m,
    exempt_central_pension_12m,
    periodic_benefits_12m,
    unemployment_benefits_12m,
    farm_subsidies_12m,
    old_age_allowance_12m,
    other_transfers_12m,
):
    """本人近12个月转移收入.

    养老金、工伤与遗属待遇、失业待遇、惠农补贴、高龄津贴和其他。高龄津贴在低保、边缘、刚性中计入，特困不计；
    优抚、奖扶、奖学金、见义勇为和救助款物不计（facts §18）。
    """
    pensions = employee_pension_12m + resident_pension_12m - exempt_central_pension_12m
    benefits = periodic_benefits_12m + unemployment_benefits_12m + old_age_allowance_12m
    return pensions + benefits + farm_subsidies_12m + other_transfers_12m


@rule(person, unit="fen", law=law.DIBAO["13"])
def own_transfer_income_12m(
    own_transfers_received_12m, income_tax_12m, social_insurance_paid_12m, support_paid_12m
):
    """本人近12个月转移净收入.

    扣个人所得税、社会保险和赡养支出。
    """
    return own_transfers_received_12m - income_tax_12m - social_insurance_paid_12m - support_paid_12m


@rule(person, unit="fen", law=law.DIBAO["13"])
def own_uncounted_income_12m(
    veteran_benefits_12m,
    family_planning_awards_12m,
    scholarships_12m,
    bravery_awards_12m,
    assistance_received_12m,
    exempt_central_pension_12m,
):
    """本人近12个月不计入的收入.

    优抚、计划生育奖扶、奖学金、见义勇为、各类救助款物、中央基础养老金。
    """
    awards = family_planning_awards_12m + scholarships_12m + bravery_awards_12m
    return veteran_benefits_12m + awards + assistance_received_12m + exempt_central_pension_12m


@rule(person, unit="fen×100", law=law.OWN["口径"])
def own_income_12m_times_100(
    wages_12m,
    employ_cost_percent,
    own_business_income_12m,
    own_property_income_12m,
    own_transfer_income_12m,
):
    """本人近12个月收入（未扣刚性支出，不含赡养费）.

    已扣必要就业成本。就业成本按工资的百分数扣，不封顶，不及于经营收入；负的净收入在这里不归零（facts §18）。
    """
    rest = own_business_income_12m + own_property_income_12m + own_transfer_income_12m
    return (100 - employ_cost_percent) * wages_12m + rest * 100


@rule(person, unit="fen", law=law.NINGXIA_ANSWERS["刚性支出"])
def own_rigid_deduction_12m(
    is_disabled, has_serious_illness, medical_self_paid_12m, rehabilitation_self_paid_12m
):
    """本人近12个月可扣的刚性支出.

    残疾或重病的，医疗个人负担与康复支出；教育、生活支出不扣（facts §18）。
    """
    burdened = is_disabled | has_serious_illness
    return when(burdened, medical_self_paid_12m + rehabilitation_self_paid_12m, 0)


@rule(person, unit="fen×100", law=law.DIBAO["8"])
def own_countable_income_12m_times_100(
    own_income_12m_times_100, support_due_12m_in_parts, own_rigid_deduction_12m
):
    """本人近12个月可归属收入.

    含应得赡养费，已扣本人就业成本与刚性支出，负数为零。
    """
    received = own_income_12m_times_100 + floor_div(support_due_12m_in_parts, support.FINER)
    return greatest(received - own_rigid_deduction_12m * 100, 0)


@rule(household, unit="fen", law=law.DIBAO["13"])
def wage_income_12m(members):
    """家庭近12个月工资性收入.

    未扣必要就业成本。
    """
    return members.where(members.counts).wages_12m.sum()


@rule(household, unit="fen", law=law.DIBAO["13"])
def business_income_12m(members):
    """家庭近12个月经营净收入.

    可以为负，只在合计处归零（facts §18）。
    """
    return members.where(members.counts).own_business_income_12m.sum()


@rule(household, unit="fen", law=law.DIBAO["13"])
def property_income_12m(members):
    """家庭近12个月财产净收入."""
    return members.where(members.counts).own_property_income_12m.sum()


@rule(household, unit="fen", law=law.DIBAO["13"])
def transfer_income_12m(members):
    """家庭近12个月转移净收入.

    不含按公式算得的赡养费。
    """
    return members.where(members.counts).own_transfer_income_12m.sum()


@rule(household, unit="fen", law=law.DIBAO["13"])
def uncounted_income_12m(members):
    """家庭近12个月不计入的收入.

    只供阅读。
    """
    return members.where(members.counts).own_uncounted_income_12m.sum()


@rule(household, unit="fen", law=law.OWN["口径"])
def employment_cost_12m(wage_income_12m, employ_cost_percent):
    """家庭近12个月必要就业成本.

    舍至分，只供阅读；可核收入用未舍的数。
    """
    return floor_div(wage_income_12m * employ_cost_percent, 100)


@rule(household, unit="fen", law=law.NINGXIA_ANSWERS["刚性支出"])
def rigid_deduction_12m(members):
    """家庭近12个月可扣的刚性支出.

    残疾、重病成员的医疗个人负担与康复支出；先扣减再与标准比较。
    """
    return members.where(members.counts).own_rigid_deduction_12m.sum()


@rule(household, unit="fen×100", law=law.DIBAO["13"])
def family_income_12m_times_100(
    wage_income_12m,
    employ_cost_percent,
    business_income_12m,
    property_income_12m,
    transfer_income_12m,
):
    """家庭近12个月收入（未扣刚性支出，不含赡养费）.

    已扣必要就业成本；可以为负。
    """
    rest = business_income_12m + property_income_12m + transfer_income_12m
    return (100 - employ_cost_percent) * wage_income_12m + rest * 100


@rule(household, unit="fen×100", law=law.DIBAO["13"])
def countable_income_12m_times_100(
    family_income_12m_times_100, family_support_12m_times_100, rigid_deduction_12m
):
    """家庭近12个月可核收入（未舍零头）.

    含应得赡养费，已扣必要就业成本与刚性支出，合计为负的归零。
    """
    received = family_income_12m_times_100 + family_support_12m_times_100
    return greatest(received - rigid_deduction_12m * 100, 0)


@rule(household, unit="fen", law=law.DIBAO["13"])
def countable_income_12m(countable_income_12m_times_100):
    """家庭近12个月可核收入."""
    return floor_div(countable_income_12m_times_100, 100)


@rule(household, unit="fen/month", law=law.DIBAO["13"])
def income_per_head(countable_income_12m, family_size):
    """人均月收入.

    近12个月可核收入的月均除以共同生活成员数，舍至分；与整数分的标准相比，舍与不舍结论相同。
    """
    return floor_div(countable_income_12m, months(12) * family_size)


@rule(household, unit="fen", law=law.SPENDING["4"])
def income_before_spending_12m(family_income_12m_times_100, family_support_12m_times_100):
    """家庭近12个月总收入（扣刚性支出前）.

    扣就业成本后的四类收入与应得赡养费，负数为零，舍至分。
    """
    return greatest(floor_div(family_income_12m_times_100 + family_support_12m_times_100, 100), 0)


@rule(household, unit="fen", law=law.SPENDING["4"])
def annual_income_per_head(income_before_spending_12m, family_size):
    """人均年收入（刚性支出困难口径）.

    扣就业成本后、扣刚性支出前；舍至分，与整数分的标准相比结论不变（facts §18）。
    """
    return floor_div(income_before_spending_12m, family_size)
