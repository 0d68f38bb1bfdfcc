"""What the law came to for each household under one table of standards, and two of these beside each other, in SQL."""

from collections.abc import Sequence
from typing import Any

import duckdb

from wenhou.engine.words import DEFAULT
from wenhou.policy import answers
from wenhou.policy.proposals.changes import UNKNOWN, Casework, CategoryEffect, Cliff, Move
from wenhou.policy.proposals.effects import CountyEffect
from wenhou.policy.runs.batches import Part

HOUSEHOLD_MONEY, PERSON_MONEY = ("dibao_amount",), answers.PERSON_AMOUNTS
MONEY = (*HOUSEHOLD_MONEY, *PERSON_MONEY)
"""Amounts that are paid month by month."""

_KEPT = ("category", "income_per_head", "dibao_standard", "review_months")
WANTED = (*_KEPT, *HOUSEHOLD_MONEY, *PERSON_MONEY, "is_supporter")
BIN = 5_000
"""Fen of income a head in one bin of the cliff."""
BINS = 10
"""Bins on either side of the line."""
YEAR = 12


def keep(connection: duckdb.DuckDBPyConnection, part: Part, name: str, *, first: bool) -> None:
    """Put a part's outcomes into table `name`: one row for each household; supporters' own benefits are not theirs."""
    homes = _columns(part.plan.households, (*_KEPT, *HOUSEHOLD_MONEY))
    people = {one: one in part.plan.persons for one in PERSON_MONEY}
    sums = "".join(
        f', sum(p."{one}") as "{one}", bool_or(p."{one}" is null) as "{one}_unknown"' if there else ""
        for one, there in people.items()
    )
    told = ", ".join(
        f'case when not "{one}_unknown" then s."{one}"::bigint end as "{one}"'
        if there
        else f'null::bigint as "{one}"'
        for one, there in people.items()
    )
    query = f"""
        with sums as (
            select household{sums} from "{part.persons}" p where is_supporter is distinct from true group by household
        )
        select h.household, h.county, {homes}, {told} from "{part.households}" h left join sums s using (household)
    """
    into = f"create or replace temp table {name} as" if first else f"insert into {name}"
    connection.execute(f"{into} {query}")


def _columns(there: Sequence[str], names: Sequence[str]) -> str:
    kinds = {"category": "varchar"}
    return ", ".join(
        f'h."{name}"' if name in there else f'null::{kinds.get(name, "bigint")} as "{name}"' for name in names
    )


class Compared:
    """Outcomes before and after, household by household. touched: the amounts that may differ."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, before: str, after: str, touched: Sequence[str]
    ) -> None:
        self._connection = connection
        amount = " + ".join(f'{{0}}."{name}"' for name in touched) or "0"
        self._pairs = f"{before}_and_{after}"
        connection.execute(f"""
            create or replace temp table {self._pairs} as
            select b.household, b.county, coalesce(b.category, '{UNKNOWN}') as category,
                coalesce(a.category, '{UNKNOWN}') as category_after,
                {amount.format("b")} as before, {amount.format("a")} as after,
                b.category is not null and a.category is not null
                    and ({amount.format("b")}) is not null and ({amount.format("a")}) is not null as known,
                a.income_per_head - a.dibao_standard as above,
                b.review_months as review_before, a.review_months as review_after
            from {before} b join {after} a using (household)
        """)

    def _rows(self, query: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(f"with pairs as (from {self._pairs}) {query}").fetchall()

    def counties(self) -> tuple[CountyEffect, ...]:
        """One row for each county, in order of code. Money is that of the known."""
        found = self._rows(
            f"select county, count(*), {_CHANGED}, count(*) filter (not known), {_MONEY} {_BY_COUNTY}"
        )
        return tuple(CountyEffect(*row) for row in found)

    def categories(self) -> tuple[CategoryEffect, ...]:
        """The known, by county and the category they had."""
        found = self._rows(
            f"select county, category, count(*), {_CHANGED}, {_MONEY}, {_GAINED}"
            " from pairs where known group by county, category order by county, category"
        )
        return tuple(CategoryEffect(*row) for row in found)

    def moves(self) -> tuple[Move, ...]:
        """From category to category, of those whose category differs; the largest first."""
        found = self._rows(
            "select category, category_after, count(*) from pairs where category <> category_after"
            " group by all order by 3 desc, 1, 2"
        )
        return tuple(Move(*row) for row in found)

    def casework(self) -> Casework:
        """Cases and reviews of the known: whoever begins or ceases to be paid, whoever is paid another amount."""
        reviews = f"coalesce(sum(case when {{0}} > 0 and review_{{0}} > 0 then {YEAR} // review_{{0}} end)::bigint, 0)"
        ((*told,),) = self._rows(
            f"""select count(*) filter (before = 0 and after > 0), count(*) filter (before > 0 and after = 0),
            count(*) filter (before > 0 and after > 0 and before <> after),
            {reviews.format("before")}, {reviews.format("after")} from pairs where known"""
        )
        return Casework(*told)

    def cliff(self) -> tuple[Cliff, ...]:
        """Bins of income a head about the line that holds afterwards; empty bins are there too."""
        found = self._rows(
            f"""select floor(above / {BIN})::bigint as bin, count(*), {_MONEY} from pairs
            where known and above >= -{BINS * BIN} and above < {BINS * BIN} group by bin"""
        )
        told = {row[0]: row[1:] for row in found}
        return tuple(
            Cliff(number * BIN, (number + 1) * BIN, *told.get(number, (0, 0, 0)))
            for number in range(-BINS, BINS)
        )

    def money(self) -> tuple[int, int]:
        """Fen a month before and after, of the known."""
        ((before, after),) = self._rows(f"select {_MONEY} from pairs where known")
        return int(before), int(after)


_CHANGED = "count(*) filter (known and after > before), count(*) filter (known and after < before)"
_MONEY = "coalesce(sum(before) filter (known), 0)::bigint, coalesce(sum(after) filter (known), 0)::bigint"
_GAINED = (
    "coalesce(sum(after - before) filter (after > before), 0)::bigint,"
    " coalesce(sum(before - after) filter (after < before), 0)::bigint"
)
_BY_COUNTY = "from pairs group by county order by county"


def label(name: str) -> str:
    """An amount's or category's words for people."""
    declared = DEFAULT.declared.get(name)
    return answers.CATEGORIES.get(name) or str(getattr(declared, "label", name))
