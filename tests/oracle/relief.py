"""§6 临时救助, §2 渐退, and 先行救助 (§5)."""

from oracle.case import Case, once
from oracle.composition import size
from oracle.logic import Answer, both, choose, either, is_within, no, times
from oracle.standards import RELIEF_SINCE, urban_line

EMERGENCY, EXPENDITURE = 2, 3


@once
def is_emergency(case: Case) -> Answer:
    """急难: 面向全体公民, where it happens; 同事由不重复."""
    return both(case["has_emergency"], no(case["is_relieved_for_same_cause"]))


@once
def is_expenditure(case: Case) -> Answer:
    """支出型: 实施细则§3 本地户籍、居住证且居住 (the third, at the place of an emergency, is the other type's)."""
    resident = either(case["is_local_hukou"], case["has_residence_permit"])
    return both(case["has_spending_surge"], resident, no(case["is_relieved_for_same_cause"]))


def floor_of(case: Case, holds: Answer, multiple: int) -> int | None:
    """人均 2×、3× 城市低保月标准, for rural families too (§17-7); the detailed rules are 宁夏's, from 2023-12-25."""
    known = case.is_in("64") and case.on >= RELIEF_SINCE
    least = times(times(urban_line(case), multiple), size(case)) if known else None
    return choose(holds, least, 0)


def is_within_grace(case: Case) -> Answer:
    """就业致超标，原则≤6个月."""
    return both(case["has_income_risen_by_work"], is_within(case["above_standard_since"], 6, case.on))
