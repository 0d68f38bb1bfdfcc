"""What a room says of each of its tables: who gets its rows, what may be done to them, what is secret, how long they stay.

Every room says it in its `kept.py`, as `KEPT`: model → `Kept`. Row security, grants, audit, the data map and the tests of
access are made of it (docs/discussions/trust.md); a model without a line fails the house tests.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from importlib.util import find_spec
from typing import Literal

from django.apps import apps
from django.db.models import Model

Kind = Literal[
    "place",
    "through",
    "behind",
    "own",
    "person",
    "unplaced",
    "household",
    "holds",
    "staff",
    "duty",
    "overseen",
    "public",
    "nobody",
]
Act = Literal["insert", "update", "delete", "lock"]
ROOMS = "wenhou."


@dataclass(frozen=True)
class Seen:
    """Who at the desk gets rows. columns: of codes, of the row beyond, of the account; fields of the table each.

    reaching: a code shorter than a reader's place covers it, and is seen too (a run over the whole county).
    beyond: the value that a column holds, or the model and field that lead back here. others: or whoever gets it by these.
    """

    kind: Kind
    columns: tuple[str, ...] = ()
    reaching: bool = False
    beyond: tuple[str, ...] = ()
    others: tuple["Seen", ...] = ()

    def __or__(self, other: "Seen") -> "Seen":
        """Whoever gets rows by one or by the other."""
        return replace(self, others=(*self.others, other))

    def ways(self) -> Iterator["Seen"]:
        """Each way to a row by itself."""
        yield replace(self, others=())
        for other in self.others:
            yield from other.ways()


def place(*columns: str, reaching: bool = False) -> Seen:
    """Who has one of these codes (2 to 12 digits) within the places of their posts."""
    return Seen("place", columns, reaching)


def through(field: str) -> Seen:
    """Whoever gets the row that this foreign key names."""
    return Seen("through", (field,))


def behind(model: str, field: str) -> Seen:
    """Whoever gets a row of another model, 'monitoring.Alert', whose field names this row."""
    return Seen("behind", beyond=(model, field))


def own(field: str) -> Seen:
    """The account that this field names."""
    return Seen("own", (field,))


def person(*columns: str) -> Seen:
    """Whoever sees one of these people (person keys): registered, residing or on the register within their places, told of
    by an alert or a gap there, or of the household of somebody who is."""
    return Seen("person", columns)


def unplaced(column: str) -> Seen:
    """All staff, of people (person keys) whom no register places anywhere: only departments' files know of them."""
    return Seen("unplaced", (column,))


def household(column: str) -> Seen:
    """Whoever sees somebody who is or ever was in this household."""
    return Seen("household", (column,))


def holds(column: str, value: str) -> Seen:
    """Everybody, of rows whose column has this value: what is in force for all."""
    return Seen("holds", (column,), beyond=(value,))


def duty(*roles: str) -> Seen:
    """Whoever holds one of these duties of the three administrators."""
    return Seen("duty", beyond=roles)


def overseen(field: str) -> Seen:
    """The audit's administrator, of accounts that ever held a post within their place."""
    return Seen("overseen", (field,))


STAFF = Seen("staff")
"""Everybody who is signed in and holds a post, and sources with a key."""
PUBLIC = Seen("public")
"""The law and the places: nobody's secret, and kept in memory for all readers alike."""
NOBODY = Seen("nobody")
"""The worker and the owner."""
INSERT: frozenset[Act] = frozenset({"insert"})
UPDATE: frozenset[Act] = frozenset({"update"})
DELETE: frozenset[Act] = frozenset({"delete"})
LOCK: frozenset[Act] = frozenset({"lock"})
"""To hold a row for the length of an act (select … for update), and change nothing of it."""


@dataclass(frozen=True)
class Wall:
    """Rows that are given to fewer: whose column names a matter ('' for none), to posts that have it and reach one of the
    places (fields of codes, 12 digits)."""

    column: str
    places: tuple[str, ...]


@dataclass(frozen=True)
class About:
    """What a table tells of people, and what for.

    purpose: code in the register of purposes (`supervision.personal.purposes`). title: the table's name to whom it tells of.
    tells: field → what it says of somebody.
    people, households: Django's ways from a row to the person and household keys it tells of; neither where it tells of an
    account. since: the way to the day from which the years of the purpose count, empty while a row has no end of its own.
    """

    purpose: str
    title: str
    tells: Mapping[str, str]
    people: tuple[str, ...] = ()
    households: tuple[str, ...] = ()
    since: str = ""


@dataclass(frozen=True)
class Kept:
    """One table. may: what the desk may do to rows it gets, reading aside. unaudited: why changes are not recorded, empty where
    they are. digested: fields the audit records by their digest only, because they are long or let somebody in; what is
    secret always is. passing: fields whose changes are not recorded, because they only say how far something has come.
    secret: fields kept encrypted. about: what it tells of people, and what for; None where it tells of nobody.
    written: who may do what `may` says, where it is fewer than see the row; by act, where each is others'. updates: the fields
    an update may touch, where not all. reads: the fields the desk reads, where not all.
    wall: of rows that stand behind a special wall.
    """

    seen: Seen
    may: frozenset[Act] = frozenset()
    unaudited: str = ""
    digested: frozenset[str] = frozenset()
    passing: frozenset[str] = frozenset()
    secret: frozenset[str] = frozenset()
    about: About | None = None
    written: Seen | Mapping[Act, Seen] | None = None
    updates: frozenset[str] = frozenset()
    reads: frozenset[str] = frozenset()
    wall: Wall | None = None


def writers(kept: Kept) -> dict[Act, Seen]:
    """Act of `may` → who may do it."""
    told = kept.written
    if told is None or isinstance(told, Seen):
        return dict.fromkeys(sorted(kept.may), told or kept.seen)
    return {act: told[act] for act in sorted(kept.may)}


def declared() -> dict[type[Model], Kept]:
    """Every room's lines, by model."""
    told: dict[type[Model], Kept] = {}
    for config in apps.get_app_configs():
        if config.name.startswith(ROOMS) and find_spec(f"{config.name}.kept"):
            told |= import_module(f"{config.name}.kept").KEPT
    return told


def tables() -> set[type[Model]]:
    """Every model of the rooms that has a table of its own."""
    rooms = (config for config in apps.get_app_configs() if config.name.startswith(ROOMS))
    return {model for room in rooms for model in room.get_models() if model._meta.managed}
