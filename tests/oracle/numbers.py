"""Every parameter of facts.md that is no line of 低保 and no D, typed from it once more. Money in fen.

An application may bring its own (the-law.md 标准): a value there stands instead, and None there is unknown.
"""

from datetime import date
from functools import cache
from typing import Any

ALWAYS = date(2000, 1, 1)
EVERYWHERE = ""
SAFETY_NET_SINCE = date(2022, 10, 20)  # 民发〔2022〕83号
RELIEF_SINCE = date(2023, 12, 25)
CHILDREN_SINCE = date(2024, 1, 1)
SPENDING_SINCE = date(2025, 1, 1)
HEATING_SINCE = date(2024, 11, 1)
DISTRICTS = ("640104", "640105", "640106")  # 银川市辖三区
Rows = tuple[tuple[str, date, Any], ...]


def _at(value: Any) -> Rows:
    return ((EVERYWHERE, ALWAYS, value),)


def _in(places: tuple[str, ...], since: date, value: Any) -> Rows:
    return tuple((place, since, value) for place in places)


TEXT: dict[str, Rows] = {
    # §2, §3: ages and spells
    "adult_age": _at(18),
    "elder_age": _at(60),
    "tekun_child_age": _at(16),
    "capable_supporter_age": _at(70),
    "supporting_parent_age": _at(60),  # S4一(一)
    "very_old_age": _at(80),
    "rehabilitation_age": _at(6),
    "home_teaching_age_from": _at(6),
    "home_teaching_age_to": _at(15),
    "clergy_away_months": _at(36),
    "missing_months": _at(24),
    "religious_residence_months": _at(36),
    "parent_absence_months": _at(6),
    "months_watched_after_exit": ((EVERYWHERE, date(2024, 4, 26), 24),),  # S10 民办函〔2024〕31号
    "grace_months": _at(6),
    "steady_review_months": _at(12),
    "unsteady_review_months": _at(6),
    # §2.1–§2.4, §4: means
    "exempt_central_basic_pension": _at(True),
    "employ_cost_percent": _at(10),
    "home_area_per_head": _at(30),
    "asset_months": _at(36),
    "near_asset_months": _at(36),
    "spending_asset_months": _at(36),
    "near_line_percent": _at(150),
    "spending_share_percent": _at(60),
    "support_line_percent": _at(100),
    "support_many_supporters": _at(3),
    "support_percent_few": _at(50),
    "support_percent_many": _at(40),
    # 宝鸡≥70周岁当然豁免，自2024-01-01暂定
    "exempts_old_supporters": (*_at(False), *_in(("6103",), date(2024, 1, 1), True)),
    "support_exempt_age": _at(70),
    # §18 §8(四): 银川自2025-01-01暂定，他处由当地参数开启
    "single_person_minors_and_frail_elders": (*_at(False), *_in(("6401",), date(2025, 1, 1), True)),
    "republishes_dibao": _at(False),
    # §6
    "emergency_relief_percent": _in(("64",), RELIEF_SINCE, 200),
    "expenditure_relief_percent": _in(("64",), RELIEF_SINCE, 300),
    "relief_times_limit": _at(0),
    "relief_bars_same_cause": _at(True),
    "relief_covers_uninsured": (*_at(False), (EVERYWHERE, SAFETY_NET_SINCE, True)),
    "months_without_income_line": _at(3),
    # §3, §7: allowances
    "tekun_living_percent": _at(130),
    "orphan_institution": _in(("64",), CHILDREN_SINCE, 1600_00),
    "orphan_dispersed": _in(("64",), CHILDREN_SINCE, 1200_00),
    "child_without_care_standard": _in(("64",), CHILDREN_SINCE, 1200_00),
    "disability_living_standard": _in(("64",), CHILDREN_SINCE, 115_00),
    "disability_care_standard": _in(("64",), CHILDREN_SINCE, 130_00),
    "disability_living_covers_near_dibao": _at(False),
    "disability_care_covers_mental": _at(False),
    "medical_oop_line": (("64", ALWAYS, 30_000_00), ("64", date(2023, 3, 1), 20_000_00)),
    # §7 采暖
    "heating_urban_dibao_low": _in(DISTRICTS, HEATING_SINCE, 400_00),
    "heating_urban_dibao_high": _in(DISTRICTS, HEATING_SINCE, 1235_00),
    "heating_rural_dibao": _in(DISTRICTS, HEATING_SINCE, 400_00),
    "heating_near_dibao": _in(DISTRICTS, HEATING_SINCE, 300_00),
    "heating_urban_tekun_at_cost": _in(DISTRICTS, HEATING_SINCE, True),
    "heating_rural_tekun": _in(DISTRICTS, HEATING_SINCE, 500_00),
    "heating_orphan": _in(DISTRICTS, HEATING_SINCE, 500_00),
    "heating_floor_urban": _in(("64",), date(2022, 1, 1), 200_00),
    "heating_floor_rural": _in(("64",), date(2022, 1, 1), 100_00),
    # §12; ‰; 2022-08 to 2023-02 the index's months of the 阶段性调整
    "cpi_trigger": (
        *_at(35),
        (EVERYWHERE, date(2022, 8, 1), 30),
        (EVERYWHERE, date(2023, 3, 1), 35),
    ),
    "food_price_trigger": _at(60),
    "price_subsidy_covers_more": (
        *_at(False),
        (EVERYWHERE, date(2022, 8, 1), True),
        (EVERYWHERE, date(2023, 3, 1), False),
    ),
    "price_subsidy_minimum": _at(0),
}
UNTOLD = frozenset(
    """
    tekun_institution_living tekun_care_independent tekun_care_partial tekun_care_full housing_shortage_area
    relapse_watch_line illness_income_limit illness_property_limit insurance_aid_covers_others
    cpi_growth food_price_growth scpi_growth
    """.split()  # noqa: SIM905
)
"""§16 未查到: known only where the application brings them."""


@cache
def told(name: str, place: str, on: date) -> Any:
    """What the text says there and then: of the smallest division that has a row, the last that began; or None."""
    if name in UNTOLD:
        return None
    rows = [row for row in TEXT[name] if place.startswith(row[0]) and row[1] <= on]
    return max(rows, key=lambda row: (len(row[0]), row[1]))[2] if rows else None
