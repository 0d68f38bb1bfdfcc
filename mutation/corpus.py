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

DRAWN = (
    # how many, on what day, in which county
    (900, date(2025, 10, 15), "640104"),
    (150, date(2025, 11, 30), "640202"),
    (100, date(2024, 6, 30), "640104"),
    (60, date(2025, 10, 15), "610305"),
    (60, date(2023, 12, 31), "610305"),
)
SEED = 17


def examples() -> Iterator[Example]:
    for count, day, county in DRAWN:
        for number, rows in enumerate(applications(count, day, county)):
            yield judged(f"{county} {day} {number}", day, county, rows)


def applications(count: int, day: date, county: str, seed: int = SEED) -> Iterator[Rows]:
    """Applications of one county, as rows."""
    made = plan.make(as_of=day, region=county, wanted=(*PERSONS, *HOUSEHOLDS))
    only = {name for table in made.needs.values() for name in table}
    given = tables(count, seed, as_of=day, counties={county: 1.0}, only=only)
    people: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in given["persons"].to_pylist():
        people[row["household"]].append(row)
    standards = given["standards"].to_pylist()
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
