"""Who of a supporters' home bears its capacity for whom: the first by rank who supports that person and owes them.

Whether two supporters name the same person is asked by a number: keys cannot be compared in a formula, and the rank
of the first who names somebody, with the column, tells people apart.
"""

from wenhou.engine import least, person, rule, when
from wenhou.engine.expr import Expr
from wenhou.engine.groups import Group
from wenhou.policy import law
from wenhou.policy.rules import ability

__all__ = ["ability"]

NONE = "无"
NOBODY = 0
COLUMNS = 3
LAST = 1_000_000  # beyond every rank


@rule(person, law=law.DIBAO["13"])
def is_obliged_supporter(is_supporter, is_dead):
    """不共同生活的在世义务人."""
    return is_supporter & ~is_dead


@rule(person, law=law.BAOJI_EXEMPTION["满七十周岁"])
def is_exempt_by_age(exempts_old_supporters, age, support_exempt_age):
    """当地规定年满70周岁的义务人给付全额豁免."""
    return exempts_old_supporters & (age >= support_exempt_age)


@rule(person, law=law.OWN["口径"])
def is_exempt_from_support(
    is_tekun, is_dibao, is_near_dibao, is_severely_disabled, is_in_prison, is_exempt_by_age
):
    """给付豁免的义务人.

    在册特困、低保、边缘，残疾一二级，服刑，或因年龄豁免的，给付为零。
    特困、低保、边缘只看在册记录，不看本次认定；豁免优先于判决（facts §18）。
    """
    aided = is_tekun | is_dibao | is_near_dibao
    return aided | is_severely_disabled | is_in_prison | is_exempt_by_age


@rule(person, law=law.SAFETY_NET["一(一)"])
def may_be_waived():
    """可酌情豁免的义务人.

    2022年10月20日以前没有酌情豁免。
    """
    return False


@rule(person, law=law.SAFETY_NET["一(一)"], since="2022-10-20", name="may_be_waived")
def may_be_waived_since_2022(supporter_kinship, age, supporting_parent_age, has_approved_waiver):
    """可酌情豁免的义务人.

    兄弟姐妹或年满60周岁，且有批准人记录。只用于供养成年无业重度残疾人的给付；没有批准人记录的不知道。
    """
    return ((supporter_kinship == "兄弟姐妹") | (age >= supporting_parent_age)) & has_approved_waiver


@rule(person, law=law.OWN["口径"])
def owes_support(is_obliged_supporter, is_exempt_from_support):
    """没有豁免、仍要给付的义务人.

    酌情豁免只对某一名受养人，不在此列。
    """
    return is_obliged_supporter & ~is_exempt_from_support


@rule(person, unit="count", law=law.OWN["口径"])
def supported_number(first_supporters, second_supporters, third_supporters):
    """受养人的编号.

    由最先列他为受养人的义务人的序号和栏次得出，各人不同；只用来认出几名义务人说的是不是同一人。
    """
    first, second, third = (
        column.supporter_rank.min(empty=LAST) * COLUMNS + place
        for place, column in enumerate((first_supporters, second_supporters, third_supporters))
    )
    return least(least(first, second), third)


@rule(person, unit="count", law=law.OWN["口径"])
def first_supported_number(supports_first):
    """赡养扶养对象的编号.

    没有的为0。
    """
    return when(supports_first.is_known(), supports_first.supported_number, NOBODY)


@rule(person, unit="count", law=law.OWN["口径"])
def second_supported_number(supports_second):
    """赡养扶养对象之二的编号.

    没有的为0。
    """
    return when(supports_second.is_known(), supports_second.supported_number, NOBODY)


@rule(person, unit="count", law=law.OWN["口径"])
def third_supported_number(supports_third):
    """赡养扶养对象之三的编号.

    没有的为0。
    """
    return when(supports_third.is_known(), supports_third.supported_number, NOBODY)


def _supports(supporters: Group, number: Expr) -> Expr:
    two = (supporters.first_supported_number == number) | (supporters.second_supported_number == number)
    return two | (supporters.third_supported_number == number)


def _owes_before_me(housemates: Group, home: Expr, rank: Expr, number: Expr, idle: Expr) -> Expr:
    """Somebody of my home and before me owes that same person: whose number, and whether a waiver may reach them."""
    same = (housemates.supporter_household == home) & (housemates.supporter_household != NONE)
    before = housemates.supporter_rank < rank
    owes = housemates.owes_support & ~(housemates.may_be_waived & idle)
    return (same & before & owes & _supports(housemates, number)).any()


@rule(person, law=law.OWN["口径"])
def bears_for_first(supporter_household, supporter_rank, housemates, first_supported_number, supports_first):
    """对赡养扶养对象承担本家庭能力的给付人.

    同一义务人家庭的能力，对每名受养人只算一次，算在其中赡养扶养他、对他没有豁免的、序号最前的义务人名下；
    家庭名写“无”的各为一家（facts §18）。
    """
    idle = supports_first.is_idle_severely_disabled_adult
    return ~_owes_before_me(housemates, supporter_household, supporter_rank, first_supported_number, idle)


@rule(person, law=law.OWN["口径"])
def bears_for_second(
    supporter_household, supporter_rank, housemates, second_supported_number, supports_second
):
    """对赡养扶养对象之二承担本家庭能力的给付人."""
    idle = supports_second.is_idle_severely_disabled_adult
    return ~_owes_before_me(housemates, supporter_household, supporter_rank, second_supported_number, idle)


@rule(person, law=law.OWN["口径"])
def bears_for_third(supporter_household, supporter_rank, housemates, third_supported_number, supports_third):
    """对赡养扶养对象之三承担本家庭能力的给付人."""
    idle = supports_third.is_idle_severely_disabled_adult
    return ~_owes_before_me(housemates, supporter_household, supporter_rank, third_supported_number, idle)


def bears_for(supporters: Group, number: Expr) -> Expr:
    """Whether each of somebody's supporters bears the capacity of their home for them, by their number."""
    later = when(
        supporters.second_supported_number == number, supporters.bears_for_second, supporters.bears_for_third
    )
    return when(supporters.first_supported_number == number, supporters.bears_for_first, later)
