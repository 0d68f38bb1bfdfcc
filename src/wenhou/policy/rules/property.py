"""Property that bars: hit, then an exemption listed, then another ground that somebody must approve.

Ningxia's list (region 64); Baoji by Shaanxi's of 2013 (region 6103); elsewhere unknown. A ground that is not on the list
leaves the answer unknown until somebody decides: nobody is refused for it without a person's decision.
"""

from wenhou.engine import household, rule, unknown, when
from wenhou.engine.expr import Expr
from wenhou.policy import law
from wenhou.policy.facts.means import ASSETS
from wenhou.policy.rules import composition, lines

__all__ = ["composition", "lines"]

OTHER, NONE = "其他", "无"
HOMES = 2
NINGXIA, BAOJI = "64", "6103"
SHAANXI = law.SHAANXI_PROPERTY["财产"]
LABELS = {f"{kind}_is_barred": f"{told[0]}不符合规定" for kind, told in ASSETS.items()} | {
    "near_money_is_barred": "货币财产不符合边缘规定",
    "spending_money_is_barred": "货币财产不符合刚性支出困难规定",
}


def _barred(hit: Expr, ground: Expr, approved: Expr) -> Expr:
    return hit & ~when(ground == OTHER, approved, ground != NONE)


def _declare_elsewhere() -> None:
    """Unknown where no list is known; what Shaanxi's list does not name does not bar in Baoji."""
    for name, label in LABELS.items():
        rule(household, law=law.OWN["口径"], name=name, label=label)(lambda: unknown)
    for kind in ("machinery", "business", "schooling", "luxury", "other"):
        name = f"{kind}_is_barred"
        rule(household, law=SHAANXI, region=BAOJI, name=name, label=LABELS[name])(lambda: False)


_declare_elsewhere()


@rule(household, law=law.NINGXIA_ANSWERS["财产"], region=NINGXIA, name="vehicle_is_barred")
def vehicle_is_barred_in_ningxia(has_vehicle, vehicle_exemption, has_approved_vehicle_exemption):
    """汽车不符合规定.

    有汽车且没有豁免。
    列明的豁免理由（唯一谋生小型经营车、生产用车、已灭失无法销户、残疾人专用车、二三轮摩托）决定结论。
    """
    return _barred(has_vehicle, vehicle_exemption, has_approved_vehicle_exemption)


@rule(household, law=SHAANXI, region=BAOJI, name="vehicle_is_barred")
def vehicle_is_barred_in_baoji(has_vehicle, vehicle_exemption, has_approved_vehicle_exemption):
    """汽车不符合规定.

    有汽车且没有豁免。
    """
    return _barred(has_vehicle, vehicle_exemption, has_approved_vehicle_exemption)


@rule(household, law=law.NINGXIA_ANSWERS["财产"], region=NINGXIA, name="machinery_is_barred")
def machinery_is_barred_in_ningxia(
    has_large_machinery, machinery_exemption, has_approved_machinery_exemption
):
    """大型农机具不符合规定.

    有大型农机具且没有豁免。
    """
    return _barred(has_large_machinery, machinery_exemption, has_approved_machinery_exemption)


@rule(household, law=law.NINGXIA_ANSWERS["财产"], region=NINGXIA, name="business_is_barred")
def business_is_barred_in_ningxia(hires_workers, business_exemption, has_approved_business_exemption):
    """雇人经营不符合规定.

    雇人经营且没有豁免。
    """
    return _barred(hires_workers, business_exemption, has_approved_business_exemption)


@rule(household, law=law.NINGXIA_ANSWERS["财产"], region=NINGXIA, name="schooling_is_barred")
def schooling_is_barred_in_ningxia(
    pays_for_choice_of_school, schooling_exemption, has_approved_schooling_exemption
):
    """自费择校或出国留学不符合规定.

    自费择校或出国留学且没有豁免。
    """
    return _barred(pays_for_choice_of_school, schooling_exemption, has_approved_schooling_exemption)


@rule(household, law=law.NINGXIA_ANSWERS["财产"], region=NINGXIA, name="luxury_is_barred")
def luxury_is_barred_in_ningxia(has_luxury_goods, luxury_exemption, has_approved_luxury_exemption):
    """非必需高档消费品不符合规定.

    有非必需高档消费品且没有豁免。
    """
    return _barred(has_luxury_goods, luxury_exemption, has_approved_luxury_exemption)


@rule(household, law=law.NINGXIA_ANSWERS["财产"], region=NINGXIA, name="other_is_barred")
def other_is_barred_in_ningxia(has_other_barred_property, other_exemption, has_approved_other_exemption):
    """县级规定的其他财产不符合规定.

    有县级规定的其他财产且没有豁免。
    """
    return _barred(has_other_barred_property, other_exemption, has_approved_other_exemption)


@rule(household, law=law.NINGXIA_ANSWERS["财产"], region=NINGXIA, name="homes_is_barred")
def homes_is_barred_in_ningxia(
    homes, home_area, home_area_per_head, family_size, homes_exemption, has_approved_homes_exemption
):
    """住房不符合规定.

    两套以上住房、人均建筑面积不低于30平方米且没有豁免。
    面积为本户份额；三套以上同两套（facts §18）。
    """
    hit = (homes >= HOMES) & (home_area >= home_area_per_head * family_size)
    return _barred(hit, homes_exemption, has_approved_homes_exemption)


@rule(household, law=SHAANXI, region=BAOJI, name="homes_is_barred")
def homes_is_barred_in_baoji(homes, homes_exemption, has_approved_homes_exemption):
    """住房不符合规定.

    两套以上住房且人均面积超过当地平均（平均面积未查到）。
    """
    return _barred(when(homes >= HOMES, unknown, False), homes_exemption, has_approved_homes_exemption)


@rule(household, unit="fen", law=law.NINGXIA_ANSWERS["财产"])
def monetary_assets(members):
    """计入成员的货币财产.

    存款、证券理财基金、商业保险现金价值。
    """
    counted = members.where(members.counts)
    return (counted.deposits + counted.investments + counted.insurance_value).sum()


@rule(household, law=law.NINGXIA_ANSWERS["财产"], region=NINGXIA, name="money_is_barred")
def money_is_barred_in_ningxia(
    monetary_assets,
    asset_months,
    dibao_standard,
    family_size,
    money_exemption,
    has_approved_money_exemption,
):
    """货币财产不符合规定.

    人均货币财产超过36个月低保标准之和且没有豁免。
    """
    hit = monetary_assets > asset_months * dibao_standard * family_size
    return _barred(hit, money_exemption, has_approved_money_exemption)


@rule(household, law=law.OWN["阈值"], region=NINGXIA, name="near_money_is_barred")
def near_money_is_barred_in_ningxia(
    monetary_assets,
    near_asset_months,
    dibao_standard,
    family_size,
    money_exemption,
    has_approved_money_exemption,
):
    """货币财产不符合边缘规定.

    人均货币财产超过边缘家庭限额且没有豁免。
    """
    hit = monetary_assets > near_asset_months * dibao_standard * family_size
    return _barred(hit, money_exemption, has_approved_money_exemption)


@rule(household, law=law.OWN["阈值"], region=NINGXIA, name="spending_money_is_barred")
def spending_money_is_barred_in_ningxia(
    monetary_assets,
    spending_asset_months,
    dibao_standard,
    family_size,
    money_exemption,
    has_approved_money_exemption,
):
    """货币财产不符合刚性支出困难规定.

    人均货币财产超过刚性支出困难家庭限额且没有豁免。
    """
    hit = monetary_assets > spending_asset_months * dibao_standard * family_size
    return _barred(hit, money_exemption, has_approved_money_exemption)


@rule(household, law=SHAANXI, region=BAOJI, name="money_is_barred")
def money_is_barred_in_baoji(
    members, disposable_income, family_size, money_exemption, has_approved_money_exemption
):
    """货币财产不符合规定.

    人均存款现金超过上年人均可支配收入且没有豁免。
    """
    hit = members.where(members.counts).deposits.sum() > disposable_income * family_size
    return _barred(hit, money_exemption, has_approved_money_exemption)


@rule(household, law=SHAANXI, region=BAOJI, name="near_money_is_barred")
def near_money_is_barred_in_baoji(money_is_barred):
    """货币财产不符合边缘规定.

    货币财产超过边缘家庭限额（同低保）。
    """
    return money_is_barred


@rule(household, law=SHAANXI, region=BAOJI, name="spending_money_is_barred")
def spending_money_is_barred_in_baoji(money_is_barred):
    """货币财产不符合刚性支出困难规定.

    货币财产超过刚性支出困难家庭限额（同低保）。
    """
    return money_is_barred


@rule(household, law=law.DIBAO["9"])
def things_are_barred(
    vehicle_is_barred,
    machinery_is_barred,
    business_is_barred,
    schooling_is_barred,
    homes_is_barred,
    luxury_is_barred,
    other_is_barred,
):
    """有货币以外的不符合的财产."""
    tools = vehicle_is_barred | machinery_is_barred | business_is_barred
    return tools | schooling_is_barred | homes_is_barred | luxury_is_barred | other_is_barred


@rule(household, law=law.DIBAO["9"])
def has_property_within_limits(things_are_barred, money_is_barred):
    """家庭财产符合低保规定."""
    return ~things_are_barred & ~money_is_barred


@rule(household, law=law.DIBAO["8"])
def has_property_within_near_limits(things_are_barred, near_money_is_barred):
    """家庭财产符合低保边缘规定."""
    return ~things_are_barred & ~near_money_is_barred


@rule(household, law=law.SPENDING["4"])
def has_property_within_spending_limits(things_are_barred):
    """家庭财产符合刚性支出困难规定.

    2025年1月1日以前没有这一类，也没有货币财产的限额：各地一样，有不符合的财产的不符合，其余不知道。
    """
    return when(things_are_barred, False, unknown)


@rule(household, law=law.SPENDING["4"], since="2025-01-01", name="has_property_within_spending_limits")
def has_property_within_spending_limits_since_2025(things_are_barred, spending_money_is_barred):
    """家庭财产符合刚性支出困难规定."""
    return ~things_are_barred & ~spending_money_is_barred
