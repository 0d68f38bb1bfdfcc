"""Why a gap is one: the trees of what is due and what is had, from the rows of the day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from wenhou.engine import explain, run
from wenhou.engine.backends.duckdb import DuckDB
from wenhou.engine.reasons import Reason, to_json
from wenhou.lake import door
from wenhou.monitoring.gaps.asking import Asked
from wenhou.monitoring.gaps.comparing import Finding
from wenhou.monitoring.gaps.enums import GapKind
from wenhou.monitoring.gaps.readings import BY_CODE, Reading
from wenhou.monitoring.models import Gap
from wenhou.policy.asking import lacking
from wenhou.policy.runs import batches

AT_ONCE = 100  # households whose rows are fetched together
MEMORY = "512MB"


@dataclass(frozen=True)
class Why:
    """A tree, and of a refusal the conditions it lacks, in words."""

    tree: dict[str, Any]
    lacks: tuple[str, ...] = ()


class _Anybody:
    """Names nobody: what is told of a family names nobody."""

    def name_of(self, entity: str, key: int) -> str:
        return "本户" if entity == "household" else "一名成员"


def unfounded(asked: Asked, findings: Iterable[Finding]) -> Iterator[tuple[Finding, Why]]:
    """Why each is not due any more, with the tree to freeze."""
    by_item: dict[str, list[Finding]] = {}
    for one in findings:
        by_item.setdefault(one.item, []).append(one)
    for several in by_item.values():
        keeps, told_why = several[0].reading.keeps, several[0].reading.told_why
        plan = batches.plan_of(asked.plan.as_of, asked.part.region, (keeps, told_why))
        for start in range(0, len(several), AT_ONCE):
            some = several[start : start + AT_ONCE]
            read = run.one(plan, asked.neighbourhood(plan, {one.household for one in some}))
            for one in some:
                lacks = lacking.conditions(_Anybody(), explain.tree(plan, read, told_why, one.key))
                yield one, Why(to_json(explain.tree(plan, read, keeps, one.key), once=True), lacks)


def names(reading: Reading, kind: str) -> tuple[str, ...]:
    """What a page explains of a gap: why it is due or not, what is had, and the amounts, in this order."""
    told: tuple[str, ...]
    if kind == GapKind.UNFOUNDED:
        told = (reading.keeps, reading.holds)
    elif kind == GapKind.SHORT:
        told = (reading.due, reading.received, reading.has)
    else:
        told = (reading.owed, reading.screen, reading.has, reading.due)
    return tuple(dict.fromkeys(name for name in told if name))


def shown(gap: Gap, reader: door.Reader) -> list[dict[str, Any]]:
    """`trees` of a gap for who asks to see it. Raises NotAllowed."""
    door.ask(reader, gap.division, gap.copy_division)
    return trees(gap.item, gap.kind, gap.subject, gap.household or 0, as_of=gap.as_of)


def trees(item: str, kind: str, subject: str, household: int, *, as_of: date) -> list[dict[str, Any]]:
    """The trees of one gap from the applications of a day; none where they are no longer kept."""
    reading = BY_CODE[item]
    if not all((batches.folder(as_of) / f"{name}.parquet").exists() for name in batches.TABLES):
        return []
    with batches.opened(as_of, memory=MEMORY) as applications:
        told = applications.connection.execute(
            "select county from households where household = $household", {"household": household}
        ).fetchone()
        if told is None:
            return []
        region = next(iter(batches.grouped([told[0]], batches.answers.declare())))
        plan = batches.plan_of(as_of, region, names(reading, kind))
        rows = run.neighbourhood(plan, applications.tables, DuckDB(applications.connection), [household])
        read = run.one(plan, rows)
        return [
            to_json(reason, once=True)
            for reason in _reasons(plan, read, names(reading, kind), int(subject[1:]))
        ]


def _reasons(plan: Any, read: Any, wanted: Iterable[str], key: int) -> Iterator[Reason]:
    for name in wanted:
        if name in plan.rests_on:
            yield explain.tree(plan, read, name, key)
