"""Whether a backup is whole: signature, digests, a journal without a gap, every file of the lake opened and compared."""

import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from wenhou.base.errors import Refused, WenhouError
from wenhou.site.backups import keys, lake
from wenhou.site.backups.repository import CHUNK, NOT_ONE, SPOILT, Repository

UNSIGNED = "备份{name}的清单被改动过：签名不对。请用另一份备份。"
GAP = "备份里的数据库日志断了：缺{name}，只能恢复到它以前。"
_NAME = 24
_PER_LOG = 256
"""Segments of 16 MiB in one log of 4 GiB."""


def verify(folder: Path, key_file: Path) -> dict[str, Any]:
    """Read all of it anew. Raises WenhouError at the first thing that is not as it was written."""
    repository = Repository(folder, keys.read(key_file))
    manifests = repository.manifests()
    if not manifests:
        raise Refused(NOT_ONE.format(path=folder))
    for manifest in manifests:
        check_manifest(repository, manifest)
    journal: dict[str, None] = {}
    for manifest in manifests:
        journal |= dict.fromkeys(segments(repository, manifest))
    for segment in journal:
        with repository.open(f"wal/{segment}") as opened:
            while opened.read(CHUNK):
                pass
    names = set[str]()
    for manifest in manifests:
        start = repository.json(f"listing/{manifest['name']}")
        names |= set(lake.as_of(repository, None, start, since=manifest["name"]).values()) | set(
            start.values()
        )
    for name in sorted(names):
        _check_object(repository, name)
    return {
        "备份": [one["name"] for one in manifests],
        "最早": manifests[0]["ended"],
        "日志段": len(journal),
        "湖里的文件": len(names),
    }


def check_manifest(repository: Repository, manifest: dict[str, Any]) -> None:
    """Signed by the key it names, and its files are those it names."""
    told = {name: said for name, said in manifest.items() if name not in ("key", "signature")}
    try:
        public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(manifest["key"]))
        public.verify(bytes.fromhex(manifest["signature"]), json.dumps(told, sort_keys=True).encode())
    except (InvalidSignature, KeyError, ValueError):
        raise WenhouError(UNSIGNED.format(name=manifest.get("name", ""))) from None
    for name, said in manifest["files"].items():
        repository.check(name, said)


def segments(repository: Repository, manifest: dict[str, Any]) -> list[str]:
    """The journal from a backup's first segment on, every timeline, as far as it goes without a gap. Raises WenhouError where
    it does not go to the backup's own end."""
    names = repository.names("wal")
    there = {_place(name) for name in names if len(name) == _NAME}
    upto = _place(manifest["start"])
    while upto in there:
        upto += 1
    if upto <= _place(manifest["end"]):
        raise WenhouError(GAP.format(name=_named(upto)))
    first = _place(manifest["start"])
    return [name for name in names if len(name) != _NAME or first <= _place(name) < upto]


def _place(segment: str) -> int:
    return int(segment[8:16], 16) * _PER_LOG + int(segment[16:24], 16)


def _named(place: int) -> str:
    return f"{place // _PER_LOG:08X}{place % _PER_LOG:08X}"


def _check_object(repository: Repository, name: str) -> None:
    told = hmac.new(repository.key, keys.CONTEXT, hashlib.sha256)
    with repository.open(lake.object_name(name)) as opened:
        while chunk := opened.read(CHUNK):
            told.update(chunk)
    if told.hexdigest() != name:
        raise WenhouError(SPOILT.format(name=lake.object_name(name)))
