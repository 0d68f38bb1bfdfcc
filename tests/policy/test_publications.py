"""Published standards are what the run reads: one row per county, types the engine expects."""

from datetime import date

import pytest

from wenhou.lake import parquet, store
from wenhou.policy import queries
from wenhou.policy.actions import publications

pytestmark = pytest.mark.django_db
ON = date(2026, 10, 31)


def test_one_row_per_county_with_documents() -> None:
    path = publications.publish(as_of=ON, counties=["640202", "640104", "640104"])
    assert path == store.published("standards", ON)
    with store.connect(memory="256MB") as connection:
        rows = connection.execute(
            "select county, dibao_urban, dibao_urban__document, disposable_income_rural,"
            f" single_person_minors_and_frail_elders from {parquet.file(path)} order by county"
        ).fetchall()
    assert rows == [
        ("640104", 76_500, "银川市低保标准 低保标准", None, True),
        ("640202", 74_000, "宁夏城乡低保标准 自治区最低标准（暂定）", None, False),
    ]


def test_what_was_published_without_a_value_is_listed() -> None:
    publications.publish(as_of=ON, counties=["640104"])
    gaps = queries.published_gaps(ON)
    assert [one for one in gaps if one[1].startswith(("disposable", "dibao"))] == [
        ("640104", "disposable_income_urban"),
        ("640104", "disposable_income_rural"),
    ]
    assert queries.published_gaps(date(2020, 1, 1)) == []
