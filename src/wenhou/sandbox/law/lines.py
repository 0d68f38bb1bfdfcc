"""Counties and their standards: the published ones of the day; what nobody published is made up in most counties
and left missing in some.
"""

from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

import wenhou
from wenhou.engine import units
from wenhou.engine.words import DEFAULT
from wenhou.policy import parameters, standards
from wenhou.sandbox.standards import disposable_of

__all__ = ["parameters"]

COUNTIES = {
    "640104": 0.34,
    "640105": 0.13,
    "640106": 0.13,
    "640121": 0.10,
    "640202": 0.12,
    "640402": 0.08,
    "640502": 0.06,
    "610305": 0.04,
}
"""Counties of Yinchuan, Shizuishan, Guyuan, Zhongwei and Baoji, and their shares of the applications."""

LACKING = frozenset({"640402", "610305"})
"""Counties where only what was published stands."""


@cache
def published() -> tuple[standards.Row, ...]:
    """The rows of the repository's files."""
    return standards.read(Path(wenhou.__file__).parents[2] / "standards")


MADE_UP: dict[str, int | bool | Decimal] = {
    "cpi_growth": 34,
    "food_price_growth": 60,
    "scpi_growth": 38,
    "illness_income_limit": 200_000,
    "illness_property_limit": 5_000_000,
    "tekun_institution_living": 160_000,
    "tekun_care_independent": 18_000,
    "tekun_care_partial": 36_000,
    "tekun_care_full": 60_000,
    "housing_shortage_area": Decimal(15),
    "relapse_watch_line": 780_000,
    "insurance_aid_covers_others": True,
}
"""Values of nobody's, so that what rests on them can be decided at all; a month of rising prices among them."""


def made_up(on: date) -> dict[str, Any]:
    """What stands where nobody published, on a day."""
    urban, rural = disposable_of(on.year - 1)
    return {"disposable_income_urban": urban, "disposable_income_rural": rural, **MADE_UP}


OTHERWISE: dict[str, dict[str, int | bool]] = {
    "640121": {"cpi_growth": 20, "food_price_growth": 30, "scpi_growth": 21},
    "640106": {"cpi_growth": 20, "food_price_growth": 30, "scpi_growth": 21},
    "640502": {"republishes_dibao": True},
}
"""Counties where prices do not rise enough, and one that publishes 低保 again after an objection."""


def rows(counties: tuple[str, ...], on: date) -> list[dict[str, Any]]:
    """One row for each county, by the standards' names."""
    names = [standard.name for standard in DEFAULT.standards]
    found = []
    for county in counties:
        held: dict[str, Any] = {
            name: row.value for name, row in standards.resolve(published(), county, on).items()
        }
        if county not in LACKING:
            held = {**made_up(on), **held}
        held |= OTHERWISE.get(county, {})
        found.append({"county": county} | {name: held.get(name) for name in names})
    return found


def table(counties: tuple[str, ...], on: date) -> pa.Table:
    """The standards as the engine reads them."""
    kinds = {"bool": pa.bool_(), "text": pa.string(), "date": pa.date32(), "decimal": pa.decimal128(18, 4)}
    columns = [("county", pa.string())] + [
        (standard.name, kinds.get(units.storage(standard.unit), pa.int64())) for standard in DEFAULT.standards
    ]
    return pa.Table.from_pylist(rows(counties, on), pa.schema(columns))
