"""The one door for Parquet: whatever the product keeps of people in files is written here and read by what `file` gives."""

from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from wenhou.lake import sealed
from wenhou.lake.schema import literal

LEVEL = 3
"""Of zstd: what DuckDB takes where nothing is said."""


def write(
    connection: duckdb.DuckDBPyConnection,
    query: str,
    path: Path,
    *,
    level: int = LEVEL,
    lasting: bool = True,
    told: str = "",
) -> None:
    """A query's rows in its order. `path` is a temporary name (`files.whole`): a half-written file is nobody's to read.

    lasting: others read it after this process is gone. told: further options of DuckDB's writer.
    """
    options = f"format parquet, compression zstd, compression_level {level}{told and ', '}{told}"
    connection.execute(f"copy ({query}) to {literal(sealed.target(path, lasting=lasting))} ({options})")


def keep(relation: duckdb.DuckDBPyRelation, path: Path) -> None:
    """A relation's rows in its order, to a temporary name."""
    relation.write_parquet(sealed.target(path), compression="zstd")


def file(*paths: Path, named: bool = False) -> str:
    """Files as one source of SQL; their columns are the same. named: with the column `filename`."""
    listed = ", ".join(literal(path) for path in sealed.sources(paths))
    told = f"[{listed}]" if len(paths) > 1 else listed
    return f"read_parquet({told}{', filename = true' if named else ''})"


def columns(path: Path) -> list[str]:
    """Names of a file's columns."""
    with sealed.open_file(path) as source:
        return list(pq.read_schema(source).names)
