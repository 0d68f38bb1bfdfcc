"""Children without parents, disability allowances, the aged, heating, funerals: what is owed and had."""

from wenhou.engine import household, person, rule, unknown, when
from wenhou.policy import law, rules
from wenhou.policy.law import of_items

__all__ = ["rules"]


@rule(person, law=law.CHILD_WITHOUT_CARE["认定情形"], determines=True)
def is_owed_child_protection(counts, is_supporter, qualifies_as_orphan, qualifies_as_child_without_care):
    """按本次判定应享孤儿或事实无人抚养儿童保障."""
    return counts & ~is_supporter & (qualifies_as_orphan | qualifies_as_child_without_care)


@rule(person, law=law.CHILD_WITHOUT_CARE["认定情形"])
def holds_child_protection(gets_orphan_allowance, gets_child_without_care_allowance, is_supporter):
    """享受孤儿或事实无人抚养儿童保障."""
    return ~is_supporter & (gets_orphan_allowance | gets_child_without_care_allowance)


@rule(person, law=law.TEKUN["9"])
def has_child_protection_or_tekun(gets_orphan_allowance, gets_child_without_care_allowance, is_tekun):
    """已享儿童保障，或选择了特困."""
    return gets_orphan_allowance | gets_child_without_care_allowance | is_tekun


@rule(person, unit="fen/month", law=of_items.NINGXIA_BENEFITS["孤儿"], determines=True)
def child_protection_owed(orphan_allowance, child_without_care_allowance):
    """应发儿童基本生活费."""
    return orphan_allowance + child_without_care_allowance


@rule(person, unit="fen/month", law=of_items.NINGXIA_BENEFITS["孤儿"])
def child_protection_received(
    gets_orphan_allowance,
    gets_child_without_care_allowance,
    orphan_paid_last_month,
    child_without_care_paid_last_month,
):
    """上一完整月实发儿童基本生活费.

    该月没有发放记录的可能还没到起发的月份，不知道。
    """
    paid = orphan_paid_last_month + child_without_care_paid_last_month
    return when((gets_orphan_allowance | gets_child_without_care_allowance) & (paid > 0), paid, unknown)


@rule(person, law=law.DISABILITY_ALLOWANCES["两项补贴"], determines=True)
def is_owed_disability_living(counts, is_supporter, qualifies_for_disability_living):
    """按本次判定应享困难残疾人生活补贴."""
    return counts & ~is_supporter & qualifies_for_disability_living


@rule(person, law=law.DISABILITY_ALLOWANCES["两项补贴"])
def holds_disability_living(gets_disability_living_allowance, is_supporter):
    """享受困难残疾人生活补贴."""
    return gets_disability_living_allowance & ~is_supporter


@rule(person, law=law.DISABILITY_ALLOWANCES["两项补贴"], determines=True)
def is_owed_disability_care(counts, is_supporter, qualifies_for_disability_care):
    """按本次判定应享重度残疾人护理补贴."""
    return counts & ~is_supporter & qualifies_for_disability_care


@rule(person, law=law.DISABILITY_ALLOWANCES["两项补贴"])
def holds_disability_care(gets_disability_care_allowance, is_supporter):
    """享受重度残疾人护理补贴."""
    return gets_disability_care_allowance & ~is_supporter


@rule(person, law=of_items.ELDERS_LAW["老年补贴"], determines=True)
def is_owed_elder_subsidy(is_poor_and_frail_or_very_old, is_supporter, is_dead):
    """按本次判定应享经济困难高龄失能老年人补贴."""
    return is_poor_and_frail_or_very_old & ~is_supporter & ~is_dead


@rule(person, law=of_items.ELDERS_LAW["老年补贴"])
def holds_elder_subsidy(gets_elder_subsidy, is_supporter):
    """享受经济困难老年人补贴."""
    return gets_elder_subsidy & ~is_supporter


@rule(person, law=of_items.NINGXIA_OLD_AGE["对象"])
def has_elder_subsidy_of_any_kind(gets_elder_subsidy, gets_old_age_allowance):
    """享受经济困难老年人补贴或高龄津贴.

    高龄津贴在宁夏只给低收入老年人，已享的不再算缺；他处人人可享，也不因此说缺。
    """
    return gets_elder_subsidy | gets_old_age_allowance


@rule(household, law=law.TIERED_AID["四(五)"])
def was_on_register_in_november(members):
    """那年11月1日家中有人在册低保、边缘、特困或享孤儿保障."""
    own = members.where(members.counts)
    poor = own.was_dibao_or_near_in_november.any()
    return poor | own.was_tekun_in_november.any() | own.was_orphan_in_november.any()


@rule(household, law=of_items.YINCHUAN_HEATING["农村低保"], determines=True)
def is_owed_heating_aid(qualifies_for_heating_aid, was_on_register_in_november):
    """应享取暖救助.

    现在符合，而且最近一个已到11月30日的11月已经在册。
    """
    return qualifies_for_heating_aid & was_on_register_in_november


@rule(household, law=law.TIERED_AID["四(五)"])
def has_funeral_waiver_at_home(members):
    """逝者的殡葬费用已减免.

    没有火化记录的不知道办没办丧事。
    """
    own = members.where(~members.is_supporter)
    return when(own.is_cremated.any(), own.has_funeral_waiver.any(), unknown)
