"""Who a process is to the database: the pages are wenhou_web, the jobs wenhou_worker, with passwords of their own."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psycopg
import pytest

from wenhou.site import launcher

WHO = "select count(*) > 0 from pg_stat_activity where usename = '{}'"
ASK = """
from wenhou.site.cli import start_django
start_django()
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("select session_user, current_user")
    print(*cursor.fetchone())
    cursor.execute("select count(*) from staff_account")
    print(*cursor.fetchone())
"""


@pytest.fixture
def owner(home: Path, typed: Any) -> Any:
    """The owner's connection to a home with tables and somebody working there."""
    words = ("staff", "open", "ma", "--name", "马", "--role", "county_officer", "--division", "640104")
    typed(home, *words)
    with psycopg.connect(launcher.ensure_running(launcher.cluster_at(home)), autocommit=True) as server:
        yield server


def asked(environment: Any, home: Path, **more: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", ASK], env=environment(home, **more), capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    ("who", "role", "sees"), [("web", "wenhou_web", False), ("worker", "wenhou_worker", True)]
)
def test_a_process_signs_in_as_what_it_is(
    who: str, role: str, sees: bool, home: Path, owner: Any, environment: Any
) -> None:
    (there,) = owner.execute("select count(*) from staff_account").fetchone()
    assert asked(environment, home, WENHOU_AS=who) == [f"{role} {role}", str(there if sees else 0)]


def test_a_login_needs_its_password_and_the_password_is_nobody_elses(
    home: Path, owner: Any, environment: Any
) -> None:
    asked(environment, home, WENHOU_AS="web")
    cluster = launcher.cluster_at(home)
    kept = cluster.data.parent / f"{cluster.data.name}.wenhou_web"
    assert kept.stat().st_mode & 0o077 == 0
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(cluster.url.replace("wenhou@", "wenhou_web:guessed@"))


def test_by_the_owners_address_a_process_takes_on_its_role(home: Path, owner: Any, environment: Any) -> None:
    url = launcher.cluster_at(home).url
    assert asked(environment, home, WENHOU_AS="web", DATABASE_URL=url) == ["wenhou wenhou_web", "0"]


def test_the_check_names_what_is_weak_and_fails(home: Path, owner: Any, typed: Any) -> None:
    said = typed(home, "check", "--json", DATABASE_URL=launcher.cluster_at(home).url, WENHOU_HOSTS="*")
    assert said.returncode == 1
    found = json.loads(said.stdout)["unsafe"]
    assert [line.partition("：")[0] for line in found] == [
        "没有设置WENHOU_WEB_DATABASE_URL",
        "没有设置WENHOU_WORKER_DATABASE_URL",
        "WENHOU_HOSTS是*",
        "没有设置WENHOU_HTTPS=yes",
        "没有设置WENHOU_SCANNER",
    ]
    mute = typed(home, "check", WENHOU_SCANNER="false").stdout
    assert "查毒程序没有应答" in mute


def test_the_check_finds_files_of_the_lake_in_clear(home: Path, owner: Any, typed: Any) -> None:
    url = launcher.cluster_at(home).url
    own = {"DATABASE_URL": url, "WENHOU_WEB_DATABASE_URL": url, "WENHOU_WORKER_DATABASE_URL": url}
    own |= {"WENHOU_HTTPS": "yes", "WENHOU_SCANNER": "true"}
    told = home / "lake" / "rejects" / "00000001.csv"
    told.parent.mkdir(parents=True)
    told.write_text("行号,字段,值,原因")
    said = typed(home, "check", **own)
    assert (said.returncode, said.stdout.strip()) == (1, "数据湖有1个文件没有加密：请运行 wenhou lake seal。")
    assert typed(home, "lake", "seal", **own).stdout.strip().endswith("1")
    assert typed(home, "check", **own).returncode == 0
    told.unlink()
    said = typed(home, "check", WENHOU_SEAL_LAKE="no", **own)
    assert said.stdout.startswith("WENHOU_SEAL_LAKE=no")


def test_the_check_finds_a_table_without_row_security(home: Path, owner: Any, typed: Any) -> None:
    url = launcher.cluster_at(home).url
    own = {"DATABASE_URL": url, "WENHOU_WEB_DATABASE_URL": url, "WENHOU_WORKER_DATABASE_URL": url}
    own |= {"WENHOU_HTTPS": "yes", "WENHOU_SCANNER": "true"}
    assert typed(home, "check", **own).returncode == 0
    owner.execute("alter table monitoring_alert disable row level security")
    said = typed(home, "check", **own)
    assert (said.returncode, said.stdout.partition("没有")[0]) == (1, "表monitoring_alert")
    assert typed(home, "database", "migrate", **own).returncode == 0
    assert typed(home, "check", **own).returncode == 0


def is_gone(group: int) -> bool:
    """Within ten seconds: what was killed is not gone at once."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def test_pages_and_jobs_are_served_by_the_two(home: Path, owner: Any, environment: Any, until: Any) -> None:
    command = [sys.executable, "-m", "wenhou.site", "serve", "--port", "0"]
    process = subprocess.Popen(
        command, env=environment(home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        until(owner, WHO.format("wenhou_worker"), (True,))
        groups = [
            int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        ]
    finally:
        process.terminate()
        process.wait(timeout=30)
    assert len(groups) == 2
    assert all(is_gone(group) for group in groups)
