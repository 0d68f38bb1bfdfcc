"""教育局 YL16 to YL20, 雨露计划 YL38 and 希望工程 YL41."""

from wenhou.engine import household, person, rule
from wenhou.policy import law
from wenhou.policy.items import BY_CODE
from wenhou.policy.law import of_items
from wenhou.policy.rules import groups

__all__ = ["groups"]

BASIC = ("小学", "初中")
UPPER = ("普高", "中职")
HIGHER = ("高职专科", "本科", "研究生")
VOCATIONAL = ("中职", "高职专科")
YOUTH = ("小学", "初中", "普高", "中职", "高职专科", "本科")


@rule(person, law=law.TIERED_AID["四(二)"])
def is_pupil_with_ground(counts, is_in_five_tiers, is_disabled):
    """困难或残疾学生.

    低保、特困、边缘、刚性、监测家庭的学生，或残疾学生。
    """
    return is_in_five_tiers | (counts & is_disabled)


@rule(person, law=law.TIERED_AID["四(二)"])
def is_preschool_child_in_need(school_stage, counts, is_in_four_tiers, is_child_in_care, is_disabled):
    """学前在园的困难或残疾儿童.

    低保、特困、边缘、刚性家庭儿童，孤儿或残疾儿童。
    """
    ground = is_in_four_tiers | is_child_in_care | (counts & is_disabled)
    return (school_stage == "学前") & ground


@rule(household, law=BY_CODE["YL16"].basis, determines=True)
def item_yl16(members):
    """学前教育资助."""
    return members.is_preschool_child_in_need.any()


@rule(person, law=law.TIERED_AID["四(二)"])
def is_pupil_in_need(school_stage, is_pupil_with_ground):
    """义务教育阶段的困难或残疾学生."""
    return school_stage.isin(BASIC) & is_pupil_with_ground


@rule(household, law=BY_CODE["YL17"].basis, determines=True)
def item_yl17(members):
    """义务教育家庭经济困难学生生活补助."""
    return members.is_pupil_in_need.any()


@rule(person, law=law.INTERIM_MEASURES["33-36"])
def is_upper_pupil_in_need(school_stage, is_pupil_with_ground):
    """普通高中、中职的困难或残疾学生."""
    return school_stage.isin(UPPER) & is_pupil_with_ground


@rule(household, law=BY_CODE["YL18"].basis, determines=True)
def item_yl18(members):
    """普通高中与中职助学金及免学费."""
    return members.is_upper_pupil_in_need.any()


@rule(person, law=law.TIERED_AID["四(二)"])
def is_college_student_in_need(school_stage, is_in_five_tiers):
    """高等教育阶段的困难学生（含研究生）."""
    return school_stage.isin(HIGHER) & is_in_five_tiers


@rule(household, law=BY_CODE["YL19"].basis, determines=True)
def item_yl19(members):
    """高等教育资助（助学金、助学贷款、新生资助）."""
    return members.is_college_student_in_need.any()


@rule(person, law=of_items.REFORM["(九)"])
def needs_home_teaching(
    counts, age, home_teaching_age_from, home_teaching_age_to, cannot_attend_school, is_disabled
):
    """不能到校就读的残疾儿童.

    6至15周岁。
    满15周岁而未满16周岁的仍是15周岁。
    """
    of_age = (age >= home_teaching_age_from) & (age <= home_teaching_age_to)
    return counts & of_age & cannot_attend_school & is_disabled


@rule(household, law=BY_CODE["YL20"].basis, determines=True)
def item_yl20(members):
    """适龄残疾儿童少年送教上门与特殊教育."""
    return members.needs_home_teaching.any()


@rule(person, law=of_items.YULU["补助"])
def is_vocational_pupil_from_watched_home(
    school_stage, counts, is_watched_for_relapse, is_lifted_from_poverty
):
    """脱贫户与监测户的职教学生.

    中职、高职在读子女。
    """
    return school_stage.isin(VOCATIONAL) & (is_watched_for_relapse | (counts & is_lifted_from_poverty))


@rule(household, law=BY_CODE["YL38"].basis, determines=True)
def item_yl38(members):
    """雨露计划职业教育补助."""
    return members.is_vocational_pupil_from_watched_home.any()


@rule(person, law=of_items.HOPE_PROJECT["助学"])
def is_young_student_in_need(school_stage, is_in_four_tiers):
    """困难家庭在读青少年.

    低保、特困、边缘、刚性家庭，小学至本科。
    """
    return school_stage.isin(YOUTH) & is_in_four_tiers


@rule(household, law=BY_CODE["YL41"].basis, determines=True)
def item_yl41(members):
    """希望工程助学."""
    return members.is_young_student_in_need.any()
