"""What a reader chose among what was on offer, as addresses and forms carry it."""

from collections.abc import Container


def among(value: str, offered: Container[str]) -> str:
    """The value where it is on offer, else '': what nobody offered is as if nothing had been chosen."""
    return value if value and value in offered else ""
