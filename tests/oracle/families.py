"""Families told in full for the vectors: what is not said is none."""

from datetime import date
from decimal import Decimal
from typing import Any

from oracle import ability, income
from oracle.case import Answers, Application
from oracle.door import judge
from oracle.property import ASSETS, FOUND
from oracle.spending import OF_PEOPLE

MONEY = {name for gained, lost in income.KINDS.values() for name in (*gained, *lost)} | {
    *income.UNCOUNTED,
    *OF_PEOPLE,
    "central_basic_pension_12m",
    "deposits",
    "investments",
    "insurance_value",
    "inpatient_self_paid_12m",
    "outpatient_self_paid_12m",
    "hospital_stays_self_paid_12m",
    "out_of_pocket_this_year",
    "disability_level",
}
FLAGS = """
is_supporter is_clergy is_in_prison is_in_detox is_declared_missing has_police_death has_hospital_death is_cremated
is_conscript is_missing_on_evidence is_dependent_adult is_full_time_student has_serious_illness is_employed
is_self_employed is_tekun is_dibao is_near_dibao is_unavoidable_spending has_incapacity_record has_approved_waiver
has_support_judgement lacks_civil_capacity has_modest_property chooses_child_protection is_in_basic_schooling
gets_unemployment_benefit gets_regular_veteran_benefit gets_orphan_allowance gets_child_without_care_allowance
has_child_hiv has_stable_income
""".split()  # noqa: SIM905
HOUSE_FLAGS = (
    *FOUND.values(),
    "has_unlisted_supporters",
    "is_relieved_for_same_cause",
    "has_kin_in_office",
    "has_complaint",
)


def person(born: str, kinship: str | None = "申请人", **told: Any) -> dict[str, Any]:
    """Somebody of whom everything was asked."""
    plain = dict.fromkeys(MONEY, 0) | dict.fromkeys(FLAGS, False) | dict.fromkeys(ability.SIX, True)
    plain |= {"school_stage": "无", "disability_category": "无", "care_place": "分散", "is_authorised": True}
    plain |= {"lives_with_family": True, "has_support_duty": True, "kinship": kinship}
    return plain | {"birth_date": date.fromisoformat(born)} | told


def supporter(born: str, of: int, **told: Any) -> dict[str, Any]:
    """Somebody who owes support and lives elsewhere."""
    plain = {"is_supporter": True, "supports_first": of, "supporter_rank": 1, "supporter_household": "甲"}
    return person(born, None) | plain | {"supporter_kinship": "子女", "supported_people": 1} | told


def home(**told: Any) -> dict[str, Any]:
    """A household of which everything was asked."""
    plain = dict.fromkeys(HOUSE_FLAGS, False) | {"homes": 1, "home_area": Decimal(60), "urban_rural": "城市"}
    plain |= {f"{kind}_exemption": "无" for kind in ASSETS}
    plain |= {"essential_living_spending_12m": 0, "other_unavoidable_spending_12m": 0}
    return plain | told


def judged(
    *people: dict[str, Any], house: dict[str, Any] | None = None, on: str = "2025-11-10", **rest: Any
) -> Answers:
    """The oracle's answers; people are numbered from 1."""
    place = rest.pop("place", "640104")
    told = dict(enumerate(people, 1))
    return judge(Application(date.fromisoformat(on), place, told, house or home(), rest))
