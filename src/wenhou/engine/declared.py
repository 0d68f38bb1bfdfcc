"""What a book holds: frozen declarations of facts, links, standards, rules and indicators."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wenhou.engine.faults import DeclarationFault

Formula = Callable[..., Any]


@dataclass(frozen=True)
class Entity:
    """Whom a fact or rule is about."""

    name: str

    def __repr__(self) -> str:
        return self.name


person = Entity("person")
household = Entity("household")


@dataclass(frozen=True)
class Fact:
    """Something a source or the registry tells us; unknown where nothing covers it."""

    name: str
    entity: str
    unit: str
    label: str
    sources: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Link:
    """A person named by another; or, with inverse_of, those who name me so."""

    name: str
    label: str
    inverse_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Standard:
    """A dated regional number, resolved per county before the run."""

    name: str
    unit: str
    label: str
    note: str = ""

    entity = "household"


@dataclass(frozen=True)
class Version:
    """One formula of a rule, in force from a date, in a region (a division code's beginning)."""

    formula: Formula = field(compare=False)
    parameters: tuple[str, ...]
    since: date | None
    region: str | None
    law: Any = field(default=None, compare=False)
    label: str = ""


@dataclass(frozen=True)
class Watch:
    """What makes a rule an indicator."""

    code: str
    type: str
    weight: int
    answer_within: int | None
    basis: tuple[str, ...]
    sources: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class Rule:
    """A name with one or more dated, regional formulas; with `watch`, an indicator.

    screen: an estimate that orders and flags. determines: a finding of the law, which rests on no screen at any depth.
    """

    name: str
    entity: str
    unit: str
    versions: tuple[Version, ...]
    watch: Watch | None = None
    screen: bool = False
    determines: bool = False

    @property
    def label(self) -> str:
        return self.versions[-1].label

    def version(self, *, as_of: date, region: str | None) -> Version | None:
        """The formula for a date and place: the narrowest region, then the latest; None where none is in force."""
        fit = [
            version
            for version in self.versions
            if (version.since is None or version.since <= as_of)
            and (version.region is None or (region or "").startswith(version.region))
        ]
        return max(fit, key=lambda v: (len(v.region or ""), v.since or date.min), default=None)


Declared = Fact | Link | Standard | Rule


def day(value: "date | str | None") -> date | None:
    """A date from a date, 'YYYY-MM' (its first day) or 'YYYY-MM-DD'."""
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value if len(value) > 7 else f"{value}-01")
    except ValueError:
        raise DeclarationFault(f"since 要写成日期或 'YYYY-MM'，这里是“{value}”。") from None
