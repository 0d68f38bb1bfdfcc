"""A folder of which some is refused: --json tells what was loaded beside why."""

import json
from pathlib import Path

import pytest

from exchange.factories import DI31, csv_text, di31_row, put
from wenhou.exchange.models import Delivery
from wenhou.site import cli

pytestmark = pytest.mark.django_db


def test_what_was_loaded_is_told_beside_what_was_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(tmp_path, b"%PDF-1.7\n")
    put(tmp_path, csv_text(DI31, [di31_row(1), di31_row(2)]), number="2", file="good.csv")
    assert cli.main(["exchange", "load", "--json", str(tmp_path)]) == 2
    told = capsys.readouterr()
    said = json.loads(told.err.splitlines()[-1])
    loaded = Delivery.objects.get(number="2")
    assert said["error"] == "DI31.csv（DI31 1）：文件名说是CSV，内容却是PDF文件。"
    assert [(line["id"], line["rows_loaded"]) for line in said["deliveries"]] == [(loaded.pk, 2)]
    assert (said["rows_loaded"], said["rows_rejected"], told.out) == (2, 0, "")


def test_a_day_that_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["exchange", "sources", "--on", "昨天"]) == 2
    assert capsys.readouterr().err.startswith("“昨天”不是日期，应写成 2026-10-31。")
