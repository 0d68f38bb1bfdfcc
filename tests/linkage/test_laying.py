"""A wide table laid column by column is the joined one."""

from datetime import date
from decimal import Decimal

import duckdb
import pytest

from registry.lake_rows import deliver, entry, member, resident
from wenhou.linkage import facts, laying, sources
from wenhou.linkage.actions import arrivals

DAY = date(2026, 10, 31)
WANTED = [
    "birth_date",
    "care_mode",
    "days_abroad_12m",
    "has_hukou_moved_out",
    "homes",
    "household_category",
    "is_dibao",
    "last_marital_event",
    "on_register",
    "other_adults_in_household",
    "out_of_pocket_this_year",
    "transfers_out_before_application",
    "wages_6m",
]


def laid(base: str, *parts: str) -> list[dict[str, object]]:
    asked = laying.Query(base, parts, "select * from laid order by key")
    with duckdb.connect() as connection, asked.laid(connection) as query:
        return connection.execute(query).to_arrow_table().to_pylist()


def test_whoever_has_no_row_has_nothing_and_rows_of_nobody_are_left_out() -> None:
    told = laid(
        "select * from (values (3::bigint, true), (5, false), (9, null)) t(key, told) order by key",
        "select * from (values (9::bigint, 'nine', null::date), (7, 'seven', null), (3, null, date '2026-01-02')) t(k, a, b)",
        "select 5::bigint as k, 1.25::decimal(18, 4) as c",
        "select 1::bigint as k, 2::bigint as d where false",
    )
    assert told == [
        {"key": 3, "told": True, "a": None, "b": date(2026, 1, 2), "c": None, "d": None},
        {"key": 5, "told": False, "a": None, "b": None, "c": Decimal("1.2500"), "d": None},
        {"key": 9, "told": None, "a": "nine", "b": None, "c": None, "d": None},
    ]


def test_in_pieces_each_key_is_asked_about_once() -> None:
    query = laying.Query(
        "select * from range(1, 6) t(key) order by key",
        ("select * from (values (5::bigint, 'five'), (2, 'two')) t(k, a)",),
        "select * from laid order by key",
    )
    with duckdb.connect() as connection:
        told = [connection.execute(asked).fetchall() for asked in query.in_pieces(connection, 2)]
        assert not connection.execute("select * from duckdb_views() where view_name = 'laid'").fetchall()
    assert told == [[(1, None), (2, "two")], [(3, None), (4, None)], [(5, "five")]]


def test_nobody_asked_about() -> None:
    assert laid("select 1::bigint as key where false", "select 1::bigint as k, 'x' as a") == []


@pytest.mark.django_db
def test_facts_are_as_in_the_joined_tables() -> None:
    deliver("DI01", [resident(1), resident(2, household_no="H1", relation_to_head="20", mother_id=1)])
    deliver("DI02", [member(1, "H1"), member(2, "H1", relation_to_head="20")])
    deliver("SA-ARCH", [entry(1), entry(2, relation_to_head="20")])
    paid = [{"id_no": 1, "year": 2026, "oop_total": 2_000_000}, {"id_no": 2, "year": 2026, "oop_total": 3}]
    deliver("DI31", paid)
    arrivals.recognise_all(on=DAY)
    views = sources.lake(DAY)
    tables = facts.tables(views, as_of=DAY, wanted=WANTED)
    for entity, query in facts.queries(views, as_of=DAY, wanted=WANTED).items():
        joined = getattr(tables, f"{entity}s").order_by(entity).to_pyarrow().to_pylist()
        with query.laid(views.backend.con) as asked:
            found = views.backend.con.execute(f"{asked} order by {entity}").to_arrow_table().to_pylist()
        assert found == joined
        assert joined
