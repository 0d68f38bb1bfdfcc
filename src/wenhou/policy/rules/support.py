"""What supporters who live elsewhere owe (赡养、抚养、扶养费): capacity, exemptions, judgements.

Amounts stay exact until they are shown. They are carried for twelve months in parts of a fen, `PARTS` = 6,300,000 of
them: 25 for the line kept back (its percent of twelve months' standard is 3/25), 100 for the percent given, 2,520 for
the people supported (1 to 10 all divide it). Whole numbers hold up to 100 million yuan a year in comparisons (below
9.2e18); a support of more than 14.3 million yuan a year (2**53 parts) can no longer be divided and is unknown.
"""

from wenhou.engine import floor_div, greatest, household, months, person, rule, unknown, when
from wenhou.policy import law
from wenhou.policy.rules import ability, composition, income

__all__ = ["ability", "composition", "income"]

SHARES = 2520
LINE = 25
PARTS = LINE * 100 * SHARES
FINER = PARTS // 100
NONE = "无"


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
def owes_support(is_obliged_supporter, is_exempt_from_support, may_be_waived, supports_first):
    """没有豁免、仍要给付的义务人."""
    waived = may_be_waived & supports_first.is_idle_severely_disabled_adult
    return is_obliged_supporter & ~is_exempt_from_support & ~waived


@rule(person, law=law.OWN["口径"])
def carries_capacity(supporter_household, supporter_rank, housemates):
    """同一义务人家庭中次序最前的给付人.

    同一义务人家庭的能力只算一次，算在没有豁免的、序号最前的义务人名下；家庭名写“无”的各为一家（facts §18）。
    """
    same = (housemates.supporter_household == supporter_household) & (housemates.supporter_household != NONE)
    before = housemates.is_obliged_supporter & same & (housemates.supporter_rank < supporter_rank)
    return ~housemates.where(before).owes_support.any()


@rule(person, unit="fen", law=law.OWN["口径"])
def yearly_capacity_in_25ths(
    supporter_household_income_12m, supporter_household_size, support_line_percent, dibao_standard
):
    """义务人家庭一年的能力余额×25.

    收入减去按人数计的自留线，不足为零。
    能力余额＝（人均月收入－k1×低保标准）×人数，低保标准取申请人所在地（facts §2.3、§18）。
    """
    kept = months(12 * LINE // 100) * (support_line_percent * dibao_standard * supporter_household_size)
    return greatest(supporter_household_income_12m * LINE - kept, 0)


@rule(person, unit="fen", law=law.OWN["口径"])
def capacity_for_each(carries_capacity, yearly_capacity_in_25ths, supported_people):
    """每名受养人名下的能力余额×63000.

    按被赡养人数（1至10）均分；同一家庭已算过的为零。
    """
    sensible = (supported_people >= 1) & (supported_people <= 10)
    shares = when(sensible, floor_div(SHARES, supported_people), unknown)
    return when(carries_capacity, yearly_capacity_in_25ths * shares, 0)


@rule(person, unit="fen/month", law=law.OWN["口径"])
def settled_support(paid_support, judged_support):
    """判决、协议低于算得数时的给付.

    取实际给付，没有实际给付的取判决（facts §18）。
    """
    return when(paid_support > 0, paid_support, judged_support)


@rule(person, unit="percent", law=law.OWN["口径"])
def support_percent(supporters, support_many_supporters, support_percent_few, support_percent_many):
    """义务人给付比例.

    义务人不超过2名的50%，3名以上的40%；本人的在世义务人都计入人数，豁免的也计入（facts §18）。
    """
    obliged = supporters.where(supporters.is_obliged_supporter).count()
    return when(obliged >= support_many_supporters, support_percent_many, support_percent_few)


@rule(person, unit="fen", law=law.OWN["口径"])
def support_due_12m_in_parts(
    supporters, support_percent, is_idle_severely_disabled_adult, has_unlisted_supporters
):
    """本人一年应得的赡养费（630万分之一分）.

    豁免的为零；有判决、协议且高于算得数的取判决，低于的取实付，没有实付取判决；其余取算得数。
    没有列出义务人、又申明没有其他义务人的为零；另有未列义务人的不知道。
    """
    obliged = supporters.where(supporters.is_obliged_supporter)
    exempt = obliged.is_exempt_from_support | (obliged.may_be_waived & is_idle_severely_disabled_adult)
    reckoned = obliged.capacity_for_each * support_percent
    judged = months(12) * obliged.judged_support * PARTS
    settled = months(12) * obliged.settled_support * PARTS
    judgement = when(judged >= reckoned, judged, settled)
    due = when(exempt, 0, when(obliged.has_support_judgement, judgement, reckoned))
    return when(has_unlisted_supporters, unknown, due.sum())


@rule(person, unit="fen/month", law=law.OWN["口径"])
def support_due_to_me(support_due_12m_in_parts):
    """义务人每月应付给本人的赡养费.

    含抚养费、扶养费；舍至分，只供阅读，计算用未舍的数。
    """
    return floor_div(support_due_12m_in_parts, months(12) * PARTS)


@rule(household, unit="fen", law=law.OWN["口径"])
def family_support_12m_in_parts(members):
    """家庭一年应得的赡养费（630万分之一分）."""
    return members.where(members.counts).support_due_12m_in_parts.sum()


@rule(household, unit="fen/month", law=law.OWN["口径"])
def support_due(family_support_12m_in_parts):
    """义务人每月应付的赡养费合计.

    付给计入成员的；舍至分，只供阅读。
    """
    return floor_div(family_support_12m_in_parts, months(12) * PARTS)


@rule(household, unit="fen", law=law.OWN["口径"])
def family_support_12m_times_100(family_support_12m_in_parts):
    """家庭一年应得的赡养费×100，舍至整数."""
    return floor_div(family_support_12m_in_parts, FINER)


@rule(household, unit="fen", law=law.OWN["口径"])
def family_support_12m_left_over(family_support_12m_in_parts, family_support_12m_times_100):
    """赡养费×100舍去的零头（630万分之一分）."""
    return family_support_12m_in_parts - family_support_12m_times_100 * FINER
