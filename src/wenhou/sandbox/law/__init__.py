"""Applications by the million, drawn over the whole fact space: for gates, benchmarks and what-ifs. Not a place:
nothing hangs together beyond one household, and everything is reckoned by columns.
"""

from collections.abc import Collection, Mapping
from datetime import date

import numpy as np
import pyarrow as pa

from wenhou.sandbox.law import (
    earnings,
    families,
    health,
    homes,
    justice,
    lines,
    needs,
    remaining,
    standing,
    supporters,
)
from wenhou.sandbox.law.columns import Columns

__all__ = ["tables"]

CHUNK = 50_000
"""Households drawn at once; a chunk's rows depend on the seed and its number alone."""


def tables(
    households: int,
    seed: int = 1,
    *,
    as_of: date = date(2025, 10, 15),
    counties: Mapping[str, float] = lines.COUNTIES,
    only: Collection[str] | None = None,
) -> dict[str, pa.Table]:
    """persons, households and standards as the engine's batch reads them; the same arguments give the same rows.

    counties: six-digit code → share of the households. only: names of facts to keep, such as a plan's needs; all if
    not given. Three people a household on average, supporters and absent
    parents among them. Money in fen; what a source did not answer is null; values stand on the law's boundaries
    more often than chance would have it.
    """
    given = lines.table(tuple(counties), as_of)
    parts = [
        _chunk(start, min(CHUNK, households - start), seed, as_of, counties, given, only)
        for start in range(0, households, CHUNK)
    ]
    return {
        "persons": pa.concat_tables(part[0] for part in parts),
        "households": pa.concat_tables(part[1] for part in parts),
        "standards": given,
    }


def _chunk(
    start: int,
    count: int,
    seed: int,
    as_of: date,
    counties: Mapping[str, float],
    given: pa.Table,
    only: Collection[str] | None,
) -> tuple[pa.Table, pa.Table]:
    rng = np.random.Generator(np.random.PCG64([seed, start]))
    home = homes.draw(rng, start + 1, count, as_of, counties, given)
    people = families.draw(rng, home)
    persons = Columns(people.size, people.asked, only)
    families.fill(persons, people)
    for part in (standing, supporters, justice, health, needs, earnings):
        part.fill(persons, people)
    rows = Columns(count, home.asked, only)
    homes.fill(rows, home, people)
    for columns, entity in ((persons, "person"), (rows, "household")):
        remaining.fill(columns, np.random.Generator(np.random.PCG64([seed, start, 1])), entity, home.as_of)
    keys = {"person": people.keys, "household": people.home_keys}
    return persons.table(keys), rows.table({"household": home.keys, "county": home.county})
