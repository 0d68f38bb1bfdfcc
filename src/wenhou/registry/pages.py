"""What queries give of persons and households: values with their sources, standings, members, changes."""

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Source:
    """Where a value came from: the delivery's line, and the last day it speaks for."""

    contract: str
    delivery: int
    line: int
    as_of: date


@dataclass(frozen=True)
class Told:
    """A value with its name, Chinese label and source."""

    name: str
    label: str
    value: Any
    source: Source


@dataclass(frozen=True)
class Standing:
    """A category on the register on a day."""

    category: str
    label: str
    status: str
    is_covered: bool
    since: date | None
    exit_on: date | None
    division: str
    household: int
    source: Source


@dataclass(frozen=True)
class Member:
    """Somebody in a household."""

    person: int
    name: str
    relation: str
    birth_date: date | None
    source: Source | None


@dataclass(frozen=True)
class Change:
    """One dated row of somebody's history: what was said, from when, and whether a later word replaced it."""

    what: str
    values: dict[str, Any]
    source: Source
    replaced_on: date | None
    is_correction: bool
    """A later word said it had been wrong all along."""


@dataclass(frozen=True)
class PersonPage:
    """A person on a day. changes: everything ever said of them, oldest first, corrections marked. why: why it may be
    seen. place: where who decides about them is, the first of `queries.places`.
    """

    key: int
    values: tuple[Told, ...]
    standings: tuple[Standing, ...]
    changes: tuple[Change, ...]
    why: str
    place: str

    def value(self, name: str) -> Any:
        """A value by name; None where nobody told it."""
        return next((told.value for told in self.values if told.name == name), None)


@dataclass(frozen=True)
class HouseholdPage:
    """A household on a day."""

    key: int
    kind: str
    household_no: str
    county: str
    members: tuple[Member, ...]
    standings: tuple[Standing, ...]
    why: str
