"""What a person is paid each month beside 低保: 特困供养, the two allowances of the disabled, children without parents."""

from wenhou.engine import ceil_div, ceil_to, floor_div, greatest, months_after, person, rule, unknown, when
from wenhou.policy import law
from wenhou.policy.law import of_items
from wenhou.policy.rules import ability, categories, family
from wenhou.policy.rules.amounts import paid

__all__ = ["ability", "categories", "family"]


@rule(person, unit="fen/month", law=law.TEKUN["基本生活"], determines=True)
def tekun_living_allowance(
    stands_as_tekun, care_place, dibao_standard, tekun_living_percent, tekun_institution_living
):
    """特困基本生活费.

    低保标准的1.3倍。
    向上到元；不因本人收入递减（facts §18）。没有登记供养方式的按散居；集中供养另设标准。
    """
    dispersed = ceil_to(ceil_div(dibao_standard * tekun_living_percent, 100), 100)
    amount = when(care_place == "集中", tekun_institution_living, dispersed)
    return paid(stands_as_tekun, amount)


@rule(person, unit="fen/month", law=law.TEKUN["照料护理"], determines=True)
def tekun_care_allowance(
    stands_as_tekun, self_care_level, tekun_care_independent, tekun_care_partial, tekun_care_full
):
    """特困照料护理费.

    按自理能力三档。
    """
    dependent = when(self_care_level == "部分丧失", tekun_care_partial, tekun_care_full)
    amount = when(self_care_level == "自理", tekun_care_independent, dependent)
    return paid(stands_as_tekun, amount)


@rule(person, law=law.DISABILITY_ALLOWANCES["两项补贴"], determines=True)
def qualifies_for_disability_living(
    is_disabled,
    stands_as_dibao,
    stands_as_near_dibao,
    disability_living_covers_near_dibao,
    stands_as_tekun,
    is_dead,
):
    """可享困难残疾人生活补贴.

    低保家庭中持证的残疾人。
    是否延伸到低保边缘家庭由当地定，暂定不延伸；特困人员不重复享受。
    """
    poor = stands_as_dibao | (disability_living_covers_near_dibao & stands_as_near_dibao)
    return is_disabled & poor & ~stands_as_tekun & ~is_dead


@rule(person, unit="fen/month", law=of_items.NINGXIA_BENEFITS["两项补贴"], determines=True)
def disability_living_allowance(qualifies_for_disability_living, disability_living_standard):
    """困难残疾人生活补贴额."""
    return paid(qualifies_for_disability_living, disability_living_standard)


@rule(person, law=law.DISABILITY_ALLOWANCES["两项补贴"], determines=True)
def qualifies_for_disability_care(
    is_severely_disabled,
    is_mentally_disabled_level_3_4,
    disability_care_covers_mental,
    needs_long_term_care,
    stands_as_tekun,
    is_dead,
):
    """可享重度残疾人护理补贴.

    残疾一二级且有长期照护记录。
    是否及于智力、精神三四级由当地定，暂定不及；特困人员不重复享受。
    """
    severe = is_severely_disabled | (disability_care_covers_mental & is_mentally_disabled_level_3_4)
    return severe & needs_long_term_care & ~stands_as_tekun & ~is_dead


@rule(person, unit="fen/month", law=of_items.NINGXIA_BENEFITS["两项补贴"], determines=True)
def disability_care_allowance(qualifies_for_disability_care, disability_care_standard):
    """重度残疾人护理补贴额."""
    return paid(qualifies_for_disability_care, disability_care_standard)


@rule(person, law=law.ORPHANS["查找不到"])
def is_lost_as_parent(is_dead, is_untraceable):
    """死亡或查找不到."""
    return is_dead | is_untraceable


@rule(person, law=law.CHILD_WITHOUT_CARE["认定情形"])
def has_been_missing_six_months(is_missing_on_evidence, missing_since, parent_absence_months, as_of):
    """下落不明满6个月、有佐证.

    佐证同报警回执，算失联。
    """
    return is_missing_on_evidence & (months_after(missing_since, parent_absence_months) <= as_of)


@rule(person, law=law.CHILD_WITHOUT_CARE["认定情形"])
def is_unable_as_parent(
    cannot_raise_child, is_confined_six_months, has_been_missing_six_months, is_declared_missing
):
    """无力抚养子女.

    重残、重病、服刑、强制隔离戒毒、被限制人身自由六个月以上、失联（含有佐证的下落不明）或宣告失踪。
    """
    lost = has_been_missing_six_months | is_declared_missing
    return cannot_raise_child | is_confined_six_months | lost


@rule(person, law=law.CHILD_WITHOUT_CARE["认定情形"])
def gives_no_care(is_lost_as_parent, is_unable_as_parent):
    """不能抚养子女.

    死亡、查找不到、失踪或无力抚养。
    """
    return is_lost_as_parent | is_unable_as_parent


@rule(person, law=law.CHILD_WITHOUT_CARE["认定情形"])
def is_child_without_parental_care(is_minor, is_dead, father, mother):
    """父母双方都不能抚养的未成年人.

    孤儿或事实无人抚养儿童。
    """
    return is_minor & ~is_dead & father.gives_no_care & mother.gives_no_care


@rule(person, law=law.ORPHANS["查找不到"], determines=True)
def qualifies_as_orphan(is_minor, is_dead, father, mother):
    """孤儿.

    父母双方死亡或查找不到的未成年人。
    """
    return is_minor & ~is_dead & father.is_lost_as_parent & mother.is_lost_as_parent


@rule(person, law=law.CHILD_WITHOUT_CARE["认定情形"], determines=True)
def qualifies_as_child_without_care(is_child_without_parental_care, qualifies_as_orphan):
    """事实无人抚养儿童.

    父母双方都有重残、重病、服刑、强戒、被限制人身自由、失联之一，或一方死亡、失踪而另一方有之一；
    父母双方宣告失踪的也是。孤儿除外。
    """
    return is_child_without_parental_care & ~qualifies_as_orphan


@rule(person, unit="fen/month", law=of_items.NINGXIA_BENEFITS["孤儿"], determines=True)
def orphan_allowance(qualifies_as_orphan, care_place, orphan_institution, orphan_dispersed):
    """孤儿基本生活费.

    登记为集中的按机构养育，其余按散居。
    """
    amount = when(care_place == "集中", orphan_institution, orphan_dispersed)
    return paid(qualifies_as_orphan, amount)


@rule(person, unit="fen/month", law=law.CHILD_WITHOUT_CARE["补差"])
def dibao_share(
    counts,
    is_dibao,
    qualifies_for_tekun,
    qualifies_for_dibao,
    dibao_amount,
    dibao_people,
    single_dibao_amount,
):
    """本人的低保金.

    整户低保按人均舍至分，单人保为本人的。
    在册低保而本次算不出低保金的，已领多少不知道，列出待核（facts §18）。
    """
    covered = counts & ~qualifies_for_tekun & qualifies_for_dibao
    reckoned = when(covered, floor_div(dibao_amount, dibao_people), 0) + single_dibao_amount
    return when(is_dibao & (reckoned == 0), unknown, reckoned)


@rule(person, unit="fen/month", law=law.CHILD_WITHOUT_CARE["补差"], determines=True)
def child_without_care_allowance(
    qualifies_as_child_without_care,
    child_without_care_standard,
    dibao_share,
    tekun_living_allowance,
    disability_living_allowance,
):
    """事实无人抚养儿童基本生活费.

    全额，或与低保金、特困金、困难残疾人生活补贴并存的补差。
    并存的已达标准的为0；人均低保金舍至分，补差因此不少于应补的。
    """
    beside = dibao_share + tekun_living_allowance + disability_living_allowance
    return paid(qualifies_as_child_without_care, greatest(child_without_care_standard - beside, 0))
