"""Run a plan over millions, as stages of SQL; or over one household, read in plain Python."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

import pyarrow as pa
import sqlglot.expressions as exp

from wenhou.engine import reading, statements
from wenhou.engine.backends import Backend
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
        query = exp.select(*(exp.column(name, quoted=True) for name in dict.fromkeys(names)))
        query = query.from_(exp.to_table(getattr(self, table))).order_by(entity)
        return self.backend.fetch(query.sql(dialect=self.backend.dialect.removeprefix("py")))

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


@dataclass(frozen=True)
class Prepared:
    """A batch whose statements are written, to be run as often as one likes: what the input tables hold may change
    between two runs, their columns may not. A further run replaces what the one before kept.

    steps: of each stage its table, its statement, and tables that nothing reads any more once it is there.
    """

    plan: Plan
    backend: Backend
    inputs: Mapping[str, exp.Query]
    unfilled: tuple[str, ...]
    loaded: tuple[str, ...]
    steps: tuple[tuple[str, str, tuple[str, ...]], ...]
    answers: tuple[str, str]

    def run(self) -> Batch:
        """Every stage; at the end the answers alone are kept. Raises PlanFault where a key is not unique."""
        there = list(self.loaded)
        try:
            for table, statement, over in self.steps:
                self.backend.keep(table, statement)
                there.append(table)
                for name in over:
                    self.backend.drop(name)
                    there.remove(name)
        except Exception:
            for name in there:
                self.backend.drop(name)
            raise
        found = Batch(self.plan, self.backend, *self.answers, self.unfilled, tuple(there))
        _check_unique(found, self.inputs, self.backend.dialect.removeprefix("py"))
        return found


def prepare(plan: Plan, tables: Mapping[str, "str | pa.Table"], backend: Backend) -> Prepared:
    """Write the statements of a batch without running any. tables: as of `batch`."""
    prefix = f"wenhou_{next(_runs)}"
    sources, loaded = _sources(tables, backend, f"{prefix}_in")
    inputs, unfilled = _inputs(plan, sources, backend)
    named: dict[str, str | exp.Query] = dict(inputs)
    written: list[tuple[str, str]] = []
    reads: list[set[str]] = []
    for name, query in plan.queries(backend.dialect):
        told = {table.name for table in query.find_all(exp.Table)}
        reads.append({str(named[one]) for one in told if one in named and one not in inputs})
        statement = statements.renamed(query, named).sql(dialect=backend.dialect.removeprefix("py"))
        named[name] = f"{prefix}_{name}"
        written.append((f"{prefix}_{name}", statement))
    homes, people = plan.last("household"), plan.last("person")
    assert homes is not None
    assert people is not None
    answers = (str(named[people.table]), str(named[homes.table]))
    steps = tuple((*step, over) for step, over in zip(written, _over(written, reads, answers), strict=True))
    return Prepared(plan, backend, inputs, unfilled, tuple(loaded), steps, answers)


def _over(
    written: Sequence[tuple[str, str]], reads: Sequence[set[str]], answers: tuple[str, str]
) -> list[tuple[str, ...]]:
    """Of each step the tables whose last reader it is."""
    last = {table: at for at, (table, _) in enumerate(written)}
    for at, told in enumerate(reads):
        last |= dict.fromkeys(told, at)
    return [
        tuple(table for table, when in last.items() if when == at and table not in answers)
        for at in range(len(written))
    ]


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
) -> tuple[dict[str, exp.Query], tuple[str, ...]]:
    """Each input as a query of what the plan reads, and what it would have read but is not there."""
    inputs: dict[str, exp.Query] = {}
    unfilled: list[str] = []
    for table, keys in TABLE_KEYS.items():
        if table not in sources:
            if table != STANDARDS:
                raise PlanFault(f"没有给出 {table} 表。")
            nobody = exp.select(exp.null().as_("county"))
            inputs[table] = statements.brought(plan, table, "nobody", ()).from_(nobody.subquery("nobody"))
            unfilled.extend(plan.needs[table])
            continue
        has = backend.columns(sources[table])
        lacking = [key for key in keys if key not in has]
        if lacking:
            raise PlanFault(f"{table} 表缺少 {'、'.join(lacking)} 列。")
        unfilled.extend(name for name in plan.needs[table] if name not in has)
        inputs[table] = statements.brought(plan, table, sources[table], has)
    return inputs, tuple(unfilled)


def _check_unique(found: Batch, inputs: Mapping[str, exp.Query], dialect: str) -> None:
    """As many answers as subjects: a key given twice would multiply rows in a join."""
    for table, answered in (("persons", found.persons), ("households", found.households)):
        key = TABLE_KEYS[table][0]
        asked = _number(found.backend, inputs[table].subquery("t"), "*", dialect)
        given = _number(found.backend, exp.to_table(answered), "*", dialect)
        apart = _number(found.backend, exp.to_table(answered), key, dialect)
        if not asked == given == apart:
            found.close()
            raise PlanFault(
                f"{table} 的键有重复，或 standards 中一个县有两行：{asked} 个主体得出 {given} 行。"
            )


def _number(backend: Backend, source: exp.Expression, of: str, dialect: str) -> int:
    counted: exp.Expression = exp.Star()
    if of != "*":
        counted = exp.Distinct(expressions=[exp.column(of, quoted=True)])
    query = exp.select(exp.Count(this=counted).as_("n")).from_(source)
    return int(backend.fetch(query.sql(dialect=dialect)).column("n")[0].as_py())


def one(plan: Plan, rows: Rows) -> Answers:
    """One household (and whoever its links lead to), read in plain Python: nothing is prepared, nothing is kept.

    Names that a row leaves out are unknown. Raises Refused for names that nothing declares, keys missing or given
    twice, and values of another kind.
    """
    return reading.read(plan, rows)


def neighbourhood(plan: Plan, tables: Mapping[str, str], backend: Backend, households: Iterable[int]) -> Rows:
    """The rows that decide these households' answers: their people, and households that links lead to and from."""
    inputs, _ = _inputs(plan, tables, backend)
    dialect = backend.dialect.removeprefix("py")
    chosen = set(households)
    for _ in range(plan.hops):
        chosen |= _linked_households(plan, inputs["persons"], backend, chosen)
    persons = inputs["persons"].where(exp.column("household").isin(*_whole(chosen)))
    homes = inputs["households"].where(exp.column("household").isin(*_whole(chosen)))
    found = Rows(
        persons=backend.fetch(persons.sql(dialect=dialect)).to_pylist(),
        households=backend.fetch(homes.sql(dialect=dialect)).to_pylist(),
    )
    counties = sorted({str(row["county"]) for row in found.households})
    standards = inputs[STANDARDS].where(exp.column("county").isin(*counties))
    return Rows(found.persons, found.households, backend.fetch(standards.sql(dialect=dialect)).to_pylist())


def _linked_households(plan: Plan, persons: exp.Query, backend: Backend, chosen: set[int]) -> set[int]:
    """Households one step away along any link, either way."""
    found: set[int] = set()
    people = persons.subquery("p")
    for link in plan.links:
        query = (
            exp.select(exp.column("household", "p").as_("here"), exp.column("household", "q").as_("there"))
            .from_(people)
            .join(persons.subquery("q"), on=exp.column(link, "p", quoted=True).eq(exp.column("person", "q")))
            .where(
                exp.column("household", "p").isin(*_whole(chosen))
                | exp.column("household", "q").isin(*_whole(chosen))
            )
        )
        for row in backend.fetch(query.sql(dialect=backend.dialect.removeprefix("py"))).to_pylist():
            found |= {key for key in row.values() if key is not None}
    return found


def _whole(keys: Iterable[int]) -> list[exp.Expression]:
    return [exp.Literal.number(key) for key in sorted(keys)]
