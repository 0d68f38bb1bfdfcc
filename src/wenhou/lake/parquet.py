"""The one door for Parquet: whatever the product keeps of people in files is written here and read by what `file` gives."""

from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from wenhou.lake.schema import literal

LEVEL = 3
"""Of zstd: what DuckDB takes where nothing is said."""


def write(connection: duckdb.DuckDBPyConnection, query: str, path: Path, *, level: int = LEVEL) -> None:
    """A query's rows in its order. `path` is a temporary name (`files.whole`): a half-written file is nobody's to read."""
    told = f"format parquet, compression zstd, compression_level {level}"
    connection.execute(f"copy ({query}) to {literal(str(path))} ({told})")


def keep(relation: duckdb.DuckDBPyRelation, path: Path) -> None:
    """A relation's rows in its order, to a temporary name."""
    relation.write_parquet(str(path), compression="zstd")


def file(*paths: Path) -> str:
    """Files as one source of SQL; their columns are the same."""
    listed = ", ".join(literal(str(path)) for path in paths)
    return f"read_parquet([{listed}])" if len(paths) > 1 else f"read_parquet({listed})"


def columns(path: Path) -> list[str]:
    """Names of a file's columns."""
    return list(pq.read_schema(path).names)
