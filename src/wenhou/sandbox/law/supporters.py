"""Supporters who live elsewhere: whom they owe, what their family has, judgements, waivers, and parents at home."""

from typing import TYPE_CHECKING

import numpy as np

from wenhou.sandbox.law.columns import Columns, Numbers, picked
from wenhou.sandbox.law.families import RANK

if TYPE_CHECKING:
    from wenhou.sandbox.law.families import People


def fill(table: Columns, people: "People") -> None:
    away = people.supporter
    table.put("is_supporter", away)
    _owed(table, people)
    # a few are a spouse or a grandchild, who owe support too
    other = np.where(people.age < 45, RANK.index("孙子女"), RANK.index("配偶"))
    table.put("supporter_kinship", (RANK, np.where(people.chance(0.04), other, people.to)), away)
    table.put("supporter_rank", people.rank, away)
    family = np.where(people.chance(0.15), 0, people.rank)
    table.put("supporter_household", (("甲", "乙", "丙", "丁"), np.clip(family, 0, 3)), away)
    _means(table, people)
    _promised(table, people)
    table.put("lacks_civil_capacity", people.chance(np.where(away, 0.05, 0.02)))
    table.put("has_modest_property", people.chance(0.5))
    table.put("has_approved_waiver", away & people.chance(0.25))


def _owed(table: Columns, people: "People") -> None:
    first = people.first
    spouse = people.links["spouse"][first]
    table.put("supports_first", people.keys[first], people.supporter)
    both = people.supporter & (spouse >= 0) & people.chance(0.9)
    table.put("supports_second", people.keys[np.maximum(spouse, 0)], both)
    third = people.supporter & (spouse >= 0) & people.chance(0.02)
    table.put("supports_third", people.keys[first], third & ~both)


def _means(table: Columns, people: "People") -> None:
    size = picked(people.rng, people.size, (0.15, 0.25, 0.35, 0.2, 0.05)) + 1
    line = people.homes.line[people.home]
    times = np.exp(people.rng.normal(0.5, 0.6, people.size))
    even = people.chance(0.1)
    line_or_year = np.where(people.chance(0.4), people.homes.disposable[people.home] // 12, line)
    income = np.where(even, line_or_year, (line * times).astype(np.int64)) * size * 12
    edge: Numbers = np.where(even, people.rng.integers(-1, 2, people.size), 0)
    table.put("supporter_household_size", size, people.supporter)
    table.put("supporter_household_income_12m", np.maximum(income + edge, 0), people.supporter)
    table.put(
        "supported_people",
        picked(people.rng, people.size, (0.3, 0.4, 0.2, 0.05, 0.02, 0.01, 0.005, 0.005, 0.005, 0.005)) + 1,
        people.supporter,
    )


def _promised(table: Columns, people: "People") -> None:
    judged = people.supporter & people.chance(0.15)
    amount = people.rng.integers(0, 1200, people.size) * 100
    table.put("has_support_judgement", judged)
    table.put("judged_support", amount, judged)
    paid = np.where(people.chance(0.5), people.rng.integers(0, 1200, people.size) * 100, 0)
    table.put("paid_support", paid, people.supporter & people.chance(0.8))
