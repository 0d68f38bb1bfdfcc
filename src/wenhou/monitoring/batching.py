"""A run over more people than memory holds: facts and verdicts in parts, the same answers as in one piece.

Facts are made for one stretch of keys after the other and kept in Parquet; every reading still sees all rows, only
its groups are those of the stretch. The engine then judges one stretch of households after the other, with whoever
its links lead to and from, as it does for one household alone; answers of those near are dropped.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import count, zip_longest
from pathlib import Path

import duckdb

from wenhou.engine import run
from wenhou.engine.backends.duckdb import DuckDB
from wenhou.engine.plan import Plan
from wenhou.lake import parquet
from wenhou.linkage import facts, sources
from wenhou.monitoring import parting
from wenhou.monitoring.parting import NOBODY, Part, Stretch

BYTES_A_PERSON = 6 << 10
"""What facts, stages and answers of 102 indicators hold in memory for each person, at their most: 4.4 KiB measured, and a
third more people who are near those asked about."""

LAID_AT_ONCE = 2
"""How many times more people's facts are laid at once than are judged. What readings found and where it lies takes half a KiB
a person, but DuckDB needs memory to group as well, which has not been measured with more."""

UNITS = ("bytes", "KiB", "MiB", "GiB", "TiB")
ENTITIES = {"persons": "person", "households": "household"}


@dataclass(frozen=True)
class Kept:
    """Parquet files in a folder of the run's own, read under a name."""

    connection: duckdb.DuckDBPyConnection
    folder: Path

    def write(self, name: str, number: int, query: str) -> None:
        """One more file of `name`."""
        self.folder.joinpath(name).mkdir(parents=True, exist_ok=True)
        path = self.folder / name / f"{number:05d}.parquet"
        parquet.write(self.connection, query, path, lasting=False, told="dictionary_size_limit 1")

    def files(self, name: str, *numbers: int, named: bool = False) -> str:
        """SQL that reads these files of `name`, all if none is told. named: with the column `filename`."""
        told = [self.folder / name / f"{number:05d}.parquet" for number in numbers]
        return parquet.file(*(told or sorted(self.folder.joinpath(name).glob("*.parquet"))), named=named)

    def see(self, view: str, name: str) -> None:
        """Read all files of `name` as a view."""
        self.connection.execute(f"create or replace temp view {view} as select * from {self.files(name)}")


def people_at_once(connection: duckdb.DuckDBPyConnection) -> int:
    """How many people the connection's memory holds with all that a run makes of them."""
    found = connection.execute("select current_setting('memory_limit')").fetchone()
    number, unit = str(found[0] if found else "0 bytes").split()
    return max(1, int(float(number) * 1024 ** UNITS.index(unit)) // BYTES_A_PERSON)


def too_many(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the people published are more than can be judged at once."""
    return _size(connection, "people") > people_at_once(connection)


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
    """The wide tables of facts as Parquet, persons and households, as many rows at a time as memory holds; a file of
    people is about as long as a part."""
    connection = kept.connection
    written = facts.queries(views, as_of=as_of, wanted=wanted, in_stretches=True)
    for (name, key), table in zip(ENTITIES.items(), ("people", "households"), strict=True):
        numbers, most = count(), -(-_size(connection, table) // _pieces(connection, table)) or 1
        many = _pieces(connection, table, at_once=LAID_AT_ONCE)
        for stretch in _split(connection, table, key, many) or [NOBODY]:
            _between(connection, stretch)
            for query in written[key].in_pieces(connection, most):
                kept.write(name, next(numbers), query)


def keep_answers(plan: Plan, kept: Kept, inputs: Mapping[str, str]) -> None:
    """Verdicts as Parquet, persons_answers and households_answers, from the facts kept as persons and households: of one
    stretch of households, and of people who belong to none, after the other."""
    connection = kept.connection
    now = {"persons": "now_persons", "households": "now_households", "standards": inputs["standards"]}
    parts = _parts(connection, inputs)
    parting.find_kin(connection, kept.files("persons", named=True), plan.links, parts)
    prepared = None
    for number, part in enumerate(parts):
        parting.find_near(connection, plan, number)
        _see_near(kept, inputs["households"])
        prepared = prepared or run.prepare(plan, now, DuckDB(connection), once=True)
        _keep_asked(kept, prepared.run(), number, part)
    for name in ("now_persons", "now_households"):
        connection.execute(f"drop view if exists {name}")
    parting.forget(connection)


def _see_near(kept: Kept, homes: str) -> None:
    """Views now_persons and now_households: whoever is near, and strangers who lie in the same files."""
    whole, others = parting.files_near(kept.connection)
    near = [f"select * from {kept.files('persons', *whole)}"] if whole else []
    if others or not whole:
        among = f"select person from near where file not in ({', '.join(map(str, [-1, *whole]))})"
        near.append(f"select * from {kept.files('persons', *others)} where person in ({among})")
    kept.connection.execute(f"create or replace temp view now_persons as {' union all by name '.join(near)}")
    kept.connection.execute(
        "create or replace temp view now_households as"
        f" select * from {homes} where household in (select household from near where household is not null)"
    )


def _parts(connection: duckdb.DuckDBPyConnection, inputs: Mapping[str, str]) -> list[Part]:
    """Households and people who belong to none, so that no part has more people than memory holds."""
    alone = f"(select person from {inputs['persons']} where household is null)"
    number = _pieces(connection, inputs["persons"])
    several = zip_longest(
        _split(connection, inputs["households"], "household", number),
        _split(connection, alone, "person", number),
        fillvalue=NOBODY,
    )
    return [Part(*both) for both in several] or [Part(NOBODY, NOBODY)]


def _pieces(connection: duckdb.DuckDBPyConnection, table: str, at_once: int = 1) -> int:
    """How many pieces a table of subjects is taken in. at_once: so many times as many as can be judged fit into one."""
    return -(-_size(connection, table) // (at_once * people_at_once(connection))) or 1


def _size(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    return _number(connection, f"select count(*) from {table}")


def _split(connection: duckdb.DuckDBPyConnection, table: str, key: str, number: int) -> list[Stretch]:
    """As many stretches, or fewer."""
    return stretches(connection, table, key, -(-_size(connection, table) // number) or 1)


def _keep_asked(kept: Kept, batch: run.Batch, number: int, part: Part) -> None:
    first, last = part.homes
    kept.write("persons_answers", number, f'select * from "{batch.persons}" where {part.held}')
    kept.write(
        "households_answers",
        number,
        f'select * from "{batch.households}" where household between {first} and {last}',
    )
    batch.close()


def _between(connection: duckdb.DuckDBPyConnection, stretch: Stretch) -> None:
    for name, value in zip((facts.FIRST, facts.LAST), stretch, strict=True):
        connection.execute(f"set variable {name} = {value}")
