"""One suite, every backend: DuckDB always, Spark where Java 17 and the spark extra are installed."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

import pyarrow as pa
import pytest

from wenhou.engine import Book, plan, run
from wenhou.engine.backends import Backend
from wenhou.engine.backends.duckdb import DuckDB

AS_OF = date(2026, 1, 31)
Asked = Callable[..., run.Answers]


@pytest.fixture(scope="session")
def spark_backend() -> Iterator[Backend]:
    pytest.importorskip("pyspark", reason="no spark extra: the same plan is not tried on Spark here")
    if shutil.which("java") is None:
        pytest.skip("no Java 17: the same plan is not tried on Spark here")
    from wenhou.engine.backends.spark import Spark, session

    found = session(partitions=1)
    yield Spark(found)
    found.stop()


@pytest.fixture(params=["alone", "duckdb", pytest.param("spark", marks=pytest.mark.spark)])
def ask(request: pytest.FixtureRequest) -> Asked:
    """All rules of a book (or those wanted) over rows: read alone, or in one batch on a backend."""
    if request.param == "alone":
        return lambda book, rows, **options: run.one(planned(book, **options), rows)
    backend = DuckDB() if request.param == "duckdb" else request.getfixturevalue("spark_backend")
    return lambda book, rows, **options: in_batch(book, rows, backend, **options)


def planned(book: Book, *, as_of: date = AS_OF, **options: Any) -> plan.Plan:
    """The plan of all rules, or of those wanted."""
    options.setdefault("wanted", [rule.name for rule in book.rules])
    return plan.make(as_of=as_of, book=book, **options)


def in_batch(book: Book, rows: run.Rows, backend: Backend, **options: Any) -> run.Answers:
    made = planned(book, **options)
    found = run.batch(made, tables(book, rows), backend)
    persons, households = (found.arrow(table).to_pylist() for table in ("persons", "households"))
    found.close()
    return run.Answers({row["person"]: row for row in persons}, {row["household"]: row for row in households})


TYPES = {"bool": pa.bool_(), "text": pa.string(), "date": pa.date32(), "decimal": pa.decimal128(18, 4)}


def tables(book: Book, rows: run.Rows) -> dict[str, pa.Table]:
    """Rows as Arrow tables with the columns the book declares, whether or not a row fills them."""
    from wenhou.engine import units

    kept = {
        "persons": {fact.name: fact.unit for fact in book.facts if fact.entity == "person"}
        | {link.name: "count" for link in book.links if not link.inverse_of},
        "households": {fact.name: fact.unit for fact in book.facts if fact.entity == "household"},
        "standards": {standard.name: standard.unit for standard in book.standards},
    }
    keys = {
        "persons": {"person": pa.int64(), "household": pa.int64()},
        "households": {"household": pa.int64(), "county": pa.string()},
        "standards": {"county": pa.string()},
    }
    found = {}
    for table, columns in kept.items():
        types = keys[table] | {
            name: TYPES.get(units.storage(unit), pa.int64()) for name, unit in columns.items()
        }
        given: list[Mapping[str, Any]] = list(getattr(rows, table))
        schema = pa.schema(list(types.items()))
        found[table] = pa.Table.from_pylist(
            [{name: row.get(name) for name in types} for row in given], schema
        )
    return found
