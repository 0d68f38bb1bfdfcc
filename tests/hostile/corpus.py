"""All of it: every attack of every kind, and how many there are."""

from collections import Counter
from functools import cache

from hostile import archives, commands, machine, pages, parquets, tables, wire, workbooks
from hostile.attack import Attack

SOURCES = (archives, workbooks, tables, parquets, machine, pages, commands, wire)


@cache
def every() -> tuple[Attack, ...]:
    """In one order, always the same."""
    return tuple(attack for source in SOURCES for attack in source.attacks())


def kinds() -> dict[str, list[Attack]]:
    """By kind."""
    found: dict[str, list[Attack]] = {}
    for attack in every():
        found.setdefault(attack.kind, []).append(attack)
    return found


def counts() -> Counter[tuple[str, str, str]]:
    """(kind, door, what is right) → how many."""
    return Counter((one.kind, one.door, one.right) for one in every())
