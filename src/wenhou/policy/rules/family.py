"""Parents who cannot care, spouses, dependants."""

from wenhou.engine import months_after, person, rule
from wenhou.policy import law
from wenhou.policy.rules import register

__all__ = ["register"]


@rule(person)
def is_dependant(is_minor, is_elder, is_severely_disabled):
    """未成年、年满60周岁或残疾一二级."""
    return is_minor | is_elder | is_severely_disabled


@rule(person, law=law.CHILD_WITHOUT_CARE["认定情形"])
def has_lost_contact(is_out_of_contact, out_of_contact_since, parent_absence_months, as_of):
    """失联满6个月."""
    return is_out_of_contact & (months_after(out_of_contact_since, parent_absence_months) <= as_of)


@rule(person, law=law.CHILD_WITHOUT_CARE["认定情形"])
def cannot_raise_child(
    is_severely_disabled,
    is_mentally_disabled_level_3_4,
    has_serious_illness,
    is_in_prison_six_months,
    is_in_detox_six_months,
    has_lost_contact,
):
    """重残、重病、服刑或强制隔离戒毒六个月以上、失联六个月以上."""
    disabled = is_severely_disabled | is_mentally_disabled_level_3_4
    confined = is_in_prison_six_months | is_in_detox_six_months
    return disabled | has_serious_illness | confined | has_lost_contact


@rule(person)
def has_living_spouse(spouse, last_marital_event):
    """有在世配偶（已登记离婚的不算）."""
    return spouse.is_known() & ~spouse.is_dead & (last_marital_event != "离婚")


@rule(person)
def is_widowed_by_record(spouse):
    """公安登记配偶死亡."""
    return spouse.is_known() & spouse.has_police_death
