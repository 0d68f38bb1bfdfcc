"""A household as the desk shows it: who lives with whom, masked, with the file each line came from. Three queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from wenhou.base.identity import mask_id_number, mask_name
from wenhou.base.month import full_years
from wenhou.desk.sources import Files, Source
from wenhou.exchange import contracts
from wenhou.registry import queries as registry
from wenhou.registry.enums import Category
from wenhou.staff.queries import Scope

ADULT = 18
Homes = Mapping[int, Sequence[registry.Relative]]
_SAYS = {"record": "姓名", "home": "关系", "listed": "在册"}


@dataclass(frozen=True)
class Member:
    """One line of a household. `id_masked` is empty for minors: their number is never shown."""

    key: int
    name_masked: str
    id_masked: str
    sex: str
    age: int | None
    relation: str
    standing: str
    since: date | None
    until: date | None
    """First day no longer a member, where it is known."""
    sources: tuple[tuple[str, Source], ...]
    """What each line of a file says: '姓名、关系' → where it stands."""
    is_near: bool
    """Registered within the reader's places, so that a page of their own can be opened."""


@dataclass(frozen=True)
class Family:
    """A household on a day; no key where nobody knows one. `files`: the deliveries its lines came in."""

    key: int | None
    members: tuple[Member, ...]
    files: Files


class About(Protocol):
    """An alert or a gap: whom it is about."""

    @property
    def person(self) -> int: ...

    @property
    def household(self) -> int | None: ...


def around(alert: About, scope: Scope, *, on: date, more: Iterable[int] = ()) -> Family:
    """The household of an alert's or gap's person on a day, which itself is the reason to see it.

    `more`: further deliveries to fetch with those of the household.
    """
    return _read(scope, on, person=alert.person, household=alert.household, more=more)


def of_person(key: int, scope: Scope, *, on: date, more: Iterable[int] = ()) -> Family:
    """The household somebody is in on a day. `more`: as of `around`."""
    return _read(scope, on, person=key, household=None, more=more)


def of_persons(keys: Iterable[int], *, on: date) -> Homes:
    """Person → the lines of their household on a day, themselves among them, unmasked; who has none is left out.

    Two queries, however many. A key that was merged into another is found by the other's.
    """
    homes: dict[int, list[registry.Relative]] = {}
    for one in registry.families(on=on, persons=keys):
        homes.setdefault(one.household, []).append(one)
    return {one.person: home for home in homes.values() for one in home}


def of_household(key: int, scope: Scope, *, on: date) -> Family:
    """The members of a household on a day. Whether it may be seen is the caller's question."""
    return _read(scope, on, person=None, household=key)


def _read(
    scope: Scope, on: date, *, person: int | None, household: int | None, more: Iterable[int] = ()
) -> Family:
    found = registry.family(on=on, person=person, household=household)
    lines = (getattr(one, kind) for one in found for kind in _SAYS)
    files = Files.of({line.delivery for line in lines if line}.union(more), scope)
    return Family(
        found[0].household if found else None, tuple(_member(one, files, on) for one in found), files
    )


def _member(one: registry.Relative, files: Files, on: date) -> Member:
    age = full_years(one.birth_date, on) if one.birth_date else None
    return Member(
        key=one.person,
        name_masked=mask_name(one.name) if one.name else "不知道",
        id_masked=masked_number(one.id_no, age),
        sex=one.sex or "",
        age=age,
        relation=relation(one.relation),
        standing=Category(one.category).label if one.category else "",
        since=one.since,
        until=one.until,
        sources=_sources(one, files),
        is_near=bool(one.hukou_division) and files.scope.covers(one.hukou_division or ""),
    )


def _sources(one: registry.Relative, files: Files) -> tuple[tuple[str, Source], ...]:
    """One entry a line, however much of the row it says."""
    said: dict[Source, list[str]] = {}
    for kind, what in _SAYS.items():
        if line := getattr(one, kind):
            said.setdefault(files.source(line.contract, line.delivery, line.line, line.as_of), []).append(
                what
            )
    return tuple(("、".join(what), source) for source, what in said.items())


def masked_number(id_no: str | None, age: int | None) -> str:
    """A number masked; nothing at all for minors and where the age is not known."""
    return mask_id_number(id_no) if id_no and age is not None and age >= ADULT else ""


def relation(code: str) -> str:
    """GB/T 4761 in words; the code where the table lacks it."""
    return contracts.code_table("relation").get(code, code)
