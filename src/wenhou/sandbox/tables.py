"""Rows of the world, one ledger per contract, kept as integers until they are written.

A chunk holds, per field: person → row in the world's people (-1 none); house → household row, or -(row + 2) of a
register household; place → row in the places; date → days; ym → month index; money → fen; num2/num4 → the number
times 100 or 10,000; enum → position of the word; text and json → an Arrow string array. NONE stands for no value.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from wenhou.base.month import Month
from wenhou.sandbox.catalogue import Field, contracts
from wenhou.sandbox.days import day, month_index

NONE = np.iinfo(np.int64).min
# The certificates as they stood at an earlier full delivery.
EARLIER_DI41 = "DI41.earlier"


def fields_of(contract: str) -> dict[str, Field]:
    """The fields of a contract or of an earlier delivery of it."""
    return contracts()[contract.partition(".")[0]]


def register_house(row: Any) -> Any:
    """How a `house` column writes a register household (the register's own number series)."""
    return -(row + 2)


class Ledgers:
    """All contracts' rows."""

    def __init__(self) -> None:
        self._chunks: dict[str, list[dict[str, Any]]] = {code: [] for code in (*contracts(), EARLIER_DI41)}
        self._joined: dict[tuple[str, str], tuple[int, np.ndarray]] = {}

    def add(self, contract: str, **columns: Any) -> None:
        """Append rows given as columns; a scalar stands for every row; optional fields may be left out."""
        length = next((len(c) for c in columns.values() if _is_array(c)), 1)
        if length == 0:
            return
        fields = fields_of(contract)
        unknown = set(columns) - set(fields)
        if unknown:
            raise KeyError(f"{contract} has no {sorted(unknown)}")
        chunk = {name: encode(field, columns.get(name), length) for name, field in fields.items()}
        self._chunks[contract].append(chunk)

    def add_rows(self, contract: str, rows: list[dict[str, Any]]) -> None:
        """Append planted rows, one mapping each."""
        if rows:
            names = {name for row in rows for name in row}
            self.add(contract, **{name: [row.get(name) for row in rows] for name in names})

    def without(self, contract: str, rows: np.ndarray) -> "Ledgers":
        """The same ledgers, of one contract all rows but these."""
        kept = np.ones(self.count(contract), dtype=bool)
        kept[rows] = False
        told, first = Ledgers(), 0
        told._chunks = {**self._chunks, contract: []}
        for chunk in self._chunks[contract]:
            here = kept[first : first + len(next(iter(chunk.values())))]
            first += len(here)
            told._chunks[contract].append({name: _chosen(value, here) for name, value in chunk.items()})
        return told

    def rewrite(self, contract: str, name: str, texts: list[str]) -> None:
        """Another text in every row of a column, in order."""
        first = 0
        for chunk in self._chunks[contract]:
            length = len(chunk[name])
            chunk[name] = pa.array(texts[first : first + length], pa.string())
            first += length

    def column(self, contract: str, name: str) -> np.ndarray:
        """A whole column as integers (not for text), not to be written to."""
        parts = [chunk[name] for chunk in self._chunks[contract]]
        known, joined = self._joined.get((contract, name), (-1, np.empty(0, dtype=np.int64)))
        if known != len(parts):
            joined = np.concatenate(parts) if parts else np.empty(0, dtype=np.int64)
            joined.flags.writeable = False
            self._joined[contract, name] = len(parts), joined
        return joined

    def columns(self, contract: str, *names: str) -> tuple[np.ndarray, ...]:
        return tuple(self.column(contract, name) for name in names)

    def word(self, contract: str, name: str, *words: str) -> np.ndarray:
        """Which rows of an enumerated column hold one of the words."""
        field = fields_of(contract)[name]
        return np.isin(self.column(contract, name), [field.code(word) for word in words])

    def texts(self, contract: str, name: str) -> pa.Array:
        """A text column."""
        parts = [chunk[name] for chunk in self._chunks[contract]]
        return pa.concat_arrays([p.cast(pa.string()) for p in parts]) if parts else pa.array([], pa.string())

    def chunks(self, contract: str) -> list[dict[str, Any]]:
        return self._chunks[contract]

    def count(self, contract: str) -> int:
        name = next(iter(fields_of(contract)))
        return sum(len(chunk[name]) for chunk in self._chunks[contract])


def _chosen(value: Any, mask: np.ndarray) -> Any:
    return value[mask] if isinstance(value, np.ndarray) else value.filter(pa.array(mask))


def _is_array(value: Any) -> bool:
    return isinstance(value, np.ndarray | list | pa.Array)


def encode(field: Field, value: Any, length: int) -> Any:
    """One column of one chunk."""
    if value is None:
        if not field.optional:
            raise ValueError(f"{field.name} is required")
        value = [None] * length if field.kind in ("text", "json") else _none(field)
    if field.kind in ("text", "json"):
        return _strings(value, length)
    if isinstance(value, np.ndarray):
        return value.astype(np.int64)
    if isinstance(value, list):
        return np.fromiter((_integer(field, v) for v in value), dtype=np.int64, count=length)
    return np.full(length, _integer(field, value), dtype=np.int64)


def _none(field: Field) -> int:
    return -1 if field.kind in ("person", "enum") else NONE


def _strings(value: Any, length: int) -> pa.Array:
    if isinstance(value, pa.Array):
        return value
    if isinstance(value, np.ndarray):
        return pa.array(value).cast(pa.string())
    if isinstance(value, list):
        return pa.array(value, pa.string())
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(length, np.int8)), pa.array([value], pa.string()))


def _integer(field: Field, value: Any) -> int:
    if value is None:
        return _none(field)
    if isinstance(value, str):
        return field.code(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Month):
        return month_index(value)
    return int(getattr(value, "index", value))


def words(codes: np.ndarray, choices: list[str] | tuple[str, ...]) -> pa.Array:
    """Strings by position; -1 becomes null."""
    index = pa.array(codes, mask=codes < 0)
    return pa.DictionaryArray.from_arrays(index.cast(pa.int32()), pa.array(choices, pa.string()))


def numbered(prefix: str, serials: np.ndarray, width: int) -> pa.Array:
    """'P00000012' from 12: a prefix and digits of fixed width."""
    digits = pc.utf8_slice_codeunits(pa.array(serials + 10**width).cast(pa.string()), 1)
    return pc.binary_join_element_wise(pa.scalar(prefix), digits, "")


class Printer:
    """Turns chunks into Arrow tables as a department would send them."""

    def __init__(self, *, people: pa.Array, houses: pa.Array, registers: pa.Array, places: pa.Array) -> None:
        self._lookup: Mapping[str, pa.Array] = {"person": people, "place": places}
        self._houses = pa.concat_arrays([houses, registers])
        self._house_count = len(houses)

    def table(self, contract: str, chunks: list[dict[str, Any]]) -> pa.Table:
        """One contract's rows with the types of a delivery."""
        fields = fields_of(contract)
        parts = [
            pa.table({name: self._print(field, chunk[name]) for name, field in fields.items()})
            for chunk in chunks
        ]
        return pa.concat_tables(parts) if parts else self.empty(contract)

    def person(self, row: int) -> str:
        """Identity number of a person."""
        return str(self._lookup["person"][row])

    def house(self, code: int) -> str:
        """Number of a household, of the residence records or of the register."""
        return str(self._houses[code if code >= 0 else self._house_count - code - 2])

    def houses(self, codes: np.ndarray) -> pa.Array:
        """Numbers of households."""
        return self._houses.take(pa.array(np.where(codes >= 0, codes, self._house_count - codes - 2)))

    def empty(self, contract: str) -> pa.Table:
        return pa.table({name: pa.array([], pa.string()) for name in fields_of(contract)})

    def _print(self, field: Field, value: Any) -> pa.Array:
        if field.kind in ("text", "json"):
            return value.cast(pa.string())
        if field.kind == "house":
            return self.houses(value)
        if field.kind in self._lookup:
            return self._lookup[field.kind].take(pa.array(value, mask=value < 0))
        if field.kind == "enum":
            return words(value, field.words).cast(pa.string())
        return _PRINTERS[field.kind](value, value == NONE)


def decimals(value: np.ndarray, absent: np.ndarray, scale: int) -> pa.Array:
    """Scaled integers as decimals of fixed scale, without any rounding."""
    pairs = np.empty((len(value), 2), dtype=np.int64)
    pairs[:, 0] = value
    pairs[:, 1] = value >> 63
    kept = pa.array(~absent).buffers()[1] if absent.any() else None
    return pa.Array.from_buffers(pa.decimal128(18, scale), len(value), [kept, pa.py_buffer(pairs)])


def _months(value: np.ndarray, absent: np.ndarray) -> pa.Array:
    present = np.where(absent, 0, value)
    low = int(present[~absent].min(initial=24000))
    high = int(present.max(initial=low))
    names = [f"{m // 12:04d}-{m % 12 + 1:02d}" for m in range(low, high + 1)]
    return words(np.where(absent, -1, present - low), names).cast(pa.string())


_PRINTERS = {
    "date": lambda v, a: pa.array(np.where(a, 0, v), pa.int64(), mask=a).cast(pa.int32()).cast(pa.date32()),
    "money": lambda v, a: decimals(v, a, 2),
    "num2": lambda v, a: decimals(v, a, 2),
    "num4": lambda v, a: decimals(v, a, 4),
    "int": lambda v, a: pa.array(v, mask=a),
    "year": lambda v, a: pa.array(v, mask=a),
    "bool": lambda v, a: pa.array(v == 1, mask=a),
    "ym": _months,
}
