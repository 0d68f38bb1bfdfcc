"""The rules and the oracle over the same rows, name by name."""

import pkgutil
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import import_module
from typing import Any

from oracle.case import Answers, Application
from oracle.door import judge
from oracle.worlds import World
from wenhou.engine import plan, run
from wenhou.engine.words import DEFAULT
from wenhou.policy import queries, rules, standards

for _, module, _ in pkgutil.iter_modules(rules.__path__):
    import_module(f"wenhou.policy.rules.{module}")

HOME = 1


@dataclass(frozen=True)
class Difference:
    """One answer told in two ways. of: the household (None) or a person's key."""

    world: World
    name: str
    of: Any
    rule: Any
    oracle: Any

    def __str__(self) -> str:
        where = f"world {self.world.seed} {self.world.application.as_of} {self.world.application.place}"
        return (
            f"{self.name} of {self.of or 'household'}: rule {self.rule!r}, oracle {self.oracle!r} ({where})"
        )


@cache
def every_name() -> tuple[str, ...]:
    """All that the oracle answers."""
    told = judge(Application(date(2025, 11, 1), "640104", {1: {}}, {}))
    return (*told.household, *told.persons[1])


def not_yet_declared() -> list[str]:
    """Names of the agreement that no rule answers."""
    return [name for name in every_name() if name not in DEFAULT.declared]


@cache
def _standards() -> tuple[standards.Row, ...]:
    return standards.read(queries.folder())


@cache
def _standards_row(place: str, on: Any) -> dict[str, Any]:
    found = standards.wide(_standards(), [place], on)[0]
    return {name: value for name, value in found.items() if name in DEFAULT.declared or name == "county"}


def _known(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None}


def rows(application: Application) -> run.Rows:
    """The engine's rows of an application."""
    persons = [
        _known(facts) | {"person": key, "household": HOME} for key, facts in application.persons.items()
    ]
    home = _known(application.household) | {"household": HOME, "county": application.place}
    numbers = _standards_row(application.place, application.as_of) | dict(application.standards)
    return run.Rows(persons, [home], [numbers])


def applications(given: run.Rows, on: date) -> list[Application]:
    """Rows of any generator as the oracle takes them: each household with those who name it.

    Of the standards the oracle is told only what is not as published: the text's numbers it knows by itself.
    """
    numbers = {row["county"]: row for row in given.standards}
    people: dict[Any, dict[Any, dict[str, Any]]] = defaultdict(dict)
    for one in given.persons:
        people[one["household"]][one["person"]] = dict(one)
    return [
        Application(
            on,
            home["county"],
            people[home["household"]],
            dict(home),
            _changed(numbers.get(home["county"], {}), _standards_row(home["county"], on)),
        )
        for home in given.households
    ]


def _changed(numbers: Mapping[str, Any], published: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value for name, value in numbers.items() if name != "county" and published.get(name) != value
    }


def by_the_rules(application: Application) -> Answers:
    """The engine's answers to every name of the oracle; an undeclared one is refused by the plan."""
    made = plan.make(as_of=application.as_of, region=application.place, wanted=every_name())
    told = run.one(made, rows(application))
    return Answers(dict(told.households[HOME]), {key: dict(row) for key, row in told.persons.items()})


def differences(world: World) -> list[Difference]:
    """Where the two do not say the same of a world, of every name and everybody."""
    rule, oracle = by_the_rules(world.application), judge(world.application)
    assert oracle.persons.keys() == rule.persons.keys()
    found = list(_between(world, None, rule.household, oracle.household))
    for key, told in oracle.persons.items():
        found += _between(world, key, rule.persons[key], told)
    return found


def _between(
    world: World, of: Any, rule: Mapping[str, Any], oracle: Mapping[str, Any]
) -> Iterator[Difference]:
    assert oracle.keys() <= rule.keys()
    for name, value in oracle.items():
        if not _same(rule[name], value):
            yield Difference(world, name, of, rule[name], value)


def _same(one: Any, other: Any) -> bool:
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def hunt(worlds: Iterable[World]) -> tuple[Counter[str], list[Difference]]:
    """Differences by name, and each."""
    found = [difference for world in worlds for difference in differences(world)]
    return Counter(difference.name for difference in found), found
