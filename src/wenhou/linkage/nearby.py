"""The lake as far as it concerns some people: the same tables, with only the rows that can tell of them.

A reading gives for them what it gives over the whole lake: rows kept are those that name one of them, of a case or of
a household of the register that is theirs, and of whoever such a row names beside them.
"""

from collections.abc import Collection
from typing import Any

import duckdb
import ibis
import ibis.expr.types as ir

from wenhou.linkage import naming
from wenhou.linkage.drawing import Drawn
from wenhou.linkage.limits import mark
from wenhou.linkage.naming import CASES, HOMES, NUMBERS, PEOPLE
from wenhou.linkage.sources import Views, view_of
from wenhou.linkage.whole import SCHEMA, Whole

ASKED = "near_asked"


class Nearby(Views):
    """Tables of `lake`'s connection under their usual names.

    asked: a table of persons that holds with anybody the whole household; what is reckoned of others is not theirs.
    drawn: what will be read; whatever else is asked for is brought then. What another held before on the connection goes.
    """

    def __init__(self, lake: Whole, asked: str, drawn: Drawn) -> None:
        self._lake, self._there = lake, set(drawn.tables)
        _settle(lake, asked, drawn.names)
        for contract, is_history in sorted(drawn.tables):
            _bring(lake, contract, is_history=is_history)
        super().__init__(ibis.duckdb.from_connection(lake.connection), lake.spoken)
        self.written = _written.setdefault(mark(), {})

    def __getitem__(self, contract: str) -> ir.Table:
        self._need(contract, is_history=False)
        return super().__getitem__(contract)

    def history(self, contract: str) -> ir.Table:
        self._need(contract, is_history=True)
        return super().history(contract)

    def _need(self, contract: str, *, is_history: bool) -> None:
        if (contract, is_history) not in self._there:
            _bring(self._lake, contract, is_history=is_history)
            self._there.add((contract, is_history))


_written: dict[str, dict[Any, str | None]] = {}
"""Queries of evidence by the standards' mark: the tables have the same names whoever is asked about."""


def forget() -> None:
    """Let go of every query written: of other days and standards."""
    _written.clear()


def _bring(lake: Whole, contract: str, *, is_history: bool) -> None:
    about = naming.match(lake.table(contract))
    rows = lake.history(contract) if is_history else lake.rows(contract, about)
    name = f"{view_of(contract)}_history" if is_history else view_of(contract)
    lake.connection.execute(f"create or replace table {name} as select * from ({rows}) where {about}")


def _settle(lake: Whole, asked: str, drawn: Collection[str]) -> None:
    """Whom rows are kept of, and what the registry tells of them."""
    run = lake.connection.execute
    run(
        f"create or replace temp table {HOMES} as select distinct household from {SCHEMA}.people join {asked} using (person)"
    )
    run(f"delete from {HOMES} where household is null")
    run(
        f"create or replace temp table {NUMBERS} as select distinct substr(division_code, 1, 6) as county, household_no"
        f" from {SCHEMA}.register where household in (select household from {HOMES})"
    )
    run(f"create or replace temp table {PEOPLE} as select person from {asked}")
    run(f"create or replace temp table {CASES} (case_no varchar)")
    if {"SA-CASE", "SA-CHK"} & set(drawn):
        table = lake.table("SA-CASE")
        told = f"select * from ({lake.history('SA-CASE')}) where {naming.match(table)}"
        run(f"insert into {CASES} {naming.cases(table, told)}")
    named = [f"({beside(lake, code)})" for code in drawn if is_shared(lake, code)]
    if named:
        run(f"create or replace temp table near_named as {' union '.join(named)}")
        run(f"insert into {PEOPLE} select person from near_named anti join {asked} using (person)")
    _publish(lake.connection)


def is_shared(lake: Whole, drawn: str) -> bool:
    """Whether a row of what a reading draws on may name several people."""
    if drawn == "register":
        return True
    return drawn.isupper() and naming.names_several(lake.table(drawn))


def beside(lake: Whole, drawn: str) -> str:
    """SQL of everybody whom rows name that name somebody of `near_people`."""
    contract = "SA-ARCH" if drawn == "register" else drawn
    table = lake.table(contract)
    rows = f"select * from {SCHEMA}.register" if drawn == "register" else lake.history(contract)
    return naming.people(table, f"select * from ({rows}) where {naming.match(table)}")


def _publish(connection: duckdb.DuckDBPyConnection) -> None:
    theirs, homes = f"select person from {PEOPLE}", f"select household from {HOMES}"
    for name, which in (
        ("people", f"person in ({theirs})"),
        ("households", f"household in ({homes})"),
        ("register", f"id_no in ({theirs}) or household in ({homes})"),
    ):
        connection.execute(f"create or replace table {name} as select * from {SCHEMA}.{name} where {which}")
