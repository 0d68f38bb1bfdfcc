"""A plan written down answers and tells the same when the code that made it is gone."""

import json
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings

from engine.conftest import in_batch, planned, tables
from engine.worlds import AS_OF, law, populations
from wenhou.engine import (
    Book,
    days_after,
    explain,
    frozen,
    household,
    nodes,
    person,
    plan,
    quantity,
    run,
    unknown,
    when,
)
from wenhou.engine.backends.duckdb import DuckDB

BOOK = law()
MADE = planned(BOOK)


def every_node() -> Book:
    """A rule for each kind of node and each kind of value."""
    book = Book()
    book.fact("area", household, unit="sqm", label="面积", sources=("DI17",), note="建筑面积")
    book.fact("born", person, kind="date", label="出生")
    book.fact("word", person, kind="text", label="字")
    book.standard("least_area", unit="sqm/person", label="标准面积", note="暂定")
    book.link("father", label="父亲")
    book.link("children", label="子女", inverse_of=("father",))
    book.rule(person, name="is_late", label="晚", law="第1条")(
        lambda born: days_after(born, 3) > date(2025, 2, 28)
    )
    book.rule(person, name="told", label="字样")(
        lambda word, father: word.isin(["甲", "乙"]) | father.is_known()
    )
    book.rule(person, name="with_father", label="与父")(
        lambda father, housemates: when(father.same_household(), housemates.are(father).any(), father.is_late)
    )
    book.rule(person, name="eldest", label="有更早的")(
        lambda children, born: children.where(children.born > born).same_household().any()
    )
    book.rule(household, name="is_small", label="小")(
        lambda area, least_area, members: (
            area < least_area * members.where(members.told).count() + Decimal("0.5")
        )
    )
    book.rule(household, name="first_born", label="最早", unit="date")(
        lambda members: members.born.min(empty=date(1, 1, 1))
    )
    book.rule(household, name="roomy", label="宽", unit="sqm", screen=True)(
        lambda area, is_small: when(is_small, unknown, area + quantity(Decimal("1.25"), "sqm"))
    )
    book.indicator("Z1", person, type="", weight=3, basis=("roomy",), sources=("DI01",), law="第2条")(watched)
    return book


def watched(with_father: Any, eldest: Any) -> Any:
    """看一看."""
    return with_father & ~eldest


def test_every_kind_of_node_comes_back_as_it_was() -> None:
    made = planned(every_node())
    found = frozen.load(frozen.dump(made))
    kinds = {type(part) for _, tree in made.trees.values() for part in nodes.walk(tree)}
    assert kinds == set(get_args(nodes.Node))
    assert (found.trees, found.persons, found.households) == (made.trees, made.persons, made.households)
    assert (found.as_of, found.region, found.needs, found.hops) == (
        made.as_of,
        made.region,
        made.needs,
        made.hops,
    )
    assert {name: found.book[name] for name in found.rests_on if name not in found.trees} == {
        name: made.book[name] for name in made.rests_on if name not in made.trees
    }
    assert frozen.dump(found) == frozen.dump(made)
    assert frozen.digest(found) == frozen.digest(made)


@settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(populations())
def test_a_replay_tells_the_same_bytes(rows: run.Rows) -> None:
    found = frozen.load(frozen.dump(MADE))
    before, after = run.one(MADE, rows), run.one(found, rows)
    assert before == after
    for name in (*MADE.persons, "P1"):
        for key in before.persons if MADE.book[MADE.book.codes.get(name, name)].entity == "person" else ():
            told = [
                explain.to_json(explain.tree(made, answers, name, key))
                for made, answers in ((MADE, before), (found, after))
            ]
            assert json.dumps(told[0]) == json.dumps(told[1])


def test_a_frozen_plan_runs_in_a_batch_too() -> None:
    rows = run.Rows(
        [{"person": 1, "household": 1, "medical": 7}], [{"household": 1, "county": "A", "income": 5}], []
    )
    batch = run.batch(frozen.load(frozen.dump(MADE)), tables(BOOK, rows), DuckDB())
    assert batch.arrow("households").to_pylist() == list(in_batch(BOOK, rows, DuckDB()).households.values())
    batch.close()


def test_rows_of_then_may_bring_what_the_plan_does_not_know() -> None:
    found = frozen.load(frozen.dump(plan.make(as_of=AS_OF, book=BOOK, wanted=["heads"])))
    row = {"person": 1, "household": 1, "medical": 7, "is_dead": False, "category": "在家", "later": 1}
    answers = run.one(found, run.Rows([row], [{"household": 1, "county": "A", "income": 5}]))
    assert answers.households[1] == {"household": 1, "county": "A", "heads": 1}


def test_the_digest_is_of_the_formulas_in_force() -> None:
    def digest(change: str = "") -> str:
        book = Book()
        book.fact("x", household, unit="fen", label="乙" if change == "label" else "甲")
        book.fact("other", household, unit="fen", label="无关")
        if change == "unused":
            book.fact("more", household, unit="fen", label="也无关")
        law = "第2条" if change == "law" else "第1条"
        book.rule(household, name="r", label="零", law=law)(lambda x: x > (2 if change == "formula" else 1))
        if change == "later":
            book.rule(household, name="r", label="零", since="2027-01")(lambda x: x > 5)
        return frozen.digest(plan.make(as_of=AS_OF, book=book, wanted=["r"]))

    assert digest() == digest("unused") == digest("later")
    assert len({digest(), digest("label"), digest("law"), digest("formula")}) == 4


@pytest.mark.parametrize("seed", ["0", "1", "2"])
def test_every_process_writes_the_same(seed: str) -> None:
    script = (
        "from engine.worlds import law; from engine.conftest import planned; from wenhou.engine import frozen;"
        " print(frozen.digest(planned(law())))"
    )
    paths = [str(path) for path in (Path(__file__).parents[1], Path(__file__).parents[2] / "src")]
    run_ = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:0] = {paths!r}; {script}"],
        env={"PYTHONHASHSEED": seed}, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    assert run_.stdout.strip() == frozen.digest(MADE)
