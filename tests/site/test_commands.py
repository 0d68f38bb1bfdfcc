"""Commands on a new home, without a database, and misspoken: one sentence, and the exit code says whose turn it is."""

import json
from pathlib import Path
from typing import Any

import psycopg
import pytest

from wenhou.base.errors import WenhouError
from wenhou.site import cli, launcher

NOBODY = "postgresql://nobody@127.0.0.1:1/none"


def test_on_a_new_home_the_first_command_makes_the_tables(home: Path, typed: Any) -> None:
    said = typed(home, "exchange", "sources", "--json")
    assert (said.returncode, said.stderr) == (0, "")
    assert "DI31" in [line["contract"] for line in json.loads(said.stdout)["sources"]]


def test_in_a_database_of_ones_own_only_the_command_does(home: Path, typed: Any) -> None:
    url = launcher.ensure_running(launcher.cluster_at(home))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("create database their_own")
    theirs = url.rsplit("/", 1)[0] + "/their_own"
    said = typed(home, "exchange", "sources", "--json", DATABASE_URL=theirs)
    assert said.returncode == 2
    assert json.loads(said.stderr) == {"error": "数据库的表结构不是最新：请先运行 wenhou database migrate。"}
    with psycopg.connect(theirs) as connection:
        assert connection.execute("select to_regclass('django_migrations')").fetchone() == (None,)


@pytest.mark.parametrize("words", [("exchange", "sources"), ("database", "migrate")], ids=" ".join)
def test_a_database_that_does_not_answer(tmp_path: Path, words: tuple[str, ...], typed: Any) -> None:
    said = typed(tmp_path, *words, DATABASE_URL=NOBODY)
    assert (said.returncode, said.stdout) == (2, "")
    assert said.stderr == "连不上数据库：请检查DATABASE_URL；没有设置的，请运行 wenhou database start。\n"


@pytest.mark.parametrize("words", [("exchange", "sources"), ("database", "start")], ids=" ".join)
def test_a_home_that_cannot_be(tmp_path: Path, words: tuple[str, ...], typed: Any) -> None:
    file = tmp_path / "file"
    file.touch()
    said = typed(file / "home", *words)
    assert said.returncode == 2
    assert said.stderr == f"{file}/home 不能用：上层不是文件夹，请检查路径和WENHOU_HOME。\n"


def test_what_nobody_expected_is_one_sentence_and_the_rest_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("WENHOU_HOME", str(tmp_path))
    monkeypatch.setattr("wenhou.site.commands.database.stop", lambda _: {}["nothing"])
    assert cli.main(["database", "stop", "--json"]) == 1
    kept = tmp_path / "errors.log"
    assert json.loads(capsys.readouterr().err) == {"error": f"出错了，命令没有完成；详情记在{kept}。"}
    assert "KeyError: 'nothing'" in kept.read_text()
    assert kept.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("watch run", "少了参数：--as-of。用法见 wenhou watch run --help"),
        ("watch run --as-of", "--as-of后面少了值。用法见 wenhou watch run --help"),
        ("watch run --as-of 明天", "“明天”不是日期，应写成 2026-10-31。用法见 wenhou watch run --help"),
        (
            "watch run --as-of 2026-10-31 --engine x",
            "没有“x”，--engine只能是：duckdb、spark。用法见 wenhou watch run --help",
        ),
        ("database start now", "不认识的参数：now。用法见 wenhou --help"),
        ("demo --residents 多", "“多”不能作为--residents的值。用法见 wenhou demo --help"),
        ("demo --stop=now", "--stop不带值，却给了“now”。用法见 wenhou demo --help"),
        ("watch", "少了参数：命令。用法见 wenhou watch --help"),
    ],
)
def test_misspoken(words: str, sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([*words.split(), "--json"]) == 2
    assert json.loads(capsys.readouterr().err) == {"error": sentence}
    assert cli.main(words.split()) == 2
    assert capsys.readouterr().err == f"{sentence}\n"


def test_help_is_still_there(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        cli.main(["watch", "run", "--help"])
    assert "--as-of DATE" in capsys.readouterr().out


def test_what_was_done_stands_beside_the_refusal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    refusal = WenhouError("一份没有收下。")
    refusal.done = {"deliveries": [1]}  # type: ignore[attr-defined]

    def stop(_: object) -> None:
        raise refusal

    monkeypatch.setattr("wenhou.site.commands.database.stop", stop)
    assert cli.main(["database", "stop", "--json"]) == 2
    assert json.loads(capsys.readouterr().err) == {"error": "一份没有收下。", "deliveries": [1]}
