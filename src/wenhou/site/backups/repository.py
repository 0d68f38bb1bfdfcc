"""The folder of backups: what lies where, written whole or not at all.

`base/<stamp>` the database's files, `wal/<segment>` its journal, `objects/<aa>/<name>` files of the lake by content,
`seen/<stamp>` which of them a look found anew, `listing/<stamp>` all there were, all of it sealed; `manifest/<stamp>.json` in
clear: times, sizes and digests, signed.
"""

import fcntl
import hashlib
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa

from wenhou.base.errors import Refused, WenhouError
from wenhou.base.secrets.sealing import Algorithm
from wenhou.site.backups import stream

CHUNK = 1 << 20
NOT_ONE = "{path}不是备份，或是空的：请核对路径。"
SPOILT = "备份里的 {name} 与清单不符：被改动过或不完整。请用另一份备份。"


class _Digesting:
    """A file that knows the digest of what was written to it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.told, self.size = file, hashlib.sha256(), 0

    def write(self, data: bytes) -> int:
        self.told.update(data)
        self.size += len(data)
        return self._file.write(data)


class Repository:
    """One folder, of one deployment."""

    def __init__(self, path: Path, key: bytes, algorithm: Algorithm = Algorithm.AES) -> None:
        self.path, self.key, self._algorithm = path, key, algorithm

    def put(self, name: str, fill: Callable[[pa.NativeFile], None]) -> dict[str, Any]:
        """Write a sealed file; its digest and size as it lies there. A half-written one is nobody's."""
        target = self.path / name
        half = target.with_name(f".{target.name}.{os.getpid()}")
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with half.open("wb") as file:
                kept = _Digesting(file)
                with stream.writing(kept, self.key, self._algorithm) as sealed:  # type: ignore[arg-type]
                    fill(sealed)
                file.flush()
                os.fsync(file.fileno())
            half.replace(target)
            _flush(target.parent)
        finally:
            half.unlink(missing_ok=True)
        return {"sha256": kept.told.hexdigest(), "size": kept.size}

    def put_file(self, name: str, source: Path) -> dict[str, Any]:
        def fill(sealed: pa.NativeFile) -> None:
            with source.open("rb") as file:
                while chunk := file.read(CHUNK):
                    sealed.write(chunk)

        return self.put(name, fill)

    def put_json(self, name: str, told: Any) -> dict[str, Any]:
        return self.put(name, lambda sealed: sealed.write(json.dumps(told).encode()))

    @contextmanager
    def open(self, name: str) -> Iterator[pa.NativeFile]:
        """A stream of what was put. Raises WenhouError where it is not as it was written."""
        try:
            with (self.path / name).open("rb") as file, stream.reading(file, self.key) as opened:
                yield opened
        except (FileNotFoundError, pa.ArrowException):
            raise WenhouError(SPOILT.format(name=name)) from None

    def take_out(self, name: str, target: Path) -> None:
        """What was put, as a file that is there whole or not at all."""
        target.parent.mkdir(parents=True, exist_ok=True)
        half = target.with_name(f".{target.name}.half")
        with self.open(name) as opened, half.open("wb") as file:
            while chunk := opened.read(CHUNK):
                file.write(chunk)
        half.replace(target)

    def json(self, name: str) -> Any:
        with self.open(name) as opened:
            return json.loads(opened.read())

    def names(self, folder: str) -> list[str]:
        """Files of a folder in their order, without those being written."""
        there = self.path / folder
        return sorted(path.name for path in there.glob("[!.]*")) if there.is_dir() else []

    def manifests(self) -> list[dict[str, Any]]:
        """Of every good backup, the oldest first."""
        return [
            json.loads((self.path / "manifest" / name).read_text("utf-8")) for name in self.names("manifest")
        ]

    def check(self, name: str, told: dict[str, Any]) -> None:
        """Raises WenhouError where a file is not the one that a manifest names."""
        digest, path = hashlib.sha256(), self.path / name
        if not path.exists():
            raise WenhouError(SPOILT.format(name=name))
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
        if digest.hexdigest() != told["sha256"]:
            raise WenhouError(SPOILT.format(name=name))

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One that writes at a time. Raises Refused where another is at it."""
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (self.path / ".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise Refused("另一次备份正在进行，请等它做完。") from None
            yield


def _flush(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
