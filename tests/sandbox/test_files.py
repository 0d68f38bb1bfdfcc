"""What is handed over: every contract, its exact fields, made-up identity numbers, sources that agree."""

import re
from datetime import date
from pathlib import Path

import pytest

from sandbox import reading
from sandbox.factories import small
from wenhou.base.errors import Refused
from wenhou.base.identity import IdNumber
from wenhou.exchange.contracts import all_contracts
from wenhou.sandbox.catalogue import contracts
from wenhou.sandbox.numbers import UNASSIGNED_PREFIXES

PERSONS = {
    code: [field.name for field in fields.values() if field.kind == "person"]
    for code, fields in contracts().items()
}


def test_every_contract_is_delivered_with_its_manifest(place: Path) -> None:
    told = reading.manifests(place)
    assert {m["contract"] for m in told} == {c.code for c in all_contracts()}
    assert len({(m["contract"], m["division"], m["number"]) for m in told}) == len(told)
    assert {m["mode"] for m in told} == {"full"}
    assert {m["division"] for m in told} == {"640104", "640121", "640122"}


def test_files_have_exactly_the_fields_of_their_contract(place: Path) -> None:
    promised = {c.code: [f.name for f in c.fields] for c in all_contracts()}
    for told in reading.manifests(place):
        assert reading.read(told).column_names == promised[told["contract"]], told["file"]


def test_all_kinds_of_file_are_used(place: Path) -> None:
    folder = place / "deliveries"
    assert {path.suffix for path in folder.iterdir()} == {".csv", ".json", ".xlsx", ".parquet", ".zip"}
    with pytest.raises(UnicodeDecodeError):
        (folder / "DI39.csv").read_bytes().decode()
    assert "小型农机" in (folder / "DI39.csv").read_bytes().decode("gb18030")


def test_every_contract_has_rows(place: Path) -> None:
    for code in contracts():
        assert reading.contract(place, code).num_rows > 0, code


def test_identity_numbers_are_valid_and_nobodys(place: Path) -> None:
    seen = set()
    for code, names in PERSONS.items():
        table = reading.contract(place, code)
        seen |= {number for name in names for number in table[name].to_pylist() if number}
    assert len(seen) > 2000
    assert all(IdNumber.parse(number).text == number for number in seen)
    assert {int(number[:6]) for number in seen} <= set(UNASSIGNED_PREFIXES)


def test_numbers_tell_birth_and_sex(place: Path) -> None:
    people = reading.contract(place, "DI01")
    wrong = reading.ask(
        "select count(*) from people where replace(birth_date, '-', '') <> id_no[7:14]"
        " or (sex = '1') <> (id_no[17:17]::int % 2 = 1)",
        people=people,
    )
    assert wrong == [(0,)]
    assert reading.ask(
        "select count(*) from (select id_no from people group by 1 having count(*) > 1)", people=people
    ) == [(0,)]


def test_residents_are_as_many_as_asked(place: Path) -> None:
    summary = small(place.parent / "again")
    assert summary.residents == 2000
    assert summary.deliveries == len(reading.manifests(place))


def test_money_has_two_decimals_and_dates_are_iso(place: Path) -> None:
    forms = {
        "money": re.compile(r"\d+\.\d\d"),
        "date": re.compile(r"\d{4}-\d\d-\d\d"),
        "ym": re.compile(r"\d{4}-(0[1-9]|1[0-2])"),
        "bool": re.compile("true|false"),
        "num2": re.compile(r"\d+\.\d\d"),
        "num4": re.compile(r"\d+\.\d{4}"),
        "place": re.compile(r"64\d{10}"),
    }
    for code, fields in contracts().items():
        table = reading.contract(place, code)
        for field in fields.values():
            if field.kind in forms:
                values = {v for v in table[field.name].to_pylist() if v is not None}
                assert all(forms[field.kind].fullmatch(v) for v in values), (code, field.name)


def test_references_lead_to_somebody(place: Path) -> None:
    """Everybody named anywhere is in DI01, but for the register of the county whose residence records never came."""
    people = set(reading.contract(place, "DI01")["id_no"].to_pylist())
    for told in reading.manifests(place):
        if told["division"] == "640122":
            continue
        table = reading.read(told)
        for name in PERSONS[told["contract"]]:
            assert {n for n in table[name].to_pylist() if n} <= people, (told["contract"], name)


def test_spouses_are_mutual_and_parents_older(place: Path) -> None:
    people = reading.contract(place, "DI01")
    one_sided = "select count(*) from people a join people b on a.spouse_id = b.id_no where b.spouse_id is distinct from a.id_no"
    assert reading.ask(one_sided, people=people) == [(0,)]
    for parent in ("father_id", "mother_id"):
        young = (
            f"select count(*) from people a join people b on a.{parent} = b.id_no"
            " where a.birth_date::date - b.birth_date::date < 15 * 365"
        )
        assert reading.ask(young, people=people) == [(0,)], parent


def test_yearly_totals_are_what_stays_and_clinics_add_up_to(place: Path) -> None:
    tables = {code: reading.contract(place, code) for code in ("DI29", "DI30", "DI31")}
    sql = """
        with paid as (
            select id_no, discharge[1:4] as y, self_pay::decimal(18,2) as own, aid_pay::decimal(18,2) as aid from DI29
            union all
            select id_no, month[1:4], self_pay::decimal(18,2), 0 from DI30
        ), total as (select id_no, y, sum(own) as own, sum(aid) as aid from paid where y in ('2025', '2026') group by 1, 2)
        select count(*), count_if(t.own <> d.oop_total::decimal(18,2) or t.aid <> d.aid_paid::decimal(18,2)
                                  or t.own is null or d.oop_total is null)
        from total t full join DI31 d on d.id_no = t.id_no and d.year = t.y
        where coalesce(t.own, 1) > 0
    """
    ((rows, wrong),) = reading.ask(sql, **tables)
    assert rows > 100
    assert wrong == 0


def test_bills_add_up(place: Path) -> None:
    sql = """select count(*) from stays where total::decimal(18,2) <> basic_pay::decimal(18,2)
        + serious_pay::decimal(18,2) + aid_pay::decimal(18,2) + supp_pay::decimal(18,2) + self_pay::decimal(18,2)
        or self_pay[1:1] = '-' or in_policy::decimal(18,2) > total::decimal(18,2)"""
    assert reading.ask(sql, stays=reading.contract(place, "DI29")) == [(0,)]


def test_authorised_items_carry_a_known_authorisation(place: Path) -> None:
    known = set(
        zip(
            *(reading.contract(place, "SA-AUTH")[name].to_pylist() for name in ("auth_no", "id_no")),
            strict=True,
        )
    )
    for code in ("DI05", "DI47", "DI48"):
        table = reading.contract(place, code)
        assert table.num_rows > 0
        used = set(zip(table["auth_no"].to_pylist(), table["id_no"].to_pylist(), strict=True))
        assert used <= known, code


def test_certificates_have_a_history(place: Path) -> None:
    earlier, later = sorted(
        (m for m in reading.manifests(place) if m["contract"] == "DI41"), key=lambda m: m["period"]["to"]
    )
    assert (earlier["period"]["to"], later["period"]["to"]) == ("2026-06-30", "2026-10-31")
    sql = "select count(*) from before b join after a using (id_no) where a.level < b.level"
    assert reading.ask(sql, before=reading.read(earlier), after=reading.read(later))[0][0] >= 5


def test_the_truth_is_not_among_the_deliveries(place: Path) -> None:
    assert sorted(path.name for path in place.iterdir()) == ["deliveries", "divisions.csv", "truth"]
    assert not [
        path for path in (place / "deliveries").rglob("*") if "truth" in path.name or "error" in path.name
    ]


def test_villages_used_are_listed_as_the_official_list_is(place: Path) -> None:
    lines = (place / "divisions.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "code,name"
    listed = {line.split(",")[0] for line in lines[1:]}
    assert {len(code) for code in listed} == {12}
    villages = {code for code in listed if not code.endswith("000")}
    assert {code[:9] + "000" for code in villages} == listed - villages
    people = reading.contract(place, "DI01")
    assert set(people["division_code"].to_pylist()) <= villages


def test_what_cannot_be_built_is_refused(place: Path, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="至少为1000"):
        small(tmp_path / "a", residents=999)
    with pytest.raises(Refused, match="3月1日"):
        small(tmp_path / "a", as_of=date(2026, 2, 28))
    with pytest.raises(Refused, match="64开头"):
        small(tmp_path / "a", division="610305")
    with pytest.raises(Refused, match="已有造好的数据"):
        small(place)
    assert not (tmp_path / "a").exists()
