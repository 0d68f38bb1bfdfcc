"""临时救助: help in an emergency and for a burst of spending, first help, and the floors of both."""

from wenhou.engine import ceil_div, household, months, person, rule
from wenhou.engine.expr import Expr
from wenhou.policy import law
from wenhou.policy.law import of_items
from wenhou.policy.rules import composition, groups
from wenhou.policy.rules.amounts import paid

__all__ = ["composition", "groups"]


@rule(person, law=law.SAFETY_NET["二(一)"])
def is_uninsured_and_without_income(
    counts,
    age,
    working_age,
    is_registered_unemployed,
    is_unemployment_insured,
    months_without_income,
    months_without_income_line,
    is_dibao,
):
    """未参保失业而连续无收入.

    未参加失业保险的失业人员，连续3个月无收入且未纳入低保。
    失业看失业登记，须年满16周岁；是否纳入低保看在册。
    """
    out_of_work = counts & (age >= working_age) & is_registered_unemployed
    return (
        out_of_work
        & ~is_unemployment_insured
        & (months_without_income >= months_without_income_line)
        & ~is_dibao
    )


@rule(household, law=law.SAFETY_NET["二(一)"])
def has_uninsured_without_income():
    """家中有未参保失业、连续无收入的人.

    2022年10月20日以前没有这一条。
    """
    return False


@rule(household, law=law.SAFETY_NET["二(一)"], since="2022-10-20", name="has_uninsured_without_income")
def has_uninsured_without_income_since_2022(members, relief_covers_uninsured):
    """家中有未参保失业、连续无收入的人."""
    return relief_covers_uninsured & members.is_uninsured_and_without_income.any()


@rule(household, law=law.DIBAO["7"])
def has_nobody_counted(family_size):
    """已知没有计入的成员.

    申请人已死亡、服刑等，无人可救助。成员数没有查清的不算。
    """
    return (family_size == 0).fill(False)


@rule(household, law=of_items.REFORM["(十四)(十五)"], determines=True)
def is_helped_first(cannot_live_through_today, has_nobody_counted):
    """先行救助.

    申请当日无法维持基本生活。
    先救助、后补手续，不等家庭成员和收入财产查清；已知没有计入的成员的除外。
    """
    return cannot_live_through_today & ~has_nobody_counted


@rule(household, law=law.OWN["口径"])
def is_within_relief_limits(
    relief_bars_same_cause, is_relieved_for_same_cause, relief_times_limit, relief_times_this_year
):
    """临时救助没有重复或超次.

    未因同一事由获临时救助，也未达全年次数上限。
    两项均为当地参数，暂定；次数上限为0即不限。
    """
    repeated = relief_bars_same_cause & is_relieved_for_same_cause
    return ~repeated & ((relief_times_limit == 0) | (relief_times_this_year < relief_times_limit))


@rule(household, law=law.NINGXIA_RELIEF["急难型"], determines=True)
def qualifies_for_emergency_relief(
    has_emergency,
    is_helped_first,
    has_uninsured_without_income,
    is_within_relief_limits,
    has_nobody_counted,
):
    """急难型临时救助.

    遭遇急难、当日无法维持生活，或未参保失业连续无收入。已知没有计入的成员的不成立，成员数没有查清的不影响。
    面向全体公民：本地户籍、持居住证的和急难发生地的流动人口均可，不问户籍和居住地。
    """
    in_need = has_emergency | is_helped_first | has_uninsured_without_income
    return in_need & is_within_relief_limits & ~has_nobody_counted


@rule(household, law=law.NINGXIA_RELIEF["支出型"], determines=True)
def qualifies_for_expenditure_relief(
    has_spending_surge,
    members,
    is_local_hukou,
    has_residence_permit,
    is_within_relief_limits,
    has_nobody_counted,
):
    """支出型临时救助.

    支出突增致基本生活困难的低保、特困、边缘、刚性、监测家庭，及其他本地家庭。
    其他家庭须本地户籍或持居住证并居住：流动人口只在急难发生地可申请急难型。重大困难、超标准的由县级一事一议。
    已知没有计入的成员的不成立，成员数没有查清的不影响。
    """
    belongs = members.is_in_five_tiers.any() | is_local_hukou | has_residence_permit
    return has_spending_surge & belongs & is_within_relief_limits & ~has_nobody_counted


def _floor(percent: Expr, urban_line: Expr, people: Expr) -> Expr:
    return ceil_div(urban_line * months(1) * percent * people, 100)


@rule(household, unit="fen", law=law.NINGXIA_RELIEF["急难标准"], determines=True)
def emergency_relief_floor(
    qualifies_for_emergency_relief, emergency_relief_percent, dibao_urban, family_size
):
    """急难型最低额.

    人均2倍城市低保月标准。
    农村家庭也按城市标准；标准取急难发生地的。
    """
    return paid(qualifies_for_emergency_relief, _floor(emergency_relief_percent, dibao_urban, family_size))


@rule(household, unit="fen", law=law.NINGXIA_RELIEF["支出标准"], determines=True)
def expenditure_relief_floor(
    qualifies_for_expenditure_relief, expenditure_relief_percent, dibao_urban, family_size
):
    """支出型最低额.

    人均3倍城市低保月标准。
    农村家庭也按城市标准。
    """
    floor = _floor(expenditure_relief_percent, dibao_urban, family_size)
    return paid(qualifies_for_expenditure_relief, floor)
