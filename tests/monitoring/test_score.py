"""Recall and precision against a truth of four lines, and the command line that prints them."""

import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lake.known import know
from registry.lake_rows import deliver, entry, member, resident
from wenhou.base.errors import Refused
from wenhou.engine.words import DEFAULT
from wenhou.monitoring import score
from wenhou.monitoring.actions import runs
from wenhou.site import cli

pytestmark = pytest.mark.django_db
NUMBERS = {key: f"99010119800501000{key}" for key in (1, 2, 3)}


def truth(path: Path, rows: list[tuple[str, str, str, bool, str]]) -> Path:
    names = ("subject_kind", "id_no", "household_no", "indicator", "need", "expected", "why", "error")
    told = [(kind, number, "", code, "因病致贫", said, why, "") for kind, number, code, said, why in rows]
    pq.write_table(pa.Table.from_pylist([dict(zip(names, row, strict=True)) for row in told]), path)
    return path


@pytest.fixture
def place(tmp_path: Path) -> Path:
    for key, number in NUMBERS.items():
        know(key, number)
    deliver("DI01", [resident(key) for key in NUMBERS])
    deliver("DI02", [member(key, f"H{key}") for key in NUMBERS])
    deliver("SA-ARCH", [entry(9)])
    deliver("DI31", [{"id_no": key, "year": 2026, "oop_total": 2_000_000} for key in (1, 3)])
    for contract in ("DI29", "DI30"):
        deliver(contract, [])
    runs.run(as_of=date(2026, 10, 31), by=None, on=date(2026, 11, 2), indicators=["D01"])
    return truth(
        tmp_path / "truth.parquet",
        [
            ("person", NUMBERS[1], "D01", True, "自付两万"),
            ("person", NUMBERS[2], "D01", True, "票据在外省"),
            ("person", NUMBERS[3], "D01", False, "错录"),
            ("person", NUMBERS[3], "A01", True, "没有问这个指标"),
        ],
    )


def test_found_missed_and_false_with_their_reasons(place: Path) -> None:
    found = score.score(place)
    assert (found["recall"], found["precision"]) == (0.5, 0.5)
    assert found["indicators"]["D01"] == {
        "expected": 2,
        "found": 1,
        "missed": 1,
        "false": 1,
        "recall": 0.5,
        "precision": 0.5,
    }
    assert found["needs"]["因病致贫"]["recall"] == 0.5
    assert [line["why"] for line in found["missed"]] == ["票据在外省"]
    assert [line["why"] for line in found["false_alerts"]] == ["错录"]


def test_the_command_prints_it_as_json(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["watch", "score", "--truth", str(place), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["recall"] == 0.5


def test_without_a_run_or_with_another_file_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="还没有完成的监测运行"):
        score.score(tmp_path / "truth.parquet")


def test_indicators_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["watch", "indicators", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["count"] == len(DEFAULT.indicators) >= 34
    first = found["indicators"][0]
    assert (first["indicator"], first["type"], first["subject"], first["weight"]) == (
        "A01",
        "应退尽退",
        "人",
        35,
    )


def test_an_alert_that_does_not_exist_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["watch", "explain", "YJ1", "--json"]) == 2
    assert "没有编号为“YJ1”的预警" in capsys.readouterr().err
