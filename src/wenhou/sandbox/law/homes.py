"""Households: where they are, which sources answered, how well off they are, what they own and what befell them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from wenhou.engine.declared import Fact
from wenhou.engine.words import DEFAULT
from wenhou.policy.facts.application import ASSESSED
from wenhou.policy.facts.choices import CHOICES
from wenhou.policy.facts.means import ASSETS
from wenhou.sandbox.law.columns import Columns, Numbers, Truths, chance, picked, spread

if TYPE_CHECKING:
    from wenhou.sandbox.law.families import People

PLACES = ("urban", "rural")
MADE_UP_LINE = 50_000
"""Fen a month, where a county has no line to draw incomes about."""


@dataclass
class Homes:
    """The households of a chunk.

    line, disposable: the month's Dibao standard and the year's disposable income, by town and country. level: income a
    head as a multiple of the line. edge: to be put on a boundary.
    """

    rng: np.random.Generator
    keys: Numbers
    as_of: np.datetime64
    county: pa.Array
    county_at: Numbers
    rural: Truths
    line: Numbers
    disposable: Numbers
    level: Numbers
    edge: Truths
    unanswered: dict[str, Truths]
    _told: dict[tuple[str, ...], Truths] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return len(self.keys)

    def asked(self, sources: tuple[str, ...]) -> Truths:
        if sources not in self._told:
            lacking = [self.unanswered[source] for source in sources if source in self.unanswered]
            self._told[sources] = ~np.logical_or.reduce(lacking) if lacking else np.ones(self.size, bool)
        return self._told[sources]

    def chance(self, share: "float | Numbers") -> Truths:
        return chance(self.rng, self.size, share)


def draw(
    rng: np.random.Generator,
    start: int,
    count: int,
    as_of: date,
    counties: Mapping[str, float],
    given: pa.Table,
) -> Homes:
    """Homes in their counties; level is income a head as a multiple of the line, edge: to be put on a boundary."""
    at = picked(rng, count, list(counties.values()))
    rural = chance(rng, count, 0.4)
    lines, incomes = (
        [
            np.array([value or instead for value in given.column(f"{name}_{where}").to_pylist()])
            for where in PLACES
        ]
        for name, instead in (("dibao", MADE_UP_LINE), ("disposable_income", 50 * MADE_UP_LINE))
    )
    poor = chance(rng, count, 0.5)
    level = np.exp(np.where(poor, rng.normal(-0.6, 0.7, count), rng.normal(0.6, 0.8, count)))
    level[chance(rng, count, 0.12)] = 0
    return Homes(
        rng,
        np.arange(start, start + count),
        np.datetime64(as_of),
        pa.array(list(counties)).take(pa.array(at)),
        at,
        rural,
        np.where(rural, lines[1][at], lines[0][at]),
        np.where(rural, incomes[1][at], incomes[0][at]),
        level,
        chance(rng, count, 0.05),
        _unanswered(rng, count),
    )


def _unanswered(rng: np.random.Generator, count: int) -> dict[str, Truths]:
    """Four of five households have every answer; most others lack one or two sources, a few lack many."""
    sources = sorted({source for fact in DEFAULT.facts if isinstance(fact, Fact) for source in fact.sources})
    how = picked(rng, count, (0.80, 0.16, 0.04))
    share = np.array((0.0, 1.5 / len(sources), 0.3), dtype=np.float32)[how]
    found = {source: chance(rng, count, share) for source in sources}
    found[ASSESSED] = chance(rng, count, np.array((0.15, 0.3, 0.6), dtype=np.float32)[how])
    return found


def fill(table: Columns, home: Homes, people: "People") -> None:
    _places(table, home)
    _property(table, home, people)
    _spending(table, home, people)
    _trouble(table, home)
    _procedure(table, home)


def _places(table: Columns, home: Homes) -> None:
    counties = home.county.to_pylist()
    table.put("urban_rural", (("城市", "农村"), home.rural.astype(np.int64)), ~home.chance(0.005))
    for name in ("household_county", "household_hukou_county", "household_division"):
        table.put(name, (sorted(set(counties)), _codes(counties)))
    table.put("is_local_hukou", home.chance(0.85))
    table.put("has_residence_permit", home.chance(0.5))
    category = picked(home.rng, home.size, (0.14, 0.05, 0.06, 0.03, 0.03, 0.03, 0.66))
    table.put("household_category", (CHOICES["household_category"], category))
    table.put("on_register", category != 6)


def _codes(values: list[str]) -> Numbers:
    order = {value: at for at, value in enumerate(sorted(set(values)))}
    return np.array([order[value] for value in values])


def _property(table: Columns, home: Homes, people: "People") -> None:
    rng = home.rng
    homes = picked(rng, home.size, (0.12, 0.76, 0.10, 0.02))
    heads = np.maximum(people.sums(people.member), 1)
    area = np.where(
        home.chance(0.08),
        heads * 3000 - rng.integers(0, 2, home.size),
        heads * rng.integers(800, 6000, home.size),
    )
    table.put("homes", homes)
    table.put("home_area", np.where(homes == 0, 0, area))
    for kind, (_, found, _) in ASSETS.items():
        hit = home.chance(0.07)
        if found is not None:
            table.put(found, hit)
        else:
            hit = home.chance(0.2)
        says = CHOICES[f"{kind}_exemption"]
        reason = np.where(hit & home.chance(0.6), picked(rng, home.size, [0.0] + [1.0] * (len(says) - 1)), 0)
        table.put(f"{kind}_exemption", (says, reason))
        table.put(f"has_approved_{kind}_exemption", (reason > 0) & home.chance(0.5))


def _spending(table: Columns, home: Homes, people: "People") -> None:
    heads = np.maximum(people.sums(people.member), 1)
    yearly = home.line * heads * 12
    need = (yearly * home.rng.random(home.size) * 1.2).astype(np.int64)
    table.put("essential_living_spending_12m", np.where(home.chance(0.3), 0, need))
    table.put(
        "other_unavoidable_spending_12m",
        np.where(home.chance(0.15), spread(home.rng, home.size, 800_000, 1.0), 0),
    )


_TROUBLES: dict[str, float] = {
    "has_unlisted_supporters": 0.03,
    "has_kin_in_office": 0.03,
    "has_complaint": 0.03,
    "has_publicity_objection": 0.03,
    "has_emergency": 0.12,
    "has_spending_surge": 0.15,
    "is_relieved_for_same_cause": 0.2,
    "cannot_live_through_today": 0.08,
    "has_income_risen_by_work": 0.12,
    "rents_home": 0.15,
    "is_without_shelter": 0.06,
    "is_struck_by_disaster": 0.08,
    "is_at_risk_of_relapse": 0.12,
    "needs_home_adaptation": 0.1,
    "has_legal_matter": 0.06,
    "has_expenditure_relief_this_year": 0.04,
}


def _trouble(table: Columns, home: Homes) -> None:
    rng = home.rng
    for name, share in _TROUBLES.items():
        table.put(name, home.chance(share))
    table.put("relief_times_this_year", picked(rng, home.size, (0.85, 0.1, 0.03, 0.02)))
    table.put("expenditure_relief_this_year", np.where(home.chance(0.05), 300_000, 0))
    table.put("house_damage", _says("house_damage", home, (0.88, 0.04, 0.04, 0.04)))
    table.put("house_danger_level", _says("house_danger_level", home, (0.6, 0.15, 0.1, 0.08, 0.07)))
    table.put("above_standard_since", _some_time_ago(home), home.chance(0.3))


def _some_time_ago(home: Homes) -> Numbers:
    """Within a year; one in ten six months ago to the day, or a day beside."""
    sharp = home.as_of.astype("datetime64[M]") - np.timedelta64(6, "M")
    day = sharp.astype("datetime64[D]") + (home.as_of - home.as_of.astype("datetime64[M]"))
    near = day + home.rng.integers(-1, 2, home.size)
    return np.where(home.chance(0.1), near, home.as_of - home.rng.integers(0, 365, home.size))


def _says(name: str, home: Homes, shares: tuple[float, ...]) -> tuple[tuple[str, ...], Numbers]:
    return CHOICES[name], picked(home.rng, home.size, shares)


def _procedure(table: Columns, home: Homes) -> None:
    table.put("is_visited_by_county", home.chance(0.5))
    decided: Any = home.as_of - home.rng.integers(0, 700, home.size)
    table.dated("has_adjustment_decided", home.chance(0.05), "last_adjustment_decided_on", decided)
