"""The embedded server's side: a base while it runs, and its journal (WAL), whose finished segments it puts into a spool."""

import re
import shutil
import subprocess
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg

from wenhou.base import clock
from wenhou.base.errors import Refused, WenhouError
from wenhou.site import launcher
from wenhou.site.launcher import Cluster

CHUNK, HEAD = 1 << 20, 4 << 20
SEGMENT_SECONDS = 60
"""A segment in which something was written is finished after so long: what is lost at most where everything is lost."""
PATIENCE = 120
_START = re.compile(rb"START WAL LOCATION: \S+ \(file ([0-9A-F]{24})\)")
_SEGMENT = re.compile(r"[0-9A-F]{24}|[0-9A-F]{8}\.history")
OWN = (
    "用的是自己的PostgreSQL（DATABASE_URL）：它的备份请用它自己的办法（pg_basebackup 加WAL归档，或 pgBackRest、WAL-G），"
    "湖和钥匙目录 WENHOU_HOME 另行复制，并且总在数据库之后复制。"
)
RESTART = "内置数据库还没有开归档：请先停下网页和后台，运行 wenhou database stop，再起一次。"


def prepare(cluster: Cluster) -> None:
    """From now on finished segments are kept. Raises Refused where the server was begun without that."""
    spool = launcher.spool(cluster)
    if not spool.exists():
        spool.mkdir(mode=0o700)
        launcher.give_to_the_server(spool)
    with _connected(cluster) as connection:
        if _one(connection, "show archive_mode") != "on":
            raise Refused(RESTART)
        if _one(connection, "show archive_timeout") != f"{SEGMENT_SECONDS // 60}min":
            connection.execute(f"alter system set archive_timeout = '{SEGMENT_SECONDS}s'")
            connection.execute("select pg_reload_conf()")


def base(cluster: Cluster, write: Callable[[bytes], Any]) -> str:
    """The server's files as one tar, with the segments needed to open it; gives the first segment to go on from."""
    command = [cluster.binaries / "pg_basebackup", "-h", "127.0.0.1", "-p", str(cluster.port), "-U", "wenhou"]
    told = [*map(str, command), "-w", "-D", "-", "-F", "tar", "-X", "fetch", "-c", "fast"]
    with subprocess.Popen(told, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd="/") as process:
        assert process.stdout
        assert process.stderr
        head, start = b"", None
        while chunk := process.stdout.read(CHUNK):
            if start is None and len(head) < HEAD:
                head += chunk
                start = _START.search(head)
            write(chunk)
        said = process.stderr.read().decode(errors="replace")
    if process.returncode or start is None:
        raise WenhouError(f"pg_basebackup 未能完成：{said.strip()[-300:]}")
    return start[1].decode()


def rest(cluster: Cluster) -> None:
    """Nobody fetches segments from now on: none is kept, or they would fill the disk."""
    shutil.rmtree(launcher.spool(cluster), ignore_errors=True)
    with _connected(cluster) as connection:
        connection.execute("alter system reset archive_timeout")
        connection.execute("select pg_reload_conf()")


def finish_segment(cluster: Cluster) -> tuple[datetime, str]:
    """Everything committed by now lies in finished segments; the moment, and the last of them. Waits until they are in the
    spool."""
    with _connected(cluster) as connection:
        moment = clock.instant()
        last = str(_one(connection, "select pg_walfile_name(pg_switch_wal())"))
        deadline = time.monotonic() + PATIENCE
        while str(_one(connection, _ARCHIVED) or "")[8:24] < last[8:24]:
            if time.monotonic() > deadline:
                raise WenhouError(f"数据库没有交出日志段，详见 {cluster.data / 'server.log'}。")
            time.sleep(0.2)
    return moment, last


_ARCHIVED = "select last_archived_wal from pg_stat_archiver"


def identity(cluster: Cluster) -> str:
    """Which server it is, for life."""
    with _connected(cluster) as connection:
        return str(_one(connection, "select system_identifier from pg_control_system()"))


def spooled(cluster: Cluster) -> list[Path]:
    """Finished segments that nobody has fetched yet, in their order."""
    folder = launcher.spool(cluster)
    return (
        sorted(path for path in folder.iterdir() if _SEGMENT.fullmatch(path.name)) if folder.exists() else []
    )


def forget(segments: list[Path]) -> None:
    """They are kept elsewhere."""
    for path in segments:
        path.unlink()


def _connected(cluster: Cluster) -> "psycopg.Connection[Any]":
    return psycopg.connect(cluster.url, autocommit=True)


def _one(connection: "psycopg.Connection[Any]", query: str) -> Any:
    found = connection.execute(query).fetchone()
    return found[0] if found else None
