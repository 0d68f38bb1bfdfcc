"""Who counts as a member of the family that lives together, and how many they are."""

from wenhou.engine import household, months_after, person, rule
from wenhou.policy import law
from wenhou.policy.rules import people

__all__ = ["people"]


@rule(person, law=law.DIBAO["7"])
def is_dependent_child(kinship, is_minor, is_dependent_adult, is_full_time_student, school_stage):
    """未成年或不能独立生活的子女.

    不能独立生活的成年子女，含全日制本科及以下在读的；研究生不算。
    """
    studies = is_full_time_student & (school_stage != "研究生")
    return (kinship == "子女") & (is_minor | is_dependent_adult | studies)


@rule(person, law=law.DIBAO["7"])
def belongs_to_family(kinship, is_dependent_child, lives_with_family, has_support_duty):
    """属于共同生活的家庭.

    申请人、配偶、未成年或不能独立生活的子女，以及与申请人有法定赡养、抚养、扶养义务并长期共同居住的人。
    """
    return kinship.isin(["申请人", "配偶"]) | is_dependent_child | (lives_with_family & has_support_duty)


@rule(person, law=law.DIBAO["7"])
def has_left_for_religion(is_clergy, left_family_on, clergy_away_months, as_of):
    """脱离家庭满3年的宗教教职人员."""
    return is_clergy & (months_after(left_family_on, clergy_away_months) <= as_of)


@rule(person, law=law.DIBAO["7"])
def is_away_by_state_law(is_in_prison, is_in_detox, is_declared_missing, has_left_for_religion):
    """服刑、强制隔离戒毒、宣告失踪或脱离家庭的宗教教职人员.

    监外执行、缓刑、假释的不算服刑。
    """
    return is_in_prison | is_in_detox | is_declared_missing | has_left_for_religion


@rule(person, law=law.DIBAO["7"])
def is_left_out(is_away_by_state_law):
    """依法不计入共同生活的家庭成员."""
    return is_away_by_state_law


@rule(person, law=law.NINGXIA_ASSESSMENT["不计入"], region="64", name="is_left_out")
def is_left_out_in_ningxia(
    is_away_by_state_law, is_conscript, is_missing_on_evidence, missing_since, missing_months, as_of
):
    """依法不计入共同生活的家庭成员.

    宁夏另有义务兵，和连续2年以上下落不明、有佐证的。
    """
    missing = is_missing_on_evidence & (months_after(missing_since, missing_months) <= as_of)
    return is_away_by_state_law | is_conscript | missing


@rule(person, law=law.DIBAO["7"])
def counts(is_supporter, is_dead, is_left_out, belongs_to_family):
    """计入共同生活的家庭成员.

    死亡的不计；死亡与否没有数据的，是否计入不知道。
    """
    return ~is_supporter & ~is_dead & ~is_left_out & belongs_to_family


@rule(household, unit="count", law=law.DIBAO["7"])
def family_size(members):
    """共同生活的家庭成员数.

    全户均不计入的为0人，各类认定均不成立。
    """
    return members.counts.count()


@rule(household, law=law.INTERIM_MEASURES["58"])
def is_authorised_household(members, adult_age):
    """计入的成年成员都有有效授权."""
    return members.where(members.counts & (members.age >= adult_age)).is_authorised.all()
