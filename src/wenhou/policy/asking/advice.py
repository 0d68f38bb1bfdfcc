"""Of which facts a change is advice to a family, and in which order.

First what is still to be made: approvals, exemption grounds, authorisation, a residence permit. Then the family's own
money and things, then that of its supporters; amounts only within half of what they are. Nothing else: nobody is advised
to fall ill, to lose a parent, or to be on a register.
"""

from collections.abc import Mapping
from typing import Any

from wenhou.policy.applications.vocabulary import RANGES
from wenhou.policy.facts.means import ASSETS

OTHER = "其他"
"""An exemption ground that decides only once somebody has approved it."""
TO_BE_MADE, OWN, SUPPORTERS = 1, 2, 3

GROUNDS = {f"{kind}_exemption": f"has_approved_{kind}_exemption" for kind in ASSETS}
"""Each exemption ground and its approval."""

_TO_BE_MADE = frozenset(
    {*GROUNDS, *GROUNDS.values(), "has_approved_waiver", "is_authorised", "has_residence_permit"}
)
_THINGS = frozenset(found for _, found, _ in ASSETS.values() if found is not None)
_OWN = _THINGS | frozenset(
    [
        "wages_12m", "business_revenue_12m", "rental_income_12m", "interest_and_dividends_12m", "other_transfers_12m",
        "employee_pension_12m", "resident_pension_12m", "periodic_benefits_12m", "unemployment_benefits_12m",
        "farm_subsidies_12m", "land_rent_12m", "old_age_allowance_12m",
        "business_costs_12m", "depreciation_12m", "production_tax_12m", "property_costs_12m", "income_tax_12m",
        "social_insurance_paid_12m", "support_paid_12m", "medical_self_paid_12m", "rehabilitation_self_paid_12m",
        "public_school_fees_12m", "essential_living_spending_12m", "other_unavoidable_spending_12m",
        "hospital_stays_self_paid_12m", "inpatient_self_paid_12m", "outpatient_self_paid_12m", "out_of_pocket_this_year",
        "deposits", "investments", "insurance_value", "home_area",
    ]
)  # fmt: skip
_SUPPORTERS = frozenset({"supporter_household_income_12m", "judged_support", "paid_support"})


def rank(name: str, *, is_supporter: bool) -> int | None:
    """1 to 3, the nearer the earlier; None where a change is no advice. is_supporter: whose fact it is."""
    if name in _TO_BE_MADE:
        return TO_BE_MADE
    if is_supporter:
        return SUPPORTERS if name in _SUPPORTERS else None
    return OWN if name in _OWN else None


def ends(name: str, now: Any, step: Any) -> list[Any]:
    """As far down and up as an amount may go: half of what it is, in whole steps, within its range."""
    far = now // (2 * step) * step
    low, high = RANGES.get(name, (0, now + far))
    return [end for end in (max(now - far, now * 0 + low), min(now + far, now * 0 + high)) if end != now]


def values(name: str, now: Any, choices: tuple[str, ...]) -> tuple[Any, ...]:
    """What a yes or no, or a choice, may become."""
    if isinstance(now, bool):
        return (not now,)
    return tuple(one for one in choices if one != now)


def with_approval(name: str, value: Any) -> Mapping[str, bool]:
    """What must be approved beside a value of a fact for it to count."""
    return {GROUNDS[name]: True} if value == OTHER and name in GROUNDS else {}


def share(now: Any, turns: Any) -> float:
    """How large a change of an amount is beside what it is."""
    return float(abs(turns - now) / abs(now)) if now else 1.0
