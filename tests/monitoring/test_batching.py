"""A run in parts, and a run on Spark, answer as one piece on DuckDB does: every answer and every basis of every subject."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from wenhou.base.errors import Refused
from wenhou.exchange.actions import deliveries
from wenhou.exchange.enums import Channel
from wenhou.linkage.actions import arrivals
from wenhou.monitoring import batching, verdicts
from wenhou.sandbox import build

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DAY = date(2024, 11, 15)
RESIDENTS = 3_000


def answers(engine: str = "duckdb") -> tuple[dict[str, list[dict[str, Any]]], dict[str, dict[str, int]]]:
    with verdicts.reached(as_of=DAY, division=None, engine=engine) as found:
        names = {"person": found.persons, "household": found.households}
        asked = {"person": found.plan.persons, "household": found.plan.households}
        told = {}
        for key, table in names.items():
            columns = ", ".join(f'"{name}"' for name in (key, *asked[key]))
            rows = found.connection.execute(f'select {columns} from "{table}" order by {key}')
            told[key] = rows.to_arrow_table().to_pylist()
        return told, found.counts()


@pytest.fixture
def place(tmp_path: Path) -> None:
    build.build(tmp_path, division="640104", residents=RESIDENTS, seed=7, as_of=DAY)
    for one in deliveries.receive(tmp_path / "deliveries", by=None, channel=Channel.COMMAND, on=DAY):
        deliveries.load(one, on=DAY)
    arrivals.recognise_all(on=DAY)


def test_parts_and_spark_answer_as_one_piece(
    place: None, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    whole, counts = answers()
    assert len(whole["person"]) > RESIDENTS
    assert sum(line["yes"] for line in counts.values()) > 500
    monkeypatch.setattr(batching, "people_at_once", lambda connection: 700)
    monkeypatch.setattr(batching, "LAID_AT_ONCE", 2)
    assert answers() == (whole, counts)
    if shutil.which("java") is None:
        pytest.skip("no Java 17: the same run is not tried on Spark here")
    pytest.importorskip("pyspark", reason="no spark extra: the same run is not tried on Spark here")
    with pytest.raises(Refused, match="Spark读不了加密的文件"):
        answers("spark")
    settings.WENHOU_SEAL_LAKE = False
    assert answers("spark") == (whole, counts)
