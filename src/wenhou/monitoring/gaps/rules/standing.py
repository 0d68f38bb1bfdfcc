"""低保, 特困, 边缘, 刚性: what this determination says, beside what the register says.

The items' own rules take whoever is on the register as entitled, for other benefits follow the register. Here the two are
kept apart: only the determination says what is due.
"""

from wenhou.engine import household, month_of, months_after, person, rule, unknown, when
from wenhou.engine import on_day as day
from wenhou.engine.expr import Expr
from wenhou.policy import law, rules

__all__ = ["rules"]


@rule(household, law=law.DIBAO["9"], determines=True)
def is_owed_dibao(members, qualifies_for_dibao):
    """按本次判定应享低保（整户或单人保）."""
    return qualifies_for_dibao | members.qualifies_for_single_dibao.any()


@rule(household, law=law.DIBAO["33"], determines=True)
def may_keep_dibao(is_owed_dibao, members, is_within_grace):
    """按本次判定可以继续享受低保.

    应享低保、有成员应转为特困，或仍在就业渐退期内。
    """
    return is_owed_dibao | members.qualifies_for_tekun.any() | is_within_grace


@rule(household, law=law.DIBAO["9"])
def holds_dibao(members):
    """家中有人在册低保."""
    return members.where(~members.is_supporter).is_dibao.any()


@rule(household, law=law.DIBAO["15"])
def is_applying_at_home(members):
    """家中有人正在申请."""
    return members.where(~members.is_supporter).is_applying.any()


@rule(household, law=law.DIBAO["9"])
def has_dibao_or_better(holds_dibao, members, is_applying_at_home):
    """已在册低保、特困，或正在申请."""
    tekun = members.where(~members.is_supporter).is_tekun.any()
    return holds_dibao | tekun | is_applying_at_home


@rule(household, unit="fen/month", law=law.DIBAO["23"], determines=True)
def dibao_owed(dibao_amount, members):
    """应发低保金（整户补差与单人保合计）."""
    return dibao_amount + members.single_dibao_amount.sum()


@rule(household, unit="date", law=law.DIBAO["21"])
def latest_dibao_confirmed_on(members):
    """在册低保成员最近的认定日期."""
    return members.where(members.is_dibao).dibao_confirmed_on.max()


def _since(confirmed: Expr, as_of: Expr, paid: Expr) -> Expr:
    """What was paid last month, of those confirmed before that month; of others it was not due yet."""
    return when(month_of(confirmed) < months_after(month_of(day(as_of)), -1), paid, unknown)


@rule(household, unit="fen/month", law=law.DIBAO["21"])
def dibao_received(latest_dibao_confirmed_on, dibao_paid_last_month, as_of):
    """上一完整月实发低保金.

    确认次月起发放；上一完整月或以后才确认的，还不知道。
    """
    return _since(latest_dibao_confirmed_on, as_of, dibao_paid_last_month)


@rule(person, law=law.TEKUN["4"], determines=True)
def is_owed_tekun(counts, qualifies_for_tekun):
    """按本次判定应享特困."""
    return counts & qualifies_for_tekun


@rule(person, law=law.TEKUN["4"])
def holds_tekun(is_tekun, is_supporter):
    """本户在册特困."""
    return is_tekun & ~is_supporter


@rule(person, law=law.TEKUN["4"])
def has_tekun_or_applies(is_tekun, is_applying, gets_orphan_allowance, gets_child_without_care_allowance):
    """已在册特困、正在申请，或享受儿童保障."""
    return is_tekun | is_applying | gets_orphan_allowance | gets_child_without_care_allowance


@rule(person, unit="fen/month", law=law.TEKUN["基本生活"], determines=True)
def tekun_owed(tekun_living_allowance, tekun_care_allowance):
    """应发特困供养金（基本生活与照料护理）."""
    return tekun_living_allowance + tekun_care_allowance


@rule(person, unit="fen/month", law=law.TEKUN["17"])
def tekun_received(tekun_confirmed_on, tekun_paid_last_month, care_place, as_of):
    """上一完整月实发特困供养金.

    确认次月起发放。集中供养的拨给机构，发给个人多少不说明够不够。
    """
    return when(care_place == "集中", unknown, _since(tekun_confirmed_on, as_of, tekun_paid_last_month))


@rule(household, law=law.DIBAO["8"], determines=True)
def is_owed_near_dibao(qualifies_for_near_dibao):
    """按本次判定应认定低保边缘."""
    return qualifies_for_near_dibao


@rule(household, law=law.DIBAO["8"], determines=True)
def may_keep_near_dibao(qualifies_for_near_dibao, is_owed_dibao, members):
    """按本次判定符合边缘或更优先的类别."""
    return qualifies_for_near_dibao | is_owed_dibao | members.qualifies_for_tekun.any()


@rule(household, law=law.DIBAO["8"])
def holds_near_dibao(members):
    """家中有人在册低保边缘."""
    return members.where(~members.is_supporter).is_near_dibao.any()


@rule(household, law=law.DIBAO["8"])
def has_near_dibao_or_better(holds_near_dibao, has_dibao_or_better):
    """已在册边缘或更优先的类别，或正在申请."""
    return holds_near_dibao | has_dibao_or_better


@rule(household, law=law.SPENDING["4"], determines=True)
def is_owed_unavoidable_spending(qualifies_for_unavoidable_spending):
    """按本次判定应认定刚性支出困难."""
    return qualifies_for_unavoidable_spending


@rule(household, law=law.SPENDING["4"], name="may_keep_unavoidable_spending", determines=True)
def may_keep_unavoidable_spending_before_the_rule():
    """按本次判定符合刚性支出困难或更优先的类别.

    认定办法2025年1月1日施行；此前按地方规定认定的，不能拿这个办法说它不符合。
    """
    return unknown


@rule(
    household,
    law=law.SPENDING["4"],
    name="may_keep_unavoidable_spending",
    since="2025-01-01",
    determines=True,
)
def may_keep_unavoidable_spending(qualifies_for_unavoidable_spending, may_keep_near_dibao):
    """按本次判定符合刚性支出困难或更优先的类别."""
    return qualifies_for_unavoidable_spending | may_keep_near_dibao


@rule(household, law=law.SPENDING["4"])
def holds_unavoidable_spending(members):
    """家中有人在册刚性支出困难."""
    return members.where(~members.is_supporter).is_unavoidable_spending.any()


@rule(household, law=law.SPENDING["4"])
def has_unavoidable_spending_or_better(holds_unavoidable_spending, has_near_dibao_or_better):
    """已在册刚性支出困难或更优先的类别，或正在申请."""
    return holds_unavoidable_spending | has_near_dibao_or_better


@rule(household, unit="date", law=law.DIBAO["31"])
def reviewed_at_home_on(members):
    """家中最近一次核查日."""
    return members.where(~members.is_supporter).last_review_on.max()
