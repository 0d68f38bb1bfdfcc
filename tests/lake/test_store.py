"""Reading the lake without knowing any contract, and publishing to it."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from wenhou.lake import files, parquet, store
from wenhou.lake.actions import parts
from wenhou.lake.models import Part
from wenhou.lake.schema import Column, Table

pytestmark = pytest.mark.django_db

TABLE = Table(
    "SA-TOY",
    (Column("id_no", "BIGINT"), Column("month", "DATE"), Column("amount", "BIGINT"), Column("share", "DECIMAL(18,4)")),
    ("id_no", "month"),
)  # fmt: skip
NAMES = [column.name for column in TABLE.stored]
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def keep(
    delivery: int, *rows: tuple[int, int], division: str = "640104", mode: str = "delta", **more: Any
) -> Part:
    """A part of (person, amount) rows, all of one month."""
    values = ", ".join(
        f"({person}::bigint, date '2026-03-01', {amount}::bigint, 0.5::decimal(18,4), {delivery}::bigint, {line}::bigint)"
        for line, (person, amount) in enumerate(rows, 2)
    )
    with (
        store.connect(memory="128MB") as connection,
        files.whole(files.facts_path("SA-TOY", delivery)) as path,
    ):
        connection.execute(
            f"copy (select * from (values {values}) t({', '.join(NAMES)})) to '{path}' (format parquet)"
        )
    period = more.get("period", YEAR)
    at = datetime(2026, 11, 1, tzinfo=UTC)
    return parts.add(
        contract="SA-TOY",
        delivery=delivery,
        division=division,
        period=period,
        mode=mode,
        rows=len(rows),
        at=at,
    )


def seen(view: str) -> list[tuple[int, int]]:
    with store.connect(memory="128MB") as connection:
        store.views(connection, [TABLE])
        return connection.execute(f"select id_no, amount from {view} order by all").fetchall()


def test_a_contract_without_parts_gives_typed_and_empty_views() -> None:
    with store.connect(memory="128MB") as connection:
        store.views(connection, [TABLE])
        for view in ("sa_toy", "sa_toy_history"):
            found = connection.execute(f"select * from {view}")
            assert [(name, str(kind)) for name, kind, *_ in found.description] == [
                (column.name, column.type) for column in TABLE.stored
            ]
            assert found.fetchall() == []


def test_the_latest_row_of_a_key_is_current_and_history_keeps_all() -> None:
    keep(1, (1, 100), (2, 200))
    assert seen("sa_toy") == [(1, 100), (2, 200)]
    keep(2, (2, 300), (3, 400))
    assert seen("sa_toy") == [(1, 100), (2, 300), (3, 400)]
    assert seen("sa_toy_history") == [(1, 100), (2, 200), (2, 300), (3, 400)]


def test_one_part_is_read_as_it_lies_and_several_are_compared() -> None:
    one = keep(1, (1, 100))
    assert "row_number" not in store.latest_rows(TABLE, [one])
    assert "row_number" in store.latest_rows(TABLE, [one, keep(2, (1, 100))])


def test_coverage_is_what_current_parts_speak_for() -> None:
    assert store.coverage("SA-TOY") == []
    keep(1, (1, 1))
    keep(2, (1, 1), division="6401", mode="full")
    keep(3, (1, 1), division="640202", period=(date(2026, 3, 1), date(2026, 3, 31)))
    assert store.coverage("SA-TOY") == [
        store.Coverage("6401", *YEAR),
        store.Coverage("640202", date(2026, 3, 1), date(2026, 3, 31)),
    ]
    assert seen("sa_toy_history") == [(1, 1)] * 3


def test_evidence_gives_the_lines_asked_for_even_when_superseded() -> None:
    keep(1, (1, 100), (2, 200), (3, 300))
    keep(2, (9, 900), division="64", mode="full")
    rows = store.evidence(TABLE, delivery=1, lines=[4, 2, 99])
    assert [(row["line"], row["id_no"], row["amount"], row["month"]) for row in rows] == [
        (2, 1, 100, date(2026, 3, 1)),
        (4, 3, 300, date(2026, 3, 1)),
    ]
    assert store.evidence(TABLE, delivery=7, lines=[2]) == []
    assert store.evidence(TABLE, delivery=1, lines=[]) == []


def test_what_is_published_is_whole_dated_and_replaced_by_the_day() -> None:
    with store.connect(memory="128MB") as connection:
        for day, value in ((1, 10), (3, 30), (3, 31)):
            store.publish("people", date(2026, 10, day), connection.sql(f"select {value} as person"))
        found = store.published("people")
        assert found is not None
        assert connection.execute(f"select * from {parquet.file(found)}").fetchall() == [(31,)]
    assert store.published("people", date(2026, 10, 2)) == files.published_path("people", date(2026, 10, 1))
    assert store.published("people", date(2026, 9, 30)) is None
    assert store.published("households") is None
    assert list(files.scratch().iterdir()) == []


def test_a_publication_that_fails_leaves_the_earlier_one() -> None:
    with store.connect(memory="128MB") as connection:
        path = store.publish("people", date(2026, 10, 1), connection.sql("select 1 as person"))
        before = path.read_bytes()
        broken = connection.sql("select cast(x as integer) from (values ('1'), ('no')) t(x)")
        with pytest.raises(duckdb.ConversionException):
            store.publish("people", date(2026, 10, 1), broken)
    assert path.read_bytes() == before
    assert list(files.scratch().iterdir()) == []


def test_a_connection_sees_the_lake_and_nothing_else(tmp_path: Path) -> None:
    outside = tmp_path / "outside.csv"
    outside.write_text("a\n1\n")
    with store.connect(memory="128MB") as connection:
        for sql in (
            f"select * from read_csv('{outside}')",
            f"copy (select 1) to '{tmp_path / 'out.parquet'}'",
            "install httpfs",
            "attach 'somewhere.duckdb'",
        ):
            with pytest.raises(duckdb.Error):
                connection.execute(sql)
        with pytest.raises(duckdb.Error, match="running"):
            connection.execute("set enable_external_access = true")
    assert not (tmp_path / "out.parquet").exists()


def test_a_column_has_a_plain_name() -> None:
    with pytest.raises(ValueError, match=re.escape("not a column name: 'a\"; drop'")):
        Column('a"; drop', "BIGINT")


def test_sweeping_takes_only_what_no_part_knows() -> None:
    keep(1, (1, 1))
    orphan = files.facts_path("SA-TOY", 2)
    orphan.write_bytes(files.facts_path("SA-TOY", 1).read_bytes())
    assert parts.sweep("SA-TOY") == [2]
    assert not orphan.exists()
    assert seen("sa_toy") == [(1, 1)]
    left, own = files.scratch() / "99999999-dead", files.own_scratch()
    left.mkdir()
    own.mkdir()
    files.sweep_scratch()
    assert (left.exists(), own.exists()) == (False, True)
