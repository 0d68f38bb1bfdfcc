"""Columns under way: NumPy values by a fact's name, unknown where one of the fact's sources was not asked."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from wenhou.engine import units
from wenhou.engine.declared import Fact, Link
from wenhou.engine.words import DEFAULT
from wenhou.policy import facts

__all__ = ["Columns", "Numbers", "Truths", "chance", "facts", "picked", "spread"]

Truths = np.ndarray[Any, np.dtype[np.bool_]]
Numbers = np.ndarray[Any, Any]
Texts = tuple[Sequence[str], Numbers]
"""What a text fact may say, and which of them each row says."""


class Columns:
    """Facts of one table. asked: whether every one of some sources answered, for each row. only: names to keep."""

    def __init__(
        self, size: int, asked: Callable[[tuple[str, ...]], Truths], only: Collection[str] | None = None
    ) -> None:
        self.size, self._asked, self._only = size, asked, only
        self._made: dict[str, pa.Array] = {}

    def put(self, name: str, values: "Numbers | Texts", known: Truths | None = None) -> None:
        """A fact's or link's values. known: where there is something to know beside its sources, as for dates."""
        if self._only is not None and name not in self._only:
            return
        declared = DEFAULT[name]
        assert isinstance(declared, Fact | Link)
        told = self._asked(declared.sources) if isinstance(declared, Fact) else None
        if told is not None and known is not None:
            told = told & known
        told = known if told is None else told
        unit = declared.unit if isinstance(declared, Fact) else "count"
        self._made[name] = _arrow(values, units.storage(unit), told)

    def lacks(self, name: str) -> bool:
        """Whether a fact that is kept is still to be put."""
        return name not in self._made and (self._only is None or name in self._only)

    def dated(self, flag: str, happened: Truths, day: str, on: Numbers) -> None:
        """A yes or no and its date, which is unknown where nothing happened."""
        self.put(flag, happened)
        self.put(day, on, happened)

    def table(self, keys: Mapping[str, "Numbers | pa.Array"]) -> pa.Table:
        made = {name: pa.array(values) for name, values in keys.items()}
        return pa.table(made | {name: self._made[name] for name in sorted(self._made)})


def _arrow(values: "Numbers | Texts", kept: str, known: Truths | None) -> pa.Array:
    unknown = None if known is None else ~known
    if isinstance(values, tuple):
        says, which = values
        return pa.array(says, pa.string()).take(pa.array(which, pa.int32(), mask=unknown))
    if kept == "date":
        return pa.array(values.astype("datetime64[D]"), pa.date32(), mask=unknown)
    if kept == "decimal":
        return _decimal(values, known)
    return pa.array(values, pa.bool_() if kept == "bool" else pa.int64(), mask=unknown)


def _decimal(hundredths: Numbers, known: Truths | None) -> pa.Array:
    """Hundredths as decimal128(18, 4)."""
    words = hundredths.astype(np.int64) * 100
    there = None if known is None else pa.py_buffer(np.packbits(known, bitorder="little").tobytes())
    both = np.stack([words, words >> 63], axis=1)
    return pa.Array.from_buffers(
        pa.decimal128(18, 4), len(words), [there, pa.py_buffer(np.ascontiguousarray(both).tobytes())]
    )


def chance(rng: np.random.Generator, size: int, share: "float | Numbers") -> Truths:
    return rng.random(size, dtype=np.float32) < share


def picked(rng: np.random.Generator, size: int, shares: Sequence[float]) -> Numbers:
    """Numbers 0, 1, 2… as often as their shares, which need not add up to one."""
    edges = np.cumsum(np.array(shares, dtype=np.float64))
    found = np.searchsorted(edges / edges[-1], rng.random(size), side="right")
    return np.minimum(found, len(shares) - 1)


def spread(rng: np.random.Generator, size: int, middle: float, wide: float) -> Numbers:
    """Fen, log-normal about the middle."""
    return np.exp(rng.normal(np.log(middle), wide, size)).astype(np.int64)
