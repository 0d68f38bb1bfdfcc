"""The vault: identity numbers in, person keys out. The numbers themselves stay in PostgreSQL."""

from collections.abc import Iterable, Iterator, Mapping

import duckdb
import pyarrow as pa
import pyarrow.csv as pa_csv
from django.db import connection as django_connection

from wenhou.lake.models import Identity

_LOCK = 0x77656E68  # one load hands out keys at a time, so that two never wait for each other crosswise
_CHUNK = 50_000


def keys_of(id_numbers: Iterable[str]) -> dict[str, int]:
    """Identity number (18 characters) → person key, for those the vault knows."""
    found = Identity.objects.filter(id_no__in=list(id_numbers))
    return dict(found.values_list("id_no", "key"))


def identity_of(keys: Iterable[int]) -> dict[int, str]:
    """Person key → identity number. Callers mask it, or log the look."""
    found = Identity.objects.filter(key__in=list(keys))
    return dict(found.values_list("key", "id_no"))


def give_keys(id_numbers: Iterable[str]) -> Mapping[str, int]:
    """Keys for these numbers, new ones in the order given."""
    wanted = list(dict.fromkeys(id_numbers))
    known = keys_of(wanted)
    fresh = [Identity(id_no=number) for number in wanted if number not in known]
    Identity.objects.bulk_create(fresh, ignore_conflicts=True)
    return keys_of(wanted) if fresh else known


def intern(connection: duckdb.DuckDBPyConnection, numbers: str, keys: str) -> int:
    """Give every identity number a key: reads DuckDB table `numbers` (id_no, in the order keys are to follow by
    `place`), writes DuckDB table `keys` (id_no VARCHAR, key BIGINT), returns how many were new.

    Runs in the caller's PostgreSQL transaction: when that is rolled back, the vault has learnt nothing.
    """
    with django_connection.cursor() as cursor:
        raw = cursor.cursor
        raw.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
        raw.execute("drop table if exists pg_temp.incoming")
        raw.execute("create temp table incoming (place bigint, id_no text)")
        with raw.copy("copy incoming from stdin") as copy:
            for block in _text_blocks(connection, numbers):
                copy.write(block)
        raw.execute("analyze incoming")
        raw.execute(
            "insert into lake_identity (id_no) select id_no from incoming"
            " where not exists (select from lake_identity known where known.id_no = incoming.id_no)"
            " order by place"
        )
        fresh = raw.rowcount
        connection.execute(f"create or replace table {keys} (id_no varchar, key bigint)")
        with raw.copy(
            "copy (select id_no, key from incoming join lake_identity using (id_no)) to stdout (format csv)"
        ) as copy:
            for block in _gathered(copy):
                _take_in(connection, keys, block)
        raw.execute("drop table incoming")
    return int(fresh)


def _text_blocks(connection: duckdb.DuckDBPyConnection, numbers: str) -> Iterator[bytes]:
    reader = connection.execute(f"select place::varchar || chr(9) || id_no from {numbers}")
    while rows := reader.fetchmany(_CHUNK):
        yield ("\n".join(row[0] for row in rows) + "\n").encode("ascii")


def _gathered(copy: Iterable[bytes | memoryview], size: int = 4 << 20) -> Iterator[bytes]:
    held = bytearray()
    for piece in copy:
        held += piece
        if len(held) >= size:
            yield bytes(held)
            held.clear()
    if held:
        yield bytes(held)


def _take_in(connection: duckdb.DuckDBPyConnection, keys: str, block: bytes) -> None:
    pairs = pa_csv.read_csv(
        pa.BufferReader(block),
        read_options=pa_csv.ReadOptions(column_names=["id_no", "key"], use_threads=False),
        convert_options=pa_csv.ConvertOptions(column_types={"id_no": pa.string(), "key": pa.int64()}),
    )
    connection.register("pairs_arrived", pairs)
    connection.execute(f"insert into {keys} select id_no, key from pairs_arrived")
    connection.unregister("pairs_arrived")
