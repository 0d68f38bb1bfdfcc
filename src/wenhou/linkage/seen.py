"""What somebody saw of the lake: which parts there were, and the registry as it was published, kept beside."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from wenhou.lake import files, store
from wenhou.lake.models import Part, SamePerson
from wenhou.lake.store import Coverage
from wenhou.linkage.sources import PUBLISHED
from wenhou.registry.actions import publications

VISITS = "visits"
LIST = "parts.json"


@dataclass(frozen=True)
class SeenPart:
    """A part as it stood. `state` may change later; the rest does not. path: of its file, relative to the lake."""

    delivery: int
    contract: str
    division: str
    period_from: str
    period_to: str
    superseded_by: int | None
    taken_back: bool
    path: str

    @property
    def state(self) -> tuple[int | None, bool]:
        return self.superseded_by, self.taken_back

    @property
    def is_current(self) -> bool:
        return self.superseded_by is None

    @property
    def coverage(self) -> Coverage:
        first, last = (date.fromisoformat(day) for day in (self.period_from, self.period_to))
        return Coverage(self.division, first, last)


@dataclass(frozen=True)
class Seen:
    """Parts by delivery, in their order, who was read as whom, and the folder that holds people, households, register
    and visits of that moment."""

    folder: Path
    parts: Mapping[int, SeenPart]
    same: Mapping[int, int]

    def published(self, name: str) -> Path | None:
        path = self.folder / f"{name}.seen.parquet"
        return path if path.exists() else None


def look(folder: Path, *, as_of: date) -> Seen:
    """See the lake now, and keep in the folder what would be overwritten. Parts are listed first: what comes in
    between is seen again rather than missed."""
    parts = {part.delivery: _part(part) for part in Part.objects.order_by("delivery")}
    same = dict(SamePerson.objects.order_by("absorbed").values_list("absorbed", "kept"))
    publications.ensure(as_of=as_of)
    folder.mkdir(parents=True, exist_ok=True)
    for name in (*PUBLISHED, VISITS):
        path = store.published(name, as_of)
        if path is not None:
            _hold(path, folder / f"{name}.seen.parquet")
    with files.whole(folder / LIST) as temporary:
        told = {"parts": {key: asdict(part) for key, part in parts.items()}, "same": same}
        temporary.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    return Seen(folder, parts, same)


def recall(folder: Path) -> Seen:
    """What `look` kept in a folder. Raises FileNotFoundError where it kept nothing."""
    told = json.loads((folder / LIST).read_text(encoding="utf-8"))
    parts = {int(key): SeenPart(**part) for key, part in told["parts"].items()}
    return Seen(folder, parts, {int(absorbed): kept for absorbed, kept in told["same"].items()})


def _part(part: Part) -> SeenPart:
    days = part.period_from.isoformat(), part.period_to.isoformat()
    state = part.superseded_by, part.taken_back
    return SeenPart(part.delivery, part.contract, part.division, *days, *state, part.path)


def _hold(path: Path, kept: Path) -> None:
    """Published files are replaced, never written over: another name for the same one keeps it."""
    kept.unlink(missing_ok=True)
    os.link(path, kept)
