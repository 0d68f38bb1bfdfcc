"""What lies in the folder of backups: sealed, named by content, whole or refused; and how long."""

import json
import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from wenhou.base import backed_up
from wenhou.base.audit import signing
from wenhou.base.clock import BEIJING
from wenhou.base.errors import Refused, WenhouError
from wenhou.base.secrets.sealing import Algorithm
from wenhou.site.backups import ageing, keys, lake, restoring, stream, verifying
from wenhou.site.backups.repository import Repository

KEY = bytes(range(32))
NOW = datetime(2026, 11, 22, 1, 30, tzinfo=BEIJING)


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "backups", KEY)


def a_backup(repository: Repository, at: datetime, start: int, files: dict[str, str], home: Path) -> str:
    """As `taking.full` leaves one, with a database of a few bytes."""
    home.mkdir(exist_ok=True)
    for path, text in files.items():
        (home / path).parent.mkdir(parents=True, exist_ok=True)
        (home / path).write_text(text)
    name, segment = lake.stamp(at), f"{1:08X}{0:08X}{start:08X}"
    listing = lake.look(home, repository, KEY, at)
    repository.put(f"wal/{segment}", lambda sealed: sealed.write(b"w" * 100))
    told: dict[str, Any] = {
        "name": name, "ended": at.isoformat(), "start": segment, "end": segment, "system": "1", "postgres": "15",
        "files": {
            f"base/{name}": repository.put(f"base/{name}", lambda sealed: sealed.write(b"b" * 3_000_000)),
            f"listing/{name}": repository.put_json(f"listing/{name}", listing),
        },
    }  # fmt: skip
    signer, signature = signing.sign(json.dumps(told, sort_keys=True).encode())
    told |= {"key": signing.public_keys()[signer].hex(), "signature": signature}
    manifest = repository.path / "manifest" / f"{name}.json"
    manifest.parent.mkdir(exist_ok=True)
    manifest.write_text(json.dumps(told))
    return name


@pytest.fixture(autouse=True)
def signer(settings: Any, tmp_path: Path) -> None:
    settings.WENHOU_AUDIT_KEY = tmp_path / "audit_key"


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    path = tmp_path / "key"
    keys.make(path)
    path.write_text("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
    return path


@pytest.mark.parametrize("algorithm", [Algorithm.AES, Algorithm.SM4])
@pytest.mark.parametrize("size", [0, 1, stream.BLOCK, 2 * stream.BLOCK + 7])
def test_a_stream_comes_back_and_is_not_to_be_read(tmp_path: Path, algorithm: Algorithm, size: int) -> None:
    repository = Repository(tmp_path, KEY, algorithm)
    data = bytes(number * 7 % 251 for number in range(1000)) * (size // 1000 + 1)
    repository.put("one", lambda sealed: sealed.write(data[:size]))
    with repository.open("one") as opened:
        assert opened.read() == data[:size]
    assert data[:50] not in (tmp_path / "one").read_bytes()


@pytest.mark.parametrize("harm", ["a bit", "the last block", "the end", "another key", "the head"])
def test_whatever_is_done_to_a_stream_is_found(tmp_path: Path, harm: str) -> None:
    data = os.urandom(3 * stream.BLOCK)
    Repository(tmp_path, KEY).put("one", lambda sealed: sealed.write(data))
    path = tmp_path / "one"
    kept = bytearray(path.read_bytes())
    if harm == "a bit":
        kept[len(kept) // 2] ^= 1
    elif harm == "the last block":
        del kept[-(len(kept) - 21) % (stream.BLOCK + 32) :]
    elif harm == "the end":
        del kept[-1:]
    elif harm == "the head":
        kept[4] = 3
    path.write_bytes(kept)
    opening = Repository(tmp_path, KEY[::-1] if harm == "another key" else KEY)
    with pytest.raises(WenhouError, match="备份里的"), opening.open("one") as opened:
        opened.read()


def test_what_is_whole_verifies_and_each_harm_is_named(
    repository: Repository, tmp_path: Path, key_file: Path
) -> None:
    home = tmp_path / "home"
    name = a_backup(repository, NOW, 1, {"lake/facts/DI31/1.parquet": "a", "lake/scratch/x": "b"}, home)
    said = verifying.verify(repository.path, key_file)
    assert (said["备份"], said["日志段"], said["湖里的文件"]) == ([name], 1, 1)
    manifest = repository.path / "manifest" / f"{name}.json"
    for path, why in (
        (manifest, "签名不对"),
        (repository.path / "base" / name, "与清单不符"),
        (next((repository.path / "objects").rglob("?" * 64)), "打不开"),
        (repository.path / "wal" / f"{1:08X}{0:08X}{1:08X}", "打不开"),
    ):
        kept = path.read_bytes()
        path.write_bytes(
            kept.replace(b'"15"', b'"16"') if path == manifest else kept[:-1] + bytes([kept[-1] ^ 1])
        )
        with pytest.raises(WenhouError, match=why):
            verifying.verify(repository.path, key_file)
        path.write_bytes(kept)
    (repository.path / "wal" / f"{1:08X}{0:08X}{1:08X}").unlink()
    with pytest.raises(WenhouError, match="日志断了：缺0000000000000001"):
        verifying.verify(repository.path, key_file)


def test_equal_content_is_kept_once_and_looks_tell_what_was_there_when(
    repository: Repository, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    name = a_backup(repository, NOW, 1, {"lake/a": "same", "lake/b": "same", "lake/c": "one"}, home)
    assert len(list((repository.path / "objects").rglob("?" * 64))) == 2
    start = repository.json(f"listing/{name}")
    (home / "lake/c").write_text("another")
    (home / "lake/d").write_text("new")
    lake.look(home, repository, KEY, NOW + timedelta(minutes=2))
    then = lake.as_of(repository, NOW + timedelta(minutes=1), start, since=name)
    now = lake.as_of(repository, None, start, since=name)
    assert (then["lake/c"], then.keys()) == (start["lake/c"], now.keys())
    assert now["lake/c"] != start["lake/c"]
    lake.look(home, repository, KEY, NOW + timedelta(minutes=3))
    assert len(repository.names("seen")) == 2  # nothing new, nothing written


def test_old_ones_go_with_what_only_they_needed(
    repository: Repository, tmp_path: Path, key_file: Path
) -> None:
    home = tmp_path / "home"
    names = []
    for number, ago in enumerate((90, 60, 40, 1)):
        (home / "lake/of").mkdir(parents=True, exist_ok=True)
        for path in (home / "lake/of").iterdir():
            path.unlink()
        at = NOW - timedelta(days=ago)
        names.append(a_backup(repository, at, number + 1, {f"lake/of/{number}": f"{number}"}, home))
    assert ageing.destroy(repository, 30, now=NOW) == 2  # never fewer than two stay
    assert [one["name"] for one in repository.manifests()] == names[2:]
    assert len(list((repository.path / "objects").rglob("?" * 64))) == 2
    assert repository.names("wal") == [f"{1:08X}{0:08X}{3:08X}", f"{1:08X}{0:08X}{4:08X}"]
    assert verifying.verify(repository.path, key_file)["湖里的文件"] == 2
    assert ageing.destroy(repository, 30, now=NOW) == 0


def test_a_restore_refuses_in_one_sentence(repository: Repository, tmp_path: Path, key_file: Path) -> None:
    a_backup(repository, NOW, 1, {}, tmp_path / "home")
    full, blank = tmp_path / "full", tmp_path / "blank"
    full.mkdir()
    (full / "lake").touch()
    told = {"until": None, "key_file": key_file}
    for home, folder, more, why in (
        (full, repository.path, {}, "里已有东西"),
        (blank, tmp_path / "nothing", {}, "不是备份"),
        (blank, repository.path, {"until": NOW - timedelta(days=1)}, "恢复不到它以前"),
        (blank, repository.path, {"key_file": tmp_path / "no key"}, "没有备份钥匙"),
    ):
        with pytest.raises(Refused, match=why):
            restoring.restore(home, folder, **{**told, **more})


def test_when_the_last_good_one_was_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("WENHOU_BACKUP_TO", raising=False)
    assert backed_up.said(tmp_path, NOW) == (False, backed_up.NEVER)
    backed_up.note(tmp_path, "full", NOW)
    assert backed_up.said(tmp_path, NOW + timedelta(hours=25)) == (
        True,
        "全量备份于11-22 01:30，此后的改动存到11-22 01:30。",
    )
    assert "太旧" in backed_up.said(tmp_path, NOW + timedelta(hours=27))[1]
    monkeypatch.setenv("WENHOU_BACKUP_TO", "somewhere")
    assert "没有存上" in backed_up.said(tmp_path, NOW + timedelta(minutes=11))[1]
    backed_up.note_failure(tmp_path, "磁盘满了。")
    assert backed_up.said(tmp_path, NOW)[1].startswith("上一次没有做成：磁盘满了。")
    backed_up.note(tmp_path, "added", NOW + timedelta(minutes=11))
    assert backed_up.said(tmp_path, NOW + timedelta(minutes=12))[0]
    monkeypatch.setenv("DATABASE_URL", "postgresql://x")
    assert backed_up.said(tmp_path, NOW)[0]
