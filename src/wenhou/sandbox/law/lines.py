"""Counties and their standards: the published ones of the day; what nobody published is made up in most counties
and left missing in some.
"""

from datetime import date
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


def made_up(on: date) -> dict[str, int]:
    """Values of nobody's, so that what rests on them can be decided at all: incomes, and a month of rising prices."""
    urban, rural = disposable_of(on.year - 1)
    prices = {"cpi_growth": 34, "food_price_growth": 60, "scpi_growth": 38}
    return {"disposable_income_urban": urban, "disposable_income_rural": rural, **prices}


CALM = frozenset({"640121", "640106"})
"""Counties where prices do not rise enough."""


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
        if county in CALM:
            held |= {"cpi_growth": 20, "food_price_growth": 30, "scpi_growth": 21}
        found.append({"county": county} | {name: held.get(name) for name in names})
    return found


def table(counties: tuple[str, ...], on: date) -> pa.Table:
    """The standards as the engine reads them."""
    kinds = {"bool": pa.bool_(), "text": pa.string(), "date": pa.date32(), "decimal": pa.decimal128(18, 4)}
    columns = [("county", pa.string())] + [
        (standard.name, kinds.get(units.storage(standard.unit), pa.int64())) for standard in DEFAULT.standards
    ]
    return pa.Table.from_pylist(rows(counties, on), pa.schema(columns))
