"""Who acts where nobody is signed in: a command or a job. Told to the database, whose triggers write it down."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection

_SET = "select set_config('wenhou.actor', %s, false)"
_acting: ContextVar[str | None] = ContextVar("wenhou_actor", default=None)
_of_the_process = [""]


@contextmanager
def acting(name: str) -> Iterator[None]:
    """What this context writes is written down as this actor's: 'job:watch', 'cli:liu'."""
    token = _acting.set(name)
    _tell()
    try:
        yield
    finally:
        _acting.reset(token)
        _tell()


def of_the_process(name: str) -> None:
    """Who acts in this process wherever nothing else is said; for connections opened from now on."""
    _of_the_process[0] = name


def introduce(connection: Any, **given: Any) -> None:
    """A new connection learns who acts."""
    if connection.vendor == "postgresql" and _name():
        with connection.cursor() as cursor:
            cursor.execute(_SET, [_name()])


def _name() -> str:
    told = _acting.get()
    return _of_the_process[0] if told is None else told


def _tell() -> None:
    """In a transaction that has failed nothing can be said, and need not be: its end takes back what was."""
    if connection.connection is None or connection.connection.closed or connection.needs_rollback:
        return
    with connection.cursor() as cursor:
        cursor.execute(_SET, [_name()])
