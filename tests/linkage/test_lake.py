"""The same fills over the lake: the tables, the evidence, a few people only."""

from datetime import date

import pytest

from registry.lake_rows import deliver, entry, member, resident
from wenhou.linkage import facts, sources
from wenhou.linkage.actions import arrivals

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 31)


@pytest.fixture
def lake() -> dict[str, int]:
    deliveries = {
        "DI01": deliver(
            "DI01", [resident(1), resident(2, household_no="H1", relation_to_head="20", mother_id=1)]
        ),
        "DI02": deliver("DI02", [member(1, "H1"), member(2, "H1", relation_to_head="20")]),
        "SA-ARCH": deliver("SA-ARCH", [entry(1), entry(2, relation_to_head="20")]),
        "DI31": deliver(
            "DI31",
            [
                {"id_no": 1, "year": 2025, "oop_total": 9},
                {"id_no": 1, "year": 2026, "oop_total": 2_000_000},
                {"id_no": 2, "year": 2026, "oop_total": 3},
            ],
        ),
    }
    arrivals.recognise_all(on=DAY)
    return deliveries


def test_the_tables(lake) -> None:
    wanted = ["out_of_pocket_this_year", "is_dibao", "household_category", "disability_level"]
    tables = facts.tables(sources.lake(DAY), as_of=DAY, wanted=wanted)
    first, second = tables.persons.order_by("person").to_pyarrow().to_pylist()
    assert (first["out_of_pocket_this_year"], first["is_dibao"], first["disability_level"]) == (
        2_000_000,
        True,
        None,
    )
    assert (second["mother"], second["household"]) == (1, first["household"])
    (home,) = tables.households.to_pyarrow().to_pylist()
    assert home == {"household": first["household"], "county": "640104", "household_category": "DB"}
    assert str(tables.persons.schema()["out_of_pocket_this_year"]).endswith("int64")


def test_a_division_limits_both_tables(lake) -> None:
    tables = facts.tables(sources.lake(DAY), as_of=DAY, wanted=["is_dibao"], division="640106")
    assert tables.persons.count().to_pyarrow().as_py() == 0
    assert tables.households.count().to_pyarrow().as_py() == 0


def test_evidence_is_exactly_the_selection(lake) -> None:
    (row,) = facts.evidence(
        sources.lake(DAY), as_of=DAY, facts=["out_of_pocket_this_year", "birth_date"], persons=[1]
    )
    assert (row.fact, row.contract, row.delivery, row.line, row.subject) == (
        "out_of_pocket_this_year",
        "DI31",
        lake["DI31"],
        3,
        1,
    )
    assert (row.fields["year"], row.fields["oop_total"]) == (2026, 2_000_000)


def test_evidence_of_the_register_is_its_own_line(lake) -> None:
    (row,) = facts.evidence(sources.lake(DAY), as_of=DAY, facts=["is_dibao"], persons=[2])
    assert (row.contract, row.delivery, row.line, row.fields["status"]) == (
        "SA-ARCH",
        lake["SA-ARCH"],
        3,
        "在保",
    )


def test_a_few_people_answer_as_they_do_among_all(lake) -> None:
    views = sources.lake(DAY)
    every = facts.tables(views, as_of=DAY).persons.order_by("person").to_pyarrow().to_pylist()
    few = facts.tables(sources.Only(views, [1, 2]), as_of=DAY).persons.order_by("person")
    assert few.to_pyarrow().to_pylist() == every
    (alone,) = (
        facts.tables(sources.Only(views, [2]), as_of=DAY, wanted=["is_dibao"])
        .persons.to_pyarrow()
        .to_pylist()
    )
    assert (alone["person"], alone["is_dibao"]) == (2, True)
