"""民政局: YL01 to YL12."""

from wenhou.engine import household, person, rule
from wenhou.policy import law
from wenhou.policy.items import BY_CODE
from wenhou.policy.law import of_items
from wenhou.policy.rules import groups, heating, relief

__all__ = ["groups", "heating", "relief"]


@rule(household, law=BY_CODE["YL01"].basis, determines=True)
def item_yl01(members):
    """最低生活保障.

    计入的成员有低保的；离家住宗教场所、不计入本户而单独纳入的也算。
    """
    return members.where(members.counts).stands_as_dibao.any() | members.qualifies_for_single_dibao.any()


@rule(household, law=BY_CODE["YL02"].basis, determines=True)
def item_yl02(members):
    """特困人员救助供养."""
    return members.where(members.counts).stands_as_tekun.any()


@rule(household, law=BY_CODE["YL03"].basis, determines=True)
def item_yl03(members):
    """低保边缘家庭认定."""
    return members.where(members.counts).stands_as_near_dibao.any()


@rule(household, law=BY_CODE["YL04"].basis, determines=True)
def item_yl04(members):
    """刚性支出困难家庭认定."""
    return members.where(members.counts).stands_as_unavoidable_spending.any()


@rule(household, law=BY_CODE["YL05"].basis, determines=True)
def item_yl05(qualifies_for_emergency_relief):
    """临时救助（急难型）."""
    return qualifies_for_emergency_relief


@rule(household, law=BY_CODE["YL06"].basis, determines=True)
def item_yl06(qualifies_for_expenditure_relief):
    """临时救助（支出型）."""
    return qualifies_for_expenditure_relief


@rule(household, law=BY_CODE["YL07"].basis, determines=True)
def item_yl07(members):
    """孤儿和事实无人抚养儿童基本生活保障."""
    return members.is_child_in_care.any()


@rule(household, law=BY_CODE["YL08"].basis, determines=True)
def item_yl08(members):
    """困难残疾人生活补贴."""
    return members.where(members.counts).qualifies_for_disability_living.any()


@rule(household, law=BY_CODE["YL09"].basis, determines=True)
def item_yl09(members):
    """重度残疾人护理补贴."""
    return members.where(members.counts).qualifies_for_disability_care.any()


@rule(person, law=of_items.ELDERS_LAW["老年补贴"])
def is_poor_and_frail_or_very_old(
    is_in_three_tiers, is_elder, has_incapacity_record, is_poor_and_very_old, age, very_old_age
):
    """经济困难的高龄失能老年人.

    低保、特困、边缘家庭满60周岁的失能老年人、满80周岁的老年人，或高龄低收入老年人。
    """
    frail_or_old = (is_elder & has_incapacity_record) | (age >= very_old_age)
    return (is_in_three_tiers & frail_or_old) | is_poor_and_very_old


@rule(household, law=BY_CODE["YL10"].basis, determines=True)
def item_yl10(members):
    """经济困难高龄失能老年人补贴."""
    return members.is_poor_and_frail_or_very_old.any()


@rule(household, law=BY_CODE["YL11"].basis, determines=True)
def item_yl11(qualifies_for_heating_aid):
    """取暖救助（采暖补贴）."""
    return qualifies_for_heating_aid


@rule(person, law=law.TIERED_AID["四(五)"])
def is_deceased_in_need(is_dead, is_supporter, is_aided, gets_orphan_allowance, gets_regular_veteran_benefit):
    """已故的困难人员.

    在册低保、特困、边缘、刚性人员，孤儿或优抚对象。
    """
    own = is_aided | gets_orphan_allowance | gets_regular_veteran_benefit
    return is_dead & ~is_supporter & own


@rule(person, law=law.TIERED_AID["四(五)"])
def is_deceased_of_family(is_dead, is_supporter, belongs_to_family):
    """已故的共同生活的家庭成员.

    不共同生活的义务人和父母不算。
    """
    return is_dead & ~is_supporter & belongs_to_family


@rule(household, law=BY_CODE["YL12"].basis, determines=True)
def item_yl12(members):
    """困难群众殡葬服务费用减免.

    逝者本人在册，或是低保、特困、低保边缘、刚性家庭（在册或本次认定）的成员。
    """
    of_family = members.is_deceased_of_family.any() & members.is_in_four_tiers.any()
    return members.is_deceased_in_need.any() | of_family
