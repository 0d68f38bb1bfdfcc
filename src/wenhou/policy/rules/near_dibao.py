"""低保边缘 of the whole family."""

from wenhou.engine import floor_div, household, months, rule
from wenhou.policy import law
from wenhou.policy.rules import dibao

__all__ = ["dibao"]

LAWS = law.Articles((law.DIBAO["8"], law.TIERED_AID["二"]))


@rule(household, unit="fen/month", law=LAWS)
def near_line(near_line_percent, dibao_standard):
    """低保边缘收入线.

    低保标准的1.5倍，舍至分。
    """
    return floor_div(near_line_percent * dibao_standard, 100)


@rule(household, law=LAWS)
def is_below_fraction_of_near_line(
    countable_income_12m_times_100, family_size, near_line_percent, dibao_standard
):
    """人均月收入低于边缘线（连零头一起比）."""
    per_head = floor_div(countable_income_12m_times_100, months(12) * family_size)
    return per_head < near_line_percent * dibao_standard


@rule(household, law=LAWS)
def is_income_below_near_line(income_per_head, near_line, is_below_fraction_of_near_line):
    """人均月收入低于低保边缘收入线.

    严格小于。人均与线都舍至分而相等时，连零头一起比。
    """
    return (income_per_head < near_line) | ((income_per_head == near_line) & is_below_fraction_of_near_line)


@rule(household, law=LAWS, determines=True)
def qualifies_for_near_dibao(
    family_size,
    qualifies_for_tekun_household,
    qualifies_for_dibao,
    is_income_below_near_line,
    has_property_within_near_limits,
):
    """低保边缘家庭.

    不是特困户、低保家庭，人均月收入低于低保标准的1.5倍，且财产符合。
    """
    others = ~qualifies_for_tekun_household & ~qualifies_for_dibao
    return (family_size > 0) & others & is_income_below_near_line & has_property_within_near_limits
