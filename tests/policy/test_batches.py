"""Everything in the law over published applications: regions apart, answers kept, counts that add up."""

from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from policy.applications_in_lake import DAY, home, person, publish
from wenhou.base.errors import Refused
from wenhou.engine import plan, run
from wenhou.engine.backends.duckdb import DuckDB
from wenhou.lake import sealed
from wenhou.policy import answers, publishing
from wenhou.policy.runs import batches, lawrun

pytestmark = pytest.mark.django_db


def alone(key: int, county: str = "640104", **told: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    return person(key, key, **told), home(key, county)


def put(*families: tuple[dict[str, Any], dict[str, Any]]) -> None:
    publish([one for one, _ in families], [one for _, one in families])


@pytest.fixture
def two_regions() -> None:
    """Two poor people and one of whom little is known in 宁夏, and one in 宝鸡 whose father lives in 银川."""
    put(
        alone(1),
        alone(2, "640202", other_transfers_12m=100_000_000),
        alone(3, other_transfers_12m=None),
        alone(4, "610305", father=5),
        alone(5, birth_date=date(1950, 1, 1), has_police_death=True, police_death_on=date(2025, 1, 1)),
    )


def test_counts_by_category_and_county(two_regions) -> None:
    report = lawrun.carry_out(as_of=DAY)
    assert (report.households, report.persons) == (5, 5)
    assert report.categories["640104"]["DB"] == 1
    assert report.categories["640104"]["不知道"] == 1
    assert report.categories["640202"] == {"QT": 1}
    rows = lawrun.by_category(report)
    assert rows[-1]["county"] == "合计"
    assert sum(rows[-1][one] for one in (*answers.CATEGORIES, "不知道")) == 5
    assert report.verdicts["qualifies_for_dibao"] == {"yes": 1, "no": 2, "unknown": 2}


def test_what_the_unknown_lack(two_regions) -> None:
    report = lawrun.carry_out(as_of=DAY, division="640104")
    assert report.looked_into == 1
    assert report.lacking == {"近12个月其他转移收入": 1}


def test_standards_that_may_not_decide_quietly_are_told(two_regions) -> None:
    told = {(one.name, one.counties): one for one in lawrun.carry_out(as_of=DAY, look_into=0).doubtful}
    missing = told["dibao_urban", ("610305",)]
    assert (missing.label, missing.mark, missing.said) == ("城市低保标准", "标准缺失", "标准缺失")
    ours = told["exempts_old_supporters", ("610305",)]
    assert (ours.mark, ours.said) == ("暂定", "宝鸡赡养费豁免口径 满七十周岁（暂定）")
    assert ("dibao_urban", ("640104",)) not in told


def test_an_overdue_standard_is_told_first() -> None:
    late = date(2027, 7, 15)
    publish([person(1, 1)], [home(1)], day=late)
    first = lawrun.carry_out(as_of=late, look_into=0).doubtful[0]
    assert (first.mark, first.counties) == ("已过复核日", ("640104",))
    assert first.said.endswith("已过复核日2027-06-30）")


def test_answers_are_kept_in_the_lake(two_regions) -> None:
    report = lawrun.carry_out(as_of=DAY, look_into=0)
    assert (report.lacking, report.looked_into) == ({}, 0)
    assert sorted(one.name for one in report.folder.iterdir()) == [
        "households-all-0.parquet",
        "households-all-1.parquet",
        "persons-all-0.parquet",
        "persons-all-1.parquet",
    ]
    kept = pq.read_table(sealed.open_file(report.folder / "households-all-1.parquet")).to_pylist()
    rows = kept + pq.read_table(sealed.open_file(report.folder / "households-all-0.parquet")).to_pylist()
    assert sorted(row["household"] for row in rows) == [1, 2, 3, 4, 5]
    assert {row["household"]: row["dibao_amount"] for row in rows}[1] == 76_500
    assert set(answers.HOUSEHOLD) <= set(rows[0])


def test_a_division_answers_as_it_does_among_all(two_regions) -> None:
    told: dict[int, Any] = {}
    for division in ("", "64", "640104", "6103"):
        with batches.opened(DAY) as applications:
            for one in batches.prepare(applications, day=DAY, division=division):
                with one.run() as part:
                    read = f'select * from "{part.persons}" order by person'
                    rows = applications.connection.execute(read).to_arrow_table().to_pylist()
                for row in rows:
                    assert told.setdefault(row["person"], row) == row
    assert sorted(told) == [1, 2, 3, 4, 5]


def test_who_is_linked_to_from_another_region_is_seen(two_regions) -> None:
    """The father of 4 is a row of another county, and dead there."""
    with batches.opened(DAY) as applications:
        (part,) = batches.prepare(applications, day=DAY, division="61")
        assert part.scope is not None
        found = applications.connection.execute(
            f"select person from {part.tables['persons']} order by 1"
        ).fetchall()
    assert found == [(4,), (5,)]


def test_regions_with_formulas_of_their_own() -> None:
    book = answers.declare()
    assert {"64", "6103"} <= set(batches.regions(book))
    groups = batches.grouped(["610302", "610402", "640104", "640202"], book)
    assert groups == {"6103": ["610302"], None: ["610402"], "64": ["640104", "640202"]}


def test_no_applications_are_made_where_somebody_can(monkeypatch) -> None:
    monkeypatch.setattr(publishing, "_publishers", [])
    with pytest.raises(Refused, match="没有2025-10-15的申请数据"):
        batches.ensure(DAY)
    asked: list[date] = []
    publishing.publish_with(lambda *, as_of: asked.append(as_of) or batches.folder(as_of))
    batches.ensure(DAY)
    put(alone(1))
    batches.ensure(DAY)
    batches.ensure(DAY, anew=True)
    assert asked == [DAY, DAY]


def test_nobody_there(two_regions) -> None:
    with pytest.raises(Refused, match="65没有申请数据"):
        lawrun.carry_out(as_of=DAY, division="65")


def test_a_prepared_batch_runs_again_with_other_numbers_and_keeps_only_answers(two_regions) -> None:
    made = plan.make(as_of=DAY, region="64", wanted=["dibao_amount"], book=answers.declare())
    with batches.opened(DAY) as applications:
        connection = applications.connection
        connection.execute("create table numbers as select * from standards")
        prepared = run.prepare(made, applications.tables | {"standards": "numbers"}, DuckDB(connection))
        first = prepared.run()
        amount = f'select dibao_amount from "{first.households}" where household = 1'
        assert connection.execute(amount).fetchall() == [(76_500,)]
        connection.execute("update numbers set dibao_urban = 80000")
        again = prepared.run()
        assert again.households == first.households
        assert connection.execute(amount).fetchall() == [(80_000,)]
        assert set(again.kept) == {again.persons, again.households}
        again.close()
        left = connection.execute(
            "select table_name from duckdb_tables() where table_name like 'wenhou%'"
        ).fetchall()
        assert left == []


def test_archives_that_could_not_be_read_are_told(two_regions) -> None:
    columns = {"county": ["640104", None], "household": [1, 9], "person": [1, 9], "fault": ["甲。", "乙。"]}
    types = {"household": pa.int64(), "person": pa.int64()}
    rows = pa.table({name: pa.array(told, types.get(name, pa.string())) for name, told in columns.items()})
    assert batches.faults(DAY) == []
    pq.write_table(rows, batches.folder(DAY) / "faults.parquet")
    told = {"county": "640104", "household": 1, "person": 1, "fault": "甲。"}
    assert batches.faults(DAY, "6401") == [told]
    assert [one["fault"] for one in batches.faults(DAY)] == ["甲。", "乙。"]
