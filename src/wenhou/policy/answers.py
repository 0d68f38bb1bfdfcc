"""What a determination answers: the names of the two tables of `docs/discussions/the-law.md`, in their order."""

import gc
import pkgutil
from functools import cache
from importlib import import_module

from wenhou.engine.declared import Rule
from wenhou.engine.words import DEFAULT, Book
from wenhou.policy import rules
from wenhou.policy.facts.means import ASSETS

VERDICTS = (
    "qualifies_for_tekun_household",
    "qualifies_for_dibao",
    "qualifies_for_near_dibao",
    "qualifies_for_unavoidable_spending",
)
"""判定流水: TK → DB → BY → GX; each excludes those before it."""

CATEGORIES = {
    "TK": "特困供养户",
    "DB": "最低生活保障家庭",
    "BY": "最低生活保障边缘家庭",
    "GX": "刚性支出困难家庭",
    "QT": "不属于特困、低保、边缘、刚性支出困难四类",
}
SHORT = {"TK": "特困", "DB": "低保", "BY": "低保边缘", "GX": "刚性支出困难"}
"""As people say them in tables and formulas."""
REGISTERED = {"JC": "监测对象", "QT": "其他困难", "OUT": "不在册"}
"""What the register calls who is in none of the four categories."""
HEADS = ("family_size", "income_per_head")
"""What is told of a household beside its category."""
OTHER_VERDICTS = (
    "qualifies_for_emergency_relief",
    "qualifies_for_expenditure_relief",
    "qualifies_for_heating_aid",
)
PERSON_VERDICTS = (
    "qualifies_for_tekun",
    "qualifies_for_single_dibao",
    "qualifies_as_orphan",
    "qualifies_as_child_without_care",
    "qualifies_for_illness_poverty",
)
CHILDREN_ONLY = ("qualifies_as_orphan", "qualifies_as_child_without_care")
BETTER = {
    **{name: VERDICTS[:at] for at, name in enumerate(VERDICTS)},
    "qualifies_for_single_dibao": VERDICTS[:2],
}
"""What also answers a refusal: who comes into a better category is no longer refused the lesser one."""

AMOUNTS = (
    "dibao_amount",
    "emergency_relief_floor",
    "expenditure_relief_floor",
    "heating_aid_low",
    "heating_aid_high",
)
PERSON_AMOUNTS = (
    "single_dibao_amount",
    "tekun_living_allowance",
    "tekun_care_allowance",
    "disability_living_allowance",
    "disability_care_allowance",
    "orphan_allowance",
    "child_without_care_allowance",
    "price_subsidy",
)
PERSON_STATES = (
    "counts",
    "lacks_work_ability",
    "is_unable_to_work",
    "self_care_level",
    "support_due_to_me",
    "single_person_ground",
)
STATES = (
    "family_size",
    "wage_income_12m",
    "business_income_12m",
    "property_income_12m",
    "transfer_income_12m",
    "uncounted_income_12m",
    "employment_cost_12m",
    "rigid_deduction_12m",
    "support_due",
    "income_per_head",
    "annual_income_per_head",
    "unavoidable_spending_12m",
    *(f"{kind}_is_barred" for kind in ASSETS),
    "has_property_within_limits",
    "has_property_within_near_limits",
    "has_property_within_spending_limits",
    "dibao_class_due",
    "review_months",
    "is_within_grace",
    "is_helped_first",
    "is_price_subsidy_started",
    "must_be_visited_by_county",
    "may_be_confirmed",
    "must_republish_tekun",
    "must_republish_dibao",
    "layer",
)
HELP = tuple(
    f"help_{kind}"
    for kind in ("living", "medical", "education", "housing", "employment", "disaster", "emergency", "social")
)
ITEMS = tuple(f"item_yl{number:02d}" for number in range(1, 44))
AUTHORISED, CATEGORY = "is_authorised_household", "category"

PERSON = (*PERSON_STATES, *PERSON_VERDICTS, *PERSON_AMOUNTS)
HOUSEHOLD = (AUTHORISED, CATEGORY, *VERDICTS, *OTHER_VERDICTS, *AMOUNTS, *STATES, *HELP, *ITEMS)
SCREEN = ("people_here", "seen_income_12m", "seen_income_per_head", "has_low_seen_income")
"""What may be told where authorisation lacks: sizes and visible income (EPCI), for ordering and flagging only."""


@cache
def declare() -> Book:
    """The book with every rule of the law in it."""
    for module in pkgutil.walk_packages(rules.__path__, f"{rules.__name__}."):
        import_module(module.name)
    gc.freeze()  # the law stays: looking through it again and again would be a fifth of a second every few households
    return DEFAULT


def wanted(book: Book) -> tuple[str, ...]:
    """The names of both tables that the book declares."""
    return tuple(name for name in (*HOUSEHOLD, *PERSON) if isinstance(book.declared.get(name), Rule))
