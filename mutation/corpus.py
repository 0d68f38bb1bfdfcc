"""Applications drawn at random, judged by the independent oracle of tests/oracle."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from oracle import Application, judge
from policy.answers import HOUSEHOLDS, PERSONS
from policy.examples import Example, Whom
from wenhou.engine import plan
from wenhou.engine.run import Rows
from wenhou.sandbox.law import lines, tables

Changed = dict[str, Any]
DAY = date(2025, 10, 15)
OTHERWISE: Changed = {
    "disability_living_covers_near_dibao": True,
    "disability_care_covers_mental": True,
    "price_subsidy_covers_more": True,
    "republishes_dibao": True,
    "exempts_old_supporters": True,
    "relief_bars_same_cause": False,
    "relief_covers_uninsured": False,
    "exempt_central_basic_pension": False,
    "single_person_minors_and_frail_elders": False,
    "heating_urban_tekun_at_cost": False,
    "insurance_aid_covers_others": False,
}
"""Every yes or no of the standards the other way round."""

ODD: Changed = {
    "dibao_urban": 76_533,
    "dibao_rural": 60_517,
    "tekun_living_percent": 133,
    "near_line_percent": 151,
    "cpi_growth": 35,
    "food_price_growth": 10,
    "scpi_growth": 37,
    "relief_times_limit": 1,
    "emergency_relief_percent": 133,
    "support_percent_few": 33,
}
"""Numbers that nothing divides evenly, and consumer prices exactly at their trigger."""

NOTHING: Changed = {
    "cpi_growth": 10,
    "food_price_growth": 10,
    "scpi_growth": 0,
    "heating_orphan": 0,
    "heating_near_dibao": 0,
    "heating_rural_tekun": 0,
    "heating_rural_dibao": 0,
    "heating_floor_urban": 0,
    "heating_floor_rural": 0,
    "relief_times_limit": 2,
}
"""Amounts of nothing, and prices that do not rise."""

DRAWN: tuple[tuple[int, date, str, Changed], ...] = (
    # how many, on what day, in which county, with which standards otherwise
    (1100, DAY, "640104", {}),
    (200, DAY, "640104", OTHERWISE),
    (300, DAY, "640104", ODD),
    (150, DAY, "640104", NOTHING),
    (150, date(2025, 11, 30), "640202", {}),
    (100, date(2024, 6, 30), "640104", {}),
    (60, DAY, "610305", {}),
    (60, date(2023, 12, 31), "610305", {}),
)
SEED = 17


def examples() -> Iterator[Example]:
    for seed, (count, day, county, changed) in enumerate(DRAWN, start=SEED):
        for number, rows in enumerate(applications(count, day, county, changed, seed)):
            yield judged(f"{county} {day} {seed}-{number}", day, county, rows)


def applications(count: int, day: date, county: str, changed: Changed, seed: int) -> Iterator[Rows]:
    """Applications of one county, as rows. changed: standards that are otherwise there."""
    made = plan.make(as_of=day, region=county, wanted=(*PERSONS, *HOUSEHOLDS))
    only = {name for table in made.needs.values() for name in table}
    given = tables(count, seed, as_of=day, counties={county: 1.0}, only=only)
    people: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in given["persons"].to_pylist():
        people[row["household"]].append(row)
    (row,) = given["standards"].to_pylist()
    standards = [row | {name: value for name, value in changed.items() if name in row}]
    for home in given["households"].to_pylist():
        yield Rows(people[home["household"]], [home], standards)


def judged(where: str, day: date, county: str, rows: Rows) -> Example:
    """The application with the oracle's answers."""
    (home,) = rows.households
    published = {
        name: row.value for name, row in lines.standards.resolve(lines.published(), county, day).items()
    }
    own = {
        name: value
        for name, value in rows.standards[0].items()
        if name != "county" and value is not None and published.get(name) != value
    }
    told = judge(
        Application(
            as_of=day,
            place=county,
            persons={row["person"]: _facts(row) for row in rows.persons},
            household=_facts(home),
            standards=own,
        )
    )
    right: dict[Whom, Any] = {
        ("household", home["household"]): {name: _of(told.household, name) for name in HOUSEHOLDS}
    }
    right |= {("person", key): {n: answers[n] for n in PERSONS} for key, answers in told.persons.items()}
    return Example(where, day, county, rows, right)


def _of(answers: Any, name: str) -> Any:
    """The agreement's `…_near_limits` is read with and without `within`."""
    return answers[name] if name in answers else answers[name.replace("_within", "")]


def _facts(row: Any) -> dict[str, Any]:
    keys = ("person", "household", "county")
    return {name: value for name, value in row.items() if name not in keys and value is not None}
