"""Files as they really come: 2 % of the identity numbers wrong and 5 % of the files late, and the watch sees nearly all."""

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from wenhou.exchange.actions import deliveries
from wenhou.exchange.enums import Channel
from wenhou.exchange.models import Delivery
from wenhou.linkage.actions import arrivals
from wenhou.monitoring import score
from wenhou.monitoring.actions import runs
from wenhou.monitoring.models import Alert
from wenhou.sandbox import build, visits

pytestmark = pytest.mark.django_db
AS_OF = date(2024, 11, 15)


def _load(
    place: Path, *, residents: int, seed: int, late: float | Collection[str]
) -> tuple[tuple[str, ...], list[Delivery]]:
    """A place built and loaded: which files are late, and what was loaded."""
    built = build.build(
        place, division="640104", residents=residents, seed=seed, as_of=AS_OF, errors=0.02, late=late
    )
    received = deliveries.receive(place / "deliveries", by=None, channel=Channel.COMMAND, on=AS_OF)
    loaded = [deliveries.load(delivery, on=AS_OF) for delivery in received]
    arrivals.recognise_all(on=AS_OF)
    return built.late, loaded


def _watch(place: Path) -> dict[str, Any]:
    runs.run(as_of=AS_OF, by=None, on=AS_OF)
    return score.score(place / "truth" / "truth.parquet")


def test_most_needs_are_found_in_spoiled_and_late_files_and_every_miss_has_its_error(tmp_path: Path) -> None:
    place = tmp_path / "place"
    late, loaded = _load(place, residents=5_000, seed=3, late=0.05)
    assert late == ("DI22", "DI24")
    rejected = sum(delivery.rows_rejected for delivery in loaded)
    spoiled = pq.read_table(place / "truth" / "errors.parquet")["error"].to_pylist()
    wrong = sum(error in ("mistyped_id", "missing_id") for error in spoiled)
    assert 0.9 * wrong < rejected <= wrong
    linked = Delivery.objects.filter(channel=Channel.LINKED)
    assert 0.98 * rejected < sum(delivery.rows_loaded for delivery in linked) <= rejected

    found = _watch(place)
    assert found["recall"] >= 0.95
    assert found["precision"] >= 0.99
    assert [one for one in [*found["missed"], *found["false_alerts"]] if not one["error"]] == []

    seen = visits.find(place, visits.raised_here())
    unseen = Alert.objects.exclude(number__in=seen["number"].to_pylist())
    assert 0 < unseen.count() < 0.1 * seen.num_rows  # the dead and the gone have no visit
    assert seen.num_rows == len(set(seen["number"].to_pylist())) == Alert.objects.count() - unseen.count()
    families = {row["family"]: row["newly_found"] for row in seen.to_pylist()}
    assert 0.1 < sum(families.values()) / len(families) < 0.25


@pytest.mark.parametrize(
    "late",
    [("DI03", "DI10"), ("DI26", "DI34"), pytest.param(("DI11", "DI16"), marks=pytest.mark.slow)],
)
def test_no_late_file_of_months_blinds_a_county(tmp_path: Path, late: tuple[str, ...]) -> None:
    """Who has paid or earned nothing for months, what incomes add up to: known up to the last month told."""
    place = tmp_path / "place"
    assert _load(place, residents=2_000, seed=14, late=late)[0] == late
    found = _watch(place)
    assert found["recall"] >= 0.95
    assert found["precision"] >= 0.97
