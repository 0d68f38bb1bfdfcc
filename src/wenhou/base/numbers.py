"""Numbers that people say to each other: two letters for the kind, the year, six digits, and more past a million."""

from typing import Any, ClassVar, Protocol

from django.db import connection

_LOCKS = 0x6E756D


class Numbered(Protocol):
    """A model whose rows have a `number` that begins with its letters."""

    PREFIX: ClassVar[str]
    _meta: ClassVar[Any]


def next_numbers(of: type[Numbered], year: int, how_many: int = 1) -> list[str]:
    """So many free numbers of a year. Within a transaction: two at once wait for each other.

    The database counts past the rows that the reader does not see.
    """
    begun = f"{of.PREFIX}{year}"
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, hashtext(%s))", [_LOCKS, begun])
        cursor.execute("select base_last_number(%s::regclass, %s)", [of._meta.db_table, begun])
        ((last,),) = cursor.fetchall()
    return [f"{begun}{last + more:06d}" for more in range(1, how_many + 1)]
