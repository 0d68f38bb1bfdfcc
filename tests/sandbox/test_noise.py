"""The noise linking is judged by: drawn again it is the same, and it is as wrong as its page says."""

from dataclasses import replace
from datetime import date

import duckdb
import numpy as np
import pytest

from wenhou.base.identity import IdNumber
from wenhou.sandbox.days import date_of, day
from wenhou.sandbox.noise import characters, digits, lunar
from wenhou.sandbox.noise.grades import BAD, GRADES
from wenhou.sandbox.noise.records import Made, made
from wenhou.sandbox.noise.score import impossible, scored

COUNT = 20_000


@pytest.fixture(scope="module")
def usual() -> Made:
    return made(people=COUNT, records=COUNT)


@pytest.fixture
def tables(usual: Made) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    for name in ("people", "records", "truth"):
        connection.register(name, getattr(usual, name))
    return connection


def test_the_same_arguments_make_the_same_tables_and_another_seed_others(usual: Made) -> None:
    again = made(people=COUNT, records=COUNT)
    assert again.people.equals(usual.people)
    assert again.records.equals(usual.records)
    assert again.truth.equals(usual.truth)
    assert not made(people=COUNT, records=COUNT, seed=2).records.equals(usual.records)


def test_registered_numbers_are_valid_distinct_nobodys_and_tell_birth_and_sex(usual: Made) -> None:
    rows = usual.people.to_pylist()
    assert len({row["id_no"] for row in rows}) == COUNT
    for row in rows[:2000]:
        number = IdNumber.parse(row["id_no"])
        assert number.text[:4] == "6499"
        assert number.birth_date.isoformat() == row["birth_date"]
        assert number.is_female == (row["sex"] == "2")


def test_the_shares_of_mistakes_are_those_of_the_page(tables: duckdb.DuckDBPyConnection) -> None:
    kinds = ", ".join(f"'{kind}'" for kind in BAD)
    bad, named, born, known = tables.execute(
        f"select avg((number in ({kinds}))::int), avg((called <> '')::int), avg((birth <> '')::int),"
        " avg(registered::int) from truth"
    ).fetchone()
    assert bad == pytest.approx(0.047, abs=0.005)
    assert named == pytest.approx(0.022, abs=0.004)
    assert born == pytest.approx(0.027, abs=0.004)
    assert known == pytest.approx(0.9, abs=0.005)


def test_a_right_number_is_the_persons_own_and_a_bad_one_never_is(tables: duckdb.DuckDBPyConnection) -> None:
    kinds = ", ".join(f"'{kind}'" for kind in BAD)
    right, wrong = tables.execute(
        f"select count(*) filter (number = '' and id_no <> own_number),"
        f" count(*) filter (number in ({kinds}) and id_no = own_number) from truth join records using (record)"
    ).fetchone()
    assert (right, wrong) == (0, 0)


def test_a_relatives_number_brings_its_birth_date_where_a_formula_reckons_it(
    tables: duckdb.DuckDBPyConnection,
) -> None:
    rows = tables.execute(
        "select id_no, birth_date from truth join records using (record) where number = 'family' and by_formula"
    ).fetchall()
    assert rows
    assert all(number[6:14] == born.replace("-", "") for number, born in rows)


def test_lunar_dates() -> None:
    solar = [date(2024, 2, 10), date(1949, 10, 1), date(1976, 9, 9), date(2023, 4, 20), date(2023, 3, 22)]
    told = [date_of(one) for one in lunar.told_as_solar(np.array([day(one) for one in solar]))]
    # The last two: the leap second month of 2023 is 22 March to 19 April.
    assert told == [
        date(2024, 1, 1),
        date(1949, 8, 10),
        date(1976, 8, 16),
        date(2023, 3, 1),
        date(2023, 2, 1),
    ]


@pytest.mark.parametrize(
    ("kind", "number", "told"),
    [
        ("old_form", "64990119850302123X", "649901850302123"),
        ("old_form", "649901200503021233", None),
        ("spreadsheet", "64990119850302123X", "649901198503021000"),
        ("scientific", "64990119850302123X", "6.49901E+17"),
        ("missing", "64990119850302123X", ""),
        ("dragged", "649901198503021239", "649901198503021230"),
    ],
)
def test_numbers_go_wrong_in_these_ways(kind: str, number: str, told: str | None) -> None:
    assert digits.wrong(kind, number, np.random.default_rng(1)) == told


def test_names_go_wrong_and_keep_what_cannot() -> None:
    rng = np.random.default_rng(1)
    assert characters.wrong("character_dropped", "马军", 1, rng) is None
    assert characters.wrong("characters_swapped", "欧阳建国", 1, rng) == "欧阳国建"
    assert characters.wrong("variant", "王慧", 2, rng) is None
    assert characters.wrong("variant", "米静", 2, rng) == "米靜"


def test_the_heavy_grade_is_worse_than_the_light_one() -> None:
    light, heavy = GRADES["light"], GRADES["heavy"]
    assert all(light.number[kind] * 9 == pytest.approx(heavy.number[kind]) for kind in light.number)
    assert replace(light, name="usual", number={}).typed == replace(heavy, number={}).typed


def test_perfect_links_score_one_and_a_wrong_one_costs_both(tables: duckdb.DuckDBPyConnection) -> None:
    tables.execute("create table mine as select record, person from truth where registered")
    perfect = scored(tables, links="mine")
    assert (perfect.recall_bad, perfect.precision_bad, perfect.precision, perfect.strangers_linked) == (
        1,
        1,
        1,
        0,
    )
    tables.execute("update mine set person = -1 where record = (select min(record) from truth where number = 'missing'"
                   " and registered)")  # fmt: skip
    worse = scored(tables, links="mine", doubts="(select record, person from truth where registered)")
    assert worse.recall_bad == pytest.approx(1 - 1 / worse.bad, abs=1e-5)
    assert worse.precision_bad == pytest.approx(1 - 1 / worse.bad, abs=1e-5)
    assert worse.found_bad == 1


def test_a_record_that_fits_two_people_alike_is_impossible() -> None:
    connection = duckdb.connect()
    columns = "'{}' as id_no, '马军' as name, '1980-02-03' as birth_date, '1' as sex, '640104101201' as division, null as phone"
    one, other = columns.format("649901198002030011"), columns.format("649901198002030038")
    connection.execute(f"create table people as select 1 as person, {one} union all select 2, {other}")
    connection.execute(
        f"create table records as select 7 as record, {columns.format('')}"
        f" union all select 8, {columns.format('64990119800203001')}"
    )
    connection.execute(
        "create table truth as select unnest([7, 8]) as record, 1 as person, true as registered, false as by_formula,"
        " unnest(['missing', 'dropped_or_doubled']) as number"
    )
    assert impossible(connection) == 1
    assert connection.execute("select record, why from impossible").fetchall() == [(7, "fits another")]
