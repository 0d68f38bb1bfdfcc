"""Verdicts of those alone whom a difference touches, by the same facts, the same plan and the same words."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial

import duckdb

from wenhou.engine import plan as plans
from wenhou.engine import run as engine
from wenhou.engine.backends.duckdb import DuckDB
from wenhou.engine.declared import Rule
from wenhou.engine.plan import Plan
from wenhou.engine.words import DEFAULT
from wenhou.linkage import facts, nearby, touched
from wenhou.linkage.drawing import made_of, resting_on
from wenhou.linkage.fills import FILLS
from wenhou.linkage.nearby import Nearby
from wenhou.linkage.seen import Seen
from wenhou.linkage.speaking import places
from wenhou.linkage.touched import HOMES, TOUCHED, Everybody, Touched
from wenhou.linkage.whole import SCHEMA, Whole, whole
from wenhou.monitoring.arrivals import bases, choosing, known
from wenhou.monitoring.arrivals.bases import Base
from wenhou.monitoring.arrivals.choosing import ANSWERED, NEAR
from wenhou.monitoring.verdicts import HOUSEHOLDS, PERSONS, STANDARDS, Verdicts
from wenhou.policy.actions import publications

MOST = 0.1
"""Beyond this share of all people a full run costs less than asking each of them again (docs/reference/benchmarks.md)."""


@dataclass(frozen=True)
class Asked:
    """verdicts: None where what came can change no answer."""

    verdicts: Verdicts | None
    connection: duckdb.DuckDBPyConnection


@contextmanager
def again(base: Base, seen: Seen, *, as_of: date) -> Iterator[Asked]:
    """Ask about whomever it touches that the lake is no longer what the base saw. Raises Everybody."""
    everything = plans.make(as_of=as_of, wanted=base.asked)
    if bases.formulas_of(everything) != base.formulas:
        raise Everybody("指标或规则改过")
    lake = whole(seen)
    try:
        found = touched.find(base.seen, lake, as_of=as_of, drawn=made_of(_facts(everything)).names, most=MOST)
        told = _standards(lake, base, as_of)
        codes = _concerned(everything, found)
        if not codes or not _anybody(lake.connection):
            yield Asked(None, lake.connection)
            return
        plan = plans.make(as_of=as_of, wanted=codes)
        choosing.choose(lake.connection, plan, changed=None if found.everything else found.facts)
        anew = _facts(everything) if found.everything else _facts(everything) & found.facts
        chosen = _of_readings(anew, everything)
        views = known.tell(lake, base, as_of=as_of, anew=chosen, wanted=_facts(plan))
        with _answered(lake, views, plan, everything, told) as verdicts:
            yield Asked(verdicts, lake.connection)
    finally:
        lake.connection.close()


def warm(*, as_of: date) -> None:
    """Write beforehand, over nobody, what arrivals of the day will ask, as the base of the day stands; nothing without
    one."""
    base = bases.latest(as_of)
    if base is None:
        return
    everything, lake = plans.make(as_of=as_of), whole(base.seen)
    try:
        lake.connection.execute(f"create temp table {NEAR} (person bigint)")
        wanted = _facts(everything)
        views = Nearby(lake, NEAR, made_of(wanted))
        list(facts.pieces(views, as_of=as_of, wanted=wanted, places=places(lake)))
    finally:
        lake.connection.close()
    for contract in sorted(made_of(wanted).names):
        codes = _concerned(everything, Touched(resting_on([contract]), everything=False))
        if codes:
            _ = plans.make(as_of=as_of, wanted=codes).stages


def forget() -> None:
    """Let go of the queries written so far: another base begins."""
    facts.forget()
    nearby.forget()


def _facts(plan: Plan) -> set[str]:
    return {name for columns in plan.needs.values() for name in columns} & set(FILLS)


def _concerned(plan: Plan, found: Touched) -> list[str]:
    """Codes of the indicators that rest on what may have changed."""
    return [
        code
        for code, rule in _answered_by(plan).items()
        if found.everything or not found.facts.isdisjoint(plan.below(rule.name, *_basis(rule)))
    ]


def _answered_by(plan: Plan) -> dict[str, Rule]:
    given = {*plan.persons, *plan.households}
    return {code: rule for code, rule in sorted(DEFAULT.indicators.items()) if rule.name in given}


def _basis(rule: Rule) -> tuple[str, ...]:
    return tuple(rule.watch.basis) if rule.watch else ()


def _anybody(connection: duckdb.DuckDBPyConnection) -> bool:
    found = connection.execute(f"select exists(from {TOUCHED}) or exists(from {HOMES})").fetchone()
    return bool(found and found[0])


def _standards(lake: Whole, base: Base, as_of: date) -> dict[str, dict[str, object]]:
    """The standards of every county, as the base had them. Raises Everybody where they are others now."""
    counties = f"select distinct county from {SCHEMA}.households where county is not null"
    asked = {*base.standards, *(row[0] for row in lake.connection.execute(counties).fetchall())}
    delivered = lake.connection.execute(lake.rows("SA-STD")).to_arrow_table().to_pylist()
    table = publications.wide_table(as_of=as_of, counties=asked, delivered=delivered)
    told = {row["county"]: row for row in table.to_pylist()}
    now = bases.as_text(told)
    if any(now[county] != row for county, row in base.standards.items()):
        raise Everybody("保障标准改过")
    lake.connection.register("standards_now", table)
    lake.connection.execute(f"create temp table {STANDARDS} as from standards_now")
    return told


@contextmanager
def _answered(
    lake: Whole, views: Nearby, plan: Plan, everything: Plan, told: dict[str, dict[str, object]]
) -> Iterator[Verdicts]:
    connection = lake.connection
    inputs = {"persons": PERSONS, "households": HOUSEHOLDS, "standards": STANDARDS}
    batch = engine.batch(plan, inputs, DuckDB(connection))
    try:
        for entity, given in (("person", batch.persons), ("household", batch.households)):
            connection.execute(
                f"create temp table {entity}s_anew as"
                f' select * from "{given}" semi join {ANSWERED[entity]} using ({entity})'
            )
        behind = partial(known.behind, lake)
        yield Verdicts(plan.as_of, plan, views, "persons_anew", "households_anew", told, everything, behind)
    finally:
        batch.close()


def _of_readings(facts: set[str], everything: Plan) -> set[str]:
    """These facts, and what else is ever asked of the same readings: one query serves whatever comes."""
    readings = {FILLS[name].reading for name in facts}
    return {name for name in _facts(everything) if FILLS[name].reading in readings}
