"""One run of a kind at a time in the whole house; a process that dies lets go."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

LOCK = 0x7761746368  # "watch"


@contextmanager
def alone(lock: int = LOCK) -> Iterator[None]:
    """Wait until no other run under the same lock is under way, and keep others waiting."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [lock])
    try:
        yield
    finally:
        _let_go(lock)


@contextmanager
def at_once() -> Iterator[bool]:
    """The same without waiting: whether no run is under way."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_lock(%s)", [LOCK])
        free = bool(cursor.fetchone()[0])
    try:
        yield free
    finally:
        if free:
            _let_go(LOCK)


def _let_go(lock: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_unlock(%s)", [lock])
