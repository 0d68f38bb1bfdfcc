"""Asking as another role of the database, for a reader or for nobody."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from django.db import connection


@contextmanager
def as_role(role: str) -> Iterator[None]:
    """What is asked meanwhile is asked by this role; nothing of it is counted as a query."""
    try:
        connection.ensure_connection()
    except RuntimeError:  # a test without a database
        yield
        return
    connection.connection.execute(f"set role {role}")
    try:
        yield
    finally:
        # a transaction that failed takes the role back itself, when it is rolled back
        with suppress(psycopg.errors.InFailedSqlTransaction):
            connection.connection.execute("reset role")


@contextmanager
def told(reader: str) -> Iterator[Any]:
    """A cursor of the web's role whose connection says this of its reader, true or not."""
    with as_role("wenhou_web"), connection.cursor() as cursor:
        cursor.execute("select set_config('wenhou.reader', %s, false)", [reader])
        yield cursor
        cursor.execute("select set_config('wenhou.reader', '', false)")
