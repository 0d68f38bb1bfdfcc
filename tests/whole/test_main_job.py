"""The main job on real files: departments' deliveries become the alerts they should, and no others, on either engine."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from wenhou.engine.words import DEFAULT
from wenhou.exchange.actions import deliveries
from wenhou.exchange.enums import Channel
from wenhou.linkage.actions import arrivals
from wenhou.monitoring import score
from wenhou.monitoring.actions import runs
from wenhou.monitoring.models import Alert
from wenhou.sandbox import build
from wenhou.sandbox.oracle import READINGS

pytestmark = pytest.mark.django_db
AS_OF = date(2024, 11, 15)
CODES = sorted({*DEFAULT.indicators} & {*READINGS})


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """2,000 residents, their files loaded through the door of the command."""
    build.build(tmp_path / "place", division="640104", residents=2_000, seed=20, as_of=AS_OF)
    received = deliveries.receive(
        tmp_path / "place" / "deliveries", by=None, channel=Channel.COMMAND, on=AS_OF
    )
    loaded = [deliveries.load(delivery, on=AS_OF) for delivery in received]
    assert sum(delivery.rows_rejected for delivery in loaded) == 0
    arrivals.recognise_all(on=AS_OF)
    return tmp_path / "place"


def test_every_planted_need_is_found_nothing_else_is_and_both_engines_agree(
    place: Path, settings: Any
) -> None:
    first = runs.run(as_of=AS_OF, by=None, on=AS_OF, indicators=CODES)
    found = score.score(place / "truth" / "truth.parquet")
    assert (found["recall"], found["precision"], found["missed"], found["false_alerts"]) == (1.0, 1.0, [], [])
    assert sorted(found["indicators"]) == CODES
    assert min(one["expected"] for one in found["indicators"].values()) >= 1
    assert Alert.objects.count() == first.raised == found["expected"]

    again = runs.run(as_of=AS_OF, by=None, on=AS_OF, indicators=CODES)
    assert (again.raised, again.cleared, again.kept) == (0, 0, first.raised)

    pytest.importorskip("pyspark", reason="no spark extra: the whole watch is not tried on Spark here")
    if shutil.which("java") is None:
        pytest.skip("no Java 17: the whole watch is not tried on Spark here")
    settings.WENHOU_SEAL_LAKE = False  # Spark reads nothing that is sealed
    spark = runs.run(as_of=AS_OF, by=None, on=AS_OF, engine="spark", indicators=CODES)
    assert (spark.raised, spark.cleared, spark.kept) == (0, 0, first.raised)
    assert spark.counts == again.counts
