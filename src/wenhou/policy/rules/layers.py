"""五层八类: the layer a household stands in, and which of the eight kinds of help it may have.

The definition was not published 【推断】: the layers follow the category, the kinds are data in `policy.items`.
"""

from wenhou.engine import household, months_after, person, rule, when
from wenhou.policy import law
from wenhou.policy.law import of_items
from wenhou.policy.rules import categories, items

__all__ = ["categories", "items"]


@rule(person, law=of_items.IDENTIFICATION["监测范围"])
def is_watched_after_refusal_or_exit(
    counts, was_refused, has_left_register, left_register_on, months_watched_after_exit, as_of
):
    """低保、特困申请未获批，或退出不满2年."""
    lately = months_after(left_register_on, months_watched_after_exit) > as_of
    return counts & (was_refused | (has_left_register & lately))


@rule(household, law=law.TIERED_AID["二"])
def is_watched_or_otherwise_in_hardship(members, household_category):
    """监测及其他困难.

    防返贫监测、其他困难，或未获批、退出不满2年而在监测范围。
    """
    counted = members.where(members.counts)
    watched = members.is_watched_for_relapse.any() | members.is_watched_after_refusal_or_exit.any()
    return household_category.isin(["JC", "QT"]) | watched | counted.is_other_hardship.any()


@rule(household, unit="text", law=law.TIERED_AID["二"], determines=True)
def layer(
    household_category,
    qualifies_for_tekun_household,
    qualifies_for_dibao,
    qualifies_for_near_dibao,
    qualifies_for_unavoidable_spending,
    is_watched_or_otherwise_in_hardship,
):
    """五层.

    特困、低保、边缘、刚性、监测及其他；都不是的为无。
    按户的类别，在册或本次认定，取靠前的一层；单人保不改变全户类别。
    """
    rest = when(is_watched_or_otherwise_in_hardship, "监测及其他", "无")
    spending = when((household_category == "GX") | qualifies_for_unavoidable_spending, "刚性", rest)
    near = when((household_category == "BY") | qualifies_for_near_dibao, "边缘", spending)
    poor = when((household_category == "DB") | qualifies_for_dibao, "低保", near)
    return when((household_category == "TK") | qualifies_for_tekun_household, "特困", poor)


@rule(household, law=law.OWN["口径"], determines=True)
def help_living(
    item_yl01,
    item_yl02,
    item_yl03,
    item_yl04,
    item_yl07,
    item_yl08,
    item_yl09,
    item_yl10,
    item_yl11,
    item_yl24,
    item_yl28,
    item_yl37,
):
    """基本生活类至少一个事项可享."""
    tiers = item_yl01 | item_yl02 | item_yl03 | item_yl04
    allowances = item_yl07 | item_yl08 | item_yl09 | item_yl10
    return tiers | allowances | item_yl11 | item_yl24 | item_yl28 | item_yl37


@rule(household, law=law.OWN["口径"], determines=True)
def help_medical(item_yl13, item_yl14, item_yl15, item_yl30, item_yl33, item_yl34, item_yl42):
    """医疗类至少一个事项可享."""
    return item_yl13 | item_yl14 | item_yl15 | item_yl30 | item_yl33 | item_yl34 | item_yl42


@rule(household, law=law.OWN["口径"], determines=True)
def help_education(item_yl16, item_yl17, item_yl18, item_yl19, item_yl20, item_yl38, item_yl41):
    """教育类至少一个事项可享."""
    return item_yl16 | item_yl17 | item_yl18 | item_yl19 | item_yl20 | item_yl38 | item_yl41


@rule(household, law=law.OWN["口径"], determines=True)
def help_housing(item_yl25, item_yl26, item_yl27, item_yl32):
    """住房类至少一个事项可享."""
    return item_yl25 | item_yl26 | item_yl27 | item_yl32


@rule(household, law=law.OWN["口径"], determines=True)
def help_employment(item_yl21, item_yl22, item_yl23):
    """就业类至少一个事项可享."""
    return item_yl21 | item_yl22 | item_yl23


@rule(household, law=law.OWN["口径"], determines=True)
def help_disaster(item_yl35, item_yl36):
    """受灾类至少一个事项可享."""
    return item_yl35 | item_yl36


@rule(household, law=law.OWN["口径"], determines=True)
def help_emergency(item_yl05, item_yl06):
    """急难类至少一个事项可享."""
    return item_yl05 | item_yl06


@rule(household, law=law.OWN["口径"], determines=True)
def help_social(item_yl12, item_yl29, item_yl31, item_yl39, item_yl40, item_yl43):
    """社会力量与服务类至少一个事项可享."""
    return item_yl12 | item_yl29 | item_yl31 | item_yl39 | item_yl40 | item_yl43
