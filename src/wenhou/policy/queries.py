"""The standards as they stand in the repository's `standards/` folder."""

from datetime import date
from functools import cache
from pathlib import Path

from django.conf import settings

from wenhou.engine.words import DEFAULT
from wenhou.lake import store
from wenhou.policy import parameters, standards
from wenhou.policy.standards import Row

__all__ = ["parameters"]


def folder() -> Path:
    """Where the YAML files lie."""
    return Path(settings.WENHOU_ROOT) / "standards"


def rows() -> tuple[Row, ...]:
    """Every dated value, checked; read again when a file changes. Raises StandardFault."""
    files = sorted(folder().rglob("*.yaml"))
    return _read(folder(), tuple(file.stat().st_mtime_ns for file in files))


@cache
def _read(path: Path, _changed: tuple[int, ...]) -> tuple[Row, ...]:
    return standards.read(path)


def in_force(place: str, on: date) -> dict[str, Row]:
    """Standard's name → its row at a place (a significant prefix) on a day; a missing one is absent."""
    return standards.resolve(rows(), place, on)


def gaps(places: list[str], on: date) -> list[tuple[str, str]]:
    """(place, standard) without a value on a day: 标准缺失, listed and never guessed."""
    return standards.gaps(rows(), places, on)


def published_gaps(as_of: date) -> list[tuple[str, str]]:
    """(county, standard) that was published for a day without a value: what depends on it was unknown."""
    path = store.published("standards", as_of)
    if path is None:
        return []
    with store.connect(memory="256MB") as connection:
        read = f"select * from read_parquet({store.literal(str(path))}) order by county"
        told = connection.execute(read).to_arrow_table().to_pylist()
    declared = [standard.name for standard in DEFAULT.standards]
    return [(row["county"], name) for row in told for name in declared if row.get(name) is None]
