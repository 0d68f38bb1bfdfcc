"""刚性支出困难: families above the other lines whom unavoidable spending leaves poor."""

from wenhou.engine import floor_div, greatest, household, person, rule
from wenhou.policy import law
from wenhou.policy.rules import near_dibao, support

__all__ = ["near_dibao"]


@rule(person, unit="fen", law=law.SPENDING["5"])
def own_unavoidable_spending_12m(medical_self_paid_12m, public_school_fees_12m, rehabilitation_self_paid_12m):
    """本人近12个月刚性支出.

    合规医疗个人负担、按公办收费的教育支出和康复自付。
    """
    return medical_self_paid_12m + public_school_fees_12m + rehabilitation_self_paid_12m


@rule(household, unit="fen", law=law.SPENDING["5"])
def unavoidable_spending_12m(members, essential_living_spending_12m, other_unavoidable_spending_12m):
    """家庭近12个月刚性支出.

    生活、医疗、教育、残疾康复和其他五类。
    """
    of_people = members.where(members.counts).own_unavoidable_spending_12m.sum()
    return essential_living_spending_12m + of_people + other_unavoidable_spending_12m


@rule(household, unit="fen", law=law.SPENDING["4"])
def spending_line_12m(
    family_income_12m_times_100,
    family_support_12m_times_100,
    family_support_12m_left_over,
    spending_share_percent,
):
    """家庭近12个月总收入的规定比例.

    总收入为扣就业成本后、扣刚性支出前的十二个月可核收入；比例60%暂定。
    舍至分，与整数分的支出相比结论不变（facts §18）。
    """
    whole = (family_income_12m_times_100 + family_support_12m_times_100) * spending_share_percent
    fraction = floor_div(family_support_12m_left_over * spending_share_percent, support.FINER)
    return floor_div(greatest(whole + fraction, 0), 100 * 100)


@rule(household, law=law.SPENDING["4"])
def is_spending_above_share(unavoidable_spending_12m, spending_line_12m):
    """刚性支出超过家庭总收入的规定比例.

    严格大于。
    """
    return unavoidable_spending_12m > spending_line_12m


@rule(household, law=law.SPENDING["4"], determines=True)
def qualifies_for_unavoidable_spending():
    """刚性支出困难家庭.

    2025年1月1日以前没有这一类。
    """
    return False


@rule(
    household,
    law=law.SPENDING["4"],
    since="2025-01-01",
    name="qualifies_for_unavoidable_spending",
    determines=True,
)
def qualifies_for_unavoidable_spending_since_2025(
    family_size,
    qualifies_for_tekun_household,
    qualifies_for_dibao,
    qualifies_for_near_dibao,
    annual_income_per_head,
    disposable_income,
    has_property_within_spending_limits,
    is_spending_above_share,
):
    """刚性支出困难家庭.

    不是特困户、低保、边缘，人均收入低于上年度当地人均可支配收入，财产符合，刚性支出占比超过规定。
    """
    others = ~qualifies_for_tekun_household & ~qualifies_for_dibao & ~qualifies_for_near_dibao
    poor = annual_income_per_head < disposable_income
    spent = is_spending_above_share & has_property_within_spending_limits
    return (family_size > 0) & others & poor & spent
