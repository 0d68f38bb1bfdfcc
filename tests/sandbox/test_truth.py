"""The truth: all indicators that have a reading, positives, near misses, unknowns; the same bytes again; errors recorded."""

import os
import subprocess
import sys
from collections import Counter
from datetime import date
from hashlib import sha256
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from sandbox import reading
from sandbox.factories import small
from wenhou.sandbox.oracle import READINGS
from wenhou.sandbox.oracle.subjects import SOURCES

INDICATORS = sorted(READINGS)
KNOWN_BY_THE_REGISTER = {"B13", "F11"}
"""Whose answer rests on the register alone: of nobody is it unknown."""
BY_WORKING_DAYS = {"F01", "F02", "F04", "F05", "F06", "F12", "F17"}
OF_PEOPLE = {
    "B": ("B02", "B03", "B04", "B05", "B08", "B14", "B15", "B16"),
    "C": ("C12",),
    "E": ("E01", "E02", "E03", "E06", "E07", "E13", "E14", "E16"),
    "F": ("F10", "F11", "F16"),
}
HOUSEHOLDS = {
    *("A03", "A05", "A11", "A12", "A13", "A14", "A15", "A16", "A17", "D05", "D12"),
    *(code for code in INDICATORS if code[0] in OF_PEOPLE and code not in OF_PEOPLE[code[0]]),
}


def truth(place: Path) -> list[dict]:
    return pq.read_table(place / "truth" / "truth.parquet").to_pylist()


def digests(place: Path) -> dict[str, str]:
    files = sorted(path for path in place.rglob("*") if path.is_file())
    return {str(path.relative_to(place)): sha256(path.read_bytes()).hexdigest() for path in files}


def test_same_seed_same_bytes(place: Path, tmp_path: Path) -> None:
    small(tmp_path / "again")
    assert digests(tmp_path / "again") == digests(place)


def test_same_bytes_in_another_process_with_another_order_of_sets(place: Path, tmp_path: Path) -> None:
    words = (
        "import sys; from pathlib import Path; from sandbox.factories import small; small(Path(sys.argv[1]))"
    )
    for seed in ("1", "4242"):
        target = tmp_path / seed
        paths = os.pathsep.join(path for path in sys.path if path)
        subprocess.run(
            [sys.executable, "-c", words, str(target)],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": paths},
            check=True,
            timeout=120,
        )
        assert digests(target) == digests(place)


def test_another_seed_is_another_place(place: Path, tmp_path: Path) -> None:
    small(tmp_path / "other", seed=8)
    assert digests(tmp_path / "other")["deliveries/DI01.csv"] != digests(place)["deliveries/DI01.csv"]


def test_every_indicator_has_positives_near_misses_and_unknowns(place: Path) -> None:
    count = Counter((row["indicator"], row["answer"]) for row in truth(place) if row["planted"])
    for indicator in INDICATORS:
        assert count[indicator, "yes"] >= 5, indicator
        assert count[indicator, "no"] >= 2, indicator
        assert count[indicator, "unknown"] >= 2 or indicator in KNOWN_BY_THE_REGISTER, indicator
    assert {row["indicator"] for row in truth(place)} == set(INDICATORS)


@pytest.mark.parametrize("as_of", [date(2024, 11, 15), date(2026, 10, 31)])
def test_the_smallest_place_still_has_every_case(as_of: date, tmp_path: Path) -> None:
    summary = small(tmp_path / "hamlet", residents=1000, as_of=as_of)
    assert summary.residents == 1000
    count = Counter((row["indicator"], row["answer"]) for row in truth(tmp_path / "hamlet") if row["planted"])
    for indicator in INDICATORS:
        assert all(count[indicator, answer] >= 1 for answer in ("yes", "no")), indicator
        assert count[indicator, "unknown"] >= 1 or indicator in KNOWN_BY_THE_REGISTER, indicator


def test_subjects_are_people_or_households_as_the_indicators_say(place: Path) -> None:
    rows = truth(place)
    assert {row["indicator"] for row in rows if row["subject_kind"] == "household"} == HOUSEHOLDS
    assert all(row["subject_kind"] in ("person", "household") for row in rows)
    assert all(row["expected"] == (row["answer"] == "yes") for row in rows)
    keys = [
        (r["indicator"], r["id_no"] if r["subject_kind"] == "person" else r["household_no"]) for r in rows
    ]
    assert len(keys) == len(set(keys))


def test_registered_households_have_the_registers_number(place: Path) -> None:
    register = reading.contract(place, "SA-ARCH")
    members = set(zip(register["household_no"].to_pylist(), register["id_no"].to_pylist(), strict=True))
    for row in truth(place):
        if row["household_no"].startswith("R"):
            assert (row["household_no"], row["id_no"]) in members
    assert all(
        r["household_no"].startswith("R") for r in truth(place) if r["indicator"] in ("A11", "A14", "A17")
    )


def test_large_own_payments_can_be_read_off_the_files(place: Path) -> None:
    """D01's first half, recomputed from the files alone."""
    sql = """
        select distinct p.id_no from DI31 m join DI01 p using (id_no)
        where m.year = '2026' and m.oop_total::decimal(18,2) >= 20000 and p.status = '正常'
          and p.id_no not in (select id_no from arch where status in ('在保', '暂停')
                              and category in ('DB', 'TK', 'BY', 'GX', 'JC', 'QT'))
    """
    found = reading.ask(
        sql,
        DI31=reading.contract(place, "DI31"),
        DI01=reading.contract(place, "DI01"),
        arch=reading.contract(place, "SA-ARCH"),
    )
    expected = {r["id_no"] for r in truth(place) if r["indicator"] == "D01" and r["expected"]}
    assert len(found) >= 2
    assert {number for (number,) in found} <= expected


def test_new_marriages_can_be_read_off_the_files(place: Path) -> None:
    """A11, recomputed from the files alone."""
    sql = """
        with member as (select * from arch where status = '在保')
        select distinct a.household_no from member a join DI44 w on w.id_no = a.id_no
        where a.category in ('DB', 'BY', 'GX') and w.event = '结婚'
          and w.event_date::date > a.last_review_on::date and date '2026-10-31' - w.event_date::date > 30
          and not exists (select 1 from member b where b.household_no = a.household_no and b.id_no = w.spouse_id)
    """
    found = reading.ask(sql, DI44=reading.contract(place, "DI44"), arch=reading.contract(place, "SA-ARCH"))
    expected = {r["household_no"] for r in truth(place) if r["indicator"] == "A11" and r["expected"]}
    assert {number for (number,) in found} == expected
    assert len(expected) >= 5


def test_subscribed_capital_can_be_read_off_the_files(place: Path) -> None:
    """C10, recomputed from the files alone."""
    sql = """
        select a.household_no from DI25 s join arch a using (id_no)
        where a.status in ('在保', '暂停') and a.category in ('DB', 'TK', 'BY', 'GX', 'JC', 'QT')
          and s.role in ('股东', '合伙人') and (s."end" is null or s."end"::date > date '2026-10-31')
        group by a.household_no having sum(s.subscribed::decimal(18, 2)) >= 100000
    """
    found = reading.ask(sql, DI25=reading.contract(place, "DI25"), arch=reading.contract(place, "SA-ARCH"))
    expected = {r["household_no"] for r in truth(place) if r["indicator"] == "C10" and r["expected"]}
    assert {number for (number,) in found} == expected
    assert len(expected) >= 5


def test_lapsed_months_of_grace_can_be_read_off_the_files(place: Path) -> None:
    """B13, recomputed from the register alone."""
    sql = """select distinct household_no from arch where status = '在保' and category = 'DB'
        and grace_end::date <= date '2026-10-31'"""
    found = reading.ask(sql, arch=reading.contract(place, "SA-ARCH"))
    expected = {r["household_no"] for r in truth(place) if r["indicator"] == "B13" and r["expected"]}
    assert {number for (number,) in found} == expected
    assert len(expected) >= 5


def test_clean_data_has_no_recorded_errors(place: Path) -> None:
    assert pq.read_table(place / "truth" / "errors.parquet").num_rows == 0


def test_errors_are_planted_and_recorded(tmp_path: Path) -> None:
    """In every file from outside people whose number is wrong in all their rows, told of by what else is known."""
    summary = small(tmp_path / "bad", errors=0.05)
    spoiled = pq.read_table(tmp_path / "bad" / "truth" / "errors.parquet").to_pylist()
    assert summary.errors == len(spoiled)
    assert summary.late == ()
    assert {row["error"] for row in spoiled} == {"mistyped_id", "missing_id", "short_id", "duplicate_row"}
    assert not {row["contract"] for row in spoiled} & {
        "DI01",
        "DI02",
        "DI04",
        "DI05",
        "DI47",
        "DI48",
        "SA-ARCH",
    }
    wages = reading.contract(tmp_path / "bad", "DI26")
    sql = """select person_name = name, person_birth_date = birth_date, person_sex = if(sex = '1', '男', '女'),
            t.id_no = p.id_no, length(t.id_no) = 15 and t.id_no = left(p.id_no, 6) || substr(p.id_no, 9, 9)
        from wages t join people p on p.name = t.person_name and p.birth_date = t.person_birth_date
        where person_name is not null"""
    rows = reading.ask(sql, wages=wages, people=reading.contract(tmp_path / "bad", "DI01"))
    wrong = {row["id_no"] for row in spoiled if row["contract"] == "DI26" and row["error"] != "duplicate_row"}
    assert 0.02 < len(wrong) / len(set(wages["id_no"].to_pylist())) < 0.09
    assert len(rows) == sum(r["contract"] == "DI26" and r["error"] != "duplicate_row" for r in spoiled)
    assert {row[:3] for row in rows} == {(True, True, True)}
    assert not any(same for *_, same, _ in rows)
    assert any(short for *_, short in rows)


def test_late_files_come_as_they_stood_before_and_whole_later(tmp_path: Path) -> None:
    summary = small(tmp_path / "bad", late=0.1)
    assert len(summary.late) == 4
    old = {m["contract"]: m["period"]["to"] for m in reading.manifests(tmp_path / "bad")}
    assert {old[contract] for contract in summary.late} == {"2026-09-16"}
    coming = {path.name.partition(".")[0].partition("-")[0] for path in (tmp_path / "bad" / "late").iterdir()}
    assert coming == {*summary.late}
    spoiled = pq.read_table(tmp_path / "bad" / "truth" / "errors.parquet").to_pylist()
    assert {(row["contract"], row["error"]) for row in spoiled} <= {
        (one, "late_file") for one in summary.late
    }
    resting = {row["indicator"] for row in truth(tmp_path / "bad") if row["error"] == "late_file"}
    assert resting
    assert all({*SOURCES[indicator]} & {*summary.late} for indicator in resting)


def test_errors_near_a_subject_are_named_and_foretold(tmp_path: Path) -> None:
    """A child's wages, a parent's death: what turns an answer need not be a row of the subject."""
    small(tmp_path / "bad", errors=0.15)
    rows = truth(tmp_path / "bad")
    spoiled = pq.read_table(tmp_path / "bad" / "truth" / "errors.parquet").to_pylist()
    own = {(row["contract"], row["id_no"]) for row in spoiled}
    through_others = [
        r
        for r in rows
        if r["error"] and not any((contract, r["id_no"]) in own for contract in r["rows"].split(";"))
    ]
    assert {"A10"} <= {r["indicator"] for r in through_others}
    turned = [r for r in rows if r["why"] == "本来不是，差错可使答案为是"]
    assert {"D10", "D14"} <= {r["indicator"] for r in turned}
    assert not [r for r in turned if r["expected"] or not r["error"]]


@pytest.mark.parametrize(
    "as_of", [date(2024, 10, 15), date(2025, 5, 31), date(2026, 4, 30), date(2028, 3, 1)]
)
def test_cases_hold_on_other_days(as_of: date, tmp_path: Path) -> None:
    """Months that end unevenly, other standards: every planted case is still read as planted (build checks it)."""
    summary = small(tmp_path / "day", as_of=as_of, division="640105")
    assert len(summary.expected) == len(READINGS)
    out_of_season = {"D07"}
    if as_of in (date(2024, 10, 15), date(2028, 3, 1)):
        out_of_season |= {"E01"}  # the term began less than 45 days ago
    if as_of.year == 2028:
        out_of_season |= BY_WORKING_DAYS  # of which there is no calendar yet: unknown
        assert all(summary.expected[indicator] == 0 for indicator in BY_WORKING_DAYS)
    assert min(count for i, count in summary.expected.items() if i not in out_of_season) >= 5
    assert summary.expected["D07"] >= 3
