"""Standing of a person: how they belong, whether they study, and what the register has of them."""

from typing import TYPE_CHECKING

import numpy as np

from wenhou.policy.facts.choices import CHOICES
from wenhou.sandbox.law import families
from wenhou.sandbox.law.columns import Columns, Truths, picked

if TYPE_CHECKING:
    from wenhou.sandbox.law.families import People

REGISTER = {
    "is_dibao": 0.14,
    "is_tekun": 0.03,
    "is_near_dibao": 0.06,
    "is_unavoidable_spending": 0.03,
    "is_relapse_watch": 0.04,
    "is_other_hardship": 0.02,
}
FLAGS = {
    "is_single_person_dibao": 0.02,
    "is_applying": 0.05,
    "was_refused": 0.04,
    "has_left_register": 0.05,
    "is_watched_by_agriculture": 0.06,
    "is_lifted_from_poverty": 0.1,
    "has_support_duty": 0.7,
    "chooses_child_protection": 0.7,
}


def fill(table: Columns, people: "People") -> None:
    _belonging(table, people)
    _school(table, people)
    _register(table, people)


def _belonging(table: Columns, people: "People") -> None:
    event = picked(people.rng, people.size, (0.5, 0.4, 0.08, 0.02))
    table.put("last_marital_event", (CHOICES["last_marital_event"], np.where(people.age < 20, 0, event)))
    grown_child = (people.kin == families.CHILD) & (people.age >= 18)
    table.put("lives_with_family", people.member & people.chance(0.95))
    table.put("is_dependent_adult", grown_child & people.chance(0.5))
    table.put("is_conscript", (people.age >= 18) & (people.age <= 24) & people.chance(0.03))
    clergy = (people.age >= 20) & people.chance(0.02)
    table.put("is_clergy", clergy)
    table.put("left_family_on", people.ago(365 * 6), clergy & people.chance(0.7))
    table.put("religious_residence_since", people.ago(365 * 8), clergy & people.chance(0.8))
    for name, share in FLAGS.items():
        table.put(name, people.chance(share))
    minor = people.age < 18
    table.put("is_authorised", people.chance(np.where(people.member & ~minor, 0.93, 0.3)))


def _school(table: Columns, people: "People") -> None:
    says = CHOICES["school_stage"]
    stage = _stage(people)
    table.put("school_stage", (says, stage))
    table.put("is_full_time_student", (stage > 1) & people.chance(0.96))
    table.put("is_in_basic_schooling", (stage >= 2) & (stage <= 5))
    table.put("boards_at_school", (stage >= 2) & people.chance(0.4))
    table.put("cannot_attend_school", (people.age >= 5) & (people.age <= 16) & people.chance(0.15))


def _stage(people: "People") -> np.ndarray:
    """By age, and whether one goes at all: 学前 3, 小学 6, 初中 12, 普高 or 中职 15, 高等 18 to 26."""
    found = np.zeros(people.size, dtype=np.int64)
    for stage, low, high, share in ((1, 3, 5, 0.8), (2, 6, 11, 0.98), (3, 12, 14, 0.97), (4, 15, 17, 0.55)):
        found[(people.age >= low) & (people.age <= high) & people.chance(share)] = stage
    found[(people.age >= 15) & (people.age <= 17) & (found == 0)] = 5
    higher = (people.age >= 18) & (people.age <= 26) & people.chance(0.4)
    found[higher] = 6 + picked(people.rng, int(higher.sum()), (0.4, 0.5, 0.1))
    return found


def _register(table: Columns, people: "People") -> None:
    on = np.zeros(people.size, dtype=bool)
    for name, share in REGISTER.items():
        here: Truths = people.chance(share)
        table.put(name, here)
        on |= here
    supported = on & people.chance(0.9)
    table.put("is_on_register", on)
    table.put("is_supported", supported)
    table.put("is_covered", supported & people.chance(0.9))
    for name in ("confirmed_on", "dibao_confirmed_on", "tekun_confirmed_on", "last_review_on"):
        table.put(name, people.ago(900), on)
    table.put("next_review_on", people.homes.as_of + people.rng.integers(-60, 300, people.size), on)
    table.put("left_register_on", people.ago(1200), people.chance(0.05))
    table.put("is_able_to_work", (people.age >= 16) & (people.age < 60) & people.chance(0.8))
    place = [*sorted(set(people.homes.county.to_pylist())), "无"]
    codes = np.searchsorted(np.array(place[:-1]), np.array(people.homes.county.to_pylist()))
    at = np.where(on, codes[people.home], len(place) - 1)
    for name in ("register_county", "register_division"):
        table.put(name, (place, at))
    for name in ("hukou_county", "hukou_division", "resides_division"):
        table.put(name, (place, codes[people.home]))
