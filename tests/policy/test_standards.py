"""Standards as data: what is refused, which row prevails, and that nothing is carried over silently."""

from datetime import date
from pathlib import Path

import pytest

from wenhou.engine.words import DEFAULT
from wenhou.policy import parameters, queries, standards
from wenhou.policy.law import LAW
from wenhou.policy.parameters.benefits import NOT_FOUND
from wenhou.policy.standards import UNITS, StandardFault

assert parameters.__doc__
ROWS = queries.from_files()
NINGXIA = [f"64{city}{county}" for city, county in (("01", "04"), ("02", "02"), ("04", "02"), ("05", "02"))]


def value(name: str, place: str, on: str) -> int | str | None:
    row = standards.resolve(ROWS, place, date.fromisoformat(on)).get(name)
    return row.value if row else None


@pytest.mark.parametrize(
    ("name", "place", "on", "fen"),
    [
        ("dibao_urban", "640104", "2025-09-30", 69_000),
        ("dibao_urban", "640104", "2025-10-01", 76_500),
        ("dibao_rural", "640104", "2025-09-30", 51_000),
        ("dibao_rural", "640104", "2025-10-01", 60_500),
        # 自治区2026年740元低于银川765元，取高；石嘴山没有自己的标准
        ("dibao_urban", "640104", "2026-02-01", 76_500),
        ("dibao_urban", "640202", "2025-12-31", 69_000),
        ("dibao_urban", "640202", "2026-01-01", 74_000),
        ("dibao_urban", "640402", "2019-06-01", 44_000),
        ("dibao_urban", "640402", "2020-01-01", 60_000),
        ("dibao_urban", "640502", "2023-10-01", 65_000),
        ("dibao_urban", "640104001001", "2025-10-01", 76_500),
        ("disposable_income_urban", "640104", "2024-12-31", 4_239_500),
        ("disposable_income_rural", "610304", "2023-01-01", 1_570_400),
        ("disposable_income_rural", "610304", "2024-01-01", 1_699_200),
        # 2024年及以后未载入，不沿用；宝鸡近年低保标准未查到
        ("disposable_income_urban", "640104", "2025-01-01", None),
        ("dibao_urban", "610304", "2026-01-01", None),
        ("death_review_months", "640104", "2022-10-19", None),
        ("death_review_months", "640104", "2022-10-20", 3),
        ("medical_oop_line", "640104", "2023-02-28", 3_000_000),
        ("medical_oop_line", "640104", "2023-03-01", 2_000_000),
        # 3.0%的阶段：2022-09至2023-03发放，按指数所属月2022-08至2023-02
        ("cpi_trigger", "640104", "2022-07-31", 35),
        ("cpi_trigger", "640104", "2022-08-01", 30),
        ("cpi_trigger", "640104", "2023-02-28", 30),
        ("cpi_trigger", "640104", "2023-03-01", 35),
        ("orphan_dispersed", "640104", "2023-12-31", None),
        ("orphan_dispersed", "640104", "2024-01-01", 120_000),
        ("single_person_minors_and_frail_elders", "640104", "2024-12-31", False),
        ("single_person_minors_and_frail_elders", "640104", "2025-01-01", True),
        ("single_person_minors_and_frail_elders", "640202", "2025-01-01", False),
    ],
)
def test_what_holds_where_and_when(name: str, place: str, on: str, fen: int | None) -> None:
    assert value(name, place, on) == fen


def test_every_value_has_its_document_and_what_is_provisional_says_so() -> None:
    found = standards.resolve(ROWS, "640104", date(2026, 10, 31))
    assert found["dibao_urban"].basis == "银川市低保标准 低保标准"
    assert found["medical_oop_line"].basis == "宁夏因病致贫重病患者认定办法 自付门槛（暂定）"
    assert all(row.review_by for row in ROWS if row.provisional)
    assert all(row.provisional for row in ROWS if row.document == "自拟")


def test_declared_standards_and_data_agree_in_name_and_unit() -> None:
    declared = {standard.name: standard.unit for standard in DEFAULT.standards}
    assert set(declared) >= NOT_FOUND
    assert {row.name: row.unit for row in ROWS} == {n: u for n, u in declared.items() if n not in NOT_FOUND}


def test_the_gaps_of_2026_are_listed() -> None:
    gaps = standards.gaps(ROWS, NINGXIA, date(2026, 10, 31))
    everywhere = {"disposable_income_rural", "disposable_income_urban"}
    # 银川的采暖口径只及市辖三区
    elsewhere = {
        "heating_near_dibao",
        "heating_orphan",
        "heating_rural_dibao",
        "heating_rural_tekun",
        "heating_urban_dibao_high",
        "heating_urban_dibao_low",
        "heating_urban_tekun_at_cost",
    }
    assert {name for place, name in gaps if place == "640104"} == everywhere
    assert {name for place, name in gaps if place != "640104"} == everywhere | elsewhere
    assert len(gaps) == 2 * len(NINGXIA) + 7 * (len(NINGXIA) - 1)


def test_a_wide_row_has_value_and_document_side_by_side() -> None:
    (row,) = standards.wide(ROWS, ["640104"], date(2025, 10, 1))
    assert (row["county"], row["dibao_urban"], row["dibao_urban__document"]) == (
        "640104",
        76_500,
        "银川市低保标准 低保标准",
    )
    assert (row["disposable_income_urban"], row["disposable_income_urban__document"]) == (None, None)


GOOD = '{division: "64", since: 2024-01-01, value: "690.00", unit: 元/月, document: 宁夏城乡低保标准}'


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ([GOOD.replace("unit", "units")], "不认识的字段 units"),
        ([GOOD.replace(", document: 宁夏城乡低保标准", "")], "缺少 document"),
        ([GOOD.replace("宁夏城乡低保标准", "某文件")], "没有登记在"),
        ([GOOD.replace('"690.00"', "690.00")], "数值要加引号"),
        ([GOOD.replace("690.00", "690.001")], "不是这个单位的数"),
        ([GOOD.replace("690.00", "1,690.00")], "不是这个单位的数"),
        ([GOOD.replace("元/月", "块")], "单位“块”不认识"),
        ([GOOD.replace('"64"', "64")], "应为加引号"),
        ([GOOD.replace("2024-01-01", '"2024年"')], "应写成 2025-10-01"),
        ([GOOD, GOOD], "有效期重叠"),
        ([GOOD[:-1] + ", until: 2025-12-31}", GOOD.replace("2024-01", "2025-12")], "有效期重叠"),
        ([GOOD[:-1] + ", until: 2023-12-31}"], "截止日早于起始日"),
        ([GOOD[:-1] + ", provisional: true}"], "复核日"),
        ([GOOD[:-1] + ', article: "99"}'], "没有登记“99”"),
    ],
)
def test_what_cannot_be_right_is_refused(tmp_path: Path, entries: list[str], said: str) -> None:
    lines = "\n".join(f"  - {entry}" for entry in entries)
    (tmp_path / "x.yaml").write_text(f"dibao_urban:\n{lines}\n", encoding="utf-8")
    with pytest.raises(StandardFault, match=said):
        standards.read(tmp_path)


def test_a_row_ends_where_the_next_begins(tmp_path: Path) -> None:
    later = GOOD.replace("2024-01", "2025-10").replace("690", "700")
    (tmp_path / "x.yaml").write_text(f"dibao_urban:\n  - {later}\n  - {GOOD}\n", encoding="utf-8")
    rows = standards.read(tmp_path)
    assert [(row.value, row.since, row.until) for row in rows] == [
        (69_000, date(2024, 1, 1), date(2025, 9, 30)),
        (70_000, date(2025, 10, 1), None),
    ]


def test_articles_read_as_people_cite_them() -> None:
    assert LAW["民发〔2021〕57号"]["8(一)"].place == "第8条(一)"
    assert LAW["民发〔2021〕43号"]["24末款"].place == "第24条末款"
    assert LAW["民发〔2022〕83号"]["一(三)"].place == "一(三)"
    assert str(LAW["自拟"]["阈值"]) == "《本平台自拟口径》（自拟）阈值：阈值自拟，暂定【自拟】"
    with pytest.raises(KeyError):
        LAW["民发〔2021〕57号"]["99"]


def test_units_are_the_engines() -> None:
    from wenhou.engine import units

    assert all(units.checked(unit, of="x") == unit for unit in UNITS.values())


def test_a_tenth_of_a_percent_is_kept_exactly(tmp_path: Path) -> None:
    entry = GOOD.replace("690.00", "38").replace("元/月", "‰")
    (tmp_path / "x.yaml").write_text(f"scpi_growth:\n  - {entry}\n", encoding="utf-8")
    (row,) = standards.read(tmp_path)
    assert (row.value, row.unit) == (38, "permille")


def test_no_place_starts_the_price_subsidy_later_than_the_nation() -> None:
    """发改价格〔2021〕1553号：地方的条件可降不可升，启动不到县."""
    for name in ("cpi_trigger", "food_price_trigger"):
        nation = max(row.value for row in ROWS if row.name == name and row.division == standards.NATION)
        assert all(row.value <= nation for row in ROWS if row.name == name)
    indices = {"cpi_growth", "food_price_growth", "scpi_growth"}
    assert all(len(row.division) <= 4 for row in ROWS if row.name in indices)


def test_what_may_grow_old_unnoticed_has_a_day_of_review() -> None:
    """Local values and amounts of money that go on without an end; the law's own numbers change with the law."""
    still = [row for row in ROWS if row.until is None]
    bound = [row for row in still if row.unit.startswith("fen") or row.division != standards.NATION]
    assert len(bound) > 50
    assert [(row.name, row.division) for row in bound if row.review_by is None] == []
    heating = {row.review_by for row in bound if row.name.startswith("heating_") and len(row.division) == 6}
    assert heating == {date(2027, 10, 31)}


def test_a_known_value_past_its_day_of_review_says_so() -> None:
    held = standards.resolve(ROWS, "640104", date(2099, 10, 15))["dibao_urban"]
    assert (held.value, held.provisional) == (76_500, False)
    assert held.basis_on(date(2027, 6, 30)) == "银川市低保标准 低保标准"
    assert held.basis_on(date(2099, 10, 15)) == "银川市低保标准 低保标准（已过复核日2027-06-30）"
