"""Groups that benefits and the menu name again and again: members counted, by tier, age, care and work."""

from wenhou.engine import person, rule
from wenhou.policy import law
from wenhou.policy.law import of_items
from wenhou.policy.rules import ability, allowances, categories

__all__ = ["ability", "allowances", "categories"]


@rule(person, law=law.TIERED_AID["二"])
def is_in_two_tiers(counts, stands_as_dibao, stands_as_tekun):
    """低保或特困.

    在册或本次认定，计入的成员。
    """
    return counts & (stands_as_dibao | stands_as_tekun)


@rule(person, law=law.TIERED_AID["二"])
def is_in_three_tiers(counts, stands_as_dibao, stands_as_tekun, stands_as_near_dibao):
    """低保、特困或边缘.

    在册或本次认定，计入的成员。
    """
    return counts & (stands_as_dibao | stands_as_tekun | stands_as_near_dibao)


@rule(person, law=law.TIERED_AID["二"])
def is_in_four_tiers(counts, is_in_three_tiers, stands_as_unavoidable_spending):
    """低保、特困、边缘或刚性.

    在册或本次认定，计入的成员。
    """
    return is_in_three_tiers | (counts & stands_as_unavoidable_spending)


@rule(person, law=law.TIERED_AID["二"])
def is_watched_for_relapse(counts, is_relapse_watch, is_watched_by_agriculture):
    """防返贫监测对象.

    由农业农村部门认定，只引用。
    """
    return counts & (is_relapse_watch | is_watched_by_agriculture)


@rule(person, law=law.TIERED_AID["二"])
def is_in_five_tiers(is_in_four_tiers, is_watched_for_relapse):
    """低保、特困、边缘、刚性或监测."""
    return is_in_four_tiers | is_watched_for_relapse


@rule(person, law=law.TIERED_AID["二"])
def is_in_tiers_with_work(counts, stands_as_dibao, stands_as_near_dibao, stands_as_unavoidable_spending):
    """低保、边缘或刚性.

    在册或本次认定，计入的成员；特困除外。
    """
    return counts & (stands_as_dibao | stands_as_near_dibao | stands_as_unavoidable_spending)


@rule(person, law=of_items.YINCHUAN_HEATING["城市散居特困"])
def stands_as_dispersed_tekun(counts, stands_as_tekun, care_place):
    """散居特困.

    在册或本次认定，计入的成员。
    """
    return counts & stands_as_tekun & (care_place != "集中")


@rule(person, law=law.TIERED_AID["二"])
def is_in_tiers_with_home(is_in_tiers_with_work, stands_as_dispersed_tekun):
    """低保、分散特困、边缘或刚性."""
    return is_in_tiers_with_work | stands_as_dispersed_tekun


@rule(person, law=law.CHILD_WITHOUT_CARE["认定情形"])
def is_child_in_care(
    counts, gets_orphan_allowance, gets_child_without_care_allowance, is_child_without_parental_care
):
    """孤儿或事实无人抚养儿童.

    已享待遇或本次认定。
    """
    paid = gets_orphan_allowance | gets_child_without_care_allowance
    return counts & (paid | is_child_without_parental_care)


@rule(person, law=of_items.ELDERS_LAW["老年补贴"])
def is_poor_and_very_old(age, very_old_age, is_in_three_tiers):
    """高龄低收入老年人.

    年满80周岁，为低保、特困、低保边缘。
    """
    return is_in_three_tiers & (age >= very_old_age)


@rule(person, law=of_items.NINGXIA_OLD_AGE["对象"], region="64", name="is_poor_and_very_old")
def is_poor_and_very_old_in_ningxia(counts, age, very_old_age, gets_old_age_allowance, is_in_three_tiers):
    """高龄低收入老年人.

    年满80周岁，享受高龄津贴或为低保、特困、低保边缘。高龄津贴只给低收入老年人，是宁夏的规定；他处只看类别。
    """
    return counts & (age >= very_old_age) & (gets_old_age_allowance | is_in_three_tiers)


@rule(person, law=law.INTERIM_MEASURES["42-44"])
def is_able_member(counts, is_unable_to_work):
    """有劳动能力的家庭成员."""
    return counts & ~is_unable_to_work


@rule(person, law=law.INTERIM_MEASURES["42-44"])
def is_at_work(is_employed, is_self_employed, wages_12m, is_registered_unemployed):
    """有劳动.

    就业、灵活就业或创业；没有失业登记的，近12个月有工资也是。已登记失业的，过去的工资不说明现在有劳动。
    """
    return is_employed | is_self_employed | ((wages_12m > 0) & ~is_registered_unemployed)
