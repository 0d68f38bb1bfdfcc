"""Another threshold on days that are past: whom it would have raised, whom no longer, and what came of those concluded.

The indicator's own plan runs twice over the same facts of the lake, with the standards as they held and with one of them
changed; nothing is written. Facts are those known today of each day, people and households as they were published for it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import duckdb
import ibis

from wenhou.base.errors import Refused
from wenhou.divisions import codes
from wenhou.engine import plan as plans
from wenhou.engine import run, tracing
from wenhou.engine.backends.duckdb import DuckDB
from wenhou.engine.declared import Rule, Standard
from wenhou.engine.words import DEFAULT, SAMPLE_DAY
from wenhou.linkage import facts, sources
from wenhou.linkage.coverage import PATIENCE
from wenhou.monitoring import indicators
from wenhou.monitoring.enums import RunState
from wenhou.monitoring.models import Run
from wenhou.monitoring.worth import settled
from wenhou.monitoring.worth.settled import Settled
from wenhou.policy.actions import publications
from wenhou.policy.proposals import proposed
from wenhou.policy.standards import Row

__all__ = ["indicators"]

COUNTY = 6
TABLES = {
    "persons": "backtest_persons",
    "households": "backtest_households",
    "standards": "backtest_standards",
}

_ANSWERS = """
select answers.{entity} as key, answers."{name}" as answer, coalesce(home.division, people.place, '') as place
from "{table}" answers
join {who} people on people.{entity} = answers.{entity}
left join households home on home.household = people.household
"""
_HOUSEHOLDS = "(select household, division as place from households)"


@dataclass(frozen=True)
class Question:
    """tried: the standard with its new value; its division is the place it is tried at ('' or '00' is everywhere)."""

    indicator: str
    tried: Row
    since: date
    until: date
    division: str = ""


@dataclass(frozen=True)
class Line:
    """Distinct people or households of a place over all days: a yes before, a yes after, and what changed."""

    place: str
    before: int
    after: int
    added: int
    removed: int


@dataclass(frozen=True)
class BackTest:
    """What the other value would have done. unknown: before and after, on the last day.

    kept, removed: alerts of this indicator that people concluded about those who would be raised all the same, or no
    longer; added: alerts of other indicators they concluded about those who would be raised anew.
    """

    days: tuple[date, ...]
    total: Line
    counties: tuple[Line, ...]
    unknown: tuple[int, int]
    kept: Settled
    removed: Settled
    added: Settled


def days(since: date, until: date) -> tuple[date, ...]:
    """The days of finished runs between two days; the ends of months where there was none. Raises Refused."""
    if since > until:
        raise Refused(f"起日{since}晚于止日{until}，请对调。")
    done = Run.objects.filter(state=RunState.DONE, as_of__range=(since, until))
    found = tuple(done.order_by("as_of").values_list("as_of", flat=True).distinct())
    several = (since + timedelta(days=number) for number in range((until - since).days + 1))
    ends = tuple(day for day in several if (day + timedelta(days=1)).day == 1)
    if not (found or ends):
        raise Refused(f"{since}到{until}没有运行过监测，也没有月末可算，请把日子放宽。")
    return found or ends


def compare(question: Question, *, most: int | None = None) -> BackTest:
    """Both values on every day, or on the last `most`. Raises Refused where the indicator does not look at it."""
    rule, asked = check(question), days(question.since, question.until)[-most if most else None :]
    seen = _Seen()
    for day in asked:
        before, after = _both(question, rule, day)
        seen.add(before, after)
    return seen.result(question.indicator, rule.entity, asked)


def thresholds(code: str) -> list[Standard]:
    """The standards an indicator rests on, by name."""
    rule = DEFAULT.of_code(code)
    version = rule.versions[-1]
    names = tracing.behind(DEFAULT, version.parameters, version, rule.entity, as_of=SAMPLE_DAY)
    return [one for name in sorted(names) if isinstance(one := DEFAULT.declared.get(name), Standard)]


def check(question: Question) -> Rule:
    """The indicator asked about. Raises Refused where there is none, or it does not look at the standard."""
    rule = DEFAULT.indicators.get(question.indicator)
    if rule is None:
        raise Refused(f"没有编号为“{question.indicator}”的指标。")
    own = thresholds(question.indicator)
    if question.tried.name not in {one.name for one in own}:
        known = "、".join(f"“{one.label}”" for one in own) or "无"
        asked = proposed.labels().get(question.tried.name, question.tried.name)
        raise Refused(f"{question.indicator}不看“{asked}”，可以试的有：{known}。")
    return rule


Answers = Mapping[int, tuple[bool | None, str]]
"""Key → answer, and the place it counts for."""


def _both(question: Question, rule: Rule, day: date) -> tuple[Answers, Answers]:
    plan = plans.make(as_of=day, wanted=[question.indicator])
    views = sources.lake(day, patience=PATIENCE, anew=False)
    try:
        connection: duckdb.DuckDBPyConnection = views.backend.con
        wanted = {name for columns in plan.needs.values() for name in columns}
        tables = facts.tables(views, as_of=day, wanted=wanted)
        for name in ("persons", "households"):
            told = ibis.to_sql(getattr(tables, name), dialect="duckdb")
            connection.execute(f"create temp table {TABLES[name]} as {told}")
        own = _standards(connection, day, ())
        tried = _standards(connection, day, _tried(question, own.column("county").to_pylist(), day))
        return tuple(_answers(connection, plan, rule, table, question) for table in (own, tried))  # type: ignore[return-value]
    finally:
        views.backend.disconnect()


def _standards(connection: duckdb.DuckDBPyConnection, day: date, tried: Iterable[Row]) -> Any:
    query = f"select distinct county from {TABLES['households']} where county is not null order by county"
    counties = [row[0] for row in connection.execute(query).fetchall()]
    delivered = connection.execute("select * from sa_std").to_arrow_table().to_pylist()
    return publications.wide_table(as_of=day, counties=counties, delivered=delivered, tried=tried)


def _tried(question: Question, counties: Iterable[str], day: date) -> list[Row]:
    """The new value at each county it is tried at, so that no nearer value stands in its way."""
    return [
        replace(question.tried, division=county, since=day, until=None)
        for county in counties
        if county.startswith(question.division[:COUNTY])
    ]


def _answers(
    connection: duckdb.DuckDBPyConnection, plan: plans.Plan, rule: Rule, standards: Any, question: Question
) -> Answers:
    connection.register(TABLES["standards"], standards)
    batch = run.batch(plan, dict(TABLES), DuckDB(connection))
    try:
        entity = rule.entity
        table = batch.persons if entity == "person" else batch.households
        who = "people" if entity == "person" else _HOUSEHOLDS
        query = _ANSWERS.format(entity=entity, name=rule.name, table=table, who=who)
        rows = connection.execute(
            f"from ({query}) where starts_with(place, $place) and (answer or answer is null)",
            {"place": question.division},
        ).fetchall()
        return {key: (answer, place) for key, answer, place in rows}
    finally:
        batch.close()
        connection.unregister(TABLES["standards"])


class _Seen:
    """Who was a yes on any day, before and after."""

    def __init__(self) -> None:
        self.before: set[int] = set()
        self.after: set[int] = set()
        self.places: dict[int, str] = {}
        self.unknown = 0, 0

    def add(self, before: Answers, after: Answers) -> None:
        for answers, yes in ((before, self.before), (after, self.after)):
            yes |= {key for key, (answer, _) in answers.items() if answer}
            self.places |= {key: place for key, (answer, place) in answers.items() if answer}
        self.unknown = tuple(sum(answer is None for answer, _ in one.values()) for one in (before, after))  # type: ignore[assignment]

    def result(self, code: str, entity: str, asked: tuple[date, ...]) -> BackTest:
        added, removed, kept = self.after - self.before, self.before - self.after, self.before & self.after
        counties: dict[str, set[int]] = defaultdict(set)
        for key in self.before | self.after:
            counties[self.places[key][:COUNTY]].add(key)
        own = (code, asked[0], asked[-1])
        return BackTest(
            days=asked,
            total=self._line("", self.before | self.after),
            counties=tuple(self._line(county, keys) for county, keys in sorted(counties.items())),
            unknown=self.unknown,
            kept=settled.own(_subjects(entity, kept), *own),
            removed=settled.own(_subjects(entity, removed), *own),
            added=settled.others(_subjects(entity, added), *own),
        )

    def _line(self, place: str, keys: set[int]) -> Line:
        before, after = self.before & keys, self.after & keys
        return Line(place, len(before), len(after), len(after - before), len(before - after))


def _subjects(entity: str, keys: Iterable[int]) -> list[str]:
    return [f"{entity[0]}{key}" for key in keys]


def place(division: str | None) -> str:
    """A place as its prefix, '' for everywhere. Raises Refused for none that is one."""
    return codes.prefix(division) if division else ""
