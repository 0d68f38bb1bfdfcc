"""Disability, illness, care, insurance and what illness costs."""

from typing import TYPE_CHECKING

import numpy as np

from wenhou.policy.facts.choices import CHOICES
from wenhou.sandbox.law.columns import Columns, picked, spread

if TYPE_CHECKING:
    from wenhou.sandbox.law.families import People

ACTIONS = ("can_eat", "can_dress", "can_get_up", "can_use_toilet", "can_walk_indoors", "can_bathe")


def fill(table: Columns, people: "People") -> None:
    _disability(table, people)
    _care(table, people)
    _illness(table, people)
    _costs(table, people)


def _disability(table: Columns, people: "People") -> None:
    rng, size = people.rng, people.size
    disabled = people.chance(np.where(people.age >= 60, 0.25, 0.12))
    says = CHOICES["disability_category"]
    category = np.where(disabled, picked(rng, size, (0, 0.12, 0.1, 0.05, 0.4, 0.15, 0.13, 0.05)), 0)
    level = picked(rng, size, (0.2, 0.25, 0.3, 0.25)) + 1
    table.put("disability_category", (says, category))
    table.put("disability_level", np.where(disabled, level, 0))
    table.put("disability_issued_on", people.ago(3000), disabled)
    table.put("severe_disability_issued_on", people.ago(3000), disabled & (level <= 2))
    worse = disabled & people.chance(0.05)
    table.dated("has_disability_worsened", worse, "disability_worsened_on", people.ago(700))
    table.put("is_suspected_disabled", ~disabled & people.chance(0.05))
    table.put("needs_rehabilitation", people.chance(np.where(disabled, 0.3, 0.02)))
    table.put("needs_assistive_device", people.chance(np.where(disabled, 0.3, 0.02)))
    table.put("needs_long_term_care", people.chance(np.where(disabled & (level <= 2), 0.5, 0.04)))


def _care(table: Columns, people: "People") -> None:
    rng, size = people.rng, people.size
    frail = people.chance(np.where(people.age >= 60, 0.2, 0.03))
    for name in ACTIONS:
        table.put(name, ~(frail & people.chance(0.55)))
    table.put("has_incapacity_record", frail & people.chance(0.7))
    table.put("has_dementia_record", (people.age >= 50) & people.chance(0.04))
    assessed = frail | people.chance(0.05)
    care = np.where(assessed, picked(rng, size, (0, 0.4, 0.35, 0.25)), 0)
    table.put("self_care", (CHOICES["self_care"], care))
    table.dated("has_self_care_assessed", assessed, "self_care_on", people.ago(800))
    table.put("care_place", (CHOICES["care_place"], picked(rng, size, (0.5, 0.15, 0.35))))


_ILL = {
    "has_severe_mental_disorder": 0.03,
    "has_chronic_illness": 0.18,
    "has_child_hiv": 0.004,
    "has_eligible_cancer": 0.02,
    "needs_emergency_treatment": 0.03,
    "is_identity_unknown": 0.02,
    "cannot_pay_for_emergency": 0.25,
    "is_basic_insurance_broken": 0.05,
}


def _illness(table: Columns, people: "People") -> None:
    for name, share in _ILL.items():
        table.put(name, people.chance(share))
    table.put("has_basic_insurance_this_year", people.chance(0.9))
    care = people.chance(0.03)
    table.dated("has_care_need_discharge", care, "care_need_discharge_on", people.ago(500))
    late = people.chance(0.03)
    table.dated(
        "has_unrecognised_chronic_discharge", late, "unrecognised_chronic_discharge_on", people.ago(300)
    )


def _costs(table: Columns, people: "People") -> None:
    rng, size = people.rng, people.size
    ill = people.chance(0.1)
    table.put("has_serious_illness", ill)
    cost = np.where(ill, spread(rng, size, 1_800_000, 0.8), spread(rng, size, 60_000, 1.2))
    cost[people.chance(0.3)] = 0
    sharp = people.chance(0.01)
    cost = np.where(
        sharp, np.where(people.chance(0.5), 2_000_000, 3_000_000) - rng.integers(-1, 2, size), cost
    )
    stays = np.where(people.chance(0.2), cost, (cost * rng.random(size)).astype(np.int64))
    table.put("medical_self_paid_12m", cost)
    table.put("hospital_stays_self_paid_12m", stays)
    table.put("inpatient_self_paid_12m", stays)
    table.put("outpatient_self_paid_12m", cost - stays)
    table.put("out_of_pocket_this_year", np.where(sharp, cost, (cost * 0.8).astype(np.int64)))
    table.put("largest_stay_self_paid_12m", stays)
    rehabilitation = np.where(people.chance(0.04), spread(rng, size, 500_000, 1.0), 0)
    table.put("rehabilitation_self_paid_12m", rehabilitation)
    student = (people.age >= 3) & (people.age <= 25)
    fees = np.where(student, np.where(people.chance(0.5), spread(rng, size, 300_000, 0.8), 0), 0)
    table.put("public_school_fees_12m", fees)
