"""§4 刚性支出困难家庭 (in force from 2025-01-01)."""

from oracle.case import Case, once
from oracle.composition import is_somebody
from oracle.dibao import is_dibao, is_near
from oracle.income import annual_income_per_head, assessed_income, over_members
from oracle.logic import Amount, Answer, both, less, no, total
from oracle.numbers import SPENDING_SINCE
from oracle.property import is_within_limits
from oracle.standards import disposable
from oracle.tekun import is_tekun_household

OF_PEOPLE = ("medical_self_paid_12m", "public_school_fees_12m", "rehabilitation_self_paid_12m")


@once
def unavoidable_spending(case: Case) -> Amount:
    """五类：生活；医疗；教育（按同类公办收费）；残疾康复；其他."""
    people = over_members(case, lambda one: total(one[name] for name in OF_PEOPLE))
    return total((people, case["essential_living_spending_12m"], case["other_unavoidable_spending_12m"]))


@once
def is_spending(case: Case) -> Answer:
    """非DB/TK/BY；人均收入<D；财产符合；占比严格大于60% (§18)."""
    if case.on < SPENDING_SINCE:
        return False
    return both(
        is_somebody(case),
        no(is_tekun_household(case)),
        no(is_dibao(case)),
        no(is_near(case)),
        less(annual_income_per_head(case), disposable(case)),
        is_within_limits(case, "spending_asset_months"),
        less(case.times_percent(assessed_income(case), "spending_share_percent"), unavoidable_spending(case)),
    )


def category(case: Case) -> str | None:
    """TK → DB → BY → GX, else QT."""
    ladder = {"TK": is_tekun_household, "DB": is_dibao, "BY": is_near, "GX": is_spending}
    for name, holds in ladder.items():
        told = holds(case)
        if told is None:
            return None
        if told:
            return name
    return "QT"
