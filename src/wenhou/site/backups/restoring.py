"""The way back: a new home from a backup, database and lake at one moment. Needs no settings: there is nothing yet."""

import tarfile
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg

from wenhou.base.clock import BEIJING
from wenhou.base.errors import Refused, WenhouError
from wenhou.site import launcher
from wenhou.site.backups import keys, lake, verifying
from wenhou.site.backups.repository import NOT_ONE, Repository
from wenhou.site.launcher import Cluster

MAY_BE_THERE = {"backup_key", "master_key", "audit_key", "audit_key.pub", "secret_key"}
PATIENCE = 3600
SHORT = "备份里的日志只到{reached}，到不了{until}：请把 --until 提前，或不给（恢复到最后）。"
LACKING = "数据库记着{count}份湖里的文件，备份里没有，例如{example}：这份备份不完整，请用更早的一份，或把文件补回 {lake} 后再查。"


def restore(home: Path, folder: Path, *, until: datetime | None, key_file: Path | None) -> dict[str, Any]:
    """Make the home anew as it was at a moment, or at the last one that is kept. Raises Refused for a home that holds
    anything but keys, WenhouError for a backup that is not whole."""
    begun = time.monotonic()
    _need_empty(home)
    key = keys.read(key_file or keys.path_in(home))
    repository = Repository(folder, key)
    manifest = _chosen(repository, until)
    verifying.check_manifest(repository, manifest)
    cluster = launcher.cluster_of(home, manifest["postgres"])
    _put_base(repository, manifest, cluster)
    segments = _put_journal(repository, manifest, cluster)
    read = time.monotonic()
    reached = _recover(cluster, until)
    recovered = time.monotonic()
    files = _put_lake(home, repository, manifest, until, cluster)
    _put_keys(home, repository, manifest)
    return {
        "备份": manifest["name"],
        "恢复到": f"{reached:%Y-%m-%d %H:%M:%S}",
        "日志段": segments,
        **files,
        "秒": {
            "取出数据库": round(read - begun, 1),
            "重放日志": round(recovered - read, 1),
            "湖": round(time.monotonic() - recovered, 1),
            "合计": round(time.monotonic() - begun, 1),
        },
        "主钥匙": "在" if (home / "master_key").exists() else "不在备份里：请放回另存的 master_key，再起服务",
    }


def _need_empty(home: Path) -> None:
    there = {path.name for path in home.iterdir()} if home.exists() else set()
    if there - MAY_BE_THERE:
        raise Refused(
            f"{home}里已有东西，不在它上面恢复：请用 WENHOU_HOME 指一个空的文件夹（可以先放好钥匙）。"
        )
    home.mkdir(parents=True, exist_ok=True)


def _chosen(repository: Repository, until: datetime | None) -> dict[str, Any]:
    """The newest backup that ended before the moment."""
    manifests = repository.manifests()
    if not manifests:
        raise Refused(NOT_ONE.format(path=repository.path))
    good = [one for one in manifests if until is None or datetime.fromisoformat(one["ended"]) <= until]
    if not good:
        first = datetime.fromisoformat(manifests[0]["ended"])
        raise Refused(f"最早的备份是{first:%Y-%m-%d %H:%M:%S}的，恢复不到它以前。")
    return good[-1]


def _put_base(repository: Repository, manifest: dict[str, Any], cluster: Cluster) -> None:
    cluster.data.mkdir(mode=0o700)
    with (
        repository.open(f"base/{manifest['name']}") as opened,
        tarfile.open(fileobj=opened, mode="r|") as tar,
    ):
        tar.extractall(cluster.data, filter="data")
    cluster.data.chmod(0o700)


def _put_journal(repository: Repository, manifest: dict[str, Any], cluster: Cluster) -> int:
    """The segments from the base on, where the server reads them while it recovers."""
    folder = _journal(cluster)
    folder.mkdir(mode=0o700)
    wanted = verifying.segments(repository, manifest)
    for segment in wanted:
        repository.take_out(f"wal/{segment}", folder / segment)
    launcher.give_to_the_server(folder)
    return len(wanted)


def _journal(cluster: Cluster) -> Path:
    return cluster.data.parent / f"{cluster.data.name}.restore"


def _recover(cluster: Cluster, until: datetime | None) -> datetime:
    """Begin the server and let it read the journal; the moment it has come to."""
    told = [f'restore_command = \'cp "{_journal(cluster)}/%f" "%p"\'', "recovery_target_action = 'promote'"]
    if until:
        told.append(f"recovery_target_time = '{until.isoformat()}'")
    own = cluster.data / "postgresql.auto.conf"
    kept = own.read_text() if own.exists() else ""
    own.write_text(kept + "\n".join(told) + "\n")
    (cluster.data / "recovery.signal").touch()
    launcher.give_to_the_server(cluster.data)
    try:
        reached = _wait_until_it_writes(cluster)
    except WenhouError:
        log = (cluster.data / "server.log").read_text(errors="replace")
        if until and "before configured recovery target was reached" in log:
            last = _last_commit(log)
            raise Refused(SHORT.format(reached=last, until=f"{until:%Y-%m-%d %H:%M:%S}")) from None
        raise
    with psycopg.connect(cluster.url, autocommit=True) as connection:
        for name in ("restore_command", "recovery_target_action", "recovery_target_time"):
            connection.execute(f"alter system reset {name}")
        connection.execute("select pg_reload_conf()")
    for path in _journal(cluster).iterdir():
        path.unlink()
    _journal(cluster).rmdir()
    return reached


def _wait_until_it_writes(cluster: Cluster) -> datetime:
    deadline, last = time.monotonic() + PATIENCE, None
    launcher.ensure_running(cluster)
    while time.monotonic() < deadline:
        try:
            with psycopg.connect(cluster.url, autocommit=True, connect_timeout=5) as connection:
                found = connection.execute(
                    "select pg_is_in_recovery(), coalesce(pg_last_xact_replay_timestamp(), now())"
                ).fetchone()
                assert found
                last = found[1] if found[0] or last is None else last
                if not found[0]:
                    return last.astimezone(BEIJING)
        except psycopg.OperationalError:
            if not (cluster.data / "postmaster.pid").exists():
                raise WenhouError(f"数据库没有恢复起来，详见 {cluster.data / 'server.log'}。") from None
        time.sleep(0.1)
    raise WenhouError(f"数据库没有恢复起来，详见 {cluster.data / 'server.log'}。")


def _last_commit(log: str) -> str:
    told = [line for line in log.splitlines() if "last completed transaction was at log time" in line]
    return told[-1].rpartition("log time ")[2] if told else "这份备份做完时"


def _put_lake(
    home: Path, repository: Repository, manifest: dict[str, Any], until: datetime | None, cluster: Cluster
) -> dict[str, int]:
    """The files there were then; of the facts only those that the database knows. Raises WenhouError where one it knows is
    missing."""
    name = manifest["name"]
    there = lake.as_of(repository, until, repository.json(f"listing/{name}"), since=name)
    with psycopg.connect(cluster.url, autocommit=True) as connection:
        known = set(_known(connection))
        waiting = set(_waiting(connection))
    unknown = {
        path for path in there if path.startswith(("lake/facts/", "lake/links/")) and path not in known
    }
    for path in sorted(there.keys() - unknown):
        repository.take_out(lake.object_name(there[path]), home / path)
        if keys.name_of(repository.key, home / path) != there[path]:
            raise WenhouError(f"备份里的 {path} 与清单不符：被改动过或不完整。请用另一份备份。")
    landed = {path.rsplit("/", 1)[0] for path in there}
    lacking = sorted((known - there.keys()) | (waiting - landed))
    if lacking:
        raise WenhouError(LACKING.format(count=len(lacking), example=lacking[0], lake=home / "lake"))
    return {"湖里的文件": len(there) - len(unknown), "库里不认得而没有放回的": len(unknown)}


def _known(connection: "psycopg.Connection[Any]") -> Iterator[str]:
    """Facts, and links of rows that were linked afterwards."""
    for contract, delivery, path, origin in connection.execute(
        "select contract, delivery, path, origin from lake_part"
    ):
        yield f"lake/{path}"
        if origin is not None:
            yield f"lake/links/{contract}/{delivery:08d}.parquet"


def _waiting(connection: "psycopg.Connection[Any]") -> Iterator[str]:
    """Folders of files that were received and are not loaded yet."""
    for (key,) in connection.execute(
        "select id from exchange_delivery where state in ('received', 'loading')"
    ):
        yield f"lake/landing/{key:08d}"


def _put_keys(home: Path, repository: Repository, manifest: dict[str, Any]) -> None:
    """Keys that are in the backup, but for those put there by hand."""
    name = f"keys/{manifest['name']}"
    if name not in manifest["files"]:
        return
    for each, text in repository.json(name).items():
        if not (home / each).exists():
            (home / each).touch(mode=0o600)
            (home / each).write_text(text)
