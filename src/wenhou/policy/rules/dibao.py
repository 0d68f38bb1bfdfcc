"""低保 of the whole family: entitlement, amount, class, review, and the months of grace."""

from wenhou.engine import ceil_div, greatest, household, months, months_after, person, rule, when
from wenhou.engine import on_day as day
from wenhou.policy import law
from wenhou.policy.rules import means, property, register, support, tekun

__all__ = ["means", "property", "register", "tekun"]

YUAN = 100


@rule(household, law=law.DIBAO["9"], determines=True)
def qualifies_for_dibao(
    family_size, qualifies_for_tekun_household, income_per_head, dibao_standard, has_property_within_limits
):
    """整户低保.

    不是特困户，人均月收入低于低保标准，且财产符合。
    """
    poor = income_per_head < dibao_standard
    return (family_size > 0) & ~qualifies_for_tekun_household & poor & has_property_within_limits


@rule(household, unit="count", law=law.DIBAO["23"])
def dibao_people(members):
    """低保保障人口.

    计入的成员，不含其中的特困人员。
    """
    return members.where(members.counts & ~members.qualifies_for_tekun).count()


@rule(household, unit="fen×6300000", law=law.DIBAO["13"])
def countable_income_12m_in_parts(
    family_income_12m_times_100, family_support_12m_in_parts, rigid_deduction_12m
):
    """家庭近12个月可核收入（连赡养费的零头）."""
    received = family_income_12m_times_100 * support.FINER + family_support_12m_in_parts
    return greatest(received - rigid_deduction_12m * support.PARTS, 0)


@rule(household, unit="fen/month", law=law.DIBAO["23"])
def shortfall_of_all(countable_income_12m_times_100, dibao_standard, family_size):
    """全体成员的月补差."""
    lacking = months(12) * dibao_standard * family_size * 100 - countable_income_12m_times_100
    return ceil_div(lacking, months(12) * 100 * YUAN) * YUAN


@rule(household, unit="fen/month", law=law.DIBAO["23"])
def shortfall_of_some(countable_income_12m_in_parts, dibao_standard, family_size, dibao_people):
    """部分成员的月补差（人均收入按全家）."""
    lacking = months(12) * dibao_standard * family_size * support.PARTS - countable_income_12m_in_parts
    return ceil_div(lacking * dibao_people, months(12) * family_size * (support.PARTS * YUAN)) * YUAN


@rule(household, unit="fen/month", law=law.DIBAO["23"], determines=True)
def dibao_amount(qualifies_for_dibao, dibao_people, family_size, shortfall_of_all, shortfall_of_some):
    """整户低保月保障金.

    保障人口各补人均收入与标准的差额，在家庭合计上一次向上到元。户内的特困人员按特困救助供养，不重复补差；
    此前不取整（facts §2.4、§18）。
    """
    shortfall = when(dibao_people == family_size, shortfall_of_all, shortfall_of_some)
    return when(qualifies_for_dibao, shortfall, 0)


@rule(person, law=law.OWN["口径"])
def is_able_without_stable_income(counts, is_unable_to_work, has_stable_income):
    """有劳动能力而收入不固定的成员."""
    return counts & ~is_unable_to_work & ~has_stable_income


@rule(household, law=law.OWN["口径"])
def has_able_member_without_stable_income(members):
    """家中有人有劳动能力而收入不固定.

    即C类；没有这样的人，不问是A类还是B类。
    """
    return members.is_able_without_stable_income.any()


@rule(household, unit="text", law=law.OWN["口径"], determines=True)
def dibao_class_due(members, has_able_member_without_stable_income):
    """低保应定类别.

    A无劳动能力，B有劳动能力且收入稳定，C有劳动能力且收入不固定。全户计入成员都无劳动能力为A；
    有劳动能力的成员中有人收入不固定为C；其余为B（facts §18）。不问是否符合低保。
    """
    unable = members.where(members.counts).is_unable_to_work.all()
    return when(unable, "A", when(has_able_member_without_stable_income, "C", "B"))


@rule(household, unit="months", law=law.DIBAO["31"])
def review_months(has_able_member_without_stable_income, steady_review_months, unsteady_review_months):
    """核查周期.

    变化不大的每年一次，收入不固定且有劳动能力的每半年一次。
    """
    return when(has_able_member_without_stable_income, unsteady_review_months, steady_review_months)


@rule(household, law=law.DIBAO["33"], determines=True)
def is_within_grace(
    is_dibao_household, members, has_income_risen_by_work, above_standard_since, grace_months, as_of
):
    """仍在渐退期内.

    在册低保家庭因就业超过标准的。超过标准之日在6个月内，含6个月前的同日，没有同日的为当月末日（facts §18 时间窗）。
    """
    listed = is_dibao_household | members.where(members.counts).is_dibao.any()
    first = months_after(day(as_of), -grace_months)
    open_still = (above_standard_since <= as_of) & (above_standard_since >= first)
    return listed & has_income_risen_by_work & open_still
