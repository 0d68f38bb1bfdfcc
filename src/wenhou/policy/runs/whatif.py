"""What if a standard were another: who gains and loses, how much a month, what the cliff looks like, how many cases.

The same plan runs over the same applications with another table of standards; nothing else changes. Exact fen. Whatever
is unknown under either set is counted apart and never taken for a no.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

import pyarrow as pa

from wenhou.base.errors import Refused
from wenhou.base.month import Month
from wenhou.engine import nodes, units
from wenhou.engine.plan import Plan
from wenhou.engine.words import DEFAULT
from wenhou.policy import answers, standards
from wenhou.policy.proposals.changes import Casework, CategoryEffect, Cliff, Move
from wenhou.policy.proposals.effects import MONTHS, CountyEffect, Effects, MonthEffect, Question
from wenhou.policy.runs import batches, outcomes
from wenhou.policy.runs.batches import Applications, Prepared
from wenhou.policy.runs.doubtful import Doubtful, doubtful
from wenhou.policy.standards import Row

COUNTY_DIGITS = 6
STANDARDS = "whatif_standards"
TYPES = {"bool": pa.bool_(), "text": pa.string(), "date": pa.date32(), "decimal": pa.decimal128(18, 4)}


@dataclass(frozen=True)
class Comparison:
    """Everything a variant changes in the first month, by county and category, and the money of twelve months.

    as_of: the day of the applications. touched: the monthly amounts that rest on what was changed; unknown households
    are those where one of these, or the category, is unknown before or after.
    """

    as_of: date
    day: date
    touched: tuple[str, ...]
    counties: tuple[CountyEffect, ...]
    categories: tuple[CategoryEffect, ...]
    moves: tuple[Move, ...]
    casework: Casework
    cliff: tuple[Cliff, ...]
    months: tuple[MonthEffect, ...]
    doubtful: tuple[Doubtful, ...] = ()
    note: str = ""

    def effects(self) -> Effects:
        """Of every county and month, as a dry run keeps them."""
        return Effects(self.as_of, self.counties, self.months, self.note)


def compare(question: Question, *, memory: str | None = None) -> Comparison:
    """Compare two sets of standards over the latest applications of `question.as_of` or before. Raises Refused."""
    if len(question.division) > COUNTY_DIGITS and question.division[COUNTY_DIGITS:].strip("0"):
        raise Refused("试算到县一级为止：乡镇和村的标准请按所在县试算。")
    division = question.division[:COUNTY_DIGITS]
    with batches.opened(batches.latest(question.as_of), memory=memory) as applications:
        return Variants(applications, division=division, day=max(applications.as_of, question.since)).compare(
            question
        )


@dataclass
class Variants:
    """One plan over one day's applications, ready for any table of standards. day: of the formulas."""

    applications: Applications
    division: str
    day: date
    prepared: list[Prepared] = field(init=False)
    _known: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        tables = self.applications.tables | {"standards": STANDARDS}
        self._base = self.applications.connection.execute("select * from standards").to_arrow_table()
        self.start(self._base)
        self.prepared = list(
            batches.prepare(
                self.applications, day=self.day, wanted=outcomes.WANTED, division=self.division, tables=tables
            )
        )

    def table(self, rows: Iterable[Row], on: date) -> pa.Table:
        """The standards of a day by these rows; what they have no value for stays as it was published."""
        counties = self._base.column("county").to_pylist()
        told = {one["county"]: one for one in standards.wide(rows, counties, on)}
        made = {"county": pa.array(counties)}
        for name in self._names:
            kept = (
                self._base.column(name).to_pylist()
                if name in self._base.column_names
                else [None] * len(counties)
            )
            values = [told[county].get(name) for county in counties]
            made[name] = pa.array(
                [held if value is None else value for value, held in zip(values, kept, strict=True)],
                _type(name),
            )
        return pa.table(made)

    @property
    def _names(self) -> tuple[str, ...]:
        needed = {name for one in self.prepared for name in one.plan.needs["standards"]}
        return tuple(sorted(needed & set(DEFAULT.declared)))

    def start(self, table: pa.Table) -> None:
        """Put a variant's standards in place: all that a variant needs before it runs."""
        self.applications.connection.register(STANDARDS, table)

    def outcome(self, table: pa.Table) -> str:
        """Run a table of standards; the name of the table of outcomes. The same standards are run once."""
        key = _digest(table)
        if key not in self._known:
            name = f"whatif_outcome_{len(self._known)}"
            self.start(table)
            for number, one in enumerate(self.prepared):
                with one.run() as part:
                    outcomes.keep(self.applications.connection, part, name, first=number == 0)
            self._known[key] = name
        return self._known[key]

    def compare(self, question: Question) -> Comparison:
        """Before against after: the first month in full, twelve months in money."""
        days = _days(question.since)
        tables = [(self.table(question.before, day), self.table(question.after, day)) for day in days]
        touched = self.touched(tables[0])
        pairs = [(self.outcome(before), self.outcome(after)) for before, after in tables]
        compared = {
            pair: outcomes.Compared(self.applications.connection, *pair, touched)
            for pair in dict.fromkeys(pairs)
        }
        money = {pair: one.money() for pair, one in compared.items()}
        found = compared[pairs[0]]
        return Comparison(
            as_of=self.applications.as_of,
            day=self.day,
            touched=touched,
            counties=found.counties(),
            categories=found.categories(),
            moves=found.moves(),
            casework=found.casework(),
            cliff=found.cliff(),
            months=tuple(
                MonthEffect(f"{day:%Y-%m}", *money[pair]) for day, pair in zip(days, pairs, strict=True)
            ),
            doubtful=self._doubtful(tables[0]),
            note=_note(self.applications.as_of, touched),
        )

    def _doubtful(self, pair: tuple[pa.Table, pa.Table]) -> tuple[Doubtful, ...]:
        """Of what both sides have, as it was published; what is tried is nobody's standard yet."""
        before, after = pair
        same = [name for name in self._names if before.column(name) == after.column(name)]
        counties = [county for one in self.prepared for county in one.counties]
        return tuple(doubtful(self._base, same, counties))

    def touched(self, pair: tuple[pa.Table, pa.Table]) -> tuple[str, ...]:
        """The amounts that rest, at any depth, on a standard whose value differs."""
        before, after = pair
        changed = {name for name in self._names if before.column(name) != after.column(name)}
        found = {
            name for one in self.prepared for name in outcomes.MONEY if changed & _rests_on(one.plan, name)
        }
        return tuple(name for name in outcomes.MONEY if name in found)


def _days(since: date) -> list[date]:
    """The days on which each of twelve months is asked about: its first, and `since` itself in the first."""
    first = Month.of(since)
    return [max((first + number).first, since) for number in range(MONTHS)]


def _rests_on(plan: Plan, name: str) -> set[str]:
    found: set[str] = set()
    waiting = [name]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            if one in plan.trees:
                waiting.extend(nodes.names(plan.trees[one][1]))
    return found


def _type(name: str) -> pa.DataType:
    declared = DEFAULT.declared[name]
    return TYPES.get(units.storage(declared.unit), pa.int64())  # type: ignore[union-attr]


def _digest(table: pa.Table) -> str:
    return sha256(repr(sorted(table.to_pydict().items())).encode()).hexdigest()


def _note(as_of: date, touched: Sequence[str]) -> str:
    if not touched:
        return "这项标准不影响任何按月发放的金额。"
    labels: Mapping[str, Any] = answers.declare().declared
    told = "、".join(labels[name].label for name in touched)
    return f"按{as_of}的申请数据试算，只比较受影响的金额：{told}；任何一项不知道的户单独计数。"
