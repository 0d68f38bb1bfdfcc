"""The vault: identity numbers in, person keys out. The numbers themselves stay in PostgreSQL, sealed, and are found by their
marks (blind index)."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

import duckdb
import pyarrow as pa
import pyarrow.csv as pa_csv
from django.db import connection as django_connection
from django.db import transaction

from wenhou.base.secrets import keys, master
from wenhou.base.secrets.fields import EncryptedTextField
from wenhou.base.secrets.keys import Key
from wenhou.lake.models import Identity
from wenhou.lake.models.identity import NUMBER

_LOCK = 0x77656E68  # one load hands out keys at a time, so that two never wait for each other crosswise
_CHUNK = 50_000
_FIELD = cast(EncryptedTextField, Identity._meta.get_field("number"))


def keys_of(id_numbers: Iterable[str]) -> dict[str, int]:
    """Identity number (18 characters) → person key, for those the vault knows."""
    wanted = list(dict.fromkeys(id_numbers))
    texts = dict(zip(keys.blinds(NUMBER, wanted), wanted, strict=True))
    found = Identity.objects.filter(mark__in=list(texts)).values_list("mark", "key")
    return {texts[bytes(mark)]: key for mark, key in found}


def identity_of(persons: Iterable[int]) -> dict[int, str]:
    """Person key → identity number. Callers mask it, or log the look."""
    found = Identity.objects.filter(key__in=list(persons)).values_list("key", "mark", "number")
    return {key: opened(mark, number) for key, mark, number in found}


def opened(mark: bytes | memoryview, number: bytes) -> str:
    """The identity number of a row that a query read together with others."""
    return str(_FIELD.opened_beside(number, mark))


def tell(connection: duckdb.DuckDBPyConnection, *, into: str, among: str) -> None:
    """DuckDB table `into` (person BIGINT, id_no VARCHAR) for the keys that a query of PostgreSQL gives (column `key`)."""
    connection.execute(f"create or replace temp table {into} (person bigint, id_no varchar)")
    query = f"select key, mark, number from lake_identity join ({among}) wanted using (key)"
    with transaction.atomic(), django_connection.chunked_cursor() as cursor:
        cursor.execute(query)
        while rows := cursor.fetchmany(_CHUNK):
            keys_read = pa.array([row[0] for row in rows], pa.int64())
            texts = pa.array([opened(mark, number) for _, mark, number in rows], pa.string())
            connection.register("numbers_opened", pa.table({"person": keys_read, "id_no": texts}))
            connection.execute(f"insert into {into} from numbers_opened")
            connection.unregister("numbers_opened")


def give_keys(id_numbers: Iterable[str]) -> Mapping[str, int]:
    """Keys for these numbers, new ones in the order given."""
    wanted = list(dict.fromkeys(id_numbers))
    known = keys_of(wanted)
    fresh = [number for number in wanted if number not in known]
    marks = keys.blinds(NUMBER, fresh)
    rows = [Identity(mark=mark, number=number) for mark, number in zip(marks, fresh, strict=True)]
    Identity.objects.bulk_create(rows, ignore_conflicts=True)
    return keys_of(wanted) if fresh else known


def intern(connection: duckdb.DuckDBPyConnection, numbers: str, told: str) -> int:
    """Give every identity number a key: reads DuckDB table `numbers` (id_no, in the order keys are to follow by
    `place`), writes DuckDB table `told` (id_no VARCHAR, key BIGINT), returns how many were new.

    PostgreSQL is told marks, and of new ones the sealed number. Runs in the caller's transaction: when that is rolled
    back, the vault has learnt nothing.
    """
    with django_connection.cursor() as cursor:
        raw = cursor.cursor
        raw.execute("select pg_advisory_xact_lock(%s)", [_LOCK])
        raw.execute("drop table if exists pg_temp.incoming, pg_temp.fresh, pg_temp.sealed")
        index = keys.index_key(NUMBER)
        raw.execute("create temp table incoming (place bigint, mark bytea)")
        with raw.copy("copy incoming from stdin") as copy:
            for block in _marked(connection, numbers, index):
                copy.write(block)
        raw.execute("analyze incoming")
        raw.execute(
            "create temp table fresh as select place, mark from incoming"
            " where not exists (select from lake_identity known where known.mark = incoming.mark)"
        )
        fresh = raw.rowcount
        _learn(raw, connection, numbers)
        connection.execute(f"create or replace table {told} (id_no varchar, key bigint)")
        with raw.copy(
            "copy (select place, key from incoming join lake_identity using (mark)) to stdout (format csv)"
        ) as copy:
            for block in _gathered(copy):
                _take_in(connection, numbers, told, block)
        raw.execute("drop table incoming, fresh")
    return int(fresh)


def _marked(connection: duckdb.DuckDBPyConnection, numbers: str, index: Key) -> Iterator[bytes]:
    """Lines `place, mark` for PostgreSQL's copy."""
    reader = connection.execute(f"select place, id_no from {numbers}")
    while rows := reader.fetchmany(_CHUNK):
        marks = keys.blinds_with(index, (number for _, number in rows))
        yield "".join(
            f"{place}\t\\\\x{mark.hex()}\n" for (place, _), mark in zip(rows, marks, strict=True)
        ).encode()


def _learn(raw: Any, connection: duckdb.DuckDBPyConnection, numbers: str) -> None:
    """Seal the numbers of `fresh` and add them to the vault in the order of their places."""
    raw.execute("create index on pg_temp.fresh (place)")
    # PostgreSQL copies into no table that has row security
    raw.execute("create temp table sealed (at bigint generated always as identity, mark bytea, number bytea)")
    key, last = keys.in_use(NUMBER, master.suite()), None
    while marks := _next_marks(raw, last):
        last = next(reversed(marks))
        with raw.copy("copy sealed (mark, number) from stdin") as copy:
            copy.write(
                "".join(
                    _sealed(key, marks[place], text) for place, text in _texts(connection, numbers, marks)
                ).encode()
            )
        raw.execute("insert into lake_identity (mark, number) select mark, number from sealed order by at")
        raw.execute("truncate sealed")
    raw.execute("drop table sealed")


def _next_marks(raw: Any, last: int | None) -> dict[int, bytes]:
    beyond, told = ("", []) if last is None else ("where place > %s", [last])
    raw.execute(f"select place, mark from pg_temp.fresh {beyond} order by place limit {_CHUNK}", told)
    return dict(raw.fetchall())


def _texts(
    connection: duckdb.DuckDBPyConnection, numbers: str, places: Iterable[int]
) -> list[tuple[int, str]]:
    """(place, number) in order."""
    connection.register("places_wanted", pa.table({"place": pa.array(places, pa.int64())}))
    query = f"select place, id_no from {numbers} semi join places_wanted using (place) order by place"
    found = connection.execute(query).fetchall()
    connection.unregister("places_wanted")
    return found


def _sealed(key: Key, mark: bytes, text: str) -> str:
    return f"\\\\x{mark.hex()}\t\\\\x{keys.seal_with(key, text, _FIELD.place(mark)).hex()}\n"


def _gathered(copy: Iterable[bytes | memoryview], size: int = 4 << 20) -> Iterator[bytes]:
    held = bytearray()
    for piece in copy:
        held += piece
        if len(held) >= size:
            yield bytes(held)
            held.clear()
    if held:
        yield bytes(held)


def _take_in(connection: duckdb.DuckDBPyConnection, numbers: str, told: str, block: bytes) -> None:
    pairs = pa_csv.read_csv(
        pa.BufferReader(block),
        read_options=pa_csv.ReadOptions(column_names=["place", "key"], use_threads=False),
        convert_options=pa_csv.ConvertOptions(column_types={"place": pa.int64(), "key": pa.int64()}),
    )
    connection.register("pairs_arrived", pairs)
    connection.execute(
        f"insert into {told} select id_no, key from {numbers} join pairs_arrived using (place)"
    )
    connection.unregister("pairs_arrived")
