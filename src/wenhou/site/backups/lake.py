"""Files of the lake (and what people uploaded): each content is kept once, each look says what it found anew."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from wenhou.site.backups import keys
from wenhou.site.backups.repository import Repository

FOLDERS = ("lake", "uploads")
PASSING = ("lake/scratch/",)
"""Work in progress: nobody's to read, and gone with its process."""
SEEN = "backup_seen.json"
Listing = dict[str, str]
"""Path below the home → name of its content."""


def look(home: Path, repository: Repository, key: bytes, at: datetime) -> Listing:
    """Keep what is there and was not kept yet; everything that is there."""
    known = _known(home, repository)
    found: dict[str, list[Any]] = {}
    anew: Listing = {}
    for path, told in _walk(home):
        before = known.get(path)
        if before and before[:2] == told:
            found[path] = before
            continue
        name = _keep(home / path, repository, key)
        if name:
            found[path], anew[path] = [*told, name], name
    if anew:
        repository.put_json(f"seen/{stamp(at)}", anew)
    (home / SEEN).write_text(json.dumps({"of": str(repository.path), "files": found}))
    return {path: name for path, (_, _, name) in found.items()}


def as_of(repository: Repository, moment: datetime | None, start: Listing, since: str) -> Listing:
    """What there was at a moment: the listing of a backup and the looks after it. Of a file that was replaced the one seen
    last before; one seen later only, because it may have been there already, with what was committed in between."""
    there, later = dict(start), dict[str, str]()
    for name in repository.names("seen"):
        if name <= since:
            continue
        told: Listing = repository.json(f"seen/{name}")
        if moment is None or name <= stamp(moment):
            there |= told
        else:
            later = told | later
    return later | there


def object_name(name: str) -> str:
    return f"objects/{name[:2]}/{name}"


def stamp(moment: datetime) -> str:
    """A name that sorts as time does: UTC to the microsecond."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%S.%f}"


def _walk(home: Path) -> Iterator[tuple[str, list[int]]]:
    for folder in FOLDERS:
        for path in sorted((home / folder).rglob("*")):
            told = str(path.relative_to(home))
            if not told.startswith(PASSING):
                try:
                    status = path.lstat()
                except FileNotFoundError:  # swept meanwhile
                    continue
                if path.is_file() and not path.is_symlink():
                    yield told, [status.st_size, status.st_mtime_ns]


def _keep(path: Path, repository: Repository, key: bytes) -> str:
    """The name of its content; '' where it has gone meanwhile."""
    try:
        name = keys.name_of(key, path)
        if not (repository.path / object_name(name)).exists():
            repository.put_file(object_name(name), path)
        return name
    except FileNotFoundError:
        return ""


def _known(home: Path, repository: Repository) -> dict[str, list[Any]]:
    """What an earlier look into the same folder has kept."""
    try:
        told = json.loads((home / SEEN).read_text())
    except (FileNotFoundError, ValueError):
        return {}
    return dict(told["files"]) if told.get("of") == str(repository.path) else {}
