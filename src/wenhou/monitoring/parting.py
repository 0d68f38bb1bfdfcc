"""Who is judged together: the people of a part, and those beyond it whom its answers rest on.

Links seldom lead from one part into another. Where they do is found once for all parts, and each part then follows
these few alone.
"""

from collections.abc import Sequence
from typing import NamedTuple

import duckdb

from wenhou.engine.plan import Plan

Stretch = tuple[int, int]
NOBODY: Stretch = (0, -1)
MADE = ("kin", "edges", "crossing", "beyond", "near")
WHOLE = 0.75
"""A file of facts of which so large a share is near is read as it lies: to leave the others out costs more."""


class Part(NamedTuple):
    """Households by key, and people by key who belong to none."""

    homes: Stretch
    alone: Stretch

    @property
    def held(self) -> str:
        """Whether a row with person and household is of the part."""
        (first, last), (first_alone, last_alone) = self
        return (
            f"(household between {first} and {last}"
            f" or household is null and person between {first_alone} and {last_alone})"
        )


def find_kin(
    connection: duckdb.DuckDBPyConnection, files: str, links: Sequence[str], parts: Sequence[Part]
) -> None:
    """Tables kin (everybody: the household, the part, the file the facts lie in), edges (who is linked to whom) and
    crossing (edges from one part into another). files: SQL of the people's facts with `filename`."""
    of_part = " ".join(f"when {part.held} then {number}" for number, part in enumerate(parts))
    told = "".join(f", {link}" for link in links)
    connection.execute(
        f"create or replace temp table kin as select person, household{told}, case {of_part} end as part,"
        f" cast(parse_filename(filename, true) as integer) as file from {files}"
    )
    several = [f"select person, {link} as other, part from kin where {link} is not null" for link in links]
    nothing = "select person, person as other, part from kin where false"
    connection.execute(f"create or replace temp table edges as {' union all '.join(several) or nothing}")
    connection.execute(
        "create or replace temp table crossing as"
        " select edges.person as here, edges.part as part, kin.person as there, kin.part as of_there"
        " from edges join kin on edges.other = kin.person where edges.part is distinct from kin.part"
    )


def find_near(connection: duckdb.DuckDBPyConnection, plan: Plan, number: int) -> None:
    """Table near: people of the part, and all whom the plan's links reach from or to them; with the file each lies in."""
    first = (
        f"select there as person from crossing where part = {number}"
        f" union select here from crossing where of_there = {number}"
    )
    further = (
        "select person from beyond union select other from edges semi join beyond using (person)"
        " union select edges.person from edges semi join beyond on other = beyond.person"
    )
    for hop in range(plan.hops):
        _live_with(connection, first if hop == 0 else further, number)
    if not plan.hops:
        _live_with(connection, "select person from kin where false", number)
    connection.execute(
        f"create or replace temp table near as select person, household, file from kin where part = {number}"
        " union all select person, household, file from kin semi join beyond using (person)"
    )


def _live_with(connection: duckdb.DuckDBPyConnection, found: str, number: int) -> None:
    """Table beyond: those found outside the part, and who lives with them."""
    connection.execute(f"create or replace temp table found as {found}")
    connection.execute(
        f"create or replace temp table beyond as select person from kin where part is distinct from {number}"
        " and (person in (from found) or household in (select household from kin semi join found using (person)))"
    )
    connection.execute("drop table found")


def files_near(connection: duckdb.DuckDBPyConnection) -> tuple[list[int], list[int]]:
    """Numbers of the files of facts that are nearly all near, and of the others in which somebody near lies."""
    shares = connection.execute(
        "select file, count(near.person) / count(*) from kin left join near using (person, file)"
        " group by file having count(near.person) > 0 order by file"
    ).fetchall()
    whole = [file for file, share in shares if share >= WHOLE]
    return whole, [file for file, share in shares if share < WHOLE]


def forget(connection: duckdb.DuckDBPyConnection) -> None:
    """Drop the tables made."""
    for name in MADE:
        connection.execute(f"drop table if exists {name}")
