"""DuckDB: the usual backend, over Parquet views or tables of a connection."""

import duckdb
import pyarrow as pa

CLOSE, MOST = 64, 10**9
"""Bits for each key, at most, that are still less work than hashing it; and bits that DuckDB takes at all."""


class DuckDB:
    """Over a connection of the caller's, or one of its own in memory."""

    dialect = "duckdb"

    def __init__(self, connection: duckdb.DuckDBPyConnection | None = None) -> None:
        self.connection = connection or duckdb.connect(":memory:")
        self._kinds: dict[str, str] = {}

    def load(self, name: str, table: pa.Table) -> None:
        self.connection.register(name, table)

    def columns(self, name: str) -> tuple[str, ...]:
        return tuple(row[0] for row in self.connection.table(name).description)

    def keep(self, name: str, query: str) -> None:
        self._make("TABLE", name, query)

    def see(self, name: str, query: str) -> None:
        self._make("VIEW", name, query)

    def _make(self, kind: str, name: str, query: str) -> None:
        self.connection.execute(f'CREATE OR REPLACE TEMP {kind} "{name}" AS {query}')
        self._kinds[name] = kind

    def fetch(self, query: str) -> pa.Table:
        return self.connection.execute(query).to_arrow_table()

    def distinct(self, table: str, key: str) -> int:
        """Keys mostly lie close together: a bit for each is then a third of the work of a hash table."""
        ends = f'SELECT COUNT({key}), MIN({key})::HUGEINT, MAX({key})::HUGEINT FROM "{table}"'
        number, first, last = self.connection.execute(ends).fetchone() or (0, 0, 0)
        if not number:
            return 0
        close = last - first < min(CLOSE * number, MOST)
        counted = f"BIT_COUNT(BITSTRING_AGG({key}, {first}, {last}))" if close else f"COUNT(DISTINCT {key})"
        (found,) = self.connection.execute(f'SELECT {counted} FROM "{table}"').fetchone() or (0,)
        return int(found)

    def drop(self, name: str) -> None:
        kind = self._kinds.pop(name, None)
        if kind is None:
            self.connection.unregister(name)
        else:
            self.connection.execute(f'DROP {kind} IF EXISTS "{name}"')
