"""Run a plan over millions, as stages of SQL; or over one household, read in plain Python."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import NamedTuple

import pyarrow as pa

from wenhou.engine import reading, statements
from wenhou.engine.backends import Backend
from wenhou.engine.dialects import Dialect
from wenhou.engine.faults import PlanFault
from wenhou.engine.plan import Plan
from wenhou.engine.reading import Answers
from wenhou.engine.stages import KEYS, STANDARDS, TABLE_KEYS
from wenhou.engine.subjects import Rows

_runs = count(1)

__all__ = ["Answers", "Batch", "Prepared", "Rows", "batch", "neighbourhood", "one", "prepare"]


@dataclass(frozen=True)
class Batch:
    """A run's answers, kept in the backend under these table names until `close`.

    persons: person, household and the plan's `persons` names; households: household, county and its `households`
    names. unfilled: facts and standards the input tables do not bring, and which were therefore unknown.
    """

    plan: Plan
    backend: Backend
    persons: str
    households: str
    unfilled: tuple[str, ...]
    kept: tuple[str, ...]

    def arrow(self, table: str) -> pa.Table:
        """Rows of 'persons' or 'households' in the order of their keys."""
        entity = "person" if table == "persons" else "household"
        names = (*KEYS[entity], *(self.plan.persons if table == "persons" else self.plan.households))
        q = Dialect(self.backend.dialect)
        told = ", ".join(q(name) for name in dict.fromkeys(names))
        return self.backend.fetch(f"SELECT {told} FROM {q(getattr(self, table))} ORDER BY {entity}")

    def close(self) -> None:
        """Drop what the run kept."""
        for name in self.kept:
            self.backend.drop(name)


def batch(plan: Plan, tables: Mapping[str, "str | pa.Table"], backend: Backend) -> Batch:
    """Every stage over whole tables, each kept once.

    tables: persons, households and standards, each the name of a table or view of the backend, or an Arrow table.
    persons: person, household, facts and keys of links; households: household, county, facts; standards: county
    and a column for each standard. A column that is not there is unknown. Raises PlanFault where a key is missing
    or is not unique.
    """
    return prepare(plan, tables, backend).run()


class Step(NamedTuple):
    """A statement and the table it makes, which is only seen, not kept, where it reckons nothing. over: tables that
    nothing reads any more once it is there."""

    table: str
    statement: str
    seen: bool
    over: tuple[str, ...]


@dataclass(frozen=True)
class Prepared:
    """A batch whose statements are written, to be run as often as one likes: what the input tables hold may change
    between two runs, their columns may not. A further run replaces what the one before kept.

    answers, checked: of persons and of households the table that has the answers, and the first made of the input.
    """

    plan: Plan
    backend: Backend
    inputs: Mapping[str, str]
    unfilled: tuple[str, ...]
    loaded: tuple[str, ...]
    steps: tuple[Step, ...]
    answers: tuple[str, str]
    checked: tuple[str, str]

    def run(self) -> Batch:
        """Every stage; at the end the answers alone are kept. Raises PlanFault where a key is not unique."""
        there = list(self.loaded)
        try:
            for table, statement, seen, over in self.steps:
                (self.backend.see if seen else self.backend.keep)(table, statement)
                there.append(table)
                for name in over:
                    self.backend.drop(name)
                    there.remove(name)
        except Exception:
            for name in there:
                self.backend.drop(name)
            raise
        found = Batch(self.plan, self.backend, *self.answers, self.unfilled, tuple(there))
        _check_unique(found, self.inputs, self.checked)
        return found


def prepare(
    plan: Plan, tables: Mapping[str, "str | pa.Table"], backend: Backend, *, once: bool = False
) -> Prepared:
    """Write the statements of a batch without running any. tables: as of `batch`. once: answers are read but once, all of
    them; they are then put together as they are read."""
    prefix, dialect = f"wenhou_{next(_runs)}", Dialect(backend.dialect)
    sources, loaded = _sources(tables, backend, f"{prefix}_in")
    inputs, unfilled = _inputs(plan, sources, backend)
    names = {stage.table: f"{prefix}_{stage.table}" for stage in plan.stages}
    read = inputs | {name: dialect(table) for name, table in names.items()}
    written = plan.queries(backend.dialect, read)
    steps = [
        Step(names[stage.table], sql, stage.plain, ())
        for stage, sql in zip(plan.stages, written, strict=True)
    ]
    readers = [stage.reads for stage in plan.stages]
    answers, checked = {}, {}
    for entity, statement in plan.answers(backend.dialect, read).items():
        first, *others = plan.ends[entity]
        answers[entity] = checked[entity] = names[first.table]
        if others:
            answers[entity] = f"{prefix}_{entity}_answers"
            checked[entity] = checked[entity] if once else answers[entity]
            steps.append(Step(answers[entity], statement, once, ()))
            readers.append((first, *others))
    kept = {*answers.values(), *checked.values()}
    read_by = [{names[stage.table] for stage in several} for several in readers]
    return Prepared(
        plan,
        backend,
        inputs,
        unfilled,
        tuple(loaded),
        _over(steps, read_by, kept),
        (answers["person"], answers["household"]),
        (checked["person"], checked["household"]),
    )


def _over(steps: Sequence[Step], read: Sequence[set[str]], kept: set[str]) -> tuple[Step, ...]:
    """The steps, each with the tables whose last reader it is. What is only seen is read when it is asked."""
    last = {step.table: at for at, step in enumerate(steps)}
    for at, tables in enumerate(read):
        last |= dict.fromkeys(tables, at)
    views = {name for step, tables in zip(steps, read, strict=True) if step.seen for name in tables}
    return tuple(
        step._replace(
            over=tuple(n for n, reader in last.items() if reader == at and n not in kept and n not in views)
        )
        for at, step in enumerate(steps)
    )


def _sources(
    tables: Mapping[str, "str | pa.Table"], backend: Backend, prefix: str
) -> tuple[dict[str, str], list[str]]:
    sources: dict[str, str] = {}
    loaded = []
    for table, source in tables.items():
        if table not in TABLE_KEYS:
            raise PlanFault(f"引擎只认 persons、households、standards 三张表，没有“{table}”。")
        if not isinstance(source, str):
            backend.load(f"{prefix}_{table}", source)
            loaded.append(f"{prefix}_{table}")
            source = f"{prefix}_{table}"
        sources[table] = source
    return sources, loaded


def _inputs(
    plan: Plan, sources: Mapping[str, str], backend: Backend
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Each input as a query of what the plan reads, and what it would have read but is not there."""
    inputs: dict[str, str] = {}
    unfilled: list[str] = []
    dialect = Dialect(backend.dialect)
    for table, keys in TABLE_KEYS.items():
        if table not in sources:
            if table != STANDARDS:
                raise PlanFault(f"没有给出 {table} 表。")
            inputs[table] = statements.brought(plan, table, statements.NOBODY, (), dialect)
            unfilled.extend(plan.needs[table])
            continue
        has = backend.columns(sources[table])
        lacking = [key for key in keys if key not in has]
        if lacking:
            raise PlanFault(f"{table} 表缺少 {'、'.join(lacking)} 列。")
        unfilled.extend(name for name in plan.needs[table] if name not in has)
        inputs[table] = statements.brought(plan, table, sources[table], has, dialect)
    return inputs, tuple(unfilled)


def _check_unique(found: Batch, inputs: Mapping[str, str], checked: tuple[str, str]) -> None:
    """As many answers as subjects: a key given twice would multiply rows in a join."""
    backend = found.backend
    for table, answered in zip(("persons", "households"), checked, strict=True):
        queries = (statements.counted(inputs[table]), statements.counted(Dialect(backend.dialect)(answered)))
        asked, given = (backend.fetch(query).column("n")[0].as_py() for query in queries)
        if not asked == given == backend.distinct(answered, TABLE_KEYS[table][0]):
            found.close()
            raise PlanFault(
                f"{table} 的键有重复，或 standards 中一个县有两行：{asked} 个主体得出 {given} 行。"
            )


def one(plan: Plan, rows: Rows) -> Answers:
    """One household (and whoever its links lead to), read in plain Python: nothing is prepared, nothing is kept.

    Names that a row leaves out are unknown. Raises Refused for names that nothing declares, keys missing or given
    twice, and values of another kind.
    """
    return reading.read(plan, rows)


def neighbourhood(plan: Plan, tables: Mapping[str, str], backend: Backend, households: Iterable[int]) -> Rows:
    """The rows that decide these households' answers: their people, and households that links lead to and from."""
    inputs, _ = _inputs(plan, tables, backend)
    dialect, chosen = Dialect(backend.dialect), set(households)
    for _ in range(plan.hops):
        chosen |= _linked_households(plan, inputs["persons"], backend, chosen)

    def fetched(table: str, column: str, keys: Iterable[int | str]) -> list[dict[str, object]]:
        held = statements.among(column, sorted(keys), dialect)
        return backend.fetch(f"SELECT * FROM {inputs[table]} AS t WHERE {held}").to_pylist()

    persons, homes = (fetched(table, "household", chosen) for table in ("persons", "households"))
    return Rows(persons, homes, fetched(STANDARDS, "county", {str(row["county"]) for row in homes}))


def _linked_households(plan: Plan, persons: str, backend: Backend, chosen: set[int]) -> set[int]:
    """Households one step away along any link, either way."""
    found: set[int] = set()
    dialect = Dialect(backend.dialect)
    here, there = (statements.among(f"{one}.household", sorted(chosen), dialect) for one in "pq")
    for link in plan.links:
        query = (
            f"SELECT p.household AS here, q.household AS there FROM {persons} AS p"
            f" JOIN {persons} AS q ON p.{dialect(link)} = q.person WHERE {here} OR {there}"
        )
        for row in backend.fetch(query).to_pylist():
            found |= {key for key in row.values() if key is not None}
    return found
