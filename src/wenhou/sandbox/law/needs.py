"""Work, allowances received, and what else a person's help hangs on."""

from typing import TYPE_CHECKING

import numpy as np

from wenhou.sandbox.law.columns import Columns, picked

if TYPE_CHECKING:
    from wenhou.sandbox.law.families import People


def fill(table: Columns, people: "People") -> None:
    _work(table, people)
    _received(table, people)
    table.put(
        "heating_cost", np.where(people.chance(0.3), people.rng.integers(200, 3000, people.size) * 100, 0)
    )


def _work(table: Columns, people: "People") -> None:
    able = (people.age >= 16) & (people.age < 63)
    busy = able & people.chance(0.6)
    own = busy & people.chance(0.3)
    table.put("is_employed", busy & ~own)
    table.put("is_self_employed", own)
    table.put("is_registered_unemployed", able & ~busy & people.chance(0.5))
    table.put("has_stable_income", busy & people.chance(0.5))
    table.put("has_employer_insurance_6m", busy & ~own & people.chance(0.6))
    table.put("is_unemployment_insured", busy & people.chance(0.5))
    table.put("gets_unemployment_benefit", able & ~busy & people.chance(0.15))
    table.put("is_resident_pension_insured", (people.age >= 16) & people.chance(0.6))
    table.put("gets_regular_veteran_benefit", (people.age >= 18) & people.chance(0.03))
    table.put("is_veteran", (people.age >= 20) & people.chance(0.05))
    table.put("is_union_worker", busy & people.chance(0.3))
    idle = picked(people.rng, people.size, (0.4, 0.1, 0.1, 0.2, 0.2))
    table.put("months_without_income", np.where(able & ~busy, idle, 0))


def _received(table: Columns, people: "People") -> None:
    minor = people.age < 18
    orphan, alone = minor & people.chance(0.05), minor & people.chance(0.08)
    table.put("gets_orphan_allowance", orphan)
    table.put("gets_child_without_care_allowance", alone)
    part = people.rng.integers(0, 1700, people.size) * 100
    full = np.where(people.chance(0.5), 120_000, part)
    table.put("child_allowance_received", np.where(orphan | alone, full, 0))
    table.put("gets_disability_living_allowance", people.chance(0.05))
    table.put("gets_disability_care_allowance", people.chance(0.05))
    table.put("gets_old_age_allowance", (people.age >= 80) & people.chance(0.5))
