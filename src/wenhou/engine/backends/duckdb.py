"""DuckDB: the usual backend, over Parquet views or tables of a connection."""

import duckdb
import pyarrow as pa


class DuckDB:
    """Over a connection of the caller's, or one of its own in memory."""

    dialect = "duckdb"

    def __init__(self, connection: duckdb.DuckDBPyConnection | None = None) -> None:
        self.connection = connection or duckdb.connect(":memory:")

    def load(self, name: str, table: pa.Table) -> None:
        self.connection.register(name, table)

    def columns(self, name: str) -> tuple[str, ...]:
        return tuple(row[0] for row in self.connection.table(name).description)

    def keep(self, name: str, query: str) -> None:
        self.connection.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" AS {query}')

    def fetch(self, query: str) -> pa.Table:
        return self.connection.execute(query).to_arrow_table()

    def drop(self, name: str) -> None:
        kept = self.connection.execute(
            "SELECT count(*) FROM duckdb_tables() WHERE table_name = ?", [name]
        ).fetchone()
        if kept and kept[0]:
            self.connection.execute(f'DROP TABLE "{name}"')
        else:
            self.connection.unregister(name)
