"""Everybody's answers for a day: the law by region, and each item's three gaps beside what it is made of.

Unknown travels: a gap is yes, no or unknown. Answers of everybody lie in judgements/gaps/<day>/.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from wenhou.engine import run
from wenhou.engine.backends.duckdb import DuckDB
from wenhou.engine.plan import Plan
from wenhou.lake import files, parquet
from wenhou.monitoring.gaps import readings
from wenhou.monitoring.gaps.enums import Confidence, GapKind
from wenhou.monitoring.gaps.readings import Reading
from wenhou.policy.runs import batches
from wenhou.policy.runs.batches import Applications, Part

TABLES = {"person": "gap_persons", "household": "gap_households"}
COUNTED = ("owed", "owed_unknown", "has", "has_unknown", "unmet", "unfounded", "short")
"""What a comparison counts of each item."""
COLUMNS = {GapKind.UNMET: "unmet", GapKind.UNFOUNDED: "unfounded", GapKind.SHORT: "short"}


@dataclass(frozen=True)
class Asked:
    """One region's answers while they are kept, in the tables of TABLES: a row a person or household, and of each
    item `yl01_unmet`, `yl01_unfounded`, `yl01_short`."""

    part: Part

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        return self.part.connection

    @property
    def plan(self) -> Plan:
        return self.part.plan

    def rows(self, reading: Reading, where: str, given: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        """key, household, county, authorised, unmet, unfounded, short and the item's names, of the rows `where`."""
        kinds = ", ".join(f"{_column(reading, kind)} as {word}" for kind, word in COLUMNS.items())
        names = ", ".join(f'"{name}"' for name in self._there(reading))
        query = f"""
            select {reading.entity} as key, household, county, {readings.AUTHORISED}, {kinds}, {names}
            from {TABLES[reading.entity]} where {where} order by key
        """
        return self.connection.execute(query, given or {}).to_arrow_table().to_pylist()

    def found(self, reading: Reading, county: str) -> list[dict[str, Any]]:
        """Rows of a county with a gap of the item."""
        any_kind = " or ".join(f"coalesce({_column(reading, kind)}, false)" for kind in COLUMNS)
        return self.rows(reading, f"county = $county and ({any_kind})", {"county": county})

    def of_keys(self, reading: Reading, keys: Iterable[int]) -> dict[int, dict[str, Any]]:
        """Rows of these people or households, by key."""
        wanted = sorted(keys)
        if not wanted:
            return {}
        told = self.rows(reading, f"list_contains($keys, {reading.entity})", {"keys": wanted})
        return {row["key"]: row for row in told}

    def living_in(self, county: str, people: Iterable[int]) -> set[int]:
        """Those of these people who live in a county."""
        query = (
            f"select person from {TABLES['person']} where county = $county and list_contains($keys, person)"
        )
        wanted = sorted(people)
        given = {"county": county, "keys": wanted}
        return {row[0] for row in self.connection.execute(query, given).fetchall()} if wanted else set()

    def counts(self) -> dict[str, dict[str, dict[str, int]]]:
        """County → item → owed, owed_unknown, has, has_unknown, and the number of each kind."""
        told: dict[str, dict[str, dict[str, int]]] = {county: {} for county in self.part.counties}
        for reading in readings.READINGS:
            owed, has = (self._value(name) for name in (reading.owed, reading.has))
            kinds = [f"count(*) filter ({_column(reading, kind)})" for kind in COLUMNS]
            query = f"""select county, count(*) filter ({owed}), count(*) filter ({owed} is null),
                count(*) filter ({has}), count(*) filter ({has} is null), {", ".join(kinds)}
                from {TABLES[reading.entity]} group by county"""
            for county, *numbers in self.connection.execute(query).fetchall():
                told[county][reading.code] = dict(zip(COUNTED, numbers, strict=True))
        return told

    def size(self) -> tuple[int, int]:
        """People and households compared."""
        people, homes = (
            self.connection.execute(f"select count(*) from {name}").fetchone() or (0,)
            for name in TABLES.values()
        )
        return int(people[0]), int(homes[0])

    def neighbourhood(self, plan: Plan, households: Iterable[int]) -> run.Rows:
        """The rows that decide a few households' answers, for their trees of reasons."""
        return run.neighbourhood(plan, self.part.tables, DuckDB(self.connection), households)

    def write(self, suffix: str) -> None:
        """Keep everybody's answers in the lake."""
        for name, table in (("persons", TABLES["person"]), ("households", TABLES["household"])):
            with files.whole(folder(self.plan.as_of) / f"{name}{suffix}.parquet") as temporary:
                parquet.write(self.connection, f"from {table}", temporary)

    def _there(self, reading: Reading) -> list[str]:
        return [name for name in reading.names if self._is_there(name)]

    def _is_there(self, name: str) -> bool:
        return name in self.plan.persons or name in self.plan.households

    def _value(self, name: str) -> str:
        return f'"{name}"' if name and self._is_there(name) else "null::boolean"


def folder(as_of: date) -> Path:
    """Where a day's answers lie: persons*.parquet and households*.parquet."""
    return files.root() / "judgements" / "gaps" / f"{as_of:%Y-%m-%d}"


def parts(applications: Applications, *, division: str = "") -> Iterator[Asked]:
    """Ask region by region; each one's tables are gone when the next is asked for."""
    for prepared in batches.prepare(
        applications, day=applications.as_of, wanted=readings.wanted(), division=division
    ):
        with prepared.run() as part, _kept(part) as asked:
            yield asked


@contextmanager
def _kept(part: Part) -> Iterator[Asked]:
    asked = Asked(part)
    homes = f'"{part.households}" h'
    people = f"""(select p.*, h.county, h.{readings.AUTHORISED} from "{part.persons}" p
        join "{part.households}" h using (household) where p.person > 0)"""
    for entity, source in (("household", homes), ("person", people)):
        kinds = [
            f"{expression} as {_column(reading, kind)}"
            for reading in readings.READINGS
            if reading.entity == entity
            for kind, expression in _kinds(asked, reading)
        ]
        part.connection.execute(
            f"create or replace temp table {TABLES[entity]} as select *, {', '.join(kinds)} from {source}"
            f" left join (select county, {readings.LEAST} from {part.tables['standards']}) using (county)"
        )
    try:
        yield asked
    finally:
        for name in TABLES.values():
            part.connection.execute(f"drop table {name}")


def _kinds(asked: Asked, reading: Reading) -> Iterator[tuple[GapKind, str]]:
    """Each kind as an expression of three values."""
    owed, has, holds, keeps, screen = (
        asked._value(name)
        for name in (reading.owed, reading.has, reading.holds, reading.keeps, reading.screen)
    )
    due, received = (_money(asked, name) for name in (reading.due, reading.received))
    unmet = f"coalesce({owed}, {screen}) and not {has}"
    yield GapKind.UNMET, f"({unmet} and coalesce({due} <> 0, true))" if reading.due else f"({unmet})"
    yield GapKind.UNFOUNDED, f"({holds} and not {keeps})" if reading.holds else "false"
    short = f"({owed} and {has} and ({due} - {received}) >= {readings.LEAST})"
    yield GapKind.SHORT, short if reading.received else "false"


def _money(asked: Asked, name: str) -> str:
    return f'"{name}"' if name and asked._is_there(name) else "null::bigint"


def _column(reading: Reading, kind: GapKind) -> str:
    return f"{reading.code.lower()}_{COLUMNS[kind]}"


def kind_of(row: dict[str, Any]) -> GapKind | None:
    """The gap a row tells; at most one kind of an item can hold at a time."""
    return next((kind for kind, word in COLUMNS.items() if row[word]), None)


def amount_of(reading: Reading, kind: GapKind, row: dict[str, Any]) -> int | None:
    """Fen: what is due, what is paid though not due, or what lacks; None where no amount is known."""
    due, received = row.get(reading.due), row.get(reading.received)
    if kind == GapKind.UNMET:
        return due
    if kind == GapKind.UNFOUNDED:
        return received
    return due - received if due is not None and received is not None else None


def confidence_of(reading: Reading, kind: GapKind, row: dict[str, Any]) -> Confidence:
    """判定 only where all adults have authorised and the law itself answers."""
    answer = row.get(reading.keeps if kind == GapKind.UNFOUNDED else reading.owed)
    sure = row[readings.AUTHORISED] is True and answer is not None
    return Confidence.DETERMINED if sure else Confidence.SCREENED
