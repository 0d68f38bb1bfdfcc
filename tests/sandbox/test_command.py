"""`wenhou sandbox build` as people call it."""

import argparse
from pathlib import Path

import pytest

from wenhou.base.errors import Refused
from wenhou.sandbox.cli import add_commands


def run(*words: str) -> dict:
    parser = argparse.ArgumentParser()
    add_commands(parser.add_subparsers(required=True))
    arguments = parser.parse_args(["sandbox", "build", *words])
    return arguments.handler(arguments)


def test_towns_may_be_given(tmp_path: Path) -> None:
    towns = tmp_path / "towns.csv"
    towns.write_text("code,name\n640104001,甲街道\n640104100,乙镇\n", encoding="utf-8")
    target = tmp_path / "place"
    options = ("--division", "640104", "--residents", "2000", "--seed", "3", "--as-of", "2026-10-31")
    said = run(str(target), *options, "--towns", str(towns))
    assert (said["residents"], said["division"]) == (2000, "640104")
    listed = (target / "divisions.csv").read_text(encoding="utf-8")
    assert "640104001000,甲街道" in listed
    assert "640104100000,乙镇" in listed
    assert "凤台" not in listed


def test_clean_and_errors_exclude_each_other(tmp_path: Path) -> None:
    options = ("--division", "640104", "--residents", "2000", "--as-of", "2026-10-31")
    with pytest.raises(Refused, match="不能同时"):
        run(str(tmp_path / "x"), *options, "--clean", "--errors", "0.1")
    with pytest.raises(Refused, match="不能同时"):
        run(str(tmp_path / "x"), *options, "--clean", "--late", "0.1")
    with pytest.raises(Refused, match=r"--late 应在0到0\.2之间"):
        run(str(tmp_path / "x"), *options, "--late", "0.3")
    with pytest.raises(Refused, match="“DI01、DI99”的来件造不出迟到"):
        run(str(tmp_path / "x"), *options, "--late", "DI26,DI99,DI01")
    assert not (tmp_path / "x").exists()
