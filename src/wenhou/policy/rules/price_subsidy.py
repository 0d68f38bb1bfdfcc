"""价格补贴联动: when it starts, for whom, and how much. From the register alone."""

from wenhou.engine import ceil_div, greatest, household, person, rule, when
from wenhou.policy.law import of_items as law
from wenhou.policy.rules import people, register

__all__ = ["people", "register"]


@rule(household, law=law.PRICE_LINKAGE["启动条件"], determines=True)
def is_price_subsidy_started(cpi_growth, cpi_trigger, food_price_growth, food_price_trigger):
    """价格补贴联动启动.

    CPI或食品价格单月同比涨幅达到启动条件。
    所问之日所在的月即指数所属月：指数次月发布、发布当月发放，而标准取指数所属月的（facts §18）。
    """
    return (cpi_growth >= cpi_trigger) | (food_price_growth >= food_price_trigger)


@rule(person, law=law.PRICE_LINKAGE["保障对象"])
def is_child_with_hiv(has_child_hiv, is_minor):
    """艾滋病病毒感染儿童."""
    return has_child_hiv & is_minor


@rule(person, law=law.PRICE_LINKAGE["保障对象"])
def is_in_price_groups(
    is_dibao,
    is_tekun,
    gets_unemployment_benefit,
    gets_regular_veteran_benefit,
    gets_orphan_allowance,
    gets_child_without_care_allowance,
    is_child_with_hiv,
):
    """七类价格补贴对象.

    低保、特困、领失业保险金、定期抚恤补助优抚、孤儿、事实无人抚养儿童、艾滋病病毒感染儿童。
    """
    on_register = is_dibao | is_tekun | gets_orphan_allowance | gets_child_without_care_allowance
    return on_register | gets_unemployment_benefit | gets_regular_veteran_benefit | is_child_with_hiv


@rule(person, law=law.PRICE_PHASE["增加对象"])
def is_in_added_price_groups(price_subsidy_covers_more, gets_unemployment_subsidy, is_near_dibao):
    """阶段性增加的价格补贴对象.

    领取失业补助金人员、低保边缘人口。
    """
    return price_subsidy_covers_more & (gets_unemployment_subsidy | is_near_dibao)


@rule(person, law=law.PRICE_LINKAGE["保障对象"], determines=True)
def qualifies_for_price_subsidy(is_in_price_groups, is_in_added_price_groups, is_dead):
    """在册的价格补贴保障对象.

    只看在册与待遇发放记录，不看本次认定。
    """
    return (is_in_price_groups | is_in_added_price_groups) & ~is_dead


@rule(household, unit="fen/month", law=law.PRICE_LINKAGE["公式"])
def price_subsidy_of_one(dibao_standard, scpi_growth, price_subsidy_minimum):
    """每人每月价格补贴.

    城乡低保标准×SCPI同比涨幅。
    涨幅不高于0的为0；补贴向上到分（facts §18）；当地设最低额的不低于最低额。
    """
    amount = greatest(ceil_div(dibao_standard * scpi_growth, 1000), price_subsidy_minimum)
    return when(scpi_growth > 0, amount, 0)


@rule(person, unit="fen/month", law=law.PRICE_LINKAGE["一人一份"], determines=True)
def price_subsidy(is_price_subsidy_started, qualifies_for_price_subsidy, price_subsidy_of_one):
    """价格临时补贴.

    一人多身份只发一份；未启动的为0。
    """
    return when(is_price_subsidy_started & qualifies_for_price_subsidy, price_subsidy_of_one, 0)
