"""A lake in clear is sealed where it lies, file by file; keys that no file has any more go."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from wenhou.base import clock
from wenhou.base.errors import WenhouError
from wenhou.lake import filekeys, files, sealed
from wenhou.lake.models import FileKey, Part

SENT = ("landing", "rejects")
TOO_YOUNG = timedelta(days=1)
"""A key of a file that is still being written has none yet."""
_CHUNK = 4 << 20


@dataclass(frozen=True)
class State:
    """How many files of the lake are sealed and how many lie in clear, with their bytes; and how many keys were destroyed."""

    sealed: int
    clear: int
    clear_bytes: int
    destroyed: int


def state() -> State:
    """How much of the lake is sealed, and how much lies in clear."""
    told = [(path, sealed.number_of(path)) for path in personal()]
    clear = [path for path, number in told if number is None]
    return State(
        sealed=len(told) - len(clear),
        clear=len(clear),
        clear_bytes=sum(path.stat().st_size for path in clear),
        destroyed=FileKey.objects.filter(secret__isnull=True).count(),
    )


def seal() -> int:
    """Seal every file that lies in clear; gives how many. Broken off, it goes on with the rest when begun anew.

    Files are replaced one by one; whoever reads one goes on reading what was there.
    """
    done = 0
    for path in personal():
        if sealed.number_of(path) is None:
            with (
                files.whole(path) as temporary,
                path.open("rb") as source,
                sealed.create(temporary) as target,
            ):
                shutil.copyfileobj(source, target, _CHUNK)
            done += 1
    return done


def verify() -> list[str]:
    """What is wrong with files: those that do not open to their end, and parts that are not there or have other rows than they
    were kept with. In words, by their names within the lake."""
    wrong = [f"{path.relative_to(files.root())}：{fault}" for path in personal() if (fault := _fault(path))]
    for name, rows in Part.objects.order_by("pk").values_list("path", "rows"):
        path = files.root() / name
        if not path.is_file():
            wrong.append(f"{name}：没有这个文件")
        elif not _fault(path) and _rows(path) != rows:
            wrong.append(f"{name}：应有{rows}行，有{_rows(path)}行")
    return wrong


def _fault(path: Path) -> str:
    """Why a file cannot be read to its end; '' where it can, or was destroyed by law."""
    try:
        with sealed.open_file(path) as source:
            while source.read(_CHUNK):
                pass
        if path.suffix == ".parquet":
            _rows(path)
    except filekeys.Destroyed:
        return ""
    except WenhouError as fault:
        return fault.message
    except (OSError, pa.ArrowException):
        return "不完整或已损坏"
    return ""


def _rows(path: Path) -> int:
    with sealed.open_file(path) as source:
        return int(pq.read_metadata(source).num_rows)


def tidy(*, now: datetime | None = None) -> int:
    """Drop keys of files that are gone or were replaced: copies of them open no more. Gives how many."""
    there = set(sealed.numbers_under(files.root()))
    old = FileKey.objects.filter(secret__isnull=False, made_at__lt=(now or clock.now()) - TOO_YOUNG)
    gone = [number for number in old.values_list("pk", flat=True) if number not in there]
    return FileKey.objects.filter(pk__in=gone).delete()[0]


def personal() -> Iterator[Path]:
    """Files that tell of people: Parquet, what departments sent and was given back to them, judgements."""
    root = files.root()
    law = root / "judgements" / "law"
    for path in sorted(root.rglob("*")):
        folder = path.relative_to(root).parts[0]
        if folder == "scratch" or not path.is_file() or path.is_symlink():
            continue
        if (
            path.suffix == ".parquet"
            or folder in SENT
            or (path.suffix == ".json" and path.is_relative_to(law))
        ):
            yield path
