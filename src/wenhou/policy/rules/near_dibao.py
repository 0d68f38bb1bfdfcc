"""低保边缘 of the whole family."""

from wenhou.engine import floor_div, household, months, rule
from wenhou.policy import law
from wenhou.policy.rules import dibao

__all__ = ["dibao"]


@rule(household, law=law.Articles((law.DIBAO["8"], law.TIERED_AID["二"])))
def is_income_below_near_line(countable_income_12m_times_100, family_size, near_line_percent, dibao_standard):
    """人均月收入低于低保标准的1.5倍（严格小于，两边同乘100）."""
    per_head = floor_div(countable_income_12m_times_100, months(12) * family_size)
    return per_head < near_line_percent * dibao_standard


@rule(household, law=law.Articles((law.DIBAO["8"], law.TIERED_AID["二"])), determines=True)
def qualifies_for_near_dibao(
    family_size,
    qualifies_for_tekun_household,
    qualifies_for_dibao,
    is_income_below_near_line,
    has_property_within_near_limits,
):
    """低保边缘家庭：不是特困、低保，人均月收入低于1.5倍标准且财产符合."""
    others = ~qualifies_for_tekun_household & ~qualifies_for_dibao
    return (family_size > 0) & others & is_income_below_near_line & has_property_within_near_limits
