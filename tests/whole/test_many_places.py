"""The long form: other places, days and seeds, and a place whose files have errors."""

from datetime import date
from pathlib import Path

import pytest

from wenhou.exchange.actions import deliveries
from wenhou.exchange.enums import Channel
from wenhou.monitoring import score
from wenhou.monitoring.actions import runs
from wenhou.sandbox import build

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def watched(folder: Path, division: str, as_of: date, seed: int, **spoiled: float) -> dict[str, object]:
    build.build(folder, division=division, residents=8_000, seed=seed, as_of=as_of, **spoiled)
    for one in deliveries.receive(folder / "deliveries", by=None, channel=Channel.COMMAND, on=as_of):
        deliveries.load(one, on=as_of)
    runs.run(as_of=as_of, by=None, on=as_of)
    return score.score(folder / "truth" / "truth.parquet")


@pytest.mark.parametrize(
    ("division", "as_of", "seed"),
    [
        ("640104", date(2024, 4, 30), 101),  # F13 counts from 26 April 2024
        ("640104", date(2024, 8, 31), 102),
        ("640121", date(2024, 12, 31), 103),
        ("640202", date(2025, 6, 15), 104),
        ("640181", date(2026, 4, 30), 105),
        ("640402", date(2026, 10, 31), 106),
    ],
)
def test_clean_files_are_read_without_a_miss(tmp_path: Path, division: str, as_of: date, seed: int) -> None:
    found = watched(tmp_path, division, as_of, seed)
    assert (found["missed"], found["false_alerts"]) == ([], [])
    assert (found["recall"], found["precision"]) == (1.0, 1.0)


@pytest.mark.parametrize("seed", [201, 202])
def test_with_errors_every_miss_and_every_false_alert_is_explained(tmp_path: Path, seed: int) -> None:
    found = watched(tmp_path, "640104", date(2024, 11, 15), seed, errors=0.05, late=0.05)
    unexplained = [one for one in [*found["missed"], *found["false_alerts"]] if not one["error"]]  # type: ignore[misc]
    assert unexplained == []
    assert found["recall"] > 0.9  # type: ignore[operator]
