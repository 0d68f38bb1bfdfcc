"""One pass of the engine over everybody known: the answers of every indicator, asked about by key.

The facts' tables are made once and kept; the engine runs its plan over them; what follows asks DuckDB about the
few subjects it concerns.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

import duckdb
import pyarrow as pa

from wenhou.base.errors import Refused
from wenhou.engine import plan as plans
from wenhou.engine import run
from wenhou.engine.backends.duckdb import DuckDB
from wenhou.engine.declared import Rule, Watch
from wenhou.engine.plan import Plan
from wenhou.engine.words import DEFAULT
from wenhou.lake import files, parquet, sealed
from wenhou.linkage import facts, sources
from wenhou.linkage.coverage import PATIENCE
from wenhou.linkage.sources import Views
from wenhou.monitoring import batching, indicators
from wenhou.policy.actions import publications

__all__ = ["indicators"]

PERSONS, HOUSEHOLDS, STANDARDS = "watch_persons", "watch_households", "watch_standards"
ENGINES = ("duckdb", "spark")
SPARK_READS_CLEAR = (
    "Spark读不了加密的文件：请用DuckDB，或在只有它能看到的加密磁盘上设置WENHOU_SEAL_LAKE=no再用。"
)


@dataclass(frozen=True)
class Verdicts:
    """What a run found. `persons` and `households` name DuckDB tables with the answers and their basis."""

    as_of: date
    plan: Plan
    views: Views
    persons: str
    households: str
    standards: Mapping[str, Mapping[str, Any]]
    formulas: Plan | None = None
    """Everything in force, where `plan` asks a part of it."""
    sources: Callable[[Collection[str], Collection[int], Collection[int]], Views] | None = None
    """Rows behind facts (names) of people and of households (keys), where `views` does not hold them all."""

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        return self.views.backend.con

    def behind(
        self, facts: Collection[str], *, persons: Collection[int], households: Collection[int]
    ) -> Views:
        """Where the rows lie that these facts of these people and households were made of, until it is asked again."""
        return self.sources(facts, persons, households) if self.sources else self.views

    @property
    def backend(self) -> DuckDB:
        return DuckDB(self.connection)

    @property
    def inputs(self) -> dict[str, str]:
        """The engine's input tables."""
        return {"persons": PERSONS, "households": HOUSEHOLDS, "standards": STANDARDS}

    def watched(self) -> dict[str, Rule]:
        """Code → indicator, of those the plan answers."""
        answered = {*self.plan.persons, *self.plan.households}
        return {code: rule for code, rule in sorted(DEFAULT.indicators.items()) if rule.name in answered}

    def size(self) -> tuple[int, int]:
        """People and households looked at."""
        return self._number(f'select count(*) from "{self.persons}"'), self._number(
            f'select count(*) from "{self.households}"'
        )

    def _number(self, sql: str) -> int:
        found = self.connection.execute(sql).fetchone()
        return int(found[0]) if found else 0

    def counts(self) -> dict[str, dict[str, int]]:
        """Code → yes, no, unknown."""
        told: dict[str, dict[str, int]] = {}
        for entity in ("person", "household"):
            rules = {code: rule for code, rule in self.watched().items() if rule.entity == entity}
            parts = [f'count_if("{rule.name}"), count("{rule.name}")' for rule in rules.values()]
            if not parts:
                continue
            query = f'select count(*), {", ".join(parts)} from "{self._table(entity)}"'
            total, *found = self.connection.execute(query).fetchone() or (0,)
            for number, code in enumerate(rules):
                yes, known = (int(one or 0) for one in found[2 * number : 2 * number + 2])
                told[code] = {"yes": yes, "no": known - yes, "unknown": total - known}
        return told

    def found(self, code: str) -> list[dict[str, Any]]:
        """Rows of the yes: key, household, and the basis by name, in the order of keys."""
        rule = DEFAULT.of_code(code)
        columns = ", ".join(f'"{name}"' for name in _watch(rule).basis)
        household = "household" if rule.entity == "person" else f"{rule.entity} as household"
        query = (
            f"select {rule.entity} as key, {household}, {columns}"
            f' from "{self._table(rule.entity)}" where "{rule.name}" order by {rule.entity}'
        )
        return self.connection.execute(query).to_arrow_table().to_pylist()

    def refuted(self, code: str, keys: Iterable[int]) -> dict[int, dict[str, Any]]:
        """Of these subjects, those of whom the answer is now no: key → the basis by name, as it is now."""
        rule, wanted = DEFAULT.of_code(code), pa.table({"key": pa.array(sorted(keys), pa.int64())})
        self.connection.register("watch_asked", wanted)
        columns = ", ".join(f'"{name}"' for name in _watch(rule).basis)
        query = (
            f'select key, {columns} from "{self._table(rule.entity)}"'
            f' join watch_asked on key = {rule.entity} where not "{rule.name}"'
        )
        rows = self.connection.execute(query).to_arrow_table().to_pylist()
        self.connection.unregister("watch_asked")
        return {row.pop("key"): row for row in rows}

    def _table(self, entity: str) -> str:
        return self.persons if entity == "person" else self.households

    def rule_set(self) -> str:
        """SHA-256 of the formulas in force and of the standards used."""
        told = sha256()
        for name, tree in sorted((self.formulas or self.plan).trees.items()):
            told.update(f"{name}={tree!r}\n".encode())
        for county, row in sorted(self.standards.items()):
            told.update(f"{county}={sorted(row.items())!r}\n".encode())
        return told.hexdigest()


def _watch(rule: Rule) -> Watch:
    assert rule.watch is not None
    return rule.watch


@contextmanager
def reached(
    *, as_of: date, division: str | None, engine: str, only: Iterable[str] | None = None
) -> Iterator[Verdicts]:
    """Reach every verdict for a day, or those of the indicators named; the tables live as long as the context.

    With a division everybody is still reckoned, for children and parents live elsewhere; only the answers about
    who lives or is registered there are given.
    """
    if engine not in ENGINES:
        raise Refused(f"不认识的引擎“{engine}”，可用：{'、'.join(ENGINES)}。")
    if engine == "spark" and sealed.is_on():
        raise Refused(SPARK_READS_CLEAR)
    plan = plans.make(as_of=as_of, wanted=only)
    views = sources.lake(as_of, patience=PATIENCE)
    try:
        with files.workplace() as folder:
            kept = batching.Kept(views.backend.con, folder)
            _keep_facts(views, kept, plan, engine)
            told = _publish_standards(kept.connection, as_of)
            with _judged(plan, kept, engine) as answers:
                if division:
                    answers = _of_place(kept.connection, answers, division)
                yield Verdicts(as_of, plan, views, *answers, told)
    finally:
        views.backend.disconnect()


def _keep_facts(views: Views, kept: batching.Kept, plan: Plan, engine: str) -> None:
    """In memory; as Parquet where they are too many for it, or another engine is to read them."""
    wanted = {name for columns in plan.needs.values() for name in columns}
    if engine == "duckdb" and not batching.too_many(kept.connection):
        written = facts.queries(views, as_of=plan.as_of, wanted=wanted)
        for entity, name in (("person", PERSONS), ("household", HOUSEHOLDS)):
            with written[entity].laid(kept.connection) as query:
                kept.connection.execute(f"create temp table {name} as {query}")
        return
    batching.keep_facts(views, kept, as_of=plan.as_of, wanted=wanted)
    kept.see(PERSONS, "persons")
    kept.see(HOUSEHOLDS, "households")


@contextmanager
def _judged(plan: Plan, kept: batching.Kept, engine: str) -> Iterator[tuple[str, str]]:
    """The names under which DuckDB reads what the plan answers, wherever that was reckoned."""
    inputs = {"persons": PERSONS, "households": HOUSEHOLDS, "standards": STANDARDS}
    if engine == "duckdb" and not batching.too_many(kept.connection):
        batch = run.batch(plan, inputs, DuckDB(kept.connection))
        try:
            yield batch.persons, batch.households
        finally:
            batch.close()
        return
    if engine == "spark":
        from wenhou.monitoring import cluster  # Java only where it is asked for

        cluster.keep_answers(plan, kept, STANDARDS)
    else:
        batching.keep_answers(plan, kept, inputs)
    names = ("persons_answers", "households_answers")
    for name in names:
        kept.see(f"watch_{name}", name)
    yield f"watch_{names[0]}", f"watch_{names[1]}"


def _publish_standards(connection: duckdb.DuckDBPyConnection, as_of: date) -> dict[str, dict[str, Any]]:
    """Publish the standards of every county households live in, read them back, and give them by county."""
    rows = connection.execute(f"select distinct county from {HOUSEHOLDS} where county is not null").fetchall()
    delivered = connection.execute("select * from sa_std").to_arrow_table().to_pylist()
    path = publications.publish(as_of=as_of, counties=[row[0] for row in rows], delivered=delivered)
    connection.execute(f"create temp table {STANDARDS} as select * from {parquet.file(path)}")
    told = connection.execute(f"select * from {STANDARDS}").to_arrow_table().to_pylist()
    return {row["county"]: row for row in told}


_OF_PLACE = """
create temp table {name}_here as
select answers.* from {name} answers
where {key} in (
    select {key} from people left join households using (household)
    where starts_with(coalesce(households.division, ''), $division)
        or ($persons and starts_with(coalesce(people.place, ''), $division))
)
"""


def _of_place(
    connection: duckdb.DuckDBPyConnection, answers: tuple[str, str], division: str
) -> tuple[str, str]:
    for name, key in zip(answers, ("person", "household"), strict=True):
        given = {"division": division, "persons": key == "person"}
        connection.execute(_OF_PLACE.format(name=name, key=key), given)
    return f"{answers[0]}_here", f"{answers[1]}_here"
