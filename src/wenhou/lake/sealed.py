"""Files of the lake as they are read and written: sealed (`base.secrets.blocks`), each by a key of its own, or in clear where
WENHOU_SEAL_LAKE says so or they were written before. No clear copy of a sealed file lies anywhere."""

import io
import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast
from uuid import UUID

import duckdb
from django.conf import settings

from wenhou.base.secrets import blocks
from wenhou.base.secrets.blocks import HEAD_SIZE, Reader, Writer, head_of
from wenhou.lake import filekeys

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

LASTING, PASSING = "sealed", "passing"
"""Under which name DuckDB writes a file that stays, and one that goes with this process; either reads both."""


def is_on() -> bool:
    """Whether what is written from now on is sealed."""
    return bool(settings.WENHOU_SEAL_LAKE)


def number_of(path: Path) -> UUID | None:
    """The number of a sealed file's key; None where it is in clear, is not there, or is not the lake's: what others send is
    read as it stands, whatever its first bytes say."""
    if not path.is_relative_to(settings.WENHOU_LAKE) and not path.is_relative_to(settings.WENHOU_UPLOADS):
        return None
    try:
        with path.open("rb") as source:
            head = head_of(source.read(HEAD_SIZE))
    except OSError:
        return None
    return head.number if head else None


def open_file(path: Path) -> BinaryIO:
    """Read a file, sealed or not, as what was written. Raises OSError, and WenhouError where it does not open."""
    if number_of(path) is None:
        return path.open("rb")
    return cast(BinaryIO, io.BufferedReader(reader(path), 1 << 16))


def reader(path: Path) -> Reader:
    """The same of a sealed file, for who reads long stretches."""
    source = path.open("rb", buffering=0)
    try:
        head = head_of(os.pread(source.fileno(), HEAD_SIZE, 0))
        if head is None:
            raise filekeys.WenhouError(blocks.SPOILT)
        return Reader(cast(BinaryIO, source), head, filekeys.secret_of(head.number))
    except BaseException:
        source.close()
        raise


def read_bytes(path: Path) -> bytes:
    with open_file(path) as source:
        return source.read()


def size(path: Path) -> int:
    """Bytes of what was written."""
    if number_of(path) is None:
        return path.stat().st_size
    with open_file(path) as source:
        return source.seek(0, io.SEEK_END)


def create(path: Path, *, lasting: bool = True) -> BinaryIO:
    """Write a file, to be closed at its end; left by an error it is nobody's to read. lasting: its key outlives the process."""
    if not is_on():
        return path.open("wb")
    return cast(BinaryIO, writer(path, lasting=lasting))


def writer(path: Path, *, lasting: bool) -> Writer:
    head, secret = filekeys.make(lasting=lasting)
    return Writer(path.open("wb"), head, secret)


def write_bytes(path: Path, content: bytes) -> None:
    with create(path) as target:
        target.write(content)


def target(path: Path, *, lasting: bool = True) -> str:
    """What DuckDB calls a file that it is to write."""
    return f"{LASTING if lasting else PASSING}://{path.resolve()}" if is_on() else str(path)


def sources(paths: Iterable[Path]) -> list[str]:
    """What DuckDB calls files that it is to read; their keys are remembered."""
    told = [(path, number_of(path)) for path in paths]
    filekeys.learn(number for _, number in told if number)
    return [f"{LASTING}://{path.resolve()}" if number else str(path) for path, number in told]


def numbers_under(*paths: Path) -> list[UUID]:
    """The numbers of the keys of these files, and of all files in these folders."""
    told = [one for path in paths for one in ([path] if path.is_file() else sorted(path.rglob("*")))]
    return [number for path in told if path.is_file() and (number := number_of(path))]


def let_see(connection: duckdb.DuckDBPyConnection) -> None:
    """Let DuckDB read and write sealed files of the folders that it is allowed."""
    connection.register_filesystem(_file_system())


@cache
def _file_system() -> "AbstractFileSystem":
    from wenhou.lake.file_system import Sealed  # what it stands on takes a tenth of a second to load

    return Sealed()
