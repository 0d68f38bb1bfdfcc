"""Whom the registry publishes, for lists: a connection of its own beside the law's."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import duckdb

from wenhou.lake import parquet, store
from wenhou.linkage.sources import PUBLISHED

MEMORY = "512MB"


@dataclass(frozen=True)
class Registered:
    """Views people, households and register, as published for a day or latest before it."""

    as_of: date
    connection: duckdb.DuckDBPyConnection


@contextmanager
def opened(as_of: date) -> Iterator[Registered]:
    """The registry's publications of a day, which the day's applications were made from."""
    with store.connect(memory=MEMORY) as connection:
        for name in PUBLISHED:
            path = store.published(name, as_of)
            assert path is not None
            connection.execute(f"create view {name} as select * from {parquet.file(path)}")
        yield Registered(as_of, connection)
