"""What other departments owe and give: insurance, medical aid, school, work, a roof, services, disaster, the countryside."""

from wenhou.engine import household, person, rule
from wenhou.monitoring.indicators import d_health
from wenhou.policy import law, rules
from wenhou.policy.law import of_items

__all__ = ["d_health", "rules"]


@rule(person, law=law.NINGXIA_MEDICAL_AID["九类对象"])
def is_owed_insurance_aid(is_insured_by_aid, is_supporter, is_dead):
    """应获资助参保."""
    return is_insured_by_aid & ~is_supporter & ~is_dead


@rule(person, law=law.NINGXIA_MEDICAL_AID["九类对象"])
def has_insurance_aid_or_employer(has_insurance_aid_this_year, is_employee_insured_this_year):
    """本年度已获资助参保，或参加职工医保."""
    return has_insurance_aid_this_year | is_employee_insured_this_year


@rule(person, law=law.NINGXIA_MEDICAL_AID["九类对象"])
def is_owed_medical_aid(is_in_medical_groups, is_supporter, is_dead, unaided_remainder, medical_aid_line):
    """政策内负担超过起付线的医疗救助对象."""
    return is_in_medical_groups & ~is_supporter & ~is_dead & (unaided_remainder > medical_aid_line)


@rule(person, law=law.NINGXIA_MEDICAL_AID["九类对象"])
def has_no_unaided_bill(unaided_remainder, medical_aid_line):
    """超过起付线的负担都已获救助."""
    return unaided_remainder <= medical_aid_line


@rule(person, law=law.TIERED_AID["四(二)"])
def is_owed_preschool_aid(is_preschool_child_in_need, is_supporter):
    """应获学前教育资助."""
    return is_preschool_child_in_need & ~is_supporter


@rule(person, law=law.TIERED_AID["四(二)"])
def is_owed_compulsory_aid(is_pupil_in_need, is_supporter):
    """应获义务教育生活补助."""
    return is_pupil_in_need & ~is_supporter


@rule(person, law=law.INTERIM_MEASURES["33-36"])
def is_owed_upper_school_aid(is_upper_pupil_in_need, is_supporter):
    """应获高中、中职资助."""
    return is_upper_pupil_in_need & ~is_supporter


@rule(person, law=law.TIERED_AID["四(二)"])
def is_owed_college_aid(is_college_student_in_need, is_supporter):
    """应获高等教育资助."""
    return is_college_student_in_need & ~is_supporter


@rule(person, law=law.INTERIM_MEASURES["42-44"])
def is_owed_work(is_poor_and_out_of_work, is_supporter):
    """应认定为就业困难人员."""
    return is_poor_and_out_of_work & ~is_supporter


@rule(person, law=of_items.DISABILITY_CERTIFICATE["申领"])
def is_owed_certificate(counts, is_suspected_disabled, is_supporter):
    """疑似残疾，应帮办残疾人证."""
    return counts & is_suspected_disabled & ~is_supporter


@rule(household, law=law.INTERIM_MEASURES["20-26"])
def has_disaster_aid(disaster_aid):
    """最近受灾已获救助."""
    return disaster_aid > 0


@rule(household, law=of_items.RELAPSE_WATCH["对象"])
def is_owed_relapse_watch(urban_rural, is_poor_and_at_risk, is_in_sudden_hardship):
    """农村家庭低于监测范围且有风险，或突发严重困难."""
    return (urban_rural == "农村") & (is_poor_and_at_risk | is_in_sudden_hardship)


@rule(household, law=of_items.RELAPSE_WATCH["对象"])
def is_watched_at_home(members):
    """家中有人已在防返贫监测."""
    own = members.where(~members.is_supporter)
    return own.is_watched_for_relapse.any()
