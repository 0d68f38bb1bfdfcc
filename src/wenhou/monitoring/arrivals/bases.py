"""The base of the day: what the latest run over everybody answered, as arrivals have changed it since."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import wenhou
from wenhou.engine.plan import Plan
from wenhou.lake import files, store
from wenhou.linkage import seen
from wenhou.linkage.seen import Seen
from wenhou.monitoring.enums import RunKind, RunState
from wenhou.monitoring.models import Override, Run

TOLD = "base.json"
KEPT = {"root", "asked", "formulas", "standards", "taken_back"}
CHANGED, LAYER = "changed", "layer"


@dataclass(frozen=True)
class Base:
    """A run whose answers are about everybody. root: the full run it stands on, itself where it is one.

    asked: codes of the indicators it was asked, None for all. formulas: what the rules were. standards: by county, as
    text. taken_back: how many overrides had been when it began.
    """

    run: Run
    root: int
    asked: Sequence[str] | None
    formulas: str
    standards: Mapping[str, Mapping[str, str]]
    taken_back: int

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
    taken_back: int,
) -> None:
    """Make a run a base. Its answers and what it saw are there already."""
    told: dict[str, Any] = {"root": root, "asked": asked, "formulas": formulas, "taken_back": taken_back}
    told["standards"] = as_text(standards)
    with files.whole(folder(run.pk) / TOLD) as temporary:
        temporary.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def latest(as_of: date, asked: Sequence[str] | None = None) -> Base | None:
    """The newest of the day that stands and was asked the same."""
    for run in Run.objects.filter(state=RunState.DONE, as_of=as_of, division="").order_by("-pk"):
        path = folder(run.pk) / TOLD
        is_whole = path.exists() and (folder(run.pk) / seen.LIST).exists()
        told = json.loads(path.read_text(encoding="utf-8")) if is_whole else {}
        if told.keys() == KEPT and told["asked"] == (None if asked is None else list(asked)):
            return Base(run, **told)
    return None


def answers(run: int, entity: str) -> str:
    """SQL of everybody's answers as a run left them."""
    root = _root(run)
    whole = _file(folder(root) / f"{entity}s.parquet")
    if root == run:
        return f"select * from {whole}"
    over = changed(run, entity)
    return (
        f"select root.* from {whole} as root anti join {over} as laid using ({entity})"
        f" union all by name select * exclude (there) from {over} where there"
    )


def changed(run: int, entity: str) -> str:
    """The answers that arrivals changed since the root, the last of each: its columns, and `there`, false of who is known
    no more."""
    several = ", ".join(store.literal(str(path)) for path in laid(run, entity))
    rows = f"read_parquet([{several}])"
    last = f"select {entity}, max({LAYER}) as {LAYER} from {rows} group by {entity}"
    return f"(select * exclude ({LAYER}) from {rows} semi join ({last}) using ({entity}, {LAYER}))"


def laid(run: int, entity: str) -> list[Path]:
    """The layers over the root as a run left them, the earliest first."""
    return sorted(folder(run).glob(f"{entity}s.*.{CHANGED}.parquet"))


def layer(run: int, entity: str) -> Path:
    """The layer that a run lays itself."""
    return folder(run) / f"{entity}s.{run:08d}.{CHANGED}.parquet"


def formulas_of(plan: Plan) -> str:
    """SHA-256 of the formulas in force and of the product as it is installed."""
    told = sha256(f"{_product()}\n".encode())
    for name, tree in sorted(plan.trees.items()):
        told.update(f"{name}={tree!r}\n".encode())
    return told.hexdigest()


@cache
def _product() -> str:
    """SHA-256 of the product's own source: whatever is upgraded may answer otherwise."""
    told = sha256()
    for path in sorted(Path(wenhou.__file__).parent.rglob("*.py")):
        told.update(path.read_bytes())
    return told.hexdigest()


def holder(run: int, entity: str) -> int | None:
    """The run that has what a run answered: itself; once its changes are gone, the latest that stands on the same root
    and has asked since. None where the answers are no longer kept."""
    root = _root(run)
    if not (folder(root) / f"{entity}s.parquet").exists():
        return None
    if root == run or laid(run, entity):
        return run
    later = Run.objects.filter(state=RunState.DONE, kind=RunKind.ARRIVAL, pk__gt=run).order_by("-pk")
    stand = (pk for pk in later.values_list("pk", flat=True) if laid(pk, entity))
    return next((pk for pk in stand if _root(pk) == root), None)


def _root(run: int) -> int:
    path = folder(run) / TOLD
    return int(json.loads(path.read_text(encoding="utf-8"))["root"]) if path.exists() else run


def taken_back() -> int:
    """How many overrides somebody ever took back: what each held down is to be asked again."""
    return Override.objects.filter(ended_by__isnull=False).count()


def as_text(standards: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, str]]:
    """Standards by county, those that are there."""
    return {
        county: {name: str(value) for name, value in sorted(row.items()) if value is not None}
        for county, row in standards.items()
    }


def _file(path: Path) -> str:
    return f"read_parquet({store.literal(str(path))})"
