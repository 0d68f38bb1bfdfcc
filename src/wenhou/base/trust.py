"""What a room says of each of its tables: who gets its rows, what may be done to them, what is secret, how long they stay.

Every room says it in its `kept.py`, as `KEPT`: model → `Kept`. Row security, grants, audit, the data map and the tests of
access are made of it (docs/discussions/trust.md); a model without a line fails the house tests.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import Literal

from django.apps import apps
from django.db.models import Model

Kind = Literal["place", "through", "own", "staff", "nobody"]
Act = Literal["insert", "update", "delete"]
ROOMS = "wenhou."


@dataclass(frozen=True)
class Seen:
    """Who at the desk gets rows. columns: of codes, of the row beyond, or of the account; a column of the table each.

    reaching: a code shorter than a reader's place covers it, and is seen too (a run over the whole county).
    """

    kind: Kind
    columns: tuple[str, ...] = ()
    reaching: bool = False


def place(*columns: str, reaching: bool = False) -> Seen:
    """Who has one of these codes (2 to 12 digits) within the places of their posts."""
    return Seen("place", columns, reaching)


def through(field: str) -> Seen:
    """Whoever gets the row that this foreign key names."""
    return Seen("through", (field,))


def own(field: str) -> Seen:
    """The account that this field names."""
    return Seen("own", (field,))


STAFF = Seen("staff")
"""Everybody who is signed in and holds a post."""
NOBODY = Seen("nobody")
"""The worker and the owner."""
INSERT: frozenset[Act] = frozenset({"insert"})
UPDATE: frozenset[Act] = frozenset({"update"})
DELETE: frozenset[Act] = frozenset({"delete"})


@dataclass(frozen=True)
class Kept:
    """One table. may: what the desk may do to rows it gets, reading aside. unaudited: why changes are not recorded, empty where
    they are. digested: fields the audit records by their digest only, because they are long or let somebody in; what is
    secret always is. passing: fields whose changes are not recorded, because they only say how far something has come.
    secret: fields kept encrypted. personal: field → what it tells of a person, secret or not. purpose: what for, and by which
    ground (PIPL). years: for how long after the matter is closed; None as long as the deployment stands.
    """

    seen: Seen
    may: frozenset[Act] = frozenset()
    unaudited: str = ""
    digested: frozenset[str] = frozenset()
    passing: frozenset[str] = frozenset()
    secret: frozenset[str] = frozenset()
    personal: Mapping[str, str] = field(default_factory=dict)
    purpose: str = ""
    years: int | None = None


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
