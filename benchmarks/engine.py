"""How fast the mill runs: a batch of households and one household warm, over some sixty invented columns.

    python benchmarks/engine.py [households]

Prints seconds for the batch and milliseconds (min, median, p95) for one household with its middle columns.
"""

import sys
import time
from datetime import date
from statistics import median, quantiles
from typing import Any

import duckdb

from wenhou.base.month import months_before
from wenhou.engine import Book, explain, full_years, household, months, person, plan, run, when
from wenhou.engine.backends.duckdb import DuckDB

AS_OF = date(2026, 1, 31)
AMOUNTS = 20
INDICATORS = 30


def book() -> Book:
    """Facts, a means test in small, and thirty indicators over people and households."""
    law = Book()
    law.fact("birth_date", person, kind="date", label="出生日期")
    law.fact("detained_on", person, kind="date", label="收监日期")
    law.fact("is_dead", person, label="已死亡")
    for number in range(AMOUNTS):
        law.fact(f"amount_{number}", person, unit="fen", label=f"金额{number}")
    law.fact("on_register", household, label="在册")
    law.standard("dibao_standard", unit="fen/month", label="低保标准")
    law.link("father", label="父亲")

    @law.rule(person, unit="years")
    def age(birth_date: Any, as_of: date) -> Any:
        """周岁."""
        return full_years(birth_date, as_of)

    @law.rule(person)
    def was_detained_lately(detained_on: Any, as_of: date) -> Any:
        """近6个月收监."""
        return (detained_on >= months_before(as_of, 6)).fill(False)

    for number in range(INDICATORS):
        _indicator(law, number)
    return law


def _indicator(law: Book, number: int) -> None:
    first, second = f"amount_{number % AMOUNTS}", f"amount_{(number * 7 + 3) % AMOUNTS}"

    @law.rule(household, unit="fen", name=f"total_{number}")
    def total(members: Any) -> Any:
        """成员金额合计."""
        return members.where(members.age >= number % 10).__getattr__(first).sum()

    @law.indicator(
        f"X{number:02d}",
        household,
        type="主动发现",
        weight=10,
        basis=(f"total_{number}",),
        name=f"watch_{number}",
    )
    def watch(members: Any, dibao_standard: Any, on_register: Any) -> Any:
        """金额超过标准，或有成员近期收监而同户有老人."""
        heavy = getattr(members, first).sum() > months(number % 6 + 1) * dibao_standard * members.count()
        burdened = members.was_detained_lately.any() & (members.age >= 60).any()
        return ~on_register & (heavy | burdened)

    @law.indicator(f"Y{number:02d}", person, type="应退尽退", weight=10, basis=(), name=f"look_{number}")
    def look(father: Any, age: Any, is_dead: Any) -> Any:
        """本人在世而父亲已故."""
        return when(is_dead, False, (age < 18 + number) & father.is_dead)

    del total, watch, look, second


POPULATION = """
CREATE TABLE persons AS SELECT i AS person, i // 3 AS household,
  DATE '1940-01-01' + CAST(hash(i) % 30000 AS INTEGER) AS birth_date,
  CASE WHEN hash(i, 1) % 50 = 0 THEN DATE '2025-01-01' + CAST(hash(i, 2) % 390 AS INTEGER) END AS detained_on,
  CASE hash(i, 3) % 20 WHEN 0 THEN true WHEN 1 THEN NULL ELSE false END AS is_dead,
  CASE WHEN i % 3 = 2 THEN i - 1 END AS father, {amounts} FROM range({n} * 3) t(i);
CREATE TABLE households AS SELECT i AS household, '64010' || (i % 7) AS county,
  CASE hash(i, 4) % 10 WHEN 0 THEN true WHEN 1 THEN NULL ELSE false END AS on_register FROM range({n}) t(i);
CREATE TABLE standards AS SELECT '64010' || i AS county, 76500 + i AS dibao_standard FROM range(6) t(i);
"""


def population(households: int) -> duckdb.DuckDBPyConnection:
    """Three people a household, an unknown here and there, one county without a standard."""
    amount = "CASE WHEN hash(i, {0}) % 30 = 0 THEN NULL ELSE CAST(hash(i, {0}) % 300000 AS BIGINT) END AS amount_{1}"
    amounts = ", ".join(amount.format(number + 10, number) for number in range(AMOUNTS))
    connection = duckdb.connect(":memory:")
    connection.execute(POPULATION.format(n=households, amounts=amounts))
    return connection


def main() -> None:
    households = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    law, backend = book(), DuckDB(population(households))
    tables = {"persons": "persons", "households": "households", "standards": "standards"}
    began = time.perf_counter()
    many = plan.make(as_of=AS_OF, book=law)
    many.queries("duckdb")
    print(
        f"plan        {time.perf_counter() - began:8.3f} s  {len(many.persons) + len(many.households)} answers"
    )
    began = time.perf_counter()
    found = run.batch(many, tables, backend)
    print(
        f"batch       {time.perf_counter() - began:8.3f} s  {households} households, {households * 3} persons"
    )
    found.close()
    _one(law, tables, backend)


def _one(law: Book, tables: dict[str, str], backend: DuckDB) -> None:
    explained = plan.make(as_of=AS_OF, book=law)
    began = time.perf_counter()
    rows = [run.neighbourhood(explained, tables, backend, [number]) for number in range(20)]
    run.one(explained, rows[0])
    print(f"one, cold   {time.perf_counter() - began:8.3f} s  {len(explained.columns)} columns")
    for title, act in (("one, warm", _answer), ("with trees", _trees)):
        times = []
        for number in range(200):
            began = time.perf_counter()
            act(explained, rows[number % 20], number % 20)
            times.append((time.perf_counter() - began) * 1000)
        p95 = quantiles(times, n=20)[18]
        print(f"{title:11s} {min(times):8.2f} ms min {median(times):8.2f} ms median {p95:8.2f} ms p95")


def _answer(explained: plan.Plan, rows: run.Rows, _: int) -> run.Answers:
    return run.one(explained, rows)


def _trees(explained: plan.Plan, rows: run.Rows, key: int) -> None:
    answers = run.one(explained, rows)
    asked = [(name, key) for name, (entity, _) in explained.trees.items() if entity == "household"]
    explain.trees(explained, answers, asked)


if __name__ == "__main__":
    main()
