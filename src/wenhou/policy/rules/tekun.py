"""特困: no ability to work, no means of living, nobody obliged who is able to support; person by person."""

from wenhou.engine import floor_div, greatest, household, months, person, rule, unknown, when
from wenhou.engine.expr import Expr
from wenhou.policy import law
from wenhou.policy.rules import ability, means, property

__all__ = ["ability", "means", "property"]


@rule(person, unit="fen×100", law=law.TEKUN["6"])
def tekun_income_12m_times_100(
    own_income_12m_times_100,
    old_age_allowance_12m,
    central_basic_pension_12m,
    exempt_central_pension_12m,
    own_rigid_deduction_12m,
):
    """特困口径的本人近12个月收入.

    负数为零。在低保口径之外另不计高龄津贴和中央基础养老金；义务人的给付不推定（facts §2.1、§18）。
    """
    pension = central_basic_pension_12m - exempt_central_pension_12m
    apart = old_age_allowance_12m + pension + own_rigid_deduction_12m
    return greatest(own_income_12m_times_100 - apart * 100, 0)


@rule(person, unit="fen/month", law=law.TEKUN["6"])
def own_tekun_income(tekun_income_12m_times_100):
    """特困口径的本人月收入.

    舍至分；与整数分的标准相比结论不变。
    """
    return floor_div(tekun_income_12m_times_100, months(12) * 100)


@rule(person, law=law.TEKUN["6"])
def lacks_means_of_living(own_tekun_income, dibao_standard):
    """本人收入低于低保标准."""
    return own_tekun_income < dibao_standard


@rule(person, law=law.TEKUN["8"])
def is_supporter_poor(supporter_household_income_12m, disposable_income, supporter_household_size):
    """义务人家庭人均收入低于上年度当地人均可支配收入."""
    return supporter_household_income_12m < disposable_income * supporter_household_size


def _lacks_capacity(listed: Expr, old_or_disabled: Expr, poor: Expr, away: Expr, modest: Expr) -> Expr:
    """S2§8: on the register whatever they own; old, disabled or away only with modest property."""
    return listed | (((old_or_disabled & poor) | away) & modest)


@rule(person, law=law.TEKUN["8"])
def is_listed_as_incapable(is_tekun, is_elder, is_dibao):
    """在册特困，或年满60周岁的在册低保.

    身份只看在册记录，不看本次认定（facts §18 避免循环）。
    """
    return is_tekun | (is_elder & is_dibao)


@rule(person, law=law.TEKUN["8"])
def is_too_old_or_disabled_to_support(age, capable_supporter_age, is_gravely_disabled):
    """年满70周岁，或重残（含三级智力、精神残疾）."""
    return (age >= capable_supporter_age) | is_gravely_disabled


@rule(person, law=law.TEKUN["8"])
def is_incapable_or_away(lacks_civil_capacity, is_declared_missing, is_in_prison):
    """无民事行为能力、宣告失踪或服刑."""
    return lacks_civil_capacity | is_declared_missing | is_in_prison


@rule(person, law=law.TEKUN["8"])
def lacks_support_capacity(
    is_listed_as_incapable,
    is_too_old_or_disabled_to_support,
    is_supporter_poor,
    is_incapable_or_away,
    has_modest_property,
):
    """义务人无履行义务能力.

    在册特困；60周岁以上在册低保；70周岁以上或重残（含三级智力、精神）且收入低、财产符合；
    无民事行为能力、失踪、服刑且财产符合。收入取义务人家庭人均；身份只看在册记录（facts §18）。
    """
    return _lacks_capacity(
        is_listed_as_incapable,
        is_too_old_or_disabled_to_support,
        is_supporter_poor,
        is_incapable_or_away,
        has_modest_property,
    )


@rule(person, law=law.TEKUN["8"])
def has_able_supporter(supporters, has_unlisted_supporters):
    """不共同生活的义务人有履行义务能力.

    有一人有能力即是；另有未列义务人的不知道。
    """
    able = ~supporters.where(supporters.is_obliged_supporter).lacks_support_capacity
    return able.any() | when(has_unlisted_supporters, unknown, False)


@rule(person, law=law.TEKUN["8"])
def is_poor_at_home(own_income_12m_times_100, disposable_income):
    """本户成员本人收入低于上年度当地人均可支配收入.

    扣就业成本后、扣刚性支出前。没有上年度数的不知道。
    """
    return own_income_12m_times_100 < disposable_income * 100


@rule(person, law=law.TEKUN["8"])
def has_modest_property_at_home(counts, has_property_within_limits, has_modest_property):
    """本户成员的财产符合规定.

    计入的成员看家庭财产；没有计入的看对本人的评定，没有评定的不知道。
    """
    return when(counts, has_property_within_limits, has_modest_property)


@rule(person, law=law.TEKUN["8"])
def is_incapable_at_home(
    is_listed_as_incapable,
    is_too_old_or_disabled_to_support,
    is_poor_at_home,
    is_incapable_or_away,
    has_modest_property_at_home,
):
    """本户成员无履行义务能力.

    同不共同生活的义务人的情形，收入取本人。
    """
    return _lacks_capacity(
        is_listed_as_incapable,
        is_too_old_or_disabled_to_support,
        is_poor_at_home,
        is_incapable_or_away,
        has_modest_property_at_home,
    )


@rule(person, law=law.TEKUN["4"])
def is_able_to_support_at_home(
    is_supporter, is_dead, is_minor, counts, kinship, has_support_duty, is_incapable_at_home
):
    """本户成员负有义务并有履行能力.

    计入的成员，以及没有计入的配偶、子女、父母，是本户其他人的义务人；未成年人不负义务。有无履行能力只看
    《特困人员认定办法》第八条所列的情形：60至69周岁的成年人，自己也是三无的，仍视为有履行能力。
    """
    obliged = counts | kinship.isin(["申请人", "配偶", "子女", "父母"]) | has_support_duty
    return ~is_supporter & ~is_dead & obliged & ~is_minor & ~is_incapable_at_home


@rule(person, law=law.TEKUN["4"])
def has_able_kin_at_home(housemates):
    """本户其他成员负有义务并有履行能力."""
    return housemates.is_able_to_support_at_home.any()


@rule(person, law=law.TEKUN["24末款"])
def remains_tekun_while_young(is_tekun, is_minor, is_in_basic_schooling):
    """在册特困的未成年人可以延续.

    至满18周岁；满18周岁仍就读义务教育、普高、中职的继续。
    """
    return is_tekun & (is_minor | is_in_basic_schooling)


@rule(person, law=law.Articles((law.TEKUN["4"], law.TEKUN["9"])), determines=True)
def qualifies_for_tekun(
    counts,
    lacks_work_ability,
    remains_tekun_while_young,
    lacks_means_of_living,
    has_property_within_limits,
    has_able_kin_at_home,
    has_able_supporter,
    is_minor,
    chooses_child_protection,
):
    """特困人员.

    无劳动能力、无生活来源（收入低且财产符合）、无义务人或义务人无履行能力，同时具备。
    逐人判断；未成年人选孤儿或事实无人抚养儿童保障的不认定（facts §3、§18）。
    """
    unable = lacks_work_ability | remains_tekun_while_young
    alone = ~has_able_kin_at_home & ~has_able_supporter
    otherwise = is_minor & chooses_child_protection
    return counts & unable & lacks_means_of_living & has_property_within_limits & alone & ~otherwise


@rule(household, law=law.TEKUN["4"], determines=True)
def qualifies_for_tekun_household(members, family_size):
    """特困户.

    计入的成员都是特困人员；没有计入成员的不成立。
    """
    return (family_size > 0) & members.where(members.counts).qualifies_for_tekun.all()
