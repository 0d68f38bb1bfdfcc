"""How long backups are kept: those of the last `WENHOU_BACKUP_DAYS` days, and never fewer than the last two good ones."""

import os
from datetime import datetime, timedelta

from wenhou.base.errors import WenhouError
from wenhou.site.backups import lake
from wenhou.site.backups.repository import Repository

DAYS, ALWAYS = 30, 2
"""Ours (自拟): erasure reaches backups when the last one that holds the erased has gone."""


def days() -> int:
    """Raises WenhouError for a setting that is no number of days."""
    told = os.environ.get("WENHOU_BACKUP_DAYS") or str(DAYS)
    if not told.isdigit() or int(told) < 1:
        raise WenhouError("WENHOU_BACKUP_DAYS应是天数，至少1。")
    return int(told)


def destroy(repository: Repository, keep_days: int, *, now: datetime) -> int:
    """Remove backups that are older, and whatever only they needed; gives how many."""
    manifests = repository.manifests()
    old = lake.stamp(now - timedelta(days=keep_days))
    gone = [one for one in manifests[:-ALWAYS] if one["name"] < old]
    kept = [one for one in manifests if one not in gone]
    if not gone or not kept:
        return 0
    for one in gone:
        for name in (f"manifest/{one['name']}.json", *one["files"]):
            (repository.path / name).unlink(missing_ok=True)
    _sweep(repository, since=kept[0]["name"], start=kept[0]["start"], listings=[one["name"] for one in kept])
    return len(gone)


def _sweep(repository: Repository, *, since: str, start: str, listings: list[str]) -> None:
    for segment in repository.names("wal"):
        if len(segment) == len(start) and segment[8:] < start[8:]:
            (repository.path / "wal" / segment).unlink()
    needed: set[str] = set()
    for name in listings:
        needed |= set(repository.json(f"listing/{name}").values())
    for name in repository.names("seen"):
        if name < since:
            (repository.path / "seen" / name).unlink()
        else:
            needed |= set(repository.json(f"seen/{name}").values())
    for folder in repository.names("objects"):
        for name in set(repository.names(f"objects/{folder}")) - needed:
            (repository.path / lake.object_name(name)).unlink()
