"""The base of the day: what the latest run over everybody answered, as arrivals have changed it since."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import wenhou
from wenhou.engine.plan import Plan
from wenhou.lake import files, parquet
from wenhou.linkage import seen
from wenhou.linkage.seen import Seen
from wenhou.monitoring.enums import RunKind, RunState
from wenhou.monitoring.models import Override, Run

TOLD = "base.json"
KEPT = {"root", "asked", "formulas", "standards", "taken_back"}
CHANGED = "changed"


@dataclass(frozen=True)
class Table:
    """What is kept of everybody: the name of its files, and whose rows they are (person, household)."""

    name: str
    entity: str


ANSWERS = Table("persons", "person"), Table("households", "household")
FACTS = Table("person_facts", "person"), Table("household_facts", "household")
"""What the answers were reckoned from. It goes when no arrival can stand on it any more."""


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


def answered(entity: str) -> Table:
    """The answers about persons or households."""
    return next(table for table in ANSWERS if table.entity == entity)


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
        told_at = folder(run.pk) / TOLD
        is_whole = told_at.exists() and (folder(run.pk) / seen.LIST).exists()
        told = json.loads(told_at.read_text(encoding="utf-8")) if is_whole else {}
        if told.keys() == KEPT and told["asked"] == (None if asked is None else list(asked)):
            return Base(run, **told)
    return None


def answers(run: int, entity: str) -> str:
    """SQL of everybody's answers as a run left them."""
    return rows(run, answered(entity))


def rows(run: int, table: Table, columns: Collection[str] | None = None) -> str:
    """SQL of what a run left of everybody: all columns, or the key and those named."""
    root = root_of(run)
    layers = [] if root == run else laid(run, table)
    whole = parquet.file(path(root, table))
    names = [name for name in parquet.columns(path(root, table)) if name != table.entity]
    return over(whole, layers, table.entity, [name for name in names if columns is None or name in columns])


def over(whole: str, layers: Sequence[Path], entity: str, names: Sequence[str]) -> str:
    """SQL of a table (SQL, too) with layers laid over it, the earliest first: of each key and each of `names` what the
    latest layer says that has both. Who the latest says is not `there` is left out."""
    if not layers:
        return f"select {', '.join((entity, *_quoted(names)))} from {whole}"
    told = [
        (f"layer_{number}", parquet.file(one), parquet.columns(one)) for number, one in enumerate(layers)
    ][::-1]
    joined = " ".join(f"left join {one} as {name} using ({entity})" for name, one, _ in told)
    there = f"coalesce({', '.join(f'{name}.there' for name, *_ in told)}, true)"
    keys = " union ".join(f"select {entity} from {one}" for _, one, _ in told)
    came = f"(select {entity} from ({keys}) anti join {whole} as root using ({entity})) as came"

    def latest(otherwise: str) -> str:
        chosen = (_latest(name, entity, told, otherwise.format(name)) for name in names)
        return ", ".join((entity, *chosen))

    known, new = latest('root."{}"'), latest("null")
    return (
        f"select {known} from {whole} as root {joined} where {there}"
        f" union all by name select {new} from {came} {joined} where {there}"
    )


def _latest(name: str, entity: str, told: Iterable[tuple[str, str, Collection[str]]], otherwise: str) -> str:
    """told: names, files and columns of layers, the latest first."""
    whens = (f'when {one}.{entity} is not null then {one}."{name}"' for one, _, has in told if name in has)
    cases = " ".join(whens)
    return f'{f"case {cases} else {otherwise} end" if cases else otherwise} as "{name}"'


def _quoted(names: Iterable[str]) -> Iterable[str]:
    return (f'"{name}"' for name in names)


def path(run: int, table: Table) -> Path:
    """The file of a run over everybody."""
    return folder(run) / f"{table.name}.parquet"


def laid(run: int, table: Table) -> list[Path]:
    """The layers over the root as a run left them, the earliest first."""
    return sorted(folder(run).glob(f"{table.name}.*.{CHANGED}.parquet"))


def layer(run: int, table: Table) -> Path:
    """The layer that a run lays itself."""
    return folder(run) / f"{table.name}.{run:08d}.{CHANGED}.parquet"


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
    root = root_of(run)
    table = answered(entity)
    if not path(root, table).exists():
        return None
    if root == run or laid(run, table):
        return run
    later = Run.objects.filter(state=RunState.DONE, kind=RunKind.ARRIVAL, pk__gt=run).order_by("-pk")
    stand = (pk for pk in later.values_list("pk", flat=True) if laid(pk, table))
    return next((pk for pk in stand if root_of(pk) == root), None)


def root_of(run: int) -> int:
    """The run over everybody on which a run stands: itself where it is one."""
    told = folder(run) / TOLD
    return int(json.loads(told.read_text(encoding="utf-8"))["root"]) if told.exists() else run


def taken_back() -> int:
    """How many overrides somebody ever took back: what each held down is to be asked again."""
    return Override.objects.filter(ended_by__isnull=False).count()


def as_text(standards: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, str]]:
    """Standards by county, those that are there."""
    return {
        county: {name: str(value) for name, value in sorted(row.items()) if value is not None}
        for county, row in standards.items()
    }
