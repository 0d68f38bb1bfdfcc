"""The base of the day: what the latest run over everybody answered, as arrivals have changed it since."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from wenhou.engine.plan import Plan
from wenhou.lake import files, store
from wenhou.linkage import seen
from wenhou.linkage.seen import Seen
from wenhou.monitoring.enums import RunState
from wenhou.monitoring.models import Run

TOLD = "base.json"
KEPT = {"root", "asked", "formulas", "standards"}
CHANGED = "changed"


@dataclass(frozen=True)
class Base:
    """A run whose answers are about everybody. root: the full run it stands on, itself where it is one.

    asked: codes of the indicators it was asked, None for all. formulas: what the rules were. standards: by county, as
    text.
    """

    run: Run
    root: int
    asked: Sequence[str] | None
    formulas: str
    standards: Mapping[str, Mapping[str, str]]

    @property
    def seen(self) -> Seen:
        return seen.recall(folder(self.run.pk))


def folder(run: int) -> Path:
    """judgements/<run>/: what a run answered, and what it saw."""
    return files.root() / "judgements" / f"{run:08d}"


def keep(
    run: Run,
    *,
    root: int,
    asked: Sequence[str] | None,
    formulas: str,
    standards: Mapping[str, Mapping[str, Any]],
) -> None:
    """Make a run a base. Its answers and what it saw are there already."""
    told = {"root": root, "asked": asked, "formulas": formulas, "standards": as_text(standards)}
    with files.whole(folder(run.pk) / TOLD) as temporary:
        temporary.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def latest(as_of: date, asked: Sequence[str] | None = None) -> Base | None:
    """The newest of the day that stands and was asked the same."""
    for run in Run.objects.filter(state=RunState.DONE, as_of=as_of, division="").order_by("-pk"):
        path = folder(run.pk) / TOLD
        told = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        if told.keys() == KEPT and told["asked"] == (None if asked is None else list(asked)):
            return Base(run, **told)
    return None


def answers(run: int, entity: str) -> str:
    """SQL of everybody's answers as a run left them."""
    path = folder(run) / TOLD
    root = json.loads(path.read_text(encoding="utf-8"))["root"] if path.exists() else run
    whole = _file(folder(root) / f"{entity}s.parquet")
    if root == run:
        return f"select * from {whole}"
    over = changed(run, entity)
    return (
        f"select root.* from {whole} as root anti join {over} as laid using ({entity})"
        f" union all by name select * exclude (there) from {over} where there"
    )


def changed(run: int, entity: str) -> str:
    """The answers that arrivals changed since the root: its columns, and `there`, false of who is known no more."""
    return _file(folder(run) / f"{entity}s.{CHANGED}.parquet")


def formulas_of(plan: Plan) -> str:
    """SHA-256 of the formulas in force."""
    told = sha256()
    for name, tree in sorted(plan.trees.items()):
        told.update(f"{name}={tree!r}\n".encode())
    return told.hexdigest()


def as_text(standards: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, str]]:
    """Standards by county, those that are there."""
    return {
        county: {name: str(value) for name, value in sorted(row.items()) if value is not None}
        for county, row in standards.items()
    }


def _file(path: Path) -> str:
    return f"read_parquet({store.literal(str(path))})"
