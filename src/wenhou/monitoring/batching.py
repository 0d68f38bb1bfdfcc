"""A run over more people than memory holds: facts and verdicts in parts, the same answers as in one piece.

Facts are made for one stretch of keys after the other and kept in Parquet; every reading still sees all rows, only
its groups are those of the stretch. The engine then judges one stretch of households after the other, with whoever
its links lead to and from, as it does for one household alone; answers of those near are dropped.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from pathlib import Path

import duckdb

from wenhou.engine import run
from wenhou.engine.backends.duckdb import DuckDB
from wenhou.engine.plan import Plan
from wenhou.lake.schema import literal
from wenhou.linkage import facts, sources

BYTES_A_PERSON = 6 << 10
"""What facts, stages and answers of 102 indicators hold in memory for each person, at their most: 4.4 KiB measured, and a
third more people who are near those asked about."""

UNITS = ("bytes", "KiB", "MiB", "GiB", "TiB")
ENTITIES = {"persons": "person", "households": "household"}
Stretch = tuple[int, int]
Part = tuple[Stretch, Stretch]
NOBODY: Stretch = (0, -1)
MADE = ("kin", "near", "asked")


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
    """Verdicts as Parquet, persons_answers and households_answers: of one stretch of households, and of people who
    belong to none, after the other."""
    connection, persons, homes = kept.connection, inputs["persons"], inputs["households"]
    now = {"persons": "now_persons", "households": "now_households", "standards": inputs["standards"]}
    links = ", ".join(("person", "household", *plan.links))
    connection.execute(f"create or replace temp table kin as select {links} from {persons}")
    prepared = None
    for number, part in enumerate(_parts(connection, homes)):
        _near(connection, plan, part)
        for name, whole, key in (("persons", persons, "person"), ("households", homes, "household")):
            connection.execute(
                f"create or replace temp view now_{name} as"
                f" select * from {whole} where {key} in (select {key} from near where {key} is not null)"
            )
        prepared = prepared or run.prepare(plan, now, DuckDB(connection))
        _keep_asked(kept, prepared.run(), number, part)
    for kind, name in (("view", "now_persons"), ("view", "now_households"), *(("table", n) for n in MADE)):
        connection.execute(f"drop {kind} if exists {name}")


def _parts(connection: duckdb.DuckDBPyConnection, homes: str) -> list[Part]:
    """Households and people who belong to none, so that no part has more people than memory holds."""
    people, alone = "select count(*) from kin", "(select person from kin where household is null)"
    number = -(-_number(connection, people) // people_at_once(connection)) or 1
    several = zip_longest(
        _split(connection, homes, "household", number),
        _split(connection, alone, "person", number),
        fillvalue=NOBODY,
    )
    return list(several) or [(NOBODY, NOBODY)]


def _split(connection: duckdb.DuckDBPyConnection, table: str, key: str, number: int) -> list[Stretch]:
    """As many stretches, or fewer."""
    most = -(-_number(connection, f"select count(*) from {table}") // number)
    return stretches(connection, table, key, max(1, most))


def _keep_asked(kept: Kept, batch: run.Batch, number: int, part: Part) -> None:
    kept.write(
        "persons_answers",
        number,
        f'select * from "{batch.persons}" semi join asked using (person) order by person',
    )
    first, last = part[0]
    held = f"household between {first} and {last}"
    kept.write(
        "households_answers", number, f'select * from "{batch.households}" where {held} order by household'
    )
    batch.close()


def _between(connection: duckdb.DuckDBPyConnection, stretch: Stretch) -> None:
    for name, value in zip((facts.FIRST, facts.LAST), stretch, strict=True):
        connection.execute(f"set variable {name} = {value}")


def _near(connection: duckdb.DuckDBPyConnection, plan: Plan, part: Part) -> None:
    """Tables asked (people of the part) and near (they, and all whom the plan's links reach from or to them)."""
    (first, last), (first_alone, last_alone) = part
    held = f"household between {first} and {last}"
    held += f" or household is null and person between {first_alone} and {last_alone}"
    connection.execute(
        f"create or replace temp table asked as select person, household from kin where {held}"
    )
    connection.execute("create or replace temp table near as from asked")
    for _ in range(plan.hops):
        for found in _steps(plan):
            connection.execute(
                "create or replace temp table near as"
                f" select person, household from kin where person in (select person from near union all {found})"
            )


def _steps(plan: Plan) -> Iterator[str]:
    """One step along any link, either way, and who lives with them."""
    for link in plan.links:
        yield f"select {link} from kin semi join near using (person) where {link} is not null"
    turned = [f"select p.person from kin p semi join near n on p.{link} = n.person" for link in plan.links]
    if turned:
        yield " union all ".join(turned)
    yield "select person from kin where household in (select household from near where household is not null)"
