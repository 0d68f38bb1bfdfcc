"""§6 临时救助, §2 渐退, and 先行救助 (§5)."""

from oracle import standing
from oracle.case import Case, once
from oracle.composition import any_member, is_somebody, size
from oracle.logic import Amount, Answer, at_least, both, either, granted, is_one, is_within, less, no, times
from oracle.numbers import SAFETY_NET_SINCE
from oracle.standards import urban_line

EMERGENCY, EXPENDITURE = "emergency_relief_percent", "expenditure_relief_percent"
CATEGORIES = (
    standing.as_tekun,
    standing.as_dibao,
    standing.as_near,
    standing.as_spending,
    standing.as_watched,
)


def may_be_relieved(case: Case) -> bool:
    """全体公民: relief waits for nobody's place in the family; only where surely nobody counts is it none (§18)."""
    return is_somebody(case) is not False


def is_helped_first(case: Case) -> Answer:
    """救助申请当日若无法维持生活 (§5)."""
    return both(may_be_relieved(case), case["cannot_live_through_today"])


@once
def is_emergency(case: Case) -> Answer:
    """急难: 面向全体公民, where it happens; 同事由不重复. 当日无法维持生活 is such an emergency (§5)."""
    urgent = either(case["has_emergency"], case["cannot_live_through_today"], _is_out_of_work(case))
    return both(may_be_relieved(case), urgent, no(_is_used_up(case)))


def _is_used_up(case: Case) -> Answer:
    """同事由不重复, and 年次数 where a place has a limit (0 is none); both are parameters (§6)."""
    again = both(case.number("relief_bars_same_cause"), case["is_relieved_for_same_cause"])
    limit = case.number("relief_times_limit")
    often = both(less(0, limit), at_least(case["relief_times_this_year"], limit))
    return either(again, often)


def _is_out_of_work(case: Case) -> Answer:
    """未参保失业连续3个月无收入且未入低保 (S4二(一), taken to hold beyond the epidemic)."""
    if case.on < SAFETY_NET_SINCE:
        return False
    out = any_member(
        case,
        lambda one: both(
            one["is_registered_unemployed"],
            one.is_aged(16),
            no(one["is_unemployment_insured"]),
            at_least(one["months_without_income"], case.number("months_without_income_line")),
            no(one["is_dibao"]),
        ),
    )
    return both(case.number("relief_covers_uninsured"), out)


@once
def is_expenditure(case: Case) -> Answer:
    """支出型: 实施细则§3 本地户籍、居住证且居住 (the third, at the place of an emergency, is the other type's).

    Whom another category holds is at home here.
    """
    known = any_member(case, lambda one: either(*(stands(one) for stands in CATEGORIES)))
    resident = either(case["is_local_hukou"], case["has_residence_permit"], known)
    return both(may_be_relieved(case), case["has_spending_surge"], resident, no(_is_used_up(case)))


def floor_of(case: Case, holds: Answer, percent: str) -> Amount:
    """人均 2×、3× 城市低保月标准, for rural families too (§17-7); the detailed rules are 宁夏's, from 2023-12-25."""
    least = times(case.times_percent(urban_line(case), percent), size(case))
    return granted(holds, least)


def is_within_grace(case: Case) -> Answer:
    """就业致超标，原则≤6个月."""
    held = either(is_one(case["household_category"], "DB"), any_member(case, lambda one: one["is_dibao"]))
    return both(
        held,
        case["has_income_risen_by_work"],
        is_within(case["above_standard_since"], case.number("grace_months"), case.on),
    )
