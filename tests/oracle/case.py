"""One application as the oracle holds it: people and household by plain names, each reckoning kept once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import wraps
from typing import Any

from oracle import numbers
from oracle.logic import Amount, Answer, age, at_least, no, per, times


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

    def is_aged(self, years: int | None) -> Answer:
        """At least so many years."""
        return at_least(self.age, years)

    def is_under(self, years: int | None) -> Answer:
        """Fewer years."""
        return no(self.is_aged(years))

    def number(self, name: str) -> Any:
        """A parameter of the application's place and day."""
        return self.case.number(name)

    @property
    def is_minor(self) -> Answer:
        """未成年."""
        return self.is_under(self.number("adult_age"))

    @property
    def is_elder(self) -> Answer:
        """老年."""
        return self.is_aged(self.number("elder_age"))


class Case:
    """An application with what has been reckoned of it."""

    def __init__(self, application: Application) -> None:
        self.on, self.place, self.given = application.as_of, application.place, application.standards
        self.household = application.household
        self.people = {key: Person(self, key, facts) for key, facts in application.persons.items()}
        self.kept: dict[Any, Any] = {}

    def __getitem__(self, name: str) -> Any:
        return self.household.get(name)

    def number(self, name: str) -> Any:
        """A parameter where and when the application is: what it brings (None is unknown), else the text's."""
        if name not in self.given:
            return numbers.told(name, self.place, self.on)
        given = self.given[name]
        return Fraction(given) if isinstance(given, Decimal) else given

    def times_percent(self, amount: Amount, name: str) -> Amount:
        """So many hundredths of an amount."""
        return per(times(amount, self.number(name)), 100)

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
