"""Reading the lake, and publishing to it. Every connection is DuckDB that sees the lake's folder and nothing else."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
from django.conf import settings
from django.db.models import Q

from wenhou.lake import files, parquet, sealed
from wenhou.lake.models import Part
from wenhou.lake.reading import AS_SAID, all_rows, as_one, latest_rows, same_people
from wenhou.lake.schema import Table, literal

THREADS = 2
__all__ = [
    "Coverage",
    "all_rows",
    "as_one",
    "beside",
    "connect",
    "coverage",
    "evidence",
    "latest_rows",
    "literal",
    "publish",
    "published",
    "same_people",
    "views",
]


@dataclass(frozen=True)
class Coverage:
    """A current part speaks for everybody under `division` (2 to 12 digits) for these days, both included."""

    division: str
    period_from: date
    period_to: date


def connect(*, memory: str | None = None, threads: int = THREADS) -> duckdb.DuckDBPyConnection:
    """A DuckDB in memory that may touch the lake only; beyond `memory` (default WENHOU_RUN_MEMORY) it spills there.

    The time zone is UTC. It neither installs nor loads extensions, and cannot be talked into it.
    """
    lake = files.root().resolve()
    connection = duckdb.connect(
        ":memory:",
        config={
            "memory_limit": memory or settings.WENHOU_RUN_MEMORY,
            "threads": threads,
            "temp_directory": str(files.own_scratch()),
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "preserve_insertion_order": False,
        },
    )
    sealed.let_see(connection)
    seen = [str(lake), *(f"{told}://{lake}" for told in (sealed.LASTING, sealed.PASSING))]
    connection.execute(f"set allowed_directories = [{', '.join(literal(one) for one in seen)}]")
    connection.execute("set enable_external_access = false")
    connection.execute("set TimeZone = 'UTC'")
    return connection


def beside(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Another connection to the same database, with temporary tables of its own, for another thread."""
    other = connection.cursor()
    other.execute("set TimeZone = 'UTC'")
    return other


def views(connection: duckdb.DuckDBPyConnection, tables: Iterable[Table], *, as_said: bool = False) -> None:
    """Register for every contract `di31` (latest row per key among current parts) and `di31_history` (every row).

    A contract without parts gives empty views with the right columns. Columns: the contract's, `delivery`, `line`.
    People found to be one are read as one; as_said: under the keys that the senders' numbers have.
    """
    same = AS_SAID if as_said else same_people()
    parts: dict[str, list[Part]] = {}
    for part in Part.objects.filter(taken_back=False).order_by("delivery"):
        parts.setdefault(part.contract, []).append(part)
    for table in tables:
        every = parts.get(table.contract, [])
        current = [part for part in every if part.superseded_by is None]
        _view(connection, table.view, latest_rows(table, current, same=same))
        _view(connection, f"{table.view}_history", all_rows(table, every, same=same))


def coverage(contract: str) -> list[Coverage]:
    """What the contract's current parts speak for. Nothing here means nobody is covered."""
    current = Part.objects.filter(contract=contract, superseded_by__isnull=True)
    return [
        Coverage(*row)
        for row in current.order_by("division", "period_from").values_list(
            "division", "period_from", "period_to"
        )
    ]


def publish(name: str, as_of: date, relation: duckdb.DuckDBPyRelation) -> Path:
    """Write a relation of a `connect()` connection to published/<name>/<as_of>.parquet, whole or not at all.

    An earlier one of the same day is replaced. Order is the relation's own.
    """
    path = files.published_path(name, as_of)
    with files.whole(path) as temporary:
        parquet.keep(relation, temporary)
    return path


def published(name: str, as_of: date | None = None) -> Path | None:
    """The latest of that name, of `as_of` or before where a day is given; None where there is none."""
    folder = files.root() / "published" / name
    last = f"{as_of:%Y-%m-%d}" if as_of else "9999-12-31"
    found = sorted(path for path in folder.glob("*.parquet") if path.stem <= last)
    return found[-1] if found else None


def evidence(table: Table, *, delivery: int, lines: Sequence[int]) -> list[dict[str, Any]]:
    """The rows of one delivery at these lines, by line, as the lake keeps them (person keys, fen).

    The door evidence leaves by: the caller has asked what the reader may see. Superseded rows are given too.
    """
    own = Q(delivery=delivery) | Q(origin=delivery)
    parts = list(Part.objects.filter(own, contract=table.contract).order_by("delivery"))
    if not parts or not lines:
        return []
    with connect(memory="256MB") as connection:
        wanted = ", ".join(str(int(line)) for line in lines)
        names = [column.name for column in table.stored]
        found: dict[int, dict[str, Any]] = {}
        for part in parts:  # the last word on a line that was linked, parted and linked again
            rows = connection.execute(f"{all_rows(table, [part])} where line in ({wanted})").fetchall()
            found |= {row[-1]: dict(zip(names, row, strict=True)) for row in rows}
        return [found[line] for line in sorted(found)]


def _view(connection: duckdb.DuckDBPyConnection, name: str, sql: str) -> None:
    connection.execute(f'create or replace view "{name}" as {sql}')
