"""The whole lake as one moment knows it: parts listed once, rows as SQL to be narrowed before they are read."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import duckdb

from wenhou.exchange import contracts
from wenhou.lake import parquet, store
from wenhou.lake.schema import Table
from wenhou.linkage.coverage import PATIENCE, Spoken
from wenhou.linkage.seen import VISITS, Seen, SeenPart
from wenhou.linkage.sources import PUBLISHED, tolerance

SCHEMA = "whole"
VISITED = "SA-VISIT"


@dataclass(frozen=True)
class Whole:
    """What the lake holds. `parts`: every part by contract, in the order of deliveries, as it stood when it was listed,
    however it stands since. The registry's people, households and register are views of the connection's schema
    `whole`."""

    connection: duckdb.DuckDBPyConnection
    seen: Seen
    parts: Mapping[str, Sequence[SeenPart]]

    def current(self, contract: str) -> list[SeenPart]:
        return [part for part in self.parts.get(contract, ()) if part.is_current]

    def rows(self, contract: str, about: str | None = None) -> str:
        """SQL of the latest row per key among current parts, with the product's own visits.

        about: a condition; only keys of which some row, if not the latest, fulfils it.
        """
        table, current = self.table(contract), self.current(contract)
        among = None
        if about is not None and len(current) > 1:
            key = ", ".join(f'"{name}"' for name in table.key)
            among = f"select distinct {key} from ({self.every(contract, current)}) where {about}"
        return self._with_own(contract, store.latest_rows(table, current, among=among, same=self.seen.same))

    def history(self, contract: str) -> str:
        """SQL of every row that ever came, with the product's own visits."""
        said = [part for part in self.parts.get(contract, ()) if not part.taken_back]
        return self._with_own(contract, self.every(contract, said))

    def every(self, contract: str, parts: Sequence[SeenPart]) -> str:
        """SQL of every row of these parts."""
        return store.all_rows(self.table(contract), parts, same=self.seen.same)

    def table(self, contract: str) -> Table:
        return _tables()[contract]

    def _with_own(self, contract: str, rows: str) -> str:
        own = self.seen.published(VISITS) if contract == VISITED else None
        if own is None:
            return rows
        told = store.as_one(f"select * from {file(own)}", self.table(contract).person_columns, self.seen.same)
        return f"select * from ({rows}) union all by name {told}"

    @cached_property
    def spoken(self) -> Spoken:
        """What the current parts speak for."""
        return spoken(self.parts)


def spoken(parts: Mapping[str, Sequence[SeenPart]]) -> Spoken:
    """What those current among parts speak for."""
    told = {code: tuple(one.coverage for one in several if one.is_current) for code, several in parts.items()}
    return Spoken(told, tolerance(), PATIENCE)


def by_contract(seen: Seen) -> Mapping[str, Sequence[SeenPart]]:
    parts: dict[str, list[SeenPart]] = defaultdict(list)
    for part in seen.parts.values():
        parts[part.contract].append(part)
    return parts


def whole(seen: Seen, *, memory: str | None = None) -> Whole:
    """The lake as it was just seen, on a DuckDB of its own."""
    connection = store.connect(memory=memory)
    connection.execute(f"create schema {SCHEMA}")
    for name in PUBLISHED:
        connection.execute(f"create view {SCHEMA}.{name} as select * from {file(seen.published(name))}")
    return Whole(connection, seen, by_contract(seen))


def file(path: Path | None) -> str:
    """A file that is known to be there, as a source of SQL."""
    assert path is not None
    return parquet.file(path)


@cache
def _tables() -> Mapping[str, Table]:
    return {table.contract: table for table in contracts.tables()}
