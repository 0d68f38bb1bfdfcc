"""Property that may be looked at: what departments show of everybody, and banks of who authorised it (facts §2, §9).

What may not be looked at is 待核: it does not stand in the way of an alert, and the alert says so.
"""

from wenhou.engine import household, person, rule, when
from wenhou.monitoring.indicators import c_assets

__all__ = ["c_assets"]


@rule(person, unit="fen")
def own_known_money(deposits, investments, insurance_value):
    """本人已授权查到的货币财产."""
    return deposits + investments + insurance_value


@rule(household, unit="fen", screen=True)
def known_money(members):
    """已授权成员的货币财产."""
    return members.where(members.is_authorised & members.is_living).own_known_money.sum()


@rule(household, screen=True)
def has_known_money_above_dibao_limit(known_money, asset_months, dibao_standard, household_size):
    """已查得的货币财产超过低保限额."""
    return known_money > asset_months * dibao_standard * household_size


@rule(household, screen=True)
def has_known_money_above_near_limit(known_money, near_asset_months, dibao_standard, household_size):
    """已查得的货币财产超过低保边缘限额."""
    return known_money > near_asset_months * dibao_standard * household_size


@rule(household)
def has_known_barred_goods(has_barred_vehicle, has_large_machinery, has_two_large_homes):
    """部门记录有汽车、大型农机具或两套大房."""
    return has_barred_vehicle | has_large_machinery | has_two_large_homes


@rule(household, unit="text")
def state_of_money(has_modest_money):
    """货币财产核对情况."""
    return when(has_modest_money.fill(False), "货币财产符合", "财产待核")
