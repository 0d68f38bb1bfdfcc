"""人力资源社会保障局 YL21 to YL24, 总工会 YL40 and 退役军人事务局 YL43."""

from wenhou.engine import household, person, rule
from wenhou.policy import law
from wenhou.policy.items import BY_CODE
from wenhou.policy.law import of_items
from wenhou.policy.rules import groups

__all__ = ["groups"]


@rule(household, law=law.INTERIM_MEASURES["42-44"])
def is_without_any_work(members):
    """零就业家庭.

    有人有劳动能力，且有劳动能力的成员都没有就业、没有灵活就业，近12个月没有工资或已登记失业；
    没有劳动的成员，有没有劳动能力都不改变结论。
    """
    return members.is_able_member.any() & (~members.is_able_member | ~members.is_at_work).all()


@rule(person, law=law.INTERIM_MEASURES["42-44"])
def is_poor_and_out_of_work(is_in_tiers_with_work, is_able_member, is_registered_unemployed):
    """困难家庭有劳动能力的失业成员.

    低保、边缘、刚性家庭的；失业看失业登记，申请表填失业登记号。
    """
    return is_in_tiers_with_work & is_able_member & is_registered_unemployed


@rule(household, law=BY_CODE["YL21"].basis, determines=True)
def item_yl21(members, is_without_any_work):
    """就业困难人员认定与公益性岗位安置."""
    return members.is_poor_and_out_of_work.any() | is_without_any_work


@rule(person, law=law.TIERED_AID["四(二)"])
def is_poor_and_able(is_in_tiers_with_work, is_watched_for_relapse, is_able_member):
    """困难家庭有劳动能力的成员.

    低保、边缘、刚性、监测家庭的。
    """
    return (is_in_tiers_with_work | is_watched_for_relapse) & is_able_member


@rule(household, law=BY_CODE["YL22"].basis, determines=True)
def item_yl22(members):
    """职业技能培训补贴."""
    return members.is_poor_and_able.any()


@rule(person, law=law.INTERIM_MEASURES["42-44"])
def is_poor_and_at_work(is_in_tiers_with_work, is_employed, is_self_employed):
    """困难家庭就业创业的成员.

    低保、边缘、刚性家庭的。
    """
    return is_in_tiers_with_work & (is_employed | is_self_employed)


@rule(household, law=BY_CODE["YL23"].basis, determines=True)
def item_yl23(members):
    """社会保险补贴与贷款贴息."""
    return members.is_poor_and_at_work.any()


@rule(person, law=of_items.PENSION_AID["代缴"])
def has_pension_paid_by_aid(
    counts, is_in_two_tiers, is_severely_disabled, is_watched_for_relapse, is_resident_pension_insured
):
    """代缴养老保险对象.

    参加城乡居民养老保险的低保、特困、重度残疾、监测对象。
    """
    group = is_in_two_tiers | is_watched_for_relapse | (counts & is_severely_disabled)
    return group & is_resident_pension_insured


@rule(household, law=BY_CODE["YL24"].basis, determines=True)
def item_yl24(members):
    """困难群体城乡居民养老保险代缴."""
    return members.has_pension_paid_by_aid.any()


@rule(person, law=of_items.UNION_AID["对象"])
def is_union_worker_in_need(is_in_tiers_with_work, is_union_worker):
    """困难家庭的工会会员职工.

    低保、边缘、刚性家庭的。
    """
    return is_in_tiers_with_work & is_union_worker


@rule(household, law=BY_CODE["YL40"].basis, determines=True)
def item_yl40(members):
    """困难职工帮扶与金秋助学."""
    return members.is_union_worker_in_need.any()


@rule(person, law=of_items.VETERANS["帮扶援助"])
def is_veteran_in_need(is_in_four_tiers, is_veteran, gets_regular_veteran_benefit):
    """困难家庭的退役军人或优抚对象.

    低保、特困、边缘、刚性家庭的。
    """
    return is_in_four_tiers & (is_veteran | gets_regular_veteran_benefit)


@rule(household, law=BY_CODE["YL43"].basis, determines=True)
def item_yl43(members):
    """困难退役军人帮扶援助."""
    return members.is_veteran_in_need.any()
