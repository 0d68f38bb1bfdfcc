"""The standards as they hold: the rows of the repository's `standards/` folder and what was approved here."""

from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings

from wenhou.base.errors import Refused
from wenhou.engine.words import DEFAULT
from wenhou.lake import parquet, store
from wenhou.policy import parameters, standards
from wenhou.policy.enums import ProposalState
from wenhou.policy.judging import canonical
from wenhou.policy.models import Proposal, PublishedSet
from wenhou.policy.proposals import proposed
from wenhou.policy.standards import Row

__all__ = ["parameters"]

Key = tuple[int, datetime | None]


def folder() -> Path:
    """Where the YAML files lie."""
    return Path(settings.WENHOU_ROOT) / "standards"


def _changed() -> tuple[int, ...]:
    return tuple(file.stat().st_mtime_ns for file in sorted(folder().rglob("*.yaml")))


def from_files() -> tuple[Row, ...]:
    """Every dated value of the files alone, checked; needs no database. Raises StandardFault."""
    return _read(folder(), _changed())


@cache
def _read(path: Path, _changed: tuple[int, ...]) -> tuple[Row, ...]:
    return standards.read(path)


def written() -> tuple[Row, ...]:
    """The files' rows one by one, not yet settled with each other."""
    return _written(folder(), _changed())


@cache
def _written(path: Path, _changed: tuple[int, ...]) -> tuple[Row, ...]:
    return standards.written(path)


def rows() -> tuple[Row, ...]:
    """Every dated value that holds: the files' and the approved ones; read again when either changes.

    Raises StandardFault, where files that came later contradict what was approved.
    """
    approved = Proposal.objects.filter(state=ProposalState.APPROVED)
    keys = tuple(approved.order_by("pk").values_list("pk", "decided_at"))
    return _together(folder(), _changed(), keys) if keys else from_files()


@lru_cache(maxsize=8)
def _together(path: Path, changed: tuple[int, ...], keys: tuple[Key, ...]) -> tuple[Row, ...]:
    found = Proposal.objects.filter(pk__in=[key for key, _ in keys])
    return proposed.beside(_written(path, changed), [proposed.row(one) for one in found])


def approved_rows() -> tuple[Row, ...]:
    """The approved values alone, one by one."""
    found = Proposal.objects.filter(state=ProposalState.APPROVED).order_by("pk")
    return tuple(proposed.row(one) for one in found)


def titles() -> dict[str, str]:
    """Document number → title, of documents that came with approved values."""
    return dict(Proposal.objects.filter(state=ProposalState.APPROVED).values_list("document", "title"))


def in_force(place: str, on: date) -> dict[str, Row]:
    """Standard's name → its row at a place (a significant prefix) on a day; a missing one is absent."""
    return standards.resolve(rows(), place, on)


def gaps(places: list[str], on: date) -> list[tuple[str, str]]:
    """(place, standard) without a value on a day: 标准缺失, listed and never guessed."""
    return standards.gaps(rows(), places, on)


def overdue(on: date) -> list[Row]:
    """Rows in force on a day whose day of review has passed, longest first: an alarm, for they still decide."""
    late = [row for row in rows() if row.holds(on) and row.is_overdue(on)]
    return sorted(late, key=lambda row: (row.review_by or on, row.name, row.division))


def current_content() -> str:
    """The standards that hold, as canonical text."""
    return canonical.text(rows())


def latest_set() -> PublishedSet | None:
    """The set published last."""
    return PublishedSet.objects.order_by("-number").first()


def rows_of(sha256: str) -> tuple[Row, ...] | None:
    """The rows of a set that was kept, by its SHA-256: what a past judgement was made with. None where none is."""
    kept = PublishedSet.objects.filter(sha256=sha256).order_by("number").first()
    return canonical.rows(kept.content) if kept else None


def published_gaps(as_of: date) -> list[tuple[str, str]]:
    """(county, standard) that was published for a day without a value: what depends on it was unknown."""
    path = store.published("standards", as_of)
    if path is None:
        return []
    with store.connect(memory="256MB") as connection:
        read = f"select * from {parquet.file(path)} order by county"
        told = connection.execute(read).to_arrow_table().to_pylist()
    declared = [standard.name for standard in DEFAULT.standards]
    return [(row["county"], name) for row in told for name in declared if row.get(name) is None]


def whole_number(name: str, place: str, on: date) -> int:
    """The value of a standard that counts, at a place (a prefix) on a day. Raises Refused where it is missing (标准缺失)."""
    row = in_force(place, on).get(name)
    if row is None:
        raise Refused(f"标准缺失：{place or '全国'}在{on}没有“{proposed.labels().get(name, name)}”。")
    return int(row.value)
