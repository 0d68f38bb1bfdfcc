"""How fast the mill runs, on two invented laws: of some 90 answers, and of the law's whole size.

    python benchmarks/engine.py [households] [law|watch]

Prints seconds for the batch and milliseconds (min, median, p95) for one household: answers alone, with every tree,
and with one tree as JSON. The law: 250 facts and standards, 400 rules over people, kin and households.
"""

import json
import sys
import time
from datetime import date
from inspect import Parameter, Signature
from resource import RUSAGE_SELF, getrusage
from statistics import median, quantiles
from typing import Any

import duckdb

from wenhou.base.month import months_before
from wenhou.engine import (
    Book,
    explain,
    floor_div,
    full_years,
    greatest,
    household,
    least,
    months,
    person,
    plan,
    run,
    when,
)
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


LAYERS, WIDE = 4, 50  # person and household rules of a layer; each rests on the layers before
MONEY, FLAGS, HOME_MONEY, LINES = 150, 30, 40, 15


def whole_law() -> Book:
    """Of the law's size: 250 facts and standards, 400 rules in layers, from people to households and back."""
    law = book()
    for number in range(AMOUNTS, MONEY):
        law.fact(f"amount_{number}", person, unit="fen", label=f"金额{number}")
    for number in range(FLAGS):
        law.fact(f"flag_{number}", person, label=f"情形{number}")
    for number in range(HOME_MONEY):
        law.fact(f"home_{number}", household, unit="fen", label=f"户金额{number}")
    for number in range(LINES):
        law.standard(f"line_{number}", unit="fen", label=f"标准{number}")
    law.link("children", label="子女", inverse_of=("father",))
    for layer in range(LAYERS):
        for number in range(WIDE):
            _person_rules(law, layer, number)
        for number in range(WIDE):
            _household_rules(law, layer, number)
    return law


def _person_rules(law: Book, layer: int, number: int) -> None:
    money, flag = f"amount_{(layer * WIDE + number) % MONEY}", f"flag_{number % FLAGS}"
    before = f"claim_{layer - 1}_{(number * 7 + 3) % WIDE}" if layer else money
    home = f"right_{layer - 1}_{number}" if layer else "on_register"

    def claims(father: Any, children: Any, age: Any, is_dead: Any, **told: Any) -> Any:
        grown = (age >= 16 + number % 5) & ~is_dead & ~told[flag]
        if number % 10 == 0:
            return when(grown | father.is_dead, least(told[money], told[before]), 0)
        if number % 10 == 1:
            return when(grown, children.where(~children.is_dead).__getattr__(before).sum(), told[money])
        paid = greatest(told[before] - floor_div(told[money] * 3, 10), 0)
        return when(grown & (told[money] > 100), paid, when(told[home].fill(False), told[money], 0))

    claims.__signature__ = _taking("father", "children", "age", "is_dead", money, flag, before, home)  # type: ignore[attr-defined]
    law.rule(person, unit="fen", name=f"claim_{layer}_{number}", label=f"应得{layer}-{number}", law="第1条")(
        claims
    )


def _household_rules(law: Book, layer: int, number: int) -> None:
    claim, money, line = f"claim_{layer}_{number}", f"home_{number % HOME_MONEY}", f"line_{number % LINES}"
    before = f"right_{layer - 1}_{(number * 3 + 1) % WIDE}" if layer else "on_register"

    def is_entitled(members: Any, dibao_standard: Any, **told: Any) -> Any:
        counted = members.where((members.age < 60) | members.flag_1)
        income = told[money] + getattr(counted, claim).sum()
        poor = income < dibao_standard * months(12) * members.count()
        near = (income < told[line]) & (told[money] <= told[line]) & ~told[before]
        return poor | near | (getattr(members, claim) > told[line]).any()

    is_entitled.__signature__ = _taking("members", "dibao_standard", claim, money, line, before)  # type: ignore[attr-defined]
    law.rule(household, name=f"right_{layer}_{number}", label=f"符合{layer}-{number}", law="第2条")(
        is_entitled
    )


def _taking(*names: str) -> Signature:
    own = [name for name in dict.fromkeys(names) if not name.startswith("claim_") or "children" in names]
    return Signature([Parameter(name, Parameter.KEYWORD_ONLY) for name in own])


POPULATION = """
CREATE TABLE persons AS SELECT i AS person, i // 3 AS household,
  DATE '1940-01-01' + CAST(hash(i) % 30000 AS INTEGER) AS birth_date,
  CASE WHEN hash(i, 1) % 50 = 0 THEN DATE '2025-01-01' + CAST(hash(i, 2) % 390 AS INTEGER) END AS detained_on,
  CASE hash(i, 3) % 20 WHEN 0 THEN true WHEN 1 THEN NULL ELSE false END AS is_dead,
  CASE WHEN i % 3 = 2 THEN i - 1 END AS father, {people} FROM range({n} * 3) t(i);
CREATE TABLE households AS SELECT i AS household, '64010' || (i % 7) AS county,
  CASE hash(i, 4) % 10 WHEN 0 THEN true WHEN 1 THEN NULL ELSE false END AS on_register, {homes} FROM range({n}) t(i);
CREATE TABLE standards AS SELECT '64010' || i AS county, 76500 + i AS dibao_standard, {lines} FROM range(6) t(i);
"""
AMOUNT = "CASE WHEN hash(i, {0}) % 30 = 0 THEN NULL ELSE CAST(hash(i, {0}) % 300000 AS BIGINT) END AS {1}"
FLAG = "CASE hash(i, {0}) % 30 WHEN 0 THEN NULL WHEN 1 THEN true ELSE false END AS {1}"


def population(households: int, law: Book) -> duckdb.DuckDBPyConnection:
    """Three people a household, an unknown here and there, one county without a standard."""

    def columns(table: list[Any], *, but: tuple[str, ...]) -> str:
        forms = ((FLAG if one.unit == "bool" else AMOUNT, one.name) for one in table if one.name not in but)
        return ", ".join(form.format(at, name) for at, (form, name) in enumerate(forms, start=10)) or "0 AS _"

    people = [one for one in law.facts if one.entity == "person"]
    homes = [one for one in law.facts if one.entity == "household"]
    connection = duckdb.connect(":memory:")
    connection.execute(
        POPULATION.format(
            n=households,
            people=columns(people, but=("birth_date", "detained_on", "is_dead")),
            homes=columns(homes, but=("on_register",)),
            lines=columns(list(law.standards), but=("dibao_standard",)),
        )
    )
    return connection


LAWS = {"watch": (book, None), "law": (whole_law, ("claim_3", "right_3"))}


def main() -> None:
    households = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    for title in sys.argv[2:] or list(LAWS):
        made, beginning = LAWS[title]
        law = made()
        wanted = beginning and [rule.name for rule in law.rules if rule.name.startswith(beginning)]
        print(f"{title}: {len(law.facts) + len(law.standards)} facts and standards, {len(law.rules)} rules")
        _measure(law, DuckDB(population(households, law)), households, wanted)


def _measure(law: Book, backend: DuckDB, households: int, wanted: list[str] | None) -> None:
    tables = {"persons": "persons", "households": "households", "standards": "standards"}
    began = time.perf_counter()
    made = plan.make(as_of=AS_OF, book=law, wanted=wanted)
    made.queries("duckdb")
    answers = len(made.persons) + len(made.households)
    print(
        f"plan        {time.perf_counter() - began:8.3f} s  {answers} answers, {len(made.columns)} columns,"
        f" {len(made.stages)} stages"
    )
    began = time.perf_counter()
    found = run.batch(made, tables, backend)
    print(
        f"batch       {time.perf_counter() - began:8.3f} s  {households} households, {households * 3} persons,"
        f" peak {getrusage(RUSAGE_SELF).ru_maxrss / 2**20:.1f} GiB"
    )
    found.close()
    _one(made, tables, backend)


def _one(made: plan.Plan, tables: dict[str, str], backend: DuckDB) -> None:
    rows = [run.neighbourhood(made, tables, backend, [number]) for number in range(20)]
    began = time.perf_counter()
    run.one(made, rows[0])
    print(
        f"one, cold   {time.perf_counter() - began:8.3f} s  {len(made.trees)} rules, {len(rows[0].persons)} persons"
    )
    for title, act in (("one, warm", _answer), ("with trees", _trees), ("tree JSON", _written)):
        times = []
        for number in range(200):
            began = time.perf_counter()
            act(made, rows[number % 20], number % 20)
            times.append((time.perf_counter() - began) * 1000)
        p95 = quantiles(times, n=20)[18]
        print(f"{title:11s} {min(times):8.2f} ms min {median(times):8.2f} ms median {p95:8.2f} ms p95")


def _answer(made: plan.Plan, rows: run.Rows, _: int) -> run.Answers:
    return run.one(made, rows)


def _trees(made: plan.Plan, rows: run.Rows, home: int) -> list[explain.Reason]:
    """Every rule of the household, and of everybody in it, with its tree."""
    answers = run.one(made, rows)
    keys = {
        "household": [home],
        "person": [row["person"] for row in rows.persons if row["household"] == home],
    }
    asked = [(name, key) for name, (entity, _) in made.trees.items() for key in keys[entity]]
    return list(explain.trees(made, answers, asked).values())


def _written(made: plan.Plan, rows: run.Rows, home: int) -> str:
    """One answer with its tree as a judgement keeps it: each rule of each subject in full once."""
    answers = run.one(made, rows)
    told = explain.tree(made, answers, made.households[-1], home)
    return json.dumps(explain.to_json(told, once=True), ensure_ascii=False)


if __name__ == "__main__":
    main()
