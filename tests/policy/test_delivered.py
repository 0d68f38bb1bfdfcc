"""Standards that came as SA-STD deliveries fill gaps and say so; they never override."""

from datetime import date
from decimal import Decimal
from typing import Any

from wenhou.policy import delivered, queries, standards

ON = date(2026, 11, 20)


def told(name: str, value: str, unit: str, since: date, until: date | None = None) -> dict[str, Any]:
    return {
        "name": name, "division_code": "640000000000", "since": since, "until": until, "value": Decimal(value),
        "unit": unit, "document": "某县公报", "review_by": None,
    }  # fmt: skip


def answer(*rows: dict[str, Any]) -> dict[str, Any]:
    known = queries.from_files()
    others = delivered.holding(delivered.rows(rows, known), ON)
    return standards.wide(known, ["640104"], ON, fallback=others)[0]


def test_a_missing_year_is_filled_and_shown_as_provisional() -> None:
    assert answer()["disposable_income_rural"] is None
    filled = answer(
        told("disposable_income_rural", "19850.0000", "元/年", date(2026, 1, 1), date(2026, 12, 31))
    )
    assert filled["disposable_income_rural"] == 1_985_000
    assert filled["disposable_income_rural__document"] == "某县公报（来件）（暂定）"


def test_what_no_file_has_a_line_of_comes_with_its_delivery() -> None:
    assert "cpi_growth" not in answer()
    filled = answer(told("cpi_growth", "6.0000", "‰", date(2026, 10, 1)))
    assert (filled["cpi_growth"], filled["cpi_growth__document"]) == (6, "某县公报（来件）（暂定）")
    tiers = answer(told("tekun_care_full", "680.0000", "元/月", date(2026, 1, 1)))
    assert tiers["tekun_care_full"] == 68_000


def test_what_the_house_has_is_not_overridden() -> None:
    assert answer(told("dibao_urban", "1.0000", "元/月", date(2026, 11, 1)))["dibao_urban"] == 76_500


def test_another_year_s_figure_another_unit_or_an_undeclared_name_decide_nothing() -> None:
    old = told("disposable_income_rural", "17772.0000", "元/年", date(2024, 1, 1), date(2024, 12, 31))
    monthly = told("disposable_income_rural", "1000.0000", "元/月", date(2026, 1, 1))
    assert answer(old, monthly, told("unheard_of", "1.0000", "元", date(2026, 1, 1))) == answer()


def test_of_two_in_force_at_one_place_the_later_holds() -> None:
    early = told("disposable_income_urban", "40000.0000", "元/年", date(2026, 1, 1))
    late = told("disposable_income_urban", "46580.0000", "元/年", date(2026, 6, 1))
    assert answer(late, early)["disposable_income_urban"] == 4_658_000
