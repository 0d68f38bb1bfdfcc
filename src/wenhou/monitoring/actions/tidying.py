"""What runs wrote beside the database goes when nobody needs it: at once what a newer base replaces, the rest with age."""

import json
import shutil
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from wenhou.linkage import seen
from wenhou.monitoring.arrivals import bases
from wenhou.monitoring.enums import RunState
from wenhou.monitoring.gaps import asking as gaps
from wenhou.monitoring.models import Run
from wenhou.policy.runs import batches

UNDER_WAY = (RunState.QUEUED, RunState.RUNNING)


def tidy(run: Run) -> None:
    """After a run over everybody, or of an arrival, is done: drop what it replaces, and answers of days more than
    WENHOU_KEEP_DAYS before its own. Neither it nor what it stands on, nor the newest of each kind, is dropped."""
    for folder in _earlier(run):
        _drop_seen(folder, run)
        _drop_facts(folder, run)
    last = run.as_of - timedelta(days=settings.WENHOU_KEEP_DAYS)
    numbers = [int(folder.name) for folder in _earlier(run)]
    for number in Run.objects.filter(pk__in=numbers, as_of__lt=last).values_list("pk", flat=True):
        shutil.rmtree(bases.folder(number), ignore_errors=True)
    for days in (gaps.folder(run.as_of).parent, batches.folder(run.as_of).parent):
        _drop_days(days, last)


def _earlier(run: Run) -> Iterable[Path]:
    """Folders of runs begun before it."""
    found = bases.folder(run.pk).parent.glob("[0-9]*")
    return sorted(folder for folder in found if folder.name.isdigit() and int(folder.name) < run.pk)


def _drop_seen(folder: Path, run: Run) -> None:
    """What an earlier run saw, and its changes where `run` has them too."""
    if not (folder / seen.LIST).exists() or _is_needed(folder, run):
        return
    told = _told(folder)
    patterns = ["*.seen.parquet", *(f"{table.name}.*.{bases.CHANGED}.parquet" for table in bases.FACTS)]
    if not told or told["root"] == _told(bases.folder(run.pk))["root"]:
        patterns.append(f"*.{bases.CHANGED}.parquet")
    for pattern in patterns:
        for path in folder.glob(pattern):
            path.unlink(missing_ok=True)
    (folder / seen.LIST).unlink(missing_ok=True)


def _drop_facts(folder: Path, run: Run) -> None:
    """What an earlier run over everybody answered from, unless `run` stands on it."""
    facts = [bases.path(int(folder.name), table) for table in bases.FACTS]
    if int(folder.name) == bases.root_of(run.pk) or not facts[0].exists() or _is_needed(folder, run):
        return
    for path in facts:
        path.unlink(missing_ok=True)


def _is_needed(folder: Path, run: Run) -> bool:
    """Whether an earlier run is under way, or the base of a later day or of other indicators."""
    earlier = Run.objects.filter(pk=int(folder.name)).first()
    if earlier is None:
        return False
    if earlier.state in UNDER_WAY or earlier.as_of > run.as_of:
        return True
    told = _told(folder)
    is_same = not told or told["asked"] == _told(bases.folder(run.pk))["asked"]
    return earlier.as_of == run.as_of and not is_same


def _told(folder: Path) -> dict[str, Any]:
    path = folder / bases.TOLD
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return told


def _drop_days(folder: Path, last: date) -> None:
    days = sorted(day for day in folder.glob("????-??-??") if day.is_dir())
    for day in days[:-1]:
        if day.name < last.isoformat():
            shutil.rmtree(day, ignore_errors=True)
