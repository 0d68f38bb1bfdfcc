"""§2.2 财产: eight kinds of hit, and hit → exemption ground → approver."""

from fractions import Fraction

from oracle.case import Case, once
from oracle.composition import size
from oracle.income import over_members
from oracle.logic import Amount, Answer, any_of, at_least, both, is_one, less, no, times, total
from oracle.numbers import SPENDING_SINCE
from oracle.standards import disposable, line

FOUND = {
    "vehicle": "has_vehicle",
    "machinery": "has_large_machinery",
    "business": "hires_workers",
    "schooling": "pays_for_choice_of_school",
    "luxury": "has_luxury_goods",
    "other": "has_other_barred_property",
}
ASSETS = ("vehicle", "machinery", "business", "schooling", "homes", "luxury", "money", "other")
MONEY = ("deposits", "investments", "insurance_value")
SHAANXI = ("vehicle", "homes", "money")  # §7 陕西2013财产口径


def _is_hit(case: Case, kind: str, months: str) -> Answer:
    if kind == "homes":
        return _homes_hit(case)
    if kind == "money":
        return _money_hit(case, months)
    return case[FOUND[kind]]


def _homes_hit(case: Case) -> Answer:
    """两套（三套以上同）, 人均建面<30㎡除外；面积＝本人份额. 陕西: 超当地平均, which nobody told."""
    several = at_least(case["homes"], 2)
    if case.is_in("61"):
        return both(several, None)
    area = None if case["home_area"] is None else Fraction(case["home_area"])
    return both(several, at_least(area, times(size(case), case.number("home_area_per_head"))))


def money_held(case: Case, kinds: tuple[str, ...] = MONEY) -> Amount:
    """货币财产 of all who count."""
    return over_members(case, lambda one: total(one[name] for name in kinds))


def _money_hit(case: Case, months: str) -> Answer:
    """人均货币财产 > 36个月低保标准之和 (超过); 陕西: 存款现金人均超上年人均可支配收入."""
    held = money_held(case, ("deposits",)) if case.is_in("61") else money_held(case)
    apiece = disposable(case) if case.is_in("61") else times(line(case), case.number(months))
    return less(times(apiece, size(case)), held)


def _is_exempt(case: Case, kind: str) -> Answer:
    """A listed ground decides the suggestion (§18); 其他 wants an approver (the-law.md): refused is refused,
    and it is open only where nobody recorded either."""
    ground, approved = case[f"{kind}_exemption"], case[f"has_approved_{kind}_exemption"]
    if ground == "其他":
        return approved
    return no(is_one(ground, "无"))


@once
def is_barred(case: Case, kind: str, months: str = "asset_months") -> Answer:
    """命中且没有豁免. §18: 宁夏以外宝鸡用陕西2013缺省，他处“不知道”."""
    if not case.is_in("64", "6103"):
        return None
    if case.is_in("61") and kind not in SHAANXI:
        return False
    return both(_is_hit(case, kind, months), no(_is_exempt(case, kind)))


@once
def is_within_limits(case: Case, months: str = "asset_months") -> Answer:
    """低保; 边缘默认同36, 刚性可参照边缘: each has months of its own."""
    return no(any_of(is_barred(case, kind, months) for kind in ASSETS))


def is_within_spending_limits(case: Case) -> Answer:
    """Before 刚性 came into force nobody knows its limit of money; a thing that is barred is barred."""
    if case.on >= SPENDING_SINCE:
        return is_within_limits(case, "spending_asset_months")
    return both(no(any_of(is_barred(case, kind) for kind in ASSETS if kind != "money")), None)
