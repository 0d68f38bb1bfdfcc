"""医疗保障局 YL13 to YL15 and 卫生健康委 YL33, YL34."""

from wenhou.engine import household, person, rule
from wenhou.policy import law
from wenhou.policy.items import BY_CODE
from wenhou.policy.law import of_items
from wenhou.policy.rules import groups, illness

__all__ = ["groups", "illness"]


@rule(person, law=law.NINGXIA_MEDICAL_AID["九类对象"])
def is_insured_by_aid(
    is_in_two_tiers, is_child_in_care, is_poor_and_very_old, counts, gets_regular_veteran_benefit
):
    """资助参保对象.

    特困、低保、孤儿与事实无人抚养儿童、高龄低收入老年人、优抚对象。
    """
    registered = is_in_two_tiers | is_child_in_care | is_poor_and_very_old
    return registered | (counts & gets_regular_veteran_benefit)


@rule(person, law=law.NINGXIA_MEDICAL_AID["九类对象"])
def is_in_medical_groups(
    is_insured_by_aid, is_in_three_tiers, is_watched_for_relapse, qualifies_for_illness_poverty
):
    """医疗救助对象.

    特困、孤儿与事实无人抚养儿童、低保、高龄低收入、低保边缘、优抚、监测对象、因病致贫重病患者；
    自治区规定的其他对象未列。
    """
    return is_insured_by_aid | is_in_three_tiers | is_watched_for_relapse | qualifies_for_illness_poverty


@rule(household, law=BY_CODE["YL13"].basis, determines=True)
def item_yl13(members, insurance_aid_covers_others):
    """资助参加城乡居民基本医疗保险.

    低保边缘、监测对象、因病致贫患者等“其他按规定”：没有当地规定的不知道。
    """
    others = insurance_aid_covers_others & members.is_in_medical_groups.any()
    return members.is_insured_by_aid.any() | others


@rule(household, law=BY_CODE["YL14"].basis, determines=True)
def item_yl14(members):
    """医疗救助（住院与门诊慢特病）."""
    return members.is_in_medical_groups.any()


@rule(household, law=BY_CODE["YL15"].basis, determines=True)
def item_yl15(members):
    """因病致贫重病患者认定与救助."""
    return members.qualifies_for_illness_poverty.any()


@rule(person, law=law.INTERIM_MEASURES["32"])
def needs_unpaid_emergency_treatment(
    needs_emergency_treatment, is_identity_unknown, cannot_pay_for_emergency, is_supporter
):
    """无人支付的急危重伤病.

    需急救而身份不明或无力支付。
    """
    return needs_emergency_treatment & (is_identity_unknown | cannot_pay_for_emergency) & ~is_supporter


@rule(household, law=BY_CODE["YL33"].basis, determines=True)
def item_yl33(members):
    """疾病应急救助."""
    return members.needs_unpaid_emergency_treatment.any()


@rule(person, law=of_items.HEALTH_POLICY["对象"])
def needs_family_doctor(is_in_three_tiers, is_elder, has_chronic_illness, has_severe_mental_disorder):
    """慢病老人或严重精神障碍患者.

    低保、特困、边缘家庭的。
    """
    return is_in_three_tiers & ((is_elder & has_chronic_illness) | has_severe_mental_disorder)


@rule(household, law=BY_CODE["YL34"].basis, determines=True)
def item_yl34(members):
    """家庭医生签约与严重精神障碍患者监护补助."""
    return members.needs_family_doctor.any()
