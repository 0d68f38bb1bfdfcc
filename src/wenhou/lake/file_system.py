"""The lake's sealed files as DuckDB sees them, which knows nothing of keys: `sealed://` and `passing://` before their paths."""

import os
from datetime import UTC, datetime
from glob import glob
from pathlib import Path
from typing import Any, ClassVar

from fsspec import AbstractFileSystem

from wenhou.lake import sealed


class Sealed(AbstractFileSystem):  # type: ignore[misc]
    """What DuckDB asks of a file system, and no more."""

    protocol: ClassVar[tuple[str, str]] = (sealed.LASTING, sealed.PASSING)
    cachable = False

    def open(self, path: str, mode: str = "rb", **options: Any) -> Any:
        bare = Path(self._strip_protocol(path))
        if "w" in mode:
            return sealed.writer(bare, lasting=path.startswith(sealed.LASTING))
        return sealed.reader(bare)

    def info(self, path: str, **options: Any) -> dict[str, Any]:
        bare = self._strip_protocol(path)
        if os.path.isdir(bare):
            return {"name": bare, "size": 0, "type": "directory"}
        return {"name": bare, "size": sealed.size(Path(bare)), "type": "file"}

    def exists(self, path: str, **options: Any) -> bool:
        return os.path.exists(self._strip_protocol(path))

    def isdir(self, path: str) -> bool:
        return os.path.isdir(self._strip_protocol(path))

    def glob(self, path: str, **options: Any) -> list[str]:
        return sorted(glob(self._strip_protocol(path)))

    def modified(self, path: str) -> datetime:
        return datetime.fromtimestamp(os.stat(self._strip_protocol(path)).st_mtime, UTC)

    def mv(self, path1: str, path2: str, **options: Any) -> None:
        os.replace(self._strip_protocol(path1), self._strip_protocol(path2))

    def rm_file(self, path: str) -> None:
        os.unlink(self._strip_protocol(path))
