"""A wide table put together of narrow ones, column by column: each reading's groups are found their rows once.

Most people have no row in most contracts. A join of fifty sparse tables breaks every batch of rows into those with a match
and those without, fifty times, and carries two hundred columns through; here a column is taken into its place once.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa

LAID = "laid"


@dataclass(frozen=True)
class Query:
    """A wide table in SQL of DuckDB, written once and run as often as one likes.

    base: a row for each key, the key first and in its order. parts: for some keys one row each, the key first. answer:
    over LAID, which holds the columns of the base and of all parts.
    """

    base: str
    parts: tuple[str, ...]
    answer: str

    @contextmanager
    def laid(self, connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
        """Run the base and the parts; while the context lasts `answer` may be asked."""
        yield from self.in_pieces(connection)

    def in_pieces(self, connection: duckdb.DuckDBPyConnection, most: int | None = None) -> Iterator[str]:
        """Run the base and the parts; each time `answer` may be asked about the next so many keys, about all at once if
        not told how many."""
        wide = self._wide(connection)
        for first in range(0, max(1, len(wide)), most or max(1, len(wide))):
            connection.register(LAID, wide.slice(first, most))
            try:
                yield self.answer
            finally:
                connection.unregister(LAID)

    def _wide(self, connection: duckdb.DuckDBPyConnection) -> pa.Table:
        base = _fetched(connection, self.base)
        keys = base.column(0).to_numpy()
        columns = dict(zip(base.column_names, base.columns, strict=True))
        for part in self.parts:
            table = _fetched(connection, part)
            rows = _rows(keys, table.column(0).combine_chunks())
            columns |= {
                name: _seen(rows, table.column(name).combine_chunks()) for name in table.column_names[1:]
            }
        return pa.table(columns)


def _fetched(connection: duckdb.DuckDBPyConnection, query: str) -> pa.Table:
    return connection.execute(query).to_arrow_table().combine_chunks()


def _rows(keys: "np.ndarray[tuple[int], np.dtype[np.int64]]", given: pa.Array) -> pa.Array:
    """Of each key the number of the row that has it, null where none has. keys: in their order, each once."""
    found = np.full(len(keys), -1, dtype=np.int32)
    if len(keys) and len(given):
        own = given.to_numpy()
        at = np.searchsorted(keys, own).clip(max=len(keys) - 1)
        here = keys[at] == own
        found[at[here]] = np.flatnonzero(here)
    return pa.array(found, mask=found < 0)


def _seen(rows: pa.Array, values: pa.Array) -> pa.Array:
    """Values in their places, none of them moved."""
    return pa.DictionaryArray.from_arrays(rows, values, safe=False)
