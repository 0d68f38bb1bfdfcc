"""Households of the lake as applications: members, supporters from elsewhere, what the register keeps as declared."""

import json
from datetime import date
from typing import Any

import pytest

from registry.lake_rows import deliver, entry, member, resident
from wenhou.engine import plan, run
from wenhou.engine.backends.duckdb import DuckDB
from wenhou.lake import files, parquet, store
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


ASKED = {"已核对": ["申报", "评定", "SA-VISIT"]}
REVIEWED = date(2026, 3, 1)


def archived(
    key: int, person: Any = None, assets: Any = None, supporters: Any = None, **more: Any
) -> dict[str, Any]:
    """A row of the register, reviewed in March, with what was declared."""
    told = {"income_items": person or {}, "assets_determined": assets or {}, "supporters": supporters or []}
    kept = {column: json.dumps(value, ensure_ascii=False) for column, value in told.items()}
    return entry(
        key, **(kept | {"last_review_on": REVIEWED, "relation_to_head": "02" if key == 1 else "12"} | more)
    )


def faults() -> list[tuple[int, str]]:
    made = applications.tables(sources.lake(DAY), as_of=DAY, wanted=["birth_date"])
    return made.connection.execute(f"select person, fault from {made.faults} order by person").fetchall()


INCOME = {
    "工资性": 10.0,
    "惠农补贴": "1200.00元",
    "近12个月其他转移收入": "1200.50元",
    "business_costs_12m": "300.00元",
    "宗教教职人员": "不知道",
}
OF_PEOPLE = (
    "other_transfers_12m",
    "business_costs_12m",
    "property_costs_12m",
    "lives_with_family",
    "is_clergy",
)


def test_what_the_register_keeps_was_declared_by_whoever_it_is_kept_of() -> None:
    load(
        household("H1", OLD, WIFE),
        register=(archived(1, INCOME | ASKED, {"住房豁免理由": "其他"} | ASKED), archived(2)),
    )
    old, wife = sorted(persons(*OF_PEOPLE), key=lambda row: row["person"])
    assert [old[name] for name in OF_PEOPLE] == [120_050, 30_000, 0, True, None]
    assert [wife[name] for name in OF_PEOPLE] == [None, None, None, True, None]
    wanted = ("homes_exemption", "money_exemption", "has_luxury_goods", "has_approved_money_exemption")
    (home,) = _rows("households", (*wanted, "has_income_risen_by_work", "has_unlisted_supporters"))
    assert [home[name] for name in wanted] == ["其他", "无", False, False]
    assert (home["has_income_risen_by_work"], home["has_unlisted_supporters"]) == (None, False)
    assert faults() == []


def test_what_is_written_without_saying_who_was_asked_tells_only_itself() -> None:
    load(household("H1", OLD), register=(archived(1, INCOME, {"住房豁免理由": "其他"}),))
    (old,) = persons(*OF_PEOPLE)
    assert [old[name] for name in OF_PEOPLE] == [120_050, 30_000, None, True, None]
    (home,) = _rows("households", ("homes_exemption", "money_exemption"))
    assert (home["homes_exemption"], home["money_exemption"]) == ("其他", None)


WAGES = {
    "id_no": 1,
    "withholder_uscc": "U",
    "income_item": "工资薪金",
    "income": 500_000,
    "tax": 0,
    "period": date(2026, 3, 1),
}


@pytest.mark.parametrize(
    ("declared", "rows", "covered", "found"),
    [
        (ASKED, [WAGES], True, 500_000),
        (ASKED, [WAGES | {"income": 10**10}], True, 10**10),
        (ASKED, [WAGES | {"income": 10**10 + 1}], True, None),  # more than anybody has: a slip, not known
        (ASKED, [], True, 0),
        (ASKED, [], False, None),
        ({}, [WAGES], True, None),
        (ASKED | {"近12个月工资性收入": "3000.00元"}, [WAGES], True, 500_000),
        (ASKED | {"近12个月工资性收入": "7000.00元"}, [WAGES], True, 700_000),
        ({"近12个月工资性收入": "7000.00元"}, [], False, 700_000),
        (ASKED | {"近12个月工资性收入": "不知道"}, [], True, None),
    ],
)
def test_a_department_and_the_family_are_both_asked(declared, rows, covered, found) -> None:
    told = {"DI26": rows} if covered else {}
    load(household("H1", OLD), register=(archived(1, declared),), **told)
    (old,) = persons("wages_12m")
    assert old["wages_12m"] == found


@pytest.mark.parametrize("items", ["{}", '{"转移性": 500}'])
def test_a_total_by_kind_is_no_declaration_of_facts(items) -> None:
    load(household("H1", OLD), register=(entry(1, income_items=items, last_review_on=REVIEWED),))
    (old,) = persons("other_transfers_12m", "property_costs_12m")
    assert (old["other_transfers_12m"], old["property_costs_12m"]) == (None, None)


def test_off_the_register_nobody_has_declared() -> None:
    load(household("H1", OLD))
    (old,) = persons("other_transfers_12m", "lives_with_family", "is_supporter")
    assert (old["other_transfers_12m"], old["lives_with_family"], old["is_supporter"]) == (None, None, False)


def test_who_was_refused_has_declared_too() -> None:
    refused = {
        "category": "未获批",
        "status": None,
        "is_covered": False,
        "confirmed_on": None,
        "last_review_on": None,
    }
    dates = {"applied_on": date(2026, 5, 1), "refused_on": date(2026, 6, 1)}
    load(household("H1", OLD, WIFE), register=(archived(1, ASKED, ASKED, **(refused | dates)),))
    old, wife = sorted(persons(*OF_PEOPLE), key=lambda row: row["person"])
    assert [old[name] for name in OF_PEOPLE] == [0, 0, 0, True, False]
    assert [wife[name] for name in OF_PEOPLE] == [None] * 5
    (home,) = _rows("households", ("has_luxury_goods",))
    assert home["has_luxury_goods"] is False


@pytest.mark.parametrize(
    ("reviewed", "told"),
    [
        (date(2025, 10, 31), None),
        (date(2025, 10, 30), "最近一次申请、认定或核查是2025-10-30：早于12个月，申报不再作数；请重新核查。"),
        (date(2026, 11, 1), "最近一次申请、认定或核查是2026-11-01：晚于所问的2026-10-31；请改问那天以后。"),
        (None, "没有申请、认定和核查的日期：不知道是哪一天的申报；请补上日期。"),
    ],
)
def test_an_archive_speaks_for_a_year(reviewed, told) -> None:
    row = archived(1, ASKED, last_review_on=reviewed, confirmed_on=None)
    load(household("H1", OLD), register=(row,))
    (old,) = persons("business_costs_12m")
    assert old["business_costs_12m"] == (None if told else 0)
    assert faults() == ([(1, told)] if told else [])


def test_a_broken_row_tells_nothing_and_is_told_once() -> None:
    broken = archived(1, ASKED | {"近12个月其它转移收入": "5.00元"}, ASKED)
    load(household("H1", OLD, WIFE), register=(broken, archived(2, ASKED)))
    old, wife = sorted(persons("business_costs_12m"), key=lambda row: row["person"])
    assert (old["business_costs_12m"], wife["business_costs_12m"]) == (None, 0)
    (home,) = _rows("households", ("has_luxury_goods",))
    assert home["has_luxury_goods"] is None
    why = "income_items里有不认识的“近12个月其它转移收入”：它不是这里可以申报或评定的事实；"
    assert faults() == [(1, f"{why}您是否想写“近12个月其他转移收入”？请照事实的名称填写。")]


def test_a_household_is_told_in_one_row() -> None:
    load(household("H1", OLD, WIFE), register=(archived(1, ASKED, ASKED), archived(2, ASKED, ASKED)))
    old, wife = sorted(persons("business_costs_12m"), key=lambda row: row["person"])
    assert (old["business_costs_12m"], wife["business_costs_12m"]) == (0, None)
    assert faults() == [(2, "这一户的财产和义务人已写在另一成员的行里：同一户只写一处；请删去一处。")]


BROTHER = (7, {"birth_date": date(1955, 1, 1), "sex": "1"})
NAMED = {
    "id_no": "p7",
    "of": ["p1", "p2"],
    "对受养人的身份": "兄弟姐妹",
    "义务人家庭近12个月收入": "72000.50元",
    "酌情豁免已批准": True,
}
OF_SUPPORTERS = (
    "supporter_kinship", "supporter_household_income_12m", "has_approved_waiver", "has_support_judgement",
    "judged_support", "supported_people", "supporter_household_size",
)  # fmt: skip


def supporter(**more: Any) -> dict[str, Any]:
    load(
        household("H1", OLD, WIFE),
        household("H2", BROTHER),
        register=(archived(1, ASKED, ASKED, [NAMED | more]), archived(2, ASKED)),
    )
    (found,) = [row for row in persons(*OF_SUPPORTERS) if row["is_supporter"]]
    return found


def test_a_supporter_that_the_register_names() -> None:
    found = supporter()
    assert (found["supports_first"], found["supports_second"], found["supports_third"]) == (1, 2, None)
    assert [found[name] for name in OF_SUPPORTERS] == ["兄弟姐妹", 7_200_050, True, None, None, None, 1]


def test_of_a_supporter_too_silence_is_none_where_it_was_asked() -> None:
    found = supporter(已核对=["申报", "评定"], 被赡养人数=3, 义务人家庭人数=4)
    assert [found[name] for name in OF_SUPPORTERS] == ["兄弟姐妹", 7_200_050, True, False, 0, 3, 4]


def test_a_supporter_who_is_named_and_not_found_is_one_not_listed() -> None:
    load(household("H1", OLD), register=(archived(1, ASKED, ASKED, [NAMED | {"of": "p1"}]),))
    (home,) = _rows("households", ("has_unlisted_supporters",))
    assert home["has_unlisted_supporters"] is True


def test_published_in_order_and_readable_by_the_engine() -> None:
    load(household("H1", OLD, WIFE), household("H2", SON))
    folder = applications.publish(as_of=DAY)
    assert folder == files.root() / "published" / "applications" / "2026-10-31"
    read = {
        name: f"select * from {parquet.file(folder / f'{name}.parquet')}"
        for name in ("persons", "households", "standards", "faults")
    }
    with store.connect() as connection:
        told = {name: connection.execute(query).to_arrow_table() for name, query in read.items()}
        assert told.pop("faults").num_rows == 0
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
