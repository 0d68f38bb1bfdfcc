"""Whether a division code names a place at all, as far as the list that we ship knows: provinces, 宁夏 and 宝鸡.

Inside those two every city and county is known, and no other code can be one; elsewhere the province alone is certain.
Towns and villages are known to the table of divisions where the official list was loaded (`asking.places`).
"""

import csv
from datetime import date
from functools import cache
from importlib import resources

from wenhou.divisions import codes
from wenhou.divisions.seed import SEEDED

_COUNTY = 6


def why_not(code: str, on: date) -> str | None:
    """Why a significant prefix is no place on a day; None where it is one, or where the list cannot tell."""
    known = _shipped()
    if code[:2] not in known:
        return "没有这个省级区划"
    for length in (4, _COUNTY):
        place = code[:length]
        if len(place) < length or not place.startswith(SEEDED):
            continue
        if place not in known:
            return f"名录里没有 {place}"
        ended, successor = known[place]
        if ended is not None and ended <= on:
            return f"{place}自{ended}起停用" + (f"，现为 {successor}" if successor else "")
    return None


@cache
def _shipped() -> dict[str, tuple[date | None, str]]:
    """Prefix → the day from which it is no longer used, and what it is now."""
    text = resources.files("wenhou.divisions").joinpath("data", "places.csv").read_text(encoding="utf-8")
    return {
        codes.prefix(row["code"]): (
            date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            codes.prefix(row["replaced_by"]) if row["replaced_by"] else "",
        )
        for row in csv.DictReader(text.splitlines())
    }
