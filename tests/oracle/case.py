"""One application as the oracle holds it: people and household by plain names, each reckoning kept once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import wraps
from typing import Any

from oracle.logic import Answer, age, at_least, no


@dataclass(frozen=True)
class Application:
    """What is known. persons: key → fact → value, links hold keys; standards: overrides in fen."""

    as_of: date
    place: str
    persons: Mapping[Any, Mapping[str, Any]]
    household: Mapping[str, Any]
    standards: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Answers:
    """Every answer of the household, and of each person by key."""

    household: dict[str, Any]
    persons: dict[Any, dict[str, Any]]


class Person:
    """Somebody named on the application."""

    def __init__(self, case: "Case", key: Any, facts: Mapping[str, Any]) -> None:
        self.case, self.key, self.facts = case, key, facts

    def __getitem__(self, name: str) -> Any:
        return self.facts.get(name)

    @property
    def age(self) -> int | None:
        """Full years, unknown without a date of birth."""
        return age(self["birth_date"], self.case.on)

    def is_aged(self, years: int) -> Answer:
        """At least so many years."""
        return at_least(self.age, years)

    def is_under(self, years: int) -> Answer:
        """Fewer years."""
        return no(self.is_aged(years))


class Case:
    """An application with what has been reckoned of it."""

    def __init__(self, application: Application) -> None:
        self.on, self.place, self.given = application.as_of, application.place, application.standards
        self.household = application.household
        self.people = {key: Person(self, key, facts) for key, facts in application.persons.items()}
        self.kept: dict[Any, Any] = {}

    def __getitem__(self, name: str) -> Any:
        return self.household.get(name)

    def of(self, key: Any) -> Person | None:
        """Whom a link leads to, if the application names them."""
        return None if key is None else self.people.get(key)

    def is_in(self, *divisions: str) -> bool:
        """Whether the place lies under one of these."""
        return self.place.startswith(divisions)


def once(reckon: Callable[..., Any]) -> Callable[..., Any]:
    """Reckoned once for a case or a person."""

    @wraps(reckon)
    def kept(subject: Any, *rest: Any) -> Any:
        case = subject if isinstance(subject, Case) else subject.case
        key = (reckon.__module__, reckon.__name__, getattr(subject, "key", None), subject is case, rest)
        if key not in case.kept:
            case.kept[key] = reckon(subject, *rest)
        return case.kept[key]

    return kept
