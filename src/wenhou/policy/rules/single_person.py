"""低保 for one person of a family that is not entitled as a whole: five grounds, in the order of the law."""

from wenhou.engine import ceil_div, floor_div, months, months_after, person, rule, when
from wenhou.policy import law
from wenhou.policy.rules import dibao, near_dibao

__all__ = ["near_dibao"]

NONE = "无"


@rule(person, unit="fen/month", law=law.DIBAO["8"])
def own_countable_income(own_countable_income_12m_times_100):
    """本人月收入.

    本人收入与本人扣减，含应得赡养费，同户家人的供养不推定；舍至分，与整数分的标准相比结论不变（facts §18）。
    """
    return floor_div(own_countable_income_12m_times_100, months(12) * 100)


@rule(person, law=law.DIBAO["8"])
def is_own_income_below_line(own_countable_income, dibao_standard):
    """本人月收入低于低保标准."""
    return own_countable_income < dibao_standard


@rule(person, law=law.SAFETY_NET["一(一)"])
def may_be_covered_alone(qualifies_for_tekun, counts, qualifies_for_dibao, is_own_income_below_line):
    """可以单独纳入.

    本人收入低于标准，没有随整户纳入低保，本人不是特困。整户符合时不得只保个别人；
    没有计入本户的教职人员不因家庭已是低保而落空。
    """
    return ~qualifies_for_tekun & ~(counts & qualifies_for_dibao) & is_own_income_below_line


@rule(person, law=law.DIBAO["8(一)"])
def is_covered_as_disabled(may_be_covered_alone, counts, qualifies_for_near_dibao, is_gravely_disabled):
    """边缘家庭中的重残成员.

    残疾一二级，或三级智力、三级精神残疾。
    """
    return may_be_covered_alone & counts & qualifies_for_near_dibao & is_gravely_disabled


@rule(person, law=law.DIBAO["8(二)"])
def is_covered_as_ill(may_be_covered_alone, counts, qualifies_for_near_dibao, has_serious_illness):
    """边缘家庭中患重特大疾病的成员."""
    return may_be_covered_alone & counts & qualifies_for_near_dibao & has_serious_illness


@rule(person, law=law.DIBAO["8(三)"])
def is_covered_as_clergy(
    may_be_covered_alone,
    is_supporter,
    is_dead,
    is_in_prison,
    is_in_detox,
    is_declared_missing,
    is_clergy,
    religious_residence_since,
    religious_residence_months,
    has_property_within_limits,
    as_of,
):
    """在宗教场所居住满3年的困难教职人员.

    不以边缘家庭为前提；本人收入低于标准，家庭财产须符合（facts §18）。服刑、强制隔离戒毒、宣告失踪或死亡的不算。
    """
    resides = months_after(religious_residence_since, religious_residence_months) <= as_of
    away = is_in_prison | is_in_detox | is_declared_missing
    here = ~is_supporter & ~is_dead & ~away & is_clergy & resides
    return may_be_covered_alone & here & has_property_within_limits


@rule(person, law=law.DIBAO["8(四)"])
def is_covered_by_local_rule(
    may_be_covered_alone,
    counts,
    qualifies_for_near_dibao,
    single_person_minors_and_frail_elders,
    is_minor,
    is_elder,
    has_incapacity_record,
):
    """边缘家庭中的未成年人、失能失智老年人.

    由当地开启。失能失智老年人为年满60周岁且有失能记录的（facts §18）。
    """
    frail = is_minor | (is_elder & has_incapacity_record)
    local = single_person_minors_and_frail_elders & frail
    return may_be_covered_alone & counts & qualifies_for_near_dibao & local


@rule(person, law=law.SAFETY_NET["一(一)"])
def is_covered_as_idle_disabled():
    """成年无业重度残疾人参照单人户.

    2022年10月20日以前没有这一条。
    """
    return False


@rule(person, law=law.SAFETY_NET["一(一)"], since="2022-10-20", name="is_covered_as_idle_disabled")
def is_covered_as_idle_disabled_since_2022(
    may_be_covered_alone, counts, is_idle_severely_disabled_adult, has_property_within_limits
):
    """成年无业重度残疾人参照单人户.

    不以边缘家庭为前提；同户家人的供养不推定，家庭财产须符合（facts §18）。
    """
    return may_be_covered_alone & counts & is_idle_severely_disabled_adult & has_property_within_limits


@rule(person, unit="text", law=law.Articles((law.DIBAO["8"], law.SAFETY_NET["一(一)"])), determines=True)
def single_person_ground(
    is_covered_as_disabled,
    is_covered_as_ill,
    is_covered_as_clergy,
    is_covered_by_local_rule,
    is_covered_as_idle_disabled,
):
    """单人保理由.

    依次为8(一)、8(二)、8(三)、8(四)、成年无业重残，取第一个成立的；都不成立为无。
    """
    idle = when(is_covered_as_idle_disabled, "成年无业重残", NONE)
    later = when(is_covered_as_clergy, "8(三)", when(is_covered_by_local_rule, "8(四)", idle))
    return when(is_covered_as_disabled, "8(一)", when(is_covered_as_ill, "8(二)", later))


@rule(person, law=law.Articles((law.DIBAO["8"], law.SAFETY_NET["一(一)"])), determines=True)
def qualifies_for_single_dibao(
    is_covered_as_disabled,
    is_covered_as_ill,
    is_covered_as_clergy,
    is_covered_by_local_rule,
    is_covered_as_idle_disabled,
):
    """单人保."""
    near = is_covered_as_disabled | is_covered_as_ill | is_covered_by_local_rule
    return near | is_covered_as_clergy | is_covered_as_idle_disabled


@rule(person, unit="fen/month", law=law.DIBAO["23"], determines=True)
def single_dibao_amount(qualifies_for_single_dibao, own_countable_income_12m_times_100, dibao_standard):
    """单人保月保障金.

    标准减本人可归属收入，逐人向上到元。
    """
    lacking = months(12) * dibao_standard * 100 - own_countable_income_12m_times_100
    shortfall = ceil_div(lacking, months(12) * 100 * dibao.YUAN) * dibao.YUAN
    return when(qualifies_for_single_dibao, shortfall, 0)
