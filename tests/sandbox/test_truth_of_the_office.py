"""E and F: what the office's own files and the calendar say, recomputed from the files alone."""

from datetime import date
from pathlib import Path

import pyarrow.parquet as pq

from sandbox import reading
from sandbox.factories import AS_OF
from wenhou.divisions.calendar import working_days_between


def expected(place: Path, indicator: str, name: str = "household_no") -> set[str]:
    rows = pq.read_table(place / "truth" / "truth.parquet").to_pylist()
    return {row[name] for row in rows if row["indicator"] == indicator and row["expected"]}


def homes(place: Path, people: set[str]) -> set[str]:
    """Register household of who is on the register, else the household of the residence records."""
    arch, residence = reading.contract(place, "SA-ARCH"), reading.contract(place, "DI01")
    sql = """
        select p.id_no, coalesce(a.household_no, p.household_no) from DI01 p left join (
            select * from arch where status in ('在保', '暂停') and category in ('DB', 'TK', 'BY', 'GX', 'JC', 'QT')
        ) a using (id_no)
    """
    found = dict(reading.ask(sql, DI01=residence, arch=arch))
    return {found[person] for person in people}


def test_surveys_not_begun_are_counted_in_working_days(place: Path) -> None:
    """F01: 2026-10-31 is a Saturday, so three working days have gone by since Tuesday, four since Monday."""
    sql = """
        select any_value(applicant_id), any_value(accepted_on::date) from cases
        where kind = '申请' and item in ('YL01', 'YL03') group by case_no
        having count(decision) = 0 and count_if(step = '入户调查' and step_started_on is not null) = 0
    """
    lying = dict(reading.ask(sql, cases=reading.contract(place, "SA-CASE")))
    late = {person for person, day in lying.items() if working_days_between(day, AS_OF) > 3}
    just = {person for person, day in lying.items() if day == date(2026, 10, 27)}
    assert homes(place, late) == expected(place, "F01")
    assert len(late) >= 5
    assert just
    assert not just & late


def test_services_wait_sixteen_days(place: Path) -> None:
    """E16: on the sixteenth day after the need was registered, not on the fifteenth."""
    sql = """
        select distinct n.id_no, date '2026-10-31' - n.registered_on::date from needs n join arch a using (id_no)
        where n.status = '登记' and n.matched_on is null and a.status in ('在保', '暂停')
    """
    tables = {"needs": reading.contract(place, "SA-SVC"), "arch": reading.contract(place, "SA-ARCH")}
    waits = dict(reading.ask(sql, **tables))
    assert {person for person, days in waits.items() if days > 15} == expected(place, "E16", "id_no")
    assert {15, 16} <= set(waits.values())


def test_who_is_watched_by_agriculture_alone(place: Path) -> None:
    """F15, recomputed from DI37 and the archive."""
    sql = """
        select distinct w.household_no from DI37 w where w.status = '监测中' and w.id_no not in (
            select id_no from arch where status in ('在保', '暂停') and category in ('DB', 'TK', 'BY', 'GX', 'JC', 'QT'))
    """
    found = reading.ask(sql, DI37=reading.contract(place, "DI37"), arch=reading.contract(place, "SA-ARCH"))
    assert {number for (number,) in found} == expected(place, "F15")
    assert len(found) >= 5


def test_the_subsidy_is_paid_in_the_month_the_index_came_out(place: Path) -> None:
    """F16: food was dear in August, told in September; all but the expected were paid by its end."""
    standards = reading.contract(place, "SA-STD")
    told = "select distinct since, until from std where name = 'price_linkage_started'"
    assert reading.ask(told, std=standards) == [("2026-08-01", "2026-08-31")]
    paid = "select id_no, month, status_on::date from pay where item = 'JG01' and pay_status = '成功'"
    rows = reading.ask(paid, pay=reading.contract(place, "SA-PAY"))
    assert {month for _, month, _ in rows} == {"2026-08"}
    assert all(date(2026, 9, 1) <= day <= date(2026, 9, 30) for _, _, day in rows)
    assert not {person for person, _, _ in rows} & expected(place, "F16", "id_no")


def test_archives_of_other_counties_come_from_them(place: Path) -> None:
    """F11: a person's second archive is in the other county's delivery."""
    told = [m for m in reading.manifests(place) if m["contract"] == "SA-ARCH"]
    counties: dict[str, set[str]] = {}
    for delivery in told:
        for row in reading.read(delivery).to_pylist():
            assert row["division_code"].startswith(delivery["division"])
            if row["status"] == "在保":
                counties.setdefault(row["id_no"], set()).add(delivery["division"])
    assert {person for person, seen in counties.items() if len(seen) > 1} == expected(place, "F11", "id_no")
