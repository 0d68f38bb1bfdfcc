"""The declarations themselves."""

import pytest

from wenhou.base.errors import Refused
from wenhou.exchange import reference
from wenhou.exchange.contracts import FOLDER, Contract, all_contracts, code_table, contract, load_order

every_contract = pytest.mark.parametrize("promised", all_contracts(), ids=lambda one: one.code)


def test_48_items_and_ten_of_our_own_are_declared() -> None:
    codes = [one.code for one in all_contracts()]
    assert [code for code in codes if code.startswith("DI")] == [f"DI{number:02d}" for number in range(1, 49)]
    ours = ["ALERT", "ARCH", "AUTH", "CASE", "CHK", "CLUE", "PAY", "STD", "SVC", "VISIT"]
    assert [code for code in codes if code.startswith("SA-")] == [f"SA-{name}" for name in ours]
    assert {one.code for one in all_contracts() if one.authorisation} == {"DI05", "DI47", "DI48"}
    assert len({one.source for one in all_contracts()}) == 17


def test_a_contract_says_what_the_lake_keeps() -> None:
    di31 = contract("DI31")
    assert (di31.title, di31.department, di31.late_after_days) == ("医疗救助与年度自付累计", "医疗保障局", 35)
    assert [(column.name, column.type) for column in di31.table.columns] == [
        ("id_no", "BIGINT"),
        ("year", "INTEGER"),
        ("aid_paid", "BIGINT"),
        ("oop_total", "BIGINT"),
        ("oop_in_policy", "BIGINT"),
        ("updated", "DATE"),
    ]
    assert di31.table.key == ("id_no", "year")
    assert contract("SA-ARCH").table.view == "sa_arch"
    assert contract("DI17").field("share").stored == "DECIMAL(18,4)"
    assert contract("DI46").field("month").stored == "DATE"
    assert contract("DI33").table.person_columns == ("mother_id", "newborn_id", "deceased_id")


@every_contract
def test_every_field_is_labelled_and_every_person_is_sensitive(promised: Contract) -> None:
    for field in promised.fields:
        assert field.label
        assert field.label.isprintable()
        if field.kind == "id":
            assert field.sensitive
            assert field.name in promised.table.person_columns


def test_code_tables_hold_what_the_standards_hold() -> None:
    assert len([code for code in code_table("nation") if code < "57"]) == 56
    assert code_table("sex")["2"] == "女性"
    assert code_table("relation")["02"] == "户主"
    assert len(code_table("assistance_item")) == 44


def test_an_unknown_contract_is_refused() -> None:
    with pytest.raises(Refused, match="没有编号为“DI49”的数据契约。"):
        contract("DI49")


def test_residence_and_authorisations_are_loaded_first() -> None:
    codes = ["SA-ARCH", "DI47", "SA-AUTH", "DI04", "DI02", "DI01", "DI03"]
    assert sorted(codes, key=load_order) == ["DI01", "DI02", "DI04", "SA-AUTH", "DI03", "DI47", "SA-ARCH"]


def test_the_reference_page_lists_every_contract_as_it_is_declared() -> None:
    page = FOLDER.parent / "docs" / "reference" / "exchange.md"
    assert page.read_text(encoding="utf-8").endswith(reference.table())
