"""Lines of 低保 and D of facts.md, typed from it once more. Money in fen.

§18: a standard holds until the next at its place; of 低保 lines the higher of the region's own and the city's (§7).
"""

from datetime import date
from fractions import Fraction

from oracle.case import Case

Rows = tuple[tuple[str, date, int | Fraction], ...]

URBAN: Rows = (
    ("64", date(2013, 7, 1), 300_00),
    ("64", date(2015, 4, 1), 380_00),
    ("64", date(2020, 1, 1), 600_00),
    ("64", date(2024, 1, 1), 690_00),
    ("64", date(2026, 1, 1), 740_00),  # §18: 暂定自2026-01-01
    ("6401", date(2020, 1, 1), 620_00),
    ("6401", date(2024, 1, 1), 690_00),
    ("6401", date(2025, 10, 1), 765_00),
    ("6404", date(2016, 4, 1), 440_00),
    ("6405", date(2023, 10, 1), 650_00),
)
RURAL: Rows = (
    ("64", date(2013, 7, 1), Fraction(1930_00, 12)),
    ("64", date(2015, 4, 1), 200_00),
    ("64", date(2020, 1, 1), 380_00),  # 4560元/年
    ("64", date(2024, 1, 1), 510_00),
    ("64", date(2026, 1, 1), 560_00),
    ("6401", date(2020, 1, 1), 380_00),
    ("6401", date(2024, 1, 1), 510_00),
    ("6401", date(2025, 10, 1), 605_00),
    ("6404", date(2016, 4, 1), Fraction(3150_00, 12)),
    ("6405", date(2023, 10, 1), 460_00),
)
# §18 D（上年度人均可支配收入，元/年）: by province, year, 城镇 and 农村; 2024 is not loaded: 标准缺失.
DISPOSABLE = {
    ("64", 2022): (40194_00, 16430_00),
    ("64", 2023): (42395_00, 17772_00),
    ("61", 2022): (42431_00, 15704_00),
    ("61", 2023): (44713_00, 16992_00),
}


def _line(case: Case, name: str, rows: Rows, on: date) -> int | Fraction | None:
    if name in case.given:
        return case.given[name]
    found = []
    for division in {division for division, _, _ in rows if case.place.startswith(division)}:
        dated = [(since, value) for place, since, value in rows if place == division and since <= on]
        found += [max(dated)[1]] if dated else []
    return max(found, default=None)


def urban_line(case: Case, on: date | None = None) -> int | Fraction | None:
    """城市低保标准, fen a month."""
    return _line(case, "dibao_urban", URBAN, on or case.on)


def rural_line(case: Case, on: date | None = None) -> int | Fraction | None:
    """农村低保标准, fen a month."""
    return _line(case, "dibao_rural", RURAL, on or case.on)


def by_kind(case: Case, urban: int | Fraction | None, rural: int | Fraction | None) -> int | Fraction | None:
    """The one for the household's 城乡."""
    if case["urban_rural"] is None:
        return urban if urban == rural else None
    return urban if case["urban_rural"] == "城市" else rural


def line(case: Case, on: date | None = None) -> int | Fraction | None:
    """L of the application's place, fen a month."""
    return by_kind(case, urban_line(case, on), rural_line(case, on))


def disposable(case: Case) -> int | Fraction | None:
    """D: last year's disposable income a head, fen a year."""
    urban, rural = DISPOSABLE.get((case.place[:2], case.on.year - 1), (None, None))
    urban = case.given.get("disposable_income_urban", urban)
    rural = case.given.get("disposable_income_rural", rural)
    return by_kind(case, urban, rural)
