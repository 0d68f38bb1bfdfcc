"""How well a run found what is known to be so: recall and precision against a synthetic place's truth."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from wenhou.base.errors import Refused
from wenhou.engine.words import DEFAULT
from wenhou.lake import parquet, store, vault
from wenhou.monitoring import indicators
from wenhou.monitoring.arrivals import bases
from wenhou.monitoring.enums import RunState
from wenhou.monitoring.models import Run

__all__ = ["indicators"]

COLUMNS = ("subject_kind", "id_no", "household_no", "indicator", "need", "expected", "why", "error")
HOUSEHOLD_KINDS = frozenset({"household", "h", "户"})


@dataclass(frozen=True)
class Truth:
    """One line of the truth, with the subject as the run names it; None where nobody is known by that number."""

    subject: str | None
    shown: str
    indicator: str
    need: str
    expected: bool
    why: str
    error: str


@dataclass
class Tally:
    """Counts of one indicator or need."""

    expected: int = 0
    found: int = 0
    false: int = 0

    def as_row(self) -> dict[str, Any]:
        said = self.found + self.false
        return {
            "expected": self.expected,
            "found": self.found,
            "missed": self.expected - self.found,
            "false": self.false,
            "recall": _share(self.found, self.expected),
            "precision": _share(self.found, said),
        }


@dataclass
class _Score:
    total: Tally = field(default_factory=Tally)
    indicators: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    needs: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    missed: list[dict[str, str]] = field(default_factory=list)
    false: list[dict[str, str]] = field(default_factory=list)

    def count(self, name: str, *, code: str, need: str) -> None:
        for tally in (self.total, self.indicators[code], *([self.needs[need]] if need else [])):
            setattr(tally, name, getattr(tally, name) + 1)


def score(truth: Path) -> dict[str, Any]:
    """The latest finished run against a truth file. Raises Refused where there is no run or the file is not one."""
    run = Run.objects.filter(state=RunState.DONE).order_by("-id").first()
    if run is None:
        raise Refused("还没有完成的监测运行，请先运行 wenhou watch run --as-of 日期。")
    yes, asked = _verdicts(run)
    told = _score(_truths(truth, run.as_of), yes, asked)
    return {
        "run": run.pk,
        "as_of": str(run.as_of),
        **{key: told.total.as_row()[key] for key in ("recall", "precision", "expected", "found", "false")},
        "indicators": {code: tally.as_row() for code, tally in sorted(told.indicators.items())},
        "needs": {need: tally.as_row() for need, tally in sorted(told.needs.items())},
        "missed": told.missed,
        "false_alerts": told.false,
    }


def _score(truths: list[Truth], yes: set[tuple[str, str]], asked: frozenset[str]) -> _Score:
    told = _Score()
    known = {(one.indicator, one.subject): one for one in truths if one.subject and one.indicator in asked}
    for one in truths:
        if one.indicator not in asked or not one.expected:
            continue
        told.count("expected", code=one.indicator, need=one.need)
        if one.subject and (one.indicator, one.subject) in yes:
            told.count("found", code=one.indicator, need=one.need)
        else:
            told.missed.append(_line(one))
    for code, subject in sorted(yes):
        line = known.get((code, subject))
        if line is None or not line.expected:
            told.count("false", code=code, need=line.need if line else "")
            told.false.append(_line(line) if line else _unforeseen(code, subject))
    return told


def _line(one: Truth) -> dict[str, str]:
    reason = {"why": one.why, "error": one.error}
    return {"indicator": one.indicator, "subject": one.subject or one.shown, "need": one.need, **reason}


def _unforeseen(code: str, subject: str) -> dict[str, str]:
    return {"indicator": code, "subject": subject, "need": "", "why": "真相中没有这一条", "error": ""}


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 6) if whole else None


def _verdicts(run: Run) -> tuple[set[tuple[str, str]], frozenset[str]]:
    """(indicator, subject) of every yes, and the indicators that were asked."""
    yes: set[tuple[str, str]] = set()
    asked = set()
    with store.connect(memory="512MB") as connection:
        for entity in ("person", "household"):
            table = f"({bases.answers(run.pk, entity)})"
            there = {row[0] for row in connection.execute(f"describe select * from {table}").fetchall()}
            for code, rule in DEFAULT.indicators.items():
                if rule.entity == entity and rule.name in there:
                    asked.add(code)
                    rows = connection.execute(f'select {entity} from {table} where "{rule.name}"').fetchall()
                    yes |= {(code, f"{entity[0]}{row[0]}") for row in rows}
    return yes, frozenset(asked)


def _truths(path: Path, as_of: date) -> list[Truth]:
    rows = _read(path)
    keys = _keys(str(row["id_no"]) for row in rows if row["id_no"])
    homes, numbers = _households(as_of)
    return [_truth(row, keys, homes, numbers) for row in rows]


def _truth(
    row: dict[str, Any], keys: dict[str, int], homes: dict[int, int], numbers: dict[str, int]
) -> Truth:
    key = keys.get(row["id_no"] or "")
    if row["subject_kind"] in HOUSEHOLD_KINDS:
        home = homes.get(key) if key is not None else None
        home = home if home is not None else numbers.get(row["household_no"] or "")
        subject, shown = (f"h{home}" if home is not None else None), row["household_no"] or "?"
    else:
        subject, shown = (f"p{key}" if key is not None else None), "身份证号不在库"
    return Truth(
        subject=subject,
        shown=shown,
        indicator=row["indicator"],
        need=row["need"] or "",
        expected=bool(row["expected"]),
        why=row["why"] or "",
        error=str(row["error"] or ""),
    )


def _read(path: Path) -> list[dict[str, Any]]:
    try:
        with duckdb.connect(":memory:") as connection:
            found = connection.execute(f"select {', '.join(COLUMNS)} from read_parquet(?)", [str(path)])
            return found.to_arrow_table().to_pylist()
    except duckdb.Error:
        raise Refused(f"“{path.name}”不是真相文件：应为含 {'、'.join(COLUMNS)} 各列的 Parquet。") from None


def _keys(numbers: Iterable[str]) -> dict[str, int]:
    return vault.keys_of(set(numbers))


def _households(as_of: date) -> tuple[dict[int, int], dict[str, int]]:
    """Person key → household, and household number → household, as the registry published them."""
    with store.connect(memory="512MB") as connection:
        people, households = (_published(name, as_of) for name in ("people", "households"))
        query = f"select person, household from {people} where household is not null"
        homes = dict(connection.execute(query).fetchall())
        numbers = dict(connection.execute(f"select household_no, household from {households}").fetchall())
    return homes, numbers


def _published(name: str, as_of: date) -> str:
    path = store.published(name, as_of)
    assert path is not None, name
    return parquet.file(path)
