"""Where things lie under `WENHOU_LAKE`, and how a file comes to be there whole or not at all."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from uuid import uuid4

from django.conf import settings


def root() -> Path:
    """The lake's folder, made where it is missing."""
    lake = Path(settings.WENHOU_LAKE)
    lake.mkdir(parents=True, exist_ok=True)
    return lake


def scratch() -> Path:
    """Where work in progress and DuckDB's spill live; never read by anybody else."""
    folder = root() / "scratch"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def own_scratch() -> Path:
    """A name in the scratch folder that tells whose it is."""
    return scratch() / f"{os.getpid()}-{uuid4().hex}"


def sweep_scratch() -> None:
    """Remove what processes that are gone left in the scratch folder."""
    for folder in scratch().iterdir():
        pid = folder.name.partition("-")[0]
        if not (pid.isdigit() and Path(f"/proc/{pid}").exists()):
            shutil.rmtree(folder, ignore_errors=True)


def facts_path(contract: str, delivery: int) -> Path:
    return root() / "facts" / contract / f"{delivery:08d}.parquet"


def links_path(contract: str, delivery: int) -> Path:
    return root() / "links" / contract / f"{delivery:08d}.parquet"


def rejects_path(delivery: int) -> Path:
    return root() / "rejects" / f"{delivery:08d}.csv"


def landing_folder(delivery: int) -> Path:
    return root() / "landing" / f"{delivery:08d}"


def published_path(name: str, as_of: date) -> Path:
    return root() / "published" / name / f"{as_of:%Y-%m-%d}.parquet"


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A temporary name to write to; at the end it is on the disk and takes the place of `path`, or is gone."""
    with workplace() as folder:
        temporary = folder / path.name
        yield temporary
        settle(temporary, path)


@contextmanager
def workplace() -> Iterator[Path]:
    """A scratch folder of one's own, gone afterwards; `sweep_scratch` removes what a killed process left."""
    folder = own_scratch()
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def settle(temporary: Path, path: Path) -> None:
    """Flush to the disk, then rename: after a power cut the file is whole or absent."""
    _sync(temporary)
    path.parent.mkdir(parents=True, exist_ok=True)
    os.replace(temporary, path)
    _sync(path.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
