"""What visits would find: the same in any order, one family in six newly in hardship, and more where life is harder."""

from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from sandbox.factories import small
from wenhou.base.errors import Refused
from wenhou.sandbox import visits
from wenhou.sandbox.visits import Raised

OUTCOMES = {*visits.HELPED, *visits.DAYS}


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("large")
    small(directory, residents=12_000)
    return directory


def every_alert(place: Path) -> list[Raised]:
    """As a run would raise them that finds just what is so."""
    rows = pq.read_table(place / "truth" / "truth.parquet").to_pylist()
    kinds = {
        "A": "主动发现",
        "B": "应纳尽纳",
        "C": "应退尽退",
        "D": "救不够",
        "E": "主动发现",
        "F": "经办督办",
    }
    return [
        Raised(str(number), row["indicator"], kinds[row["indicator"][0]], row["id_no"])
        for number, row in enumerate(rows)
        if row["expected"]
    ]


def test_one_family_in_six_is_found_newly_and_the_chance_varies_with_how_they_live(large: Path) -> None:
    found = visits.find(large, every_alert(large))
    with duckdb.connect() as connection:
        connection.register("found", found)
        hardship = f"read_parquet('{large / 'truth' / 'hardship.parquet'}')"
        share, families = connection.execute(
            "select avg(new::int), count(*) from (select any_value(newly_found) as new from found group by family)"
        ).fetchone()
        levels = connection.execute(
            f"""select width_bucket, avg(in_hardship::int) from (select any_value(in_hardship) as in_hardship,
            case when any_value(chance) < 0.1 then 0 when any_value(chance) < 0.3 then 1 else 2 end as width_bucket
            from {hardship} where not on_register group by family) group by 1 order by 1"""
        ).fetchall()
    assert families > 500
    assert 0.12 < share < 0.22
    assert levels[0][1] < 0.1 < levels[1][1] < 0.3 < levels[2][1]
    assert {*found["outcome"].to_pylist()} <= OUTCOMES
    assert min(found["days_to_close"].to_pylist()) >= 1


def test_what_a_visit_finds_depends_on_no_order_and_of_a_family_is_one_thing(large: Path) -> None:
    alerts = every_alert(large)
    first = visits.find(large, alerts)
    assert visits.find(large, reversed(alerts)).equals(first)
    alone = visits.find(large, alerts[7:8]).to_pylist()
    assert alone == [row for row in first.to_pylist() if row["number"] == "7"]
    by_family: dict[str, set[bool]] = {}
    for row in first.to_pylist():
        by_family.setdefault(row["family"], set()).add(row["newly_found"])
        assert not row["newly_found"] or row["outcome"] in visits.HELPED
    assert all(len(told) == 1 for told in by_family.values())


def test_nobody_on_the_register_is_found_newly_and_a_wrong_alert_is_not_so(large: Path) -> None:
    people = pq.read_table(large / "truth" / "hardship.parquet").to_pylist()
    known = next(row for row in people if row["on_register"])
    well = next(row for row in people if not row["on_register"] and not row["in_hardship"])
    found = visits.find(large, [Raised("1", "A01", "主动发现", known["id_no"])])
    assert not found["newly_found"][0].as_py()
    wrong = visits.find(large, [Raised("2", "A07", "主动发现", well["id_no"])])
    assert wrong["outcome"][0].as_py() in visits.WRONG
    assert visits.find(large, [Raised("3", "A07", "主动发现", "649901190001010000")]).num_rows == 0


def test_a_place_without_its_truth_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="hardship"):
        visits.find(tmp_path, [])
