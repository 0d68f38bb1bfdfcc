"""A backup: a base of the database, its journal, the lake. And each minute: what has been added since."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Any

from wenhou.base import backed_up, clock
from wenhou.base.audit import signing
from wenhou.base.errors import Refused, WenhouError
from wenhou.base.secrets.sealing import Algorithm
from wenhou.site import launcher
from wenhou.site.backups import ageing, keys, lake, server
from wenhou.site.backups.repository import Repository
from wenhou.site.launcher import Cluster

FORMAT = 1
KEYS = ("master_key", "audit_key", "audit_key.pub", "secret_key")
ANOTHER = "{path}里是另一套部署的备份：请换一个空的文件夹。"


def full(
    home: Path, cluster: Cluster, folder: Path, *, algorithm: Algorithm, with_keys: bool
) -> dict[str, Any]:
    """A whole backup; what was done. Raises Refused, WenhouError; then the backups before are as they were."""
    begun, clock_begun = clock.instant(), monotonic()
    path = keys.path_in(home)
    is_new = not path.exists()
    if is_new and (folder / "manifest").exists():
        raise Refused(keys.LOST.format(path=path))
    key = keys.make(path) if is_new else keys.read(path)
    repository = Repository(folder, key, algorithm)
    with repository.alone(), noted(home, "full"):
        server.prepare(cluster)
        identity = _own(repository, cluster)
        name, start = lake.stamp(begun), ""

        def fill(sealed: Any) -> None:
            nonlocal start
            start = server.base(cluster, sealed.write)

        files = {f"base/{name}": repository.put(f"base/{name}", fill)}
        ended, last = server.finish_segment(cluster)
        listing, segments = _ship(home, cluster, repository, key, ended)
        files[f"listing/{name}"] = repository.put_json(f"listing/{name}", listing)
        if with_keys:
            told = {each: (home / each).read_text() for each in KEYS if (home / each).exists()}
            files[f"keys/{name}"] = repository.put_json(f"keys/{name}", told)
        manifest = {
            "format": FORMAT,
            "name": name,
            "ended": ended.isoformat(),
            "system": identity,
            "postgres": launcher.major_of(cluster),
            "start": start,
            "end": last,
            "files": files,
            "objects": len(listing),
        }
        _write_manifest(repository, name, manifest)
        if not os.environ.get("WENHOU_BACKUP_TO"):
            server.rest(cluster)
        gone = ageing.destroy(repository, ageing.days(), now=ended)
    return {
        "备份": name,
        "到": f"{ended:%Y-%m-%d %H:%M:%S}",
        "秒": round(monotonic() - clock_begun, 1),
        "字节": sum(one["size"] for one in files.values()),
        "湖里的文件": len(listing),
        "日志段": segments,
        "销毁的旧备份": gone,
        **({"备份钥匙": keys.MADE.format(path=path)} if is_new else {}),
    }


def ship(home: Path, cluster: Cluster, folder: Path, *, algorithm: Algorithm) -> dict[str, Any]:
    """What was added since the last look: segments of the journal and the files that they know. Nothing where there is no
    backup to add to, or one is being made."""
    if not (folder / "manifest").exists():
        return {"日志段": 0, "湖里的文件": 0}
    key = keys.read(keys.path_in(home))
    repository = Repository(folder, key, algorithm)
    with suppress(Refused), repository.alone(), noted(home, "added"):
        _own(repository, cluster)
        listing, segments = _ship(home, cluster, repository, key, clock.instant())
        return {"日志段": segments, "湖里的文件": len(listing)}
    return {"日志段": 0, "湖里的文件": 0}


def _ship(
    home: Path, cluster: Cluster, repository: Repository, key: bytes, at: datetime
) -> tuple[lake.Listing, int]:
    """First which segments there are, then the lake, then those segments: whatever they commit had its file before."""
    segments = server.spooled(cluster)
    listing = lake.look(home, repository, key, at)
    for segment in segments:
        repository.put_file(f"wal/{segment.name}", segment)
    server.forget(segments)
    return listing, len(segments)


def _own(repository: Repository, cluster: Cluster) -> str:
    identity = server.identity(cluster)
    if any(one["system"] != identity for one in repository.manifests()):
        raise Refused(ANOTHER.format(path=repository.path))
    return identity


def _write_manifest(repository: Repository, name: str, manifest: dict[str, Any]) -> None:
    text = json.dumps(manifest, sort_keys=True)
    signer, signature = signing.sign(text.encode())
    public = signing.public_keys()[signer].hex()
    path = repository.path / "manifest" / f"{name}.json"
    path.parent.mkdir(exist_ok=True)
    half = path.with_name(f".{path.name}")
    half.write_text(json.dumps({**manifest, "key": public, "signature": signature}, indent=1))
    half.replace(path)


@contextmanager
def noted(home: Path, kind: str) -> Iterator[None]:
    """Whatever comes of it is written down for `/status/` and `wenhou check`."""
    try:
        yield
    except WenhouError as failure:
        backed_up.note_failure(home, failure.message)
        raise
    except OSError as failure:
        backed_up.note_failure(home, "备份的文件夹写不进去，或磁盘满了。")
        raise WenhouError(f"备份没有做成：{failure.strerror}（{failure.filename}）。") from failure
    backed_up.note(home, kind, clock.instant())
