"""Parquet files that lie about their size, hold what no table of ours has, or swell when read."""

import io
import struct
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from exchange.factories import DI31, di31_row
from hostile.attack import CALM, REFUSED, Attack, files

ROW = [di31_row(number) for number in range(20)]


def columns(**changed: Any) -> dict[str, Any]:
    told: dict[str, Any] = dict(zip(DI31, zip(*ROW, strict=True), strict=True))
    return {**told, **changed}


def parquet(table: Any, **how: Any) -> bytes:
    out = io.BytesIO()
    pq.write_table(table if isinstance(table, pa.Table) else pa.table(table), out, **how)
    return out.getvalue()


@cache
def good() -> bytes:
    return parquet(columns())


def _swollen() -> Iterator[tuple[str, object]]:
    yield "3,000,000 rows all alike", _alike
    yield "3,000,000 rows of nothing", lambda: parquet(dict.fromkeys(DI31, pa.nulls(3_000_000, pa.string())))
    for size in (100_000, 5 << 20):
        yield f"one word of {size:,} letters, 60,000 times", lambda size=size: _repeated("x" * size, 60_000)
    yield "a word of 60,000 letters, 60,000 times", lambda: _repeated("x" * 60_000, 60_000)
    yield "binary of 5 MB, 60,000 times", lambda: _repeated(b"x" * (5 << 20), 60_000)
    yield "a word of 100 MB", lambda: _repeated("x" * (100 << 20), 1)


def _alike() -> bytes:
    zeros = pa.nulls(3_000_000, pa.int32()).fill_null(0)
    told = {
        n: pa.DictionaryArray.from_arrays(zeros, pa.array([v])) for n, v in zip(DI31, ROW[0], strict=True)
    }
    return parquet(told)


def _repeated(word: str | bytes, times: int) -> bytes:
    told = pa.DictionaryArray.from_arrays(pa.array([0] * times, pa.int32()), pa.array([word]))
    rest = {name: pa.array([value] * times) for name, value in zip(DI31, ROW[0], strict=True)}
    return parquet({**rest, "oop_total": told}, compression="zstd")


def _shapes() -> Iterator[tuple[str, object]]:
    nested = {
        "a list": pa.array([["a"]] * 20),
        "a struct": pa.array([{"a": 1}] * 20),
        "a list of lists": pa.array([[["a"]]] * 20),
        "a map": pa.array([[("a", 1)]] * 20, pa.map_(pa.string(), pa.int64())),
    }
    for name, array in nested.items():
        yield name, lambda array=array: parquet(columns(oop_total=array))
    yield "no column", lambda: parquet(pa.table({}))
    yield "other columns", lambda: parquet({"a": [1]})
    yield "a column more", lambda: parquet(columns(is_admin=["true"] * 20))
    yield "columns of the lake", lambda: parquet(columns(person=[1] * 20, delivery=[1] * 20, line=[1] * 20))
    yield "a column twice", _twice
    yield "5,000 columns", lambda: parquet(columns(**{f"c{n}": ["x"] * 20 for n in range(5000)}))
    yield "a header of markup", lambda: parquet(columns(**{"<script>wh7x()</script>": ["x"] * 20}))
    yield "a header of SQL", lambda: parquet(columns(**{'x"; drop table a; --': ["x"] * 20}))
    yield "a column missing", lambda: parquet({n: c for n, c in columns().items() if n != "updated"})


def _twice() -> bytes:
    arrays = [pa.array(column) for column in columns().values()]
    return parquet(pa.Table.from_arrays([*arrays, arrays[1]], names=[*DI31, "year"]))


VALUES: dict[str, Any] = {
    "NaN": pa.array([float("nan")] * 20),
    "infinity": pa.array([float("inf")] * 20),
    "a huge float": pa.array([1e308] * 20),
    "the smallest float": pa.array([5e-324] * 20),
    "half precision": pa.array([1.5] * 20, pa.float32()),
    "a duration": pa.array([timedelta(days=1)] * 20),
    "binary": pa.array([b"\xff\xfe"] * 20),
    "booleans": pa.array([True] * 20),
    "fixed binary": pa.array([b"\xff" * 4] * 20, pa.binary(4)),
    "years far away": pa.array([2**62] * 20, pa.timestamp("us")),
    "years before Christ": pa.array([-(2**62)] * 20, pa.timestamp("us")),
    "a zone of nowhere": pa.array([0] * 20, pa.timestamp("us", "Mars/Phobos")),
    "decimals of 76 digits": pa.array([Decimal("9" * 70)] * 20, pa.decimal256(76)),
    "a time of day": pa.array([1] * 20, pa.time32("s")),
    "the largest integer": pa.array([2**64 - 1] * 20, pa.uint64()),
    "the least integer": pa.array([-(2**63)] * 20),
    "dates": pa.array([datetime(2026, 1, 1)] * 20),
    "nothing at all": pa.nulls(20),
    "a NUL": pa.array(["1\0"] * 20),
    "formulas": pa.array(["=1+1"] * 20),
    "months": pa.array([2**31 - 1] * 20, pa.date32()),
    "large strings": pa.array(["x"] * 20, pa.large_string()),
    "a dictionary": pa.array(["=x"] * 20).dictionary_encode(),
    "a dictionary of numbers": pa.array([2**40] * 20).dictionary_encode(),
    "a surrogate": pa.array([b"\xed\xa0\x80"] * 20),
}


def _invalid_words() -> bytes:
    """A column of strings whose bytes are no UTF-8."""
    bad = pa.Array.from_buffers(
        pa.string(), 20, [None, *pa.array([b"\xed\xa0\x80"] * 20, pa.binary()).buffers()[1:]]
    )
    return parquet(columns(oop_total=bad), use_dictionary=False)


def _lies() -> Iterator[tuple[str, bytes]]:
    whole = good()
    foot = struct.unpack("<I", whole[-8:-4])[0]
    for told in (0, 1, 7, foot - 1, foot + 1, foot * 2, len(whole), 2**31 - 1, 2**31, 2**32 - 1):
        yield f"a footer of {told} bytes", whole[:-8] + struct.pack("<I", told) + whole[-4:]
    for share in range(1, 16):
        yield f"cut after {share * 6} %", whole[: len(whole) * share // 16]
    yield "encrypted, it says", whole[:-4] + b"PARE"
    yield "only its mark", b"PAR1"
    yield "only both marks", b"PAR1PAR1"
    yield "marks and a footer of nothing", b"PAR1" + struct.pack("<I", 0) + b"PAR1"
    yield "a footer of 0xff", b"PAR1" + b"\xff" * 500 + struct.pack("<I", 500) + b"PAR1"
    yield "a footer of deep thrift", b"PAR1" + b"\x1c" * 60_000 + struct.pack("<I", 60_000) + b"PAR1"
    yield (
        "a footer of thrift lists",
        b"PAR1" + b"\x19\xf9\xff\xff\xff\x7f" * 90 + struct.pack("<I", 540) + b"PAR1",
    )
    yield "a CSV", b"id_no,year\n1,2\n"
    yield "ORC", b"ORC" + b"\0" * 200
    yield "Arrow", b"ARROW1\0\0" + b"\0" * 200
    yield "Avro", b"Obj\x01" + b"\0" * 200


def _flips() -> Iterator[tuple[str, bytes]]:
    whole = good()
    foot = struct.unpack("<I", whole[-8:-4])[0]
    for number in range(60):
        at = (
            len(whole) - 9 - (number * 37) % foot
            if number % 2
            else 5 + number * 29 % (len(whole) - foot - 20)
        )
        data = bytearray(whole)
        data[at] ^= 0xFF >> (number % 7)
        yield f"byte {at} changed", bytes(data)


def attacks() -> Iterator[Attack]:
    yield from files("Parquet: bombs", dict(_swollen()), "DI31.parquet")
    yield from files("Parquet: shapes and headers", dict(_shapes()), "DI31.parquet")
    made = {name: (lambda array=array: parquet(columns(oop_total=array))) for name, array in VALUES.items()}
    yield from files(
        "Parquet: values", made | {"words that are no UTF-8": _invalid_words}, "DI31.parquet", right=CALM
    )
    yield from files("Parquet: lying metadata", dict(_lies()), "DI31.parquet", right=REFUSED)
    yield from files("Parquet: bytes changed", dict(_flips()), "DI31.parquet", right=CALM)
