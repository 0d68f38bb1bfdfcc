"""What supporters who live elsewhere owe (赡养、抚养、扶养费): capacity, exemptions, judgements.

Amounts stay exact until they are shown. They are carried for twelve months in parts of a fen, `PARTS` = 6,300,000 of
them: 25 for the line kept back (its percent of twelve months' standard is 3/25), 100 for the percent given, 2,520 for
the people supported (1 to 10 all divide it). Whole numbers hold up to 100 million yuan a year in comparisons (below
9.2e18); a support of more than 14.3 million yuan a year (2**53 parts) can no longer be divided and is unknown.
"""

from wenhou.engine import floor_div, greatest, household, months, person, quantity, rule, unknown, when
from wenhou.engine.expr import Expr
from wenhou.engine.groups import Group
from wenhou.policy import law
from wenhou.policy.rules import bearers, composition, lines

__all__ = ["bearers", "composition", "lines"]

SHARES = 2520
LINE = 25
PARTS = LINE * 100 * SHARES
FINER = PARTS // 100


@rule(person, unit="fen×25", law=law.OWN["口径"])
def yearly_capacity_in_25ths(
    supporter_household_income_12m, supporter_household_size, support_line_percent, dibao_standard
):
    """义务人家庭一年的能力余额.

    收入减去按人数计的自留线，不足为零。
    能力余额＝（人均月收入－k1×低保标准）×人数，低保标准取申请人所在地（facts §2.3、§18）。
    """
    year = quantity(12 * LINE // 100, "months÷4")  # twelve months, told in fours
    kept = year * (support_line_percent * dibao_standard * supporter_household_size)
    return greatest(supporter_household_income_12m * LINE - kept, 0)


@rule(person, unit="fen×63000", law=law.OWN["口径"])
def capacity_for_each(yearly_capacity_in_25ths, supported_people):
    """每名受养人名下的能力余额.

    按被赡养人数（1至10）均分；没有余额的，不问人数，为零。
    """
    sensible = (supported_people >= 1) & (supported_people <= 10)
    shares = when(sensible, floor_div(SHARES, supported_people), unknown)
    return when(yearly_capacity_in_25ths == 0, 0, yearly_capacity_in_25ths * shares)


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
    在世与否不知道的，计入与否都不改变比例的不影响。
    """
    surely = supporters.is_obliged_supporter.fill(False).count()
    at_most = supporters.is_obliged_supporter.fill(True).count()
    many = (surely >= support_many_supporters) | when(at_most >= support_many_supporters, unknown, False)
    return when(many, support_percent_many, support_percent_few)


def _due(supporters: Group, number: Expr, percent: Expr) -> Expr:
    """What each of somebody's supporters would pay who is not exempt."""
    share = when(bearers.bears_for(supporters, number), supporters.capacity_for_each, 0)
    reckoned = when(share == 0, 0, share * percent)
    judged = months(12) * supporters.judged_support * PARTS
    settled = months(12) * supporters.settled_support * PARTS
    judgement = when(judged >= reckoned, judged, settled)
    return when(supporters.has_support_judgement, judgement, reckoned)


@rule(person, unit="fen×6300000", law=law.OWN["口径"])
def support_due_12m_in_parts(
    supporters, supported_number, support_percent, is_idle_severely_disabled_adult, has_unlisted_supporters
):
    """本人一年应得的赡养费.

    豁免的为零；有判决、协议且高于算得数的取判决，低于的取实付，没有实付取判决；其余取算得数。
    同一义务人家庭的能力，对本人只算在其中一名给付人名下。
    没有列出义务人、又申明没有其他义务人的为零；另有未列义务人的不知道。
    """
    waived = supporters.may_be_waived & is_idle_severely_disabled_adult
    owes = supporters.is_obliged_supporter & ~supporters.is_exempt_from_support & ~waived
    # who owes nothing for one reason for certain does not make the sum unknown for another
    paying = supporters.where(owes & (_due(supporters, supported_number, support_percent) != 0))
    due = _due(paying, supported_number, support_percent).sum()
    return when(has_unlisted_supporters, unknown, due)


@rule(person, unit="fen/month", law=law.OWN["口径"])
def support_due_to_me(support_due_12m_in_parts):
    """义务人每月应付给本人的赡养费.

    含抚养费、扶养费；舍至分，只供阅读，计算用未舍的数。
    """
    return floor_div(support_due_12m_in_parts, months(12) * PARTS)


@rule(household, unit="fen×6300000", law=law.OWN["口径"])
def family_support_12m_in_parts(members):
    """家庭一年应得的赡养费（未舍零头）."""
    return members.where(members.counts).support_due_12m_in_parts.sum()


@rule(household, unit="fen/month", law=law.OWN["口径"])
def support_due(family_support_12m_in_parts):
    """义务人每月应付的赡养费合计.

    付给计入成员的；舍至分，只供阅读。
    """
    return floor_div(family_support_12m_in_parts, months(12) * PARTS)


@rule(household, unit="fen×100", law=law.OWN["口径"])
def family_support_12m_times_100(family_support_12m_in_parts):
    """家庭一年应得的赡养费."""
    return floor_div(family_support_12m_in_parts, FINER)


@rule(household, unit="fen×6300000", law=law.OWN["口径"])
def family_support_12m_left_over(family_support_12m_in_parts, family_support_12m_times_100):
    """家庭一年应得的赡养费舍去的零头."""
    return family_support_12m_in_parts - family_support_12m_times_100 * FINER
