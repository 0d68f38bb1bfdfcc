"""An entry as the bytes that are hashed: a JSON array of everything that is kept of it, its number first."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection

from wenhou.base.audit.checking import FIELDS

_AT = "to_char(at at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
_READ = (
    f"select {', '.join(_AT if name == 'at' else name for name in FIELDS)} from base_audit"
    " where number between %s and %s order by number"
)
_AT_ONCE = 5_000


@dataclass(frozen=True)
class Line:
    """One entry as it stands now: its number and everything else, in the order of FIELDS."""

    number: int
    rest: tuple[Any, ...]

    def text(self, number: int | None = None) -> bytes:
        """What is hashed; of another number where it is asked whether the entry had that one."""
        told = [self.number if number is None else number, *self.rest]
        return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def read(first: int, last: int) -> Iterator[Line]:
    """The entries with these numbers, ascending, some at a time."""
    after = first
    while True:
        with connection.cursor() as cursor:
            cursor.execute(f"{_READ} limit %s", [after, last, _AT_ONCE])
            rows = cursor.fetchall()
        yield from (Line(row[0], row[1:]) for row in rows)
        if len(rows) < _AT_ONCE:
            return
        after = rows[-1][0] + 1
