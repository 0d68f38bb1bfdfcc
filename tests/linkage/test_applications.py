"""Households of the lake as applications: members, supporters from elsewhere, what the register keeps as declared."""

import json
from datetime import date
from typing import Any

import duckdb
import pytest

from registry.lake_rows import deliver, entry, member, resident
from wenhou.engine import plan, run
from wenhou.engine.backends.duckdb import DuckDB
from wenhou.lake import files
from wenhou.linkage import applications, sources
from wenhou.linkage.actions import arrivals
from wenhou.policy.rules import income  # noqa: F401 (declares what is asked for)

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 31)
PLACE = "640106001001"


def household(
    number: str, *people: tuple[int, dict[str, Any]]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    residents = [resident(key, household_no=number, **told) for key, told in people]
    return residents, [
        member(one["id_no"], number, relation_to_head=one["relation_to_head"]) for one in residents
    ]


def load(*households: Any, register: tuple[dict[str, Any], ...] = (), **others: list[dict[str, Any]]) -> None:
    deliver("DI01", [one for residents, _ in households for one in residents], division="64")
    deliver("DI02", [one for _, members in households for one in members], division="64")
    deliver("SA-ARCH", list(register), division="64")
    for contract, rows in others.items():
        deliver(contract, rows, division="64")
    arrivals.recognise_all(on=DAY)


def persons(*wanted: str) -> list[dict[str, Any]]:
    return _rows("persons", wanted)


def _rows(name: str, wanted: tuple[str, ...]) -> list[dict[str, Any]]:
    made = applications.tables(sources.lake(DAY), as_of=DAY, wanted=wanted)
    order = "household, person desc" if name == "persons" else "household"
    query = f"select * from {made.tables[name]} order by {order}"
    return made.connection.execute(query).to_arrow_table().to_pylist()


OLD = (1, {"birth_date": date(1950, 1, 1)})
WIFE = (2, {"birth_date": date(1952, 1, 1), "relation_to_head": "12"})
SON = (3, {"birth_date": date(1980, 1, 1), "father_id": 1, "mother_id": 2, "sex": "1"})
GRANDSON = (4, {"birth_date": date(2015, 1, 1), "father_id": 3, "relation_to_head": "22"})


def test_a_grown_son_elsewhere_supports_both_parents() -> None:
    load(household("H1", OLD, WIFE), household("H2", SON, GRANDSON))
    rows = persons("birth_date", "is_supporter", "supporter_kinship", "supported_people", "kinship")
    first = [row for row in rows if row["household"] == rows[0]["household"]]
    wife, man, son = first
    assert [wife["person"], man["person"]] == [2, 1]
    assert [row["is_supporter"] for row in first] == [False, False, True]
    assert [row["kinship"] for row in first] == ["配偶", "申请人", None]
    assert son["person"] < 0
    assert (son["supports_first"], son["supports_second"], son["supports_third"]) == (1, 2, None)
    assert (son["supporter_kinship"], son["supporter_rank"], son["supported_people"]) == ("子女", 1, 2)
    assert (son["birth_date"], son["supporter_household_size"]) == (date(1980, 1, 1), 2)
    assert (son["father"], son["mother"], son["spouse"]) == (None, None, None)


def test_who_lives_with_the_family_or_is_a_child_supports_nobody_from_elsewhere() -> None:
    load(household("H1", OLD, WIFE, SON, GRANDSON))
    assert len(persons("birth_date")) == 4


def test_parents_elsewhere_support_a_minor_and_a_gravely_disabled_child_but_no_other_grown_child() -> None:
    minor = (4, {"birth_date": date(2015, 1, 1), "father_id": 3})
    disabled = (5, {"birth_date": date(1990, 1, 1), "father_id": 3})
    able = (6, {"birth_date": date(1990, 1, 1), "father_id": 3})
    father = (3, {"birth_date": date(1965, 1, 1), "sex": "1"})
    card = {"cert_no": "1", "category": "肢体", "level": 2, "issue_date": date(2020, 1, 1), "status": "有效"}
    load(*(household(f"H{key}", (key, told)) for key, told in (father, minor, disabled, able)),
         DI41=[card | {"id_no": 5}])  # fmt: skip
    found = [
        row for row in persons("disability_level", "is_supporter", "supporter_kinship") if row["is_supporter"]
    ]
    assert sorted((row["supporter_kinship"], row["supports_first"]) for row in found) == [
        ("子女", 3),
        ("子女", 3),
        ("父母", 4),
        ("父母", 5),
    ]


INCOME = {"工资性": 10.0, "近12个月其他转移收入": 1200.50, "business_costs_12m": "300.00"}


def test_what_the_register_keeps_was_declared() -> None:
    told = {
        "income_items": json.dumps(INCOME, ensure_ascii=False),
        "assets_determined": '{"homes_exemption": "其他"}',
    }
    load(
        household("H1", OLD, WIFE),
        register=(entry(1, **told), entry(2, relation_to_head="12")),
    )
    wanted = (
        "other_transfers_12m",
        "business_costs_12m",
        "property_costs_12m",
        "lives_with_family",
        "is_clergy",
    )
    old, wife = sorted(persons(*wanted), key=lambda row: row["person"])
    assert [old[name] for name in wanted] == [120_050, 30_000, 0, True, None]
    assert [wife[name] for name in wanted] == [0, 0, 0, True, None]
    (home,) = _rows(
        "households", ("homes_exemption", "money_exemption", "has_unlisted_supporters", "has_luxury_goods")
    )
    assert (home["homes_exemption"], home["money_exemption"], home["has_luxury_goods"]) == (
        "其他",
        "无",
        None,
    )


@pytest.mark.parametrize("items", ["{}", '{"转移性": 500}', "[]"])
def test_a_total_by_kind_is_no_declaration_of_facts(items) -> None:
    load(household("H1", OLD), register=(entry(1, income_items=items),))
    (old,) = persons("other_transfers_12m", "property_costs_12m")
    assert (old["other_transfers_12m"], old["property_costs_12m"]) == (None, None)


def test_off_the_register_nobody_has_declared() -> None:
    load(household("H1", OLD))
    (old,) = persons("other_transfers_12m", "lives_with_family", "is_supporter")
    assert (old["other_transfers_12m"], old["lives_with_family"], old["is_supporter"]) == (None, None, False)


def test_a_supporter_that_the_register_names() -> None:
    brother = (7, {"birth_date": date(1955, 1, 1), "sex": "1"})
    named = [
        {
            "id_no": "p7",
            "of": "p1",
            "对受养人的身份": "兄弟姐妹",
            "义务人家庭近12个月收入": 72000.5,
            "酌情豁免已批准": True,
        }
    ]
    load(
        household("H1", OLD),
        household("H2", brother),
        register=(entry(1, supporters=json.dumps(named, ensure_ascii=False)),),
    )
    (found,) = [row for row in persons("supporter_kinship") if row["is_supporter"]]
    assert (found["supporter_kinship"], found["supports_first"], found["supported_people"]) == (
        "兄弟姐妹",
        1,
        None,
    )


def test_published_in_order_and_readable_by_the_engine() -> None:
    load(household("H1", OLD, WIFE), household("H2", SON))
    folder = applications.publish(as_of=DAY)
    assert folder == files.root() / "published" / "applications" / "2026-10-31"
    read = {
        name: f"select * from read_parquet('{folder / name}.parquet')"
        for name in ("persons", "households", "standards")
    }
    with duckdb.connect() as connection:
        told = {name: connection.execute(query).to_arrow_table() for name, query in read.items()}
        assert told["households"]["household"].to_pylist() == sorted(
            told["households"]["household"].to_pylist()
        )
        batch = run.batch(
            plan.make(as_of=DAY, wanted=["is_elder", "dibao_standard"]),
            told,
            DuckDB(connection),
        )
        found = batch.arrow("persons").to_pylist()
        assert {row["person"]: row["is_elder"] for row in found if row["person"] > 0} == {
            1: True,
            2: True,
            3: False,
        }
        assert len(found) == 4
        batch.close()
