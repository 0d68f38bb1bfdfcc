"""A run over more people than memory holds: facts and verdicts in parts, the same answers as in one piece.

Facts are made for one stretch of keys after the other and kept in Parquet; every reading still sees all rows, only
its groups are those of the stretch. The engine then judges one stretch of households after the other, with whoever
its links lead to and from, as it does for one household alone; answers of those near are dropped.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from wenhou.engine import run
from wenhou.engine.backends.duckdb import DuckDB
from wenhou.engine.plan import Plan
from wenhou.lake.schema import literal
from wenhou.linkage import facts, sources

BYTES_A_PERSON = 8 << 10
"""Measured: what facts, stages and answers of 102 indicators hold in memory for each person, at their most."""

UNITS = ("bytes", "KiB", "MiB", "GiB", "TiB")
ENTITIES = {"persons": "person", "households": "household"}
Stretch = tuple[int, int]
NOBODY: Stretch = (0, -1)


@dataclass(frozen=True)
class Kept:
    """Parquet files in a folder of the run's own, read under a name."""

    connection: duckdb.DuckDBPyConnection
    folder: Path

    def write(self, name: str, number: int, query: str) -> None:
        """One more file of `name`."""
        self.folder.joinpath(name).mkdir(parents=True, exist_ok=True)
        path = literal(str(self.folder / name / f"{number:05d}.parquet"))
        self.connection.execute(f"copy ({query}) to {path} (format parquet, compression zstd)")

    def see(self, view: str, name: str) -> None:
        """Read all files of `name` as a view."""
        paths = literal(str(self.folder / name / "*.parquet"))
        self.connection.execute(f"create or replace temp view {view} as select * from read_parquet({paths})")


def people_at_once(connection: duckdb.DuckDBPyConnection) -> int:
    """How many people the connection's memory holds with all that a run makes of them."""
    found = connection.execute("select current_setting('memory_limit')").fetchone()
    number, unit = str(found[0] if found else "0 bytes").split()
    return max(1, int(float(number) * 1024 ** UNITS.index(unit)) // BYTES_A_PERSON)


def too_many(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the people published are more than can be judged at once."""
    return _number(connection, "select count(*) from people") > people_at_once(connection)


def _number(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    found = connection.execute(query).fetchone()
    return int(found[0]) if found else 0


def stretches(connection: duckdb.DuckDBPyConnection, table: str, key: str, most: int) -> list[Stretch]:
    """First and last key of stretches of at most `most` rows."""
    rows = connection.execute(
        f"select min({key}), max({key}) from"
        f" (select {key}, (row_number() over (order by {key}) - 1) // $most as part from {table})"
        " group by part order by part",
        {"most": most},
    ).fetchall()
    return [(int(first), int(last)) for first, last in rows]


def keep_facts(views: sources.Views, kept: Kept, *, as_of: date, wanted: Iterable[str]) -> None:
    """The wide tables of facts as Parquet, persons and households, as many rows at a time as memory holds."""
    most = people_at_once(kept.connection)
    written = facts.queries(views, as_of=as_of, wanted=wanted, in_stretches=True)
    for name, key in ENTITIES.items():
        published = "people" if name == "persons" else "households"
        for number, stretch in enumerate(stretches(kept.connection, published, key, most) or [NOBODY]):
            _between(kept.connection, stretch)
            with written[key].laid(kept.connection) as query:
                kept.write(name, number, query)


def keep_answers(plan: Plan, kept: Kept, inputs: Mapping[str, str]) -> None:
    """Verdicts as Parquet, persons_answers and households_answers: one stretch of households after the other, then
    those who belong to none."""
    connection, most = kept.connection, people_at_once(kept.connection)
    persons, homes = inputs["persons"], inputs["households"]
    homes_at_once = most * _number(connection, f"select count(*) from {homes}")
    homes_at_once //= max(1, _number(connection, f"select count(*) from {persons}"))
    parts: list[Stretch | None] = [*stretches(connection, homes, "household", max(1, homes_at_once)), None]
    now = {"persons": "now_persons", "households": "now_households", "standards": inputs["standards"]}
    prepared = None
    for number, stretch in enumerate(parts):
        _near(connection, plan, persons, stretch)
        connection.execute(
            f"create or replace temp table now_persons as select * from {persons} semi join near using (person)"
        )
        connection.execute(
            f"create or replace temp table now_households as select * from {homes}"
            " semi join now_persons using (household)"
        )
        prepared = prepared or run.prepare(plan, now, DuckDB(connection))
        _keep_asked(kept, prepared.run(), number, stretch)
    for name in ("now_persons", "now_households", "near", "asked"):
        connection.execute(f"drop table if exists {name}")


def _keep_asked(kept: Kept, batch: run.Batch, number: int, stretch: Stretch | None) -> None:
    kept.write(
        "persons_answers",
        number,
        f'select * from "{batch.persons}" semi join asked using (person) order by person',
    )
    held = "false" if stretch is None else f"household between {stretch[0]} and {stretch[1]}"
    kept.write(
        "households_answers", number, f'select * from "{batch.households}" where {held} order by household'
    )
    batch.close()


def _between(connection: duckdb.DuckDBPyConnection, stretch: Stretch) -> None:
    for name, value in zip((facts.FIRST, facts.LAST), stretch, strict=True):
        connection.execute(f"set variable {name} = {value}")


def _near(connection: duckdb.DuckDBPyConnection, plan: Plan, persons: str, stretch: Stretch | None) -> None:
    """Tables asked (people of the stretch) and near (they, and all whom the plan's links reach from or to them)."""
    held = "household is null" if stretch is None else f"household between {stretch[0]} and {stretch[1]}"
    connection.execute(f"create or replace temp table asked as select person from {persons} where {held}")
    connection.execute("create or replace temp table near as from asked")
    for _ in range(plan.hops):
        for step in _steps(plan, persons):
            connection.execute(f"create or replace temp table near as from near union {step}")


def _steps(plan: Plan, persons: str) -> Iterator[str]:
    """One step along any link, either way, and who lives with them."""
    for link in plan.links:
        yield f"select {link} from {persons} semi join near using (person) where {link} is not null"
    turned = [
        f"select p.person from {persons} p semi join near n on p.{link} = n.person" for link in plan.links
    ]
    if turned:
        yield " union ".join(turned)
    homes = f"select household from {persons} semi join near using (person) where household is not null"
    yield f"select person from {persons} where household in ({homes})"
