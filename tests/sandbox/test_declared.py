"""What the sandbox's register keeps as declared: in the format, exact, and in step with everybody's life."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sandbox import reading
from sandbox.factories import AS_OF
from wenhou.linkage import archive

MONTHS = [f"{2025 + (9 + at) // 12}-{(9 + at) % 12 + 1:02}" for at in range(12)]
"""2025-10 to 2026-09, the twelve complete months."""
ID = re.compile(r'"(\d{17}[\dX])"')
STANDS = ("在保", "暂停")


@pytest.fixture(scope="module")
def rows(place: Path) -> list[dict[str, Any]]:
    return reading.contract(place, "SA-ARCH").to_pylist()


@pytest.fixture(scope="module")
def told(rows) -> dict[tuple[str, str], tuple[dict[str, Any], archive.Archive]]:
    """By register household and person: the row, and the archive as linkage reads it."""
    keys = {row["id_no"]: number for number, row in enumerate(rows, start=1)}

    def key(found: re.Match[str]) -> str:
        return f'"p{keys.setdefault(found[1], len(keys) + 1)}"'

    found = {}
    for row in rows:
        columns = {
            name: ID.sub(key, row[name]) for name in (archive.INCOME, archive.ASSETS, archive.SUPPORTERS)
        }
        found[row["household_no"], row["id_no"]] = row, archive.read(columns, on=AS_OF)
    return found


def sums(place: Path, sql: str, code: str) -> dict[str, int]:
    return {who: int(fen) for who, fen in reading.ask(sql, rows=reading.contract(place, code)) if fen}


def test_every_row_is_in_order_and_everybody_alive_declared(place, told) -> None:
    silent = {row["id_no"] for row, said in told.values() if not said}
    dead = {"DI03": "id_no", "DI33": "deceased_id", "DI45": "id_no"}
    gone = {row[column] for code, column in dead.items() for row in reading.contract(place, code).to_pylist()}
    days = ("applied_on", "confirmed_on", "refused_on", "last_review_on")
    outdated = {
        row["id_no"] for row, _ in told.values() if max(row[day] or "" for day in days) < "2025-10-31"
    }
    assert silent & gone
    assert silent <= gone | outdated
    spoken = [(row["category"], said.person.asked) for row, said in told.values() if said]
    assert all(asked == (("申报",) if kind == "申请中" else ("SA-VISIT", "申报")) for kind, asked in spoken)


def test_of_each_household_one_row_tells(told) -> None:
    homes: dict[str, int] = {}
    standing = {(row["household_no"]) for row, said in told.values() if said and row["status"] in STANDS}
    for row, said in told.values():
        homes[row["household_no"]] = homes.get(row["household_no"], 0) + said.tells_of_household
    assert set(homes.values()) <= {0, 1}
    assert sum(homes[number] for number in standing) > len(standing) * 0.95


def test_wages_of_which_the_tax_office_knows_are_not_declared_again(place, told) -> None:
    months = ", ".join(f"'{month}'" for month in MONTHS)
    sql = f"""select id_no, sum(income::decimal(18, 2)) * 100 from rows where period in ({months})
        and income_item in ('工资薪金', '劳务报酬', '稿酬特许权') group by id_no"""
    seen = sums(place, sql, "DI26")
    twice = [
        (row["category"], said.person.values["wages_12m"], seen[row["id_no"]])
        for row, said in told.values()
        if row["id_no"] in seen and "wages_12m" in said.person.values
    ]
    assert all(category not in ("DB", "TK") or declared == 0 for category, declared, _ in twice)
    assert all(declared > known for _, declared, known in twice)


def test_a_field_brings_what_it_brings_and_costs_what_it_costs(place, told) -> None:
    sql = "select id_no, sum(land_mu::decimal(18, 2)) * 100 from rows where year = '2026' group by id_no"
    mu = sums(place, sql, "DI38")
    sold = sums(place, f"select id_no, sum(sales::decimal(18, 2)) * 100 from rows where period in "
                f"({', '.join(repr(month) for month in MONTHS)}) group by id_no", "DI27")  # fmt: skip
    tilling = 0
    for row, said in told.values():
        if not said or row["id_no"] in sold:
            continue
        hundredths = mu.get(row["id_no"], 0)
        values = said.person.values
        if "business_revenue_12m" in values:
            tilling += 1
            assert values["business_revenue_12m"] == hundredths * 760
            assert values["business_costs_12m"] == hundredths * 580
        else:
            assert "business_costs_12m" not in values
    assert tilling >= 3


def test_own_insurance_is_told_of_exactly_those_who_paid(place, told) -> None:
    months = ", ".join(f"'{month}'" for month in MONTHS)
    sql = f"""select id_no, sum(pay_base::decimal(18, 2) * 100 * case insure_kind when '城乡居民养老' then 1000
        when '失业' then 5 when '工伤' then 0 else 80 end / 1000) + 1 from rows
        where month in ({months}) and lower(paid::varchar) in ('true', '1', '是', 'y') group by id_no"""
    paid = sums(place, sql, "DI10")
    of = {
        row["id_no"]: said.person.values.get("social_insurance_paid_12m")
        for row, said in told.values()
        if said
    }
    assert {who for who, fen in of.items() if fen is not None} == {who for who in of if who in paid}
    assert all(fen is None or abs(fen + 1 - paid[who]) < 12 for who, fen in of.items())
    assert sum(fen == 20_000 for fen in of.values()) >= 10


def test_what_the_bureau_found_keeps_everybody_in_their_place(told) -> None:
    """Whoever was refused, or stands higher than 低保, has means that no department knows."""
    found = {"BY": 0, "未获批": 0, "DB": 0}
    for row, said in told.values():
        values = said.person.values
        if said.tells_of_household and row["category"] in found and row["status"] != "退出":
            found[row["category"]] += "other_transfers_12m" in values or values.get("wages_12m", 0) > 500_000
    assert found["BY"] >= 5
    assert found["未获批"] >= 1
    assert found["DB"] == 0


def test_supporters_are_told_with_all_that_the_law_asks(told) -> None:
    kin = [(row, one) for row, said in told.values() for one in said.supporters]
    assert len(kin) >= 20
    for row, one in kin:
        values = one.told.values
        assert values["supporter_kinship"] in ("子女", "父母")
        assert values["supporter_household_income_12m"] >= 0
        assert one.told.asked == ("申报", "评定")
        assert (values["supporter_kinship"] == "父母") == ("supported_people" in values)
        agreed = values.get("has_support_judgement", False)
        assert agreed == ("judged_support" in values)
        if agreed:
            assert row["category"] not in ("申请中", "未获批")
            assert 0 <= values["judged_support"] == values["paid_support"] <= 30_000


def test_self_care_is_told_by_its_six_acts(told) -> None:
    lost = {"自理": 0, "部分丧失": 2, "完全丧失": 5}
    graded = 0
    for row, said in told.values():
        acts = [value for name, value in said.person.values.items() if name.startswith("can_")]
        if said and row["self_care"] and row["category"] != "申请中":
            graded += 1
            assert (len(acts), acts.count(False)) == (6, lost[row["self_care"]])
        else:
            assert acts == []
    assert graded >= 5


def test_no_words_but_those_of_the_format(rows) -> None:
    for row in rows:
        assert isinstance(json.loads(row["income_items"]), dict)
        assert "元" in row["income_items"] or not re.search(r"\d+\.\d\d", row["income_items"])


def test_prices_and_care_come_with_the_standards(place) -> None:
    told = {row["name"]: row for row in reading.contract(place, "SA-STD").to_pylist()}
    wanted = {
        "cpi_growth": ("6.0000", "‰"),
        "food_price_growth": ("24.0000", "‰"),
        "tekun_care_full": ("680.0000", "元/月"),
    }
    assert {name: (told[name]["value"], told[name]["unit"]) for name in wanted} == wanted
    assert told["cpi_growth"]["since"] == date(2026, 9, 1).isoformat()
    assert told["cpi_growth"]["document"] == "沙箱虚构，非公布数"
