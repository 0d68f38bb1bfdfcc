"""残疾人联合会 YL29 to YL32, 司法局 YL39 and 妇女联合会 YL42."""

from wenhou.engine import household, person, rule, unknown, when
from wenhou.policy import law
from wenhou.policy.items import BY_CODE
from wenhou.policy.law import of_items
from wenhou.policy.rules import groups

__all__ = ["groups"]


@rule(household, law=BY_CODE["YL29"].basis, determines=True)
def item_yl29(members):
    """残疾人证办理与等级评定."""
    return members.where(members.counts).is_suspected_disabled.any()


@rule(person, law=of_items.CHILD_REHABILITATION["对象"])
def is_child_to_rehabilitate(counts, age, rehabilitation_age, is_disabled, needs_rehabilitation):
    """0至6岁有康复需求的残疾儿童.

    低保、孤儿、特困只是优先，不是前提。
    """
    return counts & (age <= rehabilitation_age) & is_disabled & needs_rehabilitation


@rule(household, law=BY_CODE["YL30"].basis, determines=True)
def item_yl30(members):
    """残疾儿童康复救助."""
    return members.is_child_to_rehabilitate.any()


@rule(person, law=of_items.DISABLED_LAW["辅助器具"])
def is_disabled_without_device(counts, is_disabled, needs_assistive_device):
    """有辅具需求的持证残疾人.

    困难家庭只是优先，不是前提。
    """
    return counts & is_disabled & needs_assistive_device


@rule(household, law=BY_CODE["YL31"].basis, determines=True)
def item_yl31(members):
    """残疾人辅助器具适配."""
    return members.is_disabled_without_device.any()


@rule(person, law=law.TIERED_AID["四(五)"])
def is_poor_and_severely_disabled(is_in_three_tiers, is_severely_disabled):
    """困难重度残疾人.

    低保、特困、边缘家庭的。
    """
    return is_in_three_tiers & is_severely_disabled


@rule(household, law=BY_CODE["YL32"].basis, determines=True)
def item_yl32(members, needs_home_adaptation):
    """困难重度残疾人家庭无障碍改造."""
    return members.is_poor_and_severely_disabled.any() & needs_home_adaptation


@rule(household, law=BY_CODE["YL39"].basis, determines=True)
def item_yl39(members, has_legal_matter):
    """法律援助.

    低保、特困、边缘、刚性家庭免经济困难审查；其他家庭看省里的经济困难标准，没有查到，不知道。
    """
    return has_legal_matter & when(members.is_in_four_tiers.any(), True, unknown)


@rule(person, law=of_items.WOMEN_CANCER["对象"])
def is_poor_woman_with_cancer(is_in_five_tiers, sex, has_eligible_cancer):
    """患两癌的困难妇女.

    低保、特困、边缘、刚性、监测家庭的。
    """
    return is_in_five_tiers & (sex == "2") & has_eligible_cancer


@rule(household, law=BY_CODE["YL42"].basis, determines=True)
def item_yl42(members):
    """低收入妇女两癌救助."""
    return members.is_poor_woman_with_cancer.any()
