"""Screens where property may not be looked at: visible income together with a hardship that records tell of.

They order and flag and determine nothing. Farmers and the self-employed have little visible income, so low visible
income alone is no screen (facts §9). Property known to be too much is a no; what may not be looked at is 待核.
"""

from wenhou.engine import household, person, rule
from wenhou.policy import law, rules

__all__ = ["rules"]


@rule(person)
def is_in_visible_hardship(
    lives_here,
    is_severely_disabled,
    has_serious_illness,
    is_registered_unemployed,
    is_child_without_parental_care,
    own_medical_cost,
    medical_oop_line,
):
    """有困难事实.

    残疾一二级、重病在管、登记失业、父母不能抚养，或自付达到年度个人自付线。
    """
    body = is_severely_disabled | has_serious_illness | (own_medical_cost >= medical_oop_line)
    return lives_here & (body | is_registered_unemployed | is_child_without_parental_care)


@rule(household)
def was_refused_at_home(members):
    """家中有人申请未获批.

    人工已有结论的，由F14看有没有新的困难，筛查不另提。
    """
    return members.where(~members.is_supporter).was_refused.any()


@rule(household)
def may_be_poor(members, has_property_within_limits, was_refused_at_home):
    """家中有困难事实，财产未见超限（看不到的待核），也没有不予确认过."""
    hardship = members.is_in_visible_hardship.any()
    return hardship & has_property_within_limits.fill(True) & ~was_refused_at_home


@rule(household, law=law.OWN["口径"], screen=True)
def screens_for_dibao(may_be_poor, seen_income_per_head, dibao_standard):
    """筛查：可能应享低保.

    可见人均月收入低于低保标准，叠加困难事实；财产待核。
    """
    return may_be_poor & (seen_income_per_head < dibao_standard)


@rule(household, law=law.OWN["口径"], screen=True)
def screens_for_near_dibao(may_be_poor, seen_income_per_head, dibao_standard, near_line):
    """筛查：可能应认定低保边缘.

    可见人均月收入在低保标准与其1.5倍之间，叠加困难事实；财产待核。
    """
    between = (seen_income_per_head >= dibao_standard) & (seen_income_per_head < near_line)
    return may_be_poor & between
