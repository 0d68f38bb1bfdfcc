"""One household alone, its row in the batch, and Spark: the same answer."""

import pytest
from hypothesis import HealthCheck, given, settings

from engine.conftest import in_batch, tables
from engine.worlds import AS_OF, law, populations
from wenhou.engine import plan, run
from wenhou.engine.backends.duckdb import DuckDB

BOOK = law()
WANTED = tuple(rule.name for rule in BOOK.rules)
GENTLY = {"deadline": None, "derandomize": True, "suppress_health_check": [HealthCheck.too_slow]}


@settings(max_examples=40, **GENTLY)
@given(populations())
def test_one_is_its_row_in_the_batch(rows: run.Rows) -> None:
    backend = DuckDB()
    batch = in_batch(BOOK, rows, backend, wanted=WANTED)
    together = plan.make(as_of=AS_OF, book=BOOK, wanted=WANTED)
    assert run.one(together, rows) == batch
    names = {}
    for table, content in tables(BOOK, rows).items():
        backend.load(f"given_{table}", content)
        names[table] = f"given_{table}"
    for home in batch.households:
        near = run.neighbourhood(together, names, backend, [home])
        alone = run.one(together, near)
        assert alone.households[home] == batch.households[home]
        here = {key for key, row in batch.persons.items() if row["household"] == home}
        assert {key: alone.persons[key] for key in here} == {key: batch.persons[key] for key in here}


@pytest.mark.spark
@settings(max_examples=4, **GENTLY, database=None)
@given(rows=populations())
def test_spark_agrees(spark_backend, rows: run.Rows) -> None:
    assert in_batch(BOOK, rows, spark_backend, wanted=WANTED) == in_batch(BOOK, rows, DuckDB(), wanted=WANTED)


def test_the_order_of_people_is_nothing() -> None:
    rows = run.Rows(
        [{"person": key, "household": 1, "medical": key * 1000, "is_dead": False, "category": "在家"} for key in (1, 2, 3)],
        [{"household": 1, "county": "A", "income": 0}],
        [{"county": "A", "dibao": 100, "threshold": 5}],
    )  # fmt: skip
    made = plan.make(as_of=AS_OF, book=BOOK, wanted=WANTED)
    turned = run.Rows(rows.persons[::-1], rows.households, rows.standards)
    assert run.one(made, rows) == run.one(made, turned)
    assert run.one(made, rows).households[1]["needs_help"] is True
