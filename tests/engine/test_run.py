"""What a run refuses, what it lists as unfilled, and that a warm plan never answers from what it saw before."""

import pyarrow as pa
import pytest

from engine.conftest import tables
from engine.worlds import AS_OF, law
from wenhou.base.errors import Refused
from wenhou.engine import plan, run
from wenhou.engine.backends.duckdb import DuckDB
from wenhou.engine.faults import PlanFault

BOOK = law()
HOME = {"household": 1, "county": "A", "income": 1200}
STANDARD = {"county": "A", "dibao": 101, "threshold": 5}
ONE = {"person": 1, "household": 1, "is_dead": False, "category": "在家", "medical": 7}


def _made() -> plan.Plan:
    return plan.make(as_of=AS_OF, book=BOOK)


def test_a_warm_plan_sees_only_what_it_is_given() -> None:
    """DuckDB folds a statement prepared over an empty table into an empty answer; ours takes its rows as parameters."""
    empty = run.one(_made(), run.Rows([], []))
    assert (empty.persons, empty.households) == ({}, {})
    full = run.one(_made(), run.Rows([ONE], [HOME], [STANDARD]))
    assert full.households[1]["per_head"] == 100
    assert full.persons[1]["is_burdened"] is None
    assert run.one(_made(), run.Rows([], [HOME], [])).households[1]["per_head"] is None


def test_text_is_text_whatever_it_says() -> None:
    odd = ONE | {"category": "o'Neil\"; DROP TABLE x; --"}
    made = plan.make(as_of=AS_OF, book=BOOK, wanted=["counts", "category"])
    answers = run.one(made, run.Rows([odd], [HOME]))
    assert (answers.persons[1]["category"], answers.persons[1]["counts"]) == (odd["category"], True)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (run.Rows([ONE | {"medcal": 1}], [HOME]), "您是否想写“medical”？"),
        (run.Rows([ONE, ONE], [HOME]), "键有重复"),
        (run.Rows([{"household": 1}], [HOME]), "缺少键 person"),
        (run.Rows([ONE | {"medical": "7"}], [HOME]), "这里要 int，给的是 str"),
        (run.Rows([ONE | {"medical": True}], [HOME]), "这里要 int，给的是 bool"),
        (run.Rows([ONE | {"is_dead": 0}], [HOME]), "这里要 bool，给的是 int"),
    ],
)
def test_one_refuses_what_nobody_declared(rows: run.Rows, said: str) -> None:
    with pytest.raises(Refused, match=said):
        run.one(_made(), rows)


def test_a_fact_nobody_fills_is_unknown_and_listed() -> None:
    given = tables(BOOK, run.Rows([ONE], [HOME], [STANDARD]))
    given["persons"] = given["persons"].drop_columns(["medical", "mother"])
    found = run.batch(_made(), given, DuckDB())
    assert found.unfilled == ("medical", "mother")
    assert found.arrow("households").to_pylist() == [
        {"household": 1, "county": "A", "needs_help": None, "per_head": 100}
    ]
    found.close()


def test_without_standards_everything_else_still_runs() -> None:
    given = tables(BOOK, run.Rows([ONE], [HOME]))
    del given["standards"]
    found = run.batch(_made(), given, DuckDB())
    assert found.unfilled == ("dibao", "threshold")
    assert found.arrow("households").column("per_head").to_pylist() == [100]


def test_a_batch_refuses_keys_given_twice() -> None:
    rows = run.Rows([ONE], [HOME], [STANDARD, STANDARD])
    with pytest.raises(PlanFault, match="一个县有两行"):
        run.batch(_made(), tables(BOOK, rows), DuckDB())
    with pytest.raises(PlanFault, match="persons 的键有重复"):
        run.batch(_made(), tables(BOOK, run.Rows([ONE, ONE], [HOME], [STANDARD])), DuckDB())
    with pytest.raises(PlanFault, match="households 表缺少 county 列"):
        run.batch(_made(), tables(BOOK, rows) | {"households": pa.table({"household": [1]})}, DuckDB())
    with pytest.raises(PlanFault, match="没有“people”"):
        run.batch(_made(), {"people": "x"}, DuckDB())


@pytest.mark.parametrize(
    ("keys", "different"),
    [([], 0), ([7, 8, 9], 3), ([7, 8, 7], 2), ([-(2**62), 2**62, 5], 3), ([-(2**62), 2**62, 2**62], 2)],
)
def test_different_keys_are_counted_near_and_far_apart(keys: list[int], different: int) -> None:
    backend = DuckDB()
    backend.load("keys", pa.table({"person": pa.array(keys, pa.int64())}))
    assert backend.distinct("keys", "person") == different


def test_a_table_in_which_nothing_is_reckoned_is_not_kept_twice() -> None:
    backend = DuckDB()
    found = run.batch(_made(), tables(BOOK, run.Rows([ONE], [HOME], [STANDARD])), backend)
    assert [stage.table for stage in found.plan.stages if stage.plain] == ["household_0"]
    kept = backend.fetch("SELECT table_name FROM duckdb_tables()").column(0).to_pylist()
    assert sorted(kept) == sorted([found.households, found.persons])


def test_a_batch_leaves_nothing_behind() -> None:
    backend = DuckDB()
    run.batch(_made(), tables(BOOK, run.Rows([ONE], [HOME], [STANDARD])), backend).close()
    assert (
        backend.fetch(
            "SELECT table_name FROM duckdb_tables() UNION ALL SELECT view_name FROM duckdb_views() WHERE NOT internal"
        ).num_rows
        == 0
    )


def test_answers_read_once_are_put_together_as_they_are_read() -> None:
    given = tables(BOOK, run.Rows([ONE], [HOME], [STANDARD]))
    kept, seen = DuckDB(), DuckDB()
    whole, once = run.batch(_made(), given, kept), run.prepare(_made(), given, seen, once=True).run()
    assert whole.arrow("persons") == once.arrow("persons")
    assert whole.arrow("households") == once.arrow("households")
    views = seen.fetch("SELECT view_name FROM duckdb_views() WHERE NOT internal").column(0).to_pylist()
    assert {once.persons, once.households} & set(views)
    once.close()
    assert not seen.fetch("SELECT table_name FROM duckdb_tables()").num_rows
    twice = run.prepare(
        _made(), tables(BOOK, run.Rows([ONE], [HOME], [STANDARD, STANDARD])), DuckDB(), once=True
    )
    with pytest.raises(PlanFault, match="一个县有两行"):
        twice.run()
