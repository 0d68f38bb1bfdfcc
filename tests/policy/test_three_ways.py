"""One household alone, its row in the batch, and Spark: the same answer to everything the law answers."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import HealthCheck, given, seed, settings

from engine.conftest import spark_backend as spark_backend
from engine.conftest import tables as as_tables
from policy.answers import ANSWERS, DEFAULT, HOUSEHOLDS, PERSONS
from policy.households import DAY, PLACE, applications, place, together
from wenhou.engine import plan, run
from wenhou.engine.backends import Backend
from wenhou.engine.backends.duckdb import DuckDB
from wenhou.engine.run import Rows
from wenhou.sandbox.law import tables

Told = dict[tuple[str, int], dict[str, Any]]
Tables = Mapping[str, pa.Table]


def _made() -> plan.Plan:
    return plan.make(as_of=DAY, region=PLACE, wanted=ANSWERS)


def _kept(persons: Any, households: Any) -> Told:
    """Only what the law answers, by whom it is about."""
    told: Told = {("person", row["person"]): {name: row[name] for name in PERSONS} for row in persons}
    return told | {
        ("household", row["household"]): {name: row[name] for name in HOUSEHOLDS} for row in households
    }


def _batch(given: Tables, backend: Backend) -> Told:
    found = run.batch(_made(), given, backend)
    told = _kept(*(found.arrow(name).to_pylist() for name in ("persons", "households")))
    found.close()
    return told


def _alone(given: Tables) -> Told:
    told: Told = {}
    for rows in _households(given):
        answers = run.one(_made(), rows)
        told |= _kept(answers.persons.values(), answers.households.values())
    return told


def _households(given: Tables) -> Iterator[Rows]:
    people: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in given["persons"].to_pylist():
        people[row["household"]].append(row)
    standards = {row["county"]: row for row in given["standards"].to_pylist()}
    for home in given["households"].to_pylist():
        yield Rows(people[home["household"]], [home], [standards[home["county"]]])


def _differences(one: Told, other: Told) -> list[tuple[tuple[str, int], str, Any, Any]]:
    assert one.keys() == other.keys()
    return [
        (whom, name, value, other[whom][name])
        for whom, row in one.items()
        for name, value in row.items()
        if value != other[whom][name] or type(value) is not type(other[whom][name])
    ]


def _needed(count: int, seed_: int) -> Tables:
    needs = _made().needs
    return tables(count, seed_, as_of=DAY, only={name for table in needs.values() for name in table})


def _drawn(count: int, number: int) -> Tables:
    """Applications of the Hypothesis strategy, as one batch's tables."""
    found: list[Rows] = []

    @seed(number)
    @settings(max_examples=count, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(applications(place()))
    def draw(rows: Rows) -> None:
        found.append(rows)

    draw()
    joined = together(found[:count], start=1_000)
    made = as_tables(DEFAULT, joined)
    needs = _made().needs
    return {
        name: table.select([c for c in table.column_names if c in needs[name] or c in ("person", "household", "county")])
        for name, table in made.items()
    }  # fmt: skip


def _joined(*several: Tables) -> Tables:
    """One batch of several: a Spark run costs the same for a hundred households as for ten thousand."""
    return {
        name: pa.concat_tables((one[name] for one in several), promote_options="permissive")
        for name in several[0]
    }


def _unequal(given: Tables, one: Backend, other: Backend) -> list[tuple[str, str, int]]:
    """Table, name, and how many rows two backends answer otherwise."""
    found: list[tuple[str, str, int]] = []
    both = [run.batch(_made(), given, backend) for backend in (one, other)]
    for table in ("persons", "households"):
        left, right = (batch.arrow(table) for batch in both)
        assert left.num_rows == right.num_rows
        for name in left.column_names:
            wrong = _differing(left[name], right[name].cast(left[name].type))
            found += [(table, name, wrong)] if wrong else []
    for batch in both:
        batch.close()
    return found


def _differing(left: pa.ChunkedArray, right: pa.ChunkedArray) -> int:
    same = pc.fill_null(pc.equal(left, right), False)
    unknown = pc.and_(pc.is_null(left), pc.is_null(right))
    return pc.sum(pc.invert(pc.or_(same, unknown))).as_py() or 0


@pytest.fixture(scope="module")
def drawn() -> Tables:
    return _joined(_drawn(120, 3), _needed(180, 3))


def test_alone_is_its_row_in_the_batch(drawn: Tables) -> None:
    assert _differences(_alone(drawn), _batch(drawn, DuckDB())) == []


@pytest.mark.spark
def test_spark_agrees(drawn: Tables, spark_backend: Backend) -> None:
    assert _unequal(drawn, spark_backend, DuckDB()) == []


@pytest.mark.slow
@pytest.mark.parametrize("number", range(20))
def test_a_hundred_thousand_alone_and_in_the_batch(number: int) -> None:
    given_ = _joined(_drawn(200, 100 + number), _needed(4_800, 100 + number))
    assert _differences(_alone(given_), _batch(given_, DuckDB())) == []


@pytest.mark.slow
@pytest.mark.spark
@pytest.mark.parametrize("number", range(2))
def test_a_hundred_thousand_on_spark(number: int, spark_backend: Backend) -> None:
    given_ = _joined(_drawn(1_000, 200 + number), _needed(49_000, 200 + number))
    assert _unequal(given_, spark_backend, DuckDB()) == []
