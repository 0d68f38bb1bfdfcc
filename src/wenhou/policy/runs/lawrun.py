"""One run of the whole law: answers kept in the lake, and counts of what came out of it."""

from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import ceil
from pathlib import Path
from threading import Lock
from typing import Any

import duckdb

from wenhou.engine import explain, run
from wenhou.engine.backends.duckdb import DuckDB
from wenhou.lake import files, parquet
from wenhou.policy import answers
from wenhou.policy.proposals.changes import UNKNOWN
from wenhou.policy.runs import batches
from wenhou.policy.runs.batches import Part, Prepared
from wenhou.policy.runs.doubtful import Doubtful, doubtful, together


@dataclass
class Report:
    """What a run found. categories: county → category (不知道 where unknown) → households.

    verdicts: name → yes, no, unknown, of households or of people. lacking: label of a fact → how many of the households
    looked into lack it for their category; looked_into: how many unknown ones were. doubtful: standards that decided
    though overdue or provisional, or did not because they are missing.
    """

    as_of: date
    folder: Path
    households: int = 0
    persons: int = 0
    categories: dict[str, dict[str, int]] = field(default_factory=dict)
    verdicts: dict[str, dict[str, int]] = field(default_factory=dict)
    lacking: dict[str, int] = field(default_factory=dict)
    looked_into: int = 0
    doubtful: list[Doubtful] = field(default_factory=list)


def folder(as_of: date) -> Path:
    """Where a day's answers lie: persons*.parquet and households*.parquet."""
    return files.root() / "judgements" / "law" / f"{as_of:%Y-%m-%d}"


def carry_out(*, as_of: date, division: str = "", look_into: int = 200, memory: str | None = None) -> Report:
    """Run everything in the law over the applications of a day under a division, and keep the answers.

    look_into: of about how many households without a known category to find out which facts lack, shared among the
    counties. Raises Refused.
    """
    report, alone = Report(as_of, folder(as_of)), Lock()
    with batches.opened(as_of, memory=memory) as applications, ThreadPoolExecutor() as several:
        counties = len(applications.counties(division))
        begun = [
            several.submit(
                _answer, one, report, alone, f"-{division or 'all'}-{number}", Fraction(look_into, counties)
            )
            for number, one in enumerate(
                batches.prepare(applications, day=as_of, division=division, apart=True)
            )
        ]
        for one in begun:
            one.result()
    report.doubtful = together(report.doubtful)
    report.lacking = dict(sorted(report.lacking.items(), key=lambda told: (-told[1], told[0])))
    return report


def _answer(prepared: Prepared, report: Report, alone: Lock, suffix: str, look_into: Fraction) -> None:
    """One region's answers, kept and counted; regions run at once and count one after the other. look_into: how many
    households for each county."""
    with prepared.run() as part:
        _write(part, report.folder, suffix)
        with alone:
            _count(part, report)
            published = part.connection.table(part.tables["standards"]).to_arrow_table()
            report.doubtful += doubtful(published, part.plan.needs["standards"], part.counties)
            _look_into(part, report, ceil(look_into * len(part.counties)))


def _write(part: Part, where: Path, suffix: str) -> None:
    for name, table in (("persons", part.persons), ("households", part.households)):
        with files.whole(where / f"{name}{suffix}.parquet") as temporary:
            parquet.write(part.connection, f'from "{table}"', temporary, level=1)


def _count(part: Part, report: Report) -> None:
    connection = part.connection
    if answers.CATEGORY in part.plan.households:
        query = f"""select county, coalesce({answers.CATEGORY}, ?), count(*) from "{part.households}"
            group by all order by all"""
        for county, category, number in connection.execute(query, [UNKNOWN]).fetchall():
            report.categories.setdefault(county, {})[category] = number
    report.persons += _verdicts(connection, part, part.persons, part.plan.persons, report)
    report.households += _verdicts(connection, part, part.households, part.plan.households, report)


def _verdicts(
    connection: duckdb.DuckDBPyConnection, part: Part, table: str, names: tuple[str, ...], report: Report
) -> int:
    """Count yes, no and unknown of each verdict; gives the number of rows."""
    told = [name for name in names if part.plan.unit(name) == "bool"]
    columns = "".join(f', count("{name}"), sum("{name}"::tinyint)' for name in told)
    total, *found = connection.execute(f'select count(*){columns} from "{table}"').fetchone() or (0,)
    for at, name in enumerate(told):
        known, yes = found[2 * at : 2 * at + 2]
        held = report.verdicts.setdefault(name, {"yes": 0, "no": 0, "unknown": 0})
        for key, number in (
            ("yes", int(yes or 0)),
            ("no", known - int(yes or 0)),
            ("unknown", total - known),
        ):
            held[key] += number
    return int(total)


def _look_into(part: Part, report: Report, how_many: int) -> None:
    """Reasons of some households without a category, spread evenly over their keys."""
    if how_many <= 0 or answers.CATEGORY not in part.plan.households:
        return
    query = f"""select household from "{part.households}" where {answers.CATEGORY} is null
        order by hash(household), household limit ?"""
    keys = [row[0] for row in part.connection.execute(query, [how_many]).fetchall()]
    if not keys:
        return
    plan = batches.plan_of(part.plan.as_of, part.region, (answers.CATEGORY,))
    rows = run.neighbourhood(plan, part.tables, DuckDB(part.connection), keys)
    read = run.one(plan, rows)
    found = Counter(report.lacking)
    for key in keys:
        reason = explain.tree(plan, read, answers.CATEGORY, key)
        found.update({gap.label for gap in explain.gaps(reason)})
    report.lacking, report.looked_into = dict(found), report.looked_into + len(keys)


def by_category(report: Report) -> list[dict[str, Any]]:
    """A row for each county: its categories in the law's order, and those not known."""
    order = (*answers.CATEGORIES, UNKNOWN)
    told = {county: {one: found.get(one, 0) for one in order} for county, found in _sorted(report)}
    rows: list[dict[str, Any]] = [{"county": county} | numbers for county, numbers in told.items()]
    totals = {one: sum(numbers[one] for numbers in told.values()) for one in order}
    return [*rows, {"county": "合计"} | totals]


def _sorted(report: Report) -> Iterable[tuple[str, dict[str, int]]]:
    return sorted(report.categories.items())
