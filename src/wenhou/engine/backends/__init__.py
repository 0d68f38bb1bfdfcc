"""Where a plan runs: each backend connects, takes tables in, keeps a query as a table, and gives rows back."""

from typing import Protocol

import pyarrow as pa


class Backend(Protocol):
    """What `run.batch` asks of a backend; SQL of `dialect` (duckdb or pyspark)."""

    dialect: str

    def load(self, name: str, table: pa.Table) -> None:
        """Make an Arrow table readable under a name."""

    def columns(self, name: str) -> tuple[str, ...]:
        """Columns of a table or view, as the backend sees it."""

    def keep(self, name: str, query: str) -> None:
        """Run a query and keep its rows under a name, replacing what was there."""

    def see(self, name: str, query: str) -> None:
        """Give a query a name, replacing what was there; it is run whenever it is read."""

    def fetch(self, query: str) -> pa.Table:
        """Run a query and give its rows."""

    def distinct(self, table: str, key: str) -> int:
        """How many different keys a table has."""

    def drop(self, name: str) -> None:
        """Forget a kept, seen or loaded table."""
