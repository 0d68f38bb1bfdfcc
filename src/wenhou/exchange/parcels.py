"""What stands at a path: a data file and its manifest, a folder of such pairs, or a ZIP of them.

Only files that a manifest names, beside that manifest, are ever opened; links are not followed.
"""

import os
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from wenhou.base.errors import Refused, WenhouError
from wenhou.exchange import manifests
from wenhou.exchange.contracts import load_order
from wenhou.exchange.manifests import Manifest
from wenhou.lake import files, sealed

_SUFFIX = ".manifest.json"
_MOST_BYTES = 8 << 30
_MOST_MEMBERS = 2000
_MOST_TIMES = 300
_SMALL = 64 << 20
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Parcel:
    """A data file and what its manifest says."""

    manifest: Manifest
    data: Path


@dataclass(frozen=True)
class Found:
    """What was found, in the order to be loaded, and what could not be taken: (where, why)."""

    parcels: list[Parcel]
    refusals: list[tuple[str, str]]


@contextmanager
def at(path: Path, manifest: Path | None = None) -> Iterator[Found]:
    """The parcels at a path; what a ZIP held is there for as long as the block lasts. Raises Refused."""
    if not path.exists():
        raise Refused(f"没有这个文件或文件夹：{path.name}。")
    if path.is_dir():
        with ExitStack() as opened:
            yield _with_zips(path, opened)
    elif path.name.lower().endswith(".zip"):
        with files.workplace() as folder:
            _unpack(path, folder)
            yield Found([_pair(manifest, folder)], []) if manifest else _in_folder(folder)
    elif path.name.endswith(_SUFFIX):
        yield Found([_pair(path, path.parent)], [])
    else:
        yield Found([_beside(path, manifest)], [])


def _beside(path: Path, manifest: Path | None) -> Parcel:
    told = manifest or path.with_name(path.stem + _SUFFIX)
    if not told.is_file():
        raise Refused(f"{path.name}旁边没有清单{told.name}。")
    parsed = manifests.parse(_read(told))
    if parsed.file != path.name:
        raise Refused(f"清单说的文件是{parsed.file}，收到的却是{path.name}。")
    return Parcel(parsed, path)


def _with_zips(folder: Path, opened: ExitStack) -> Found:
    """A folder's pairs together with those of the ZIPs lying in it; a ZIP within a ZIP stays shut."""
    zips = [path for path in _files(folder) if path.name.lower().endswith(".zip") and not path.is_symlink()]
    found = [] if zips and not _told(folder) else [_in_folder(folder)]
    for path in zips:
        inside = opened.enter_context(files.workplace())
        try:
            _unpack(path, inside)
            found.append(_in_folder(inside))
        except WenhouError as refusal:
            found.append(Found([], [(str(path.relative_to(folder)), refusal.message)]))
    parcels = sorted((parcel for one in found for parcel in one.parcels), key=_order)
    return Found(parcels, [refusal for one in found for refusal in one.refusals])


def _in_folder(folder: Path) -> Found:
    parcels: list[Parcel] = []
    refusals: list[tuple[str, str]] = []
    told = _told(folder)
    if not told:
        raise Refused("里面没有清单（*.manifest.json）。")
    for path in told:
        try:
            parcels.append(_pair(path, path.parent))
        except WenhouError as refusal:
            refusals.append((str(path.relative_to(folder)), refusal.message))
    return Found(sorted(parcels, key=_order), refusals)


def _order(parcel: Parcel) -> tuple[object, ...]:
    return (*load_order(parcel.manifest.contract), str(parcel.data))


def _told(folder: Path) -> list[Path]:
    return [path for path in _files(folder) if path.name.endswith(_SUFFIX)]


def _files(folder: Path) -> list[Path]:
    walked = os.walk(folder, followlinks=False)
    return sorted(Path(here) / name for here, _, names in walked for name in names)


def _pair(path: Path, folder: Path) -> Parcel:
    if path.is_symlink() or not path.is_file():
        raise Refused("清单不是普通文件。")
    manifest = manifests.parse(_read(path))
    data = folder / manifest.file
    if data.is_symlink() or not data.is_file():
        raise Refused(f"清单所说的{manifest.file}不在清单旁边。")
    return Parcel(manifest, data)


def _read(path: Path) -> bytes:
    with sealed.open_file(path) as source:
        return source.read(manifests.MOST_BYTES + 1)


def _unpack(path: Path, folder: Path) -> None:
    try:
        with sealed.open_file(path) as source, zipfile.ZipFile(source) as archive:
            members = [member for member in archive.infolist() if not member.filename.endswith("/")]
            _check(members, sealed.size(path))
            for member in members:
                _extract(archive, member, folder)
    except (RuntimeError, NotImplementedError):
        raise Refused("ZIP加了密码或用了不支持的压缩方法，请用普通方法重新打包。") from None
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError, ValueError, zipfile.zlib.error):  # type: ignore[attr-defined]
        raise Refused("ZIP不完整或已损坏，请重新打包。") from None


def _check(members: list[zipfile.ZipInfo], size: int) -> None:
    declared = sum(member.file_size for member in members)
    names = [_name(member) for member in members]
    if len(members) > _MOST_MEMBERS or declared > _MOST_BYTES or declared > max(_SMALL, _MOST_TIMES * size):
        raise Refused("ZIP展开后太大，请分开打包。")
    if any(member.flag_bits & 1 for member in members):
        raise Refused("ZIP加了密码，请去掉密码后重新打包。")
    if any((member.external_attr >> 16) & 0o170000 == 0o120000 for member in members):
        raise Refused("ZIP里有链接，只收普通文件。")
    if any(_escapes(name) for name in names):
        raise Refused("ZIP里有指向别处的路径，不收。")
    if len({name.lower() for name in names}) != len(names):
        raise Refused("ZIP里有同名的文件。")


def _name(member: zipfile.ZipInfo) -> str:
    """Chinese Windows writes names in GBK without saying so."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename


def _escapes(name: str) -> bool:
    path = PurePosixPath(name)
    return not name or path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or "\0" in name


def _extract(archive: zipfile.ZipFile, member: zipfile.ZipInfo, folder: Path) -> None:
    """What no manifest could name is not written; what is written is counted, whatever the archive declared."""
    name = _name(member)
    if not name.lower().endswith((_SUFFIX, ".csv", ".xlsx", ".parquet")):
        return
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    left = member.file_size
    with archive.open(member) as source, sealed.create(target, lasting=False) as copy:
        while chunk := source.read(_CHUNK):
            left -= len(chunk)
            if left < 0:
                raise Refused("ZIP里的文件比它声明的大，不收。")
            copy.write(chunk)
