"""Rows written in a case file become the same tables by the same fills."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

import duckdb
import ibis
import ibis.expr.types as ir

from wenhou.base.errors import Refused
from wenhou.base.money import parse_yuan
from wenhou.exchange import contracts
from wenhou.lake.store import Coverage
from wenhou.linkage import facts, limits, sources
from wenhou.linkage.coverage import Spoken
from wenhou.policy import queries as policy

Rows = Sequence[Mapping[str, Any]]
ALWAYS = (date(1900, 1, 1), date(2999, 12, 31))
EVERYWHERE = ""

PEOPLE = {
    "person": "BIGINT",
    "household": "BIGINT",
    "relation": "VARCHAR",
    "sex": "VARCHAR",
    "birth_date": "DATE",
    "hukou_division": "VARCHAR",
    "hukou_type": "VARCHAR",
    "resides_division": "VARCHAR",
    "father": "BIGINT",
    "mother": "BIGINT",
    "spouse": "BIGINT",
    "guardian": "BIGINT",
    "registered_on": "DATE",
    "place": "VARCHAR",
}
HOUSEHOLDS = {
    "household": "BIGINT",
    "household_no": "VARCHAR",
    "division": "VARCHAR",
    "county": "VARCHAR",
    "hukou_county": "VARCHAR",
    "urban_rural": "VARCHAR",
    "on_register": "BOOLEAN",
    "category": "VARCHAR",
}


def case_tables(
    rows: Mapping[str, Rows],
    *,
    people: Rows,
    households: Rows,
    coverage: Iterable[str] | Mapping[str, Iterable[tuple[str, date, date]]] | None,
    as_of: date,
    wanted: Iterable[str] | None = None,
    people_asked: bool = False,
) -> facts.Tables:
    """The tables of `facts.tables`, made of rows in memory.

    rows: contract → rows by the contract's field names. Persons are small integers of the case's own; dates are
    dates or 'YYYY-MM-DD', months 'YYYY-MM' or their first day, money '20000.00' (yuan, text) or whole fen (int);
    a field left out is empty. `delivery` and `line` may be given (versions of DI41 differ in delivery); else they
    count up. Raises Refused for a contract or field that does not exist.
    people, households: rows of the published tables; whatever column is left out is empty, but a person's place is
    then hukou_division, or the household's division, and a household's county its division's first six digits.
    SA-ARCH rows become the published register; their household is the person's.
    coverage: None = every contract speaks for everybody and every day; names of contracts = those do, the others
    say nothing; a mapping contract → (division, from, to) says exactly. people_asked: as in `facts.tables`.
    """
    drawn = Written(rows, people, households, coverage)
    return facts.tables(drawn, as_of=as_of, wanted=wanted, people_asked=people_asked)


class Written:
    """Sources of a case file, on a DuckDB of its own; a contract's table is made when it is first asked for."""

    def __init__(
        self,
        rows: Mapping[str, Rows],
        people: Rows,
        households: Rows,
        coverage: Iterable[str] | Mapping[str, Iterable[tuple[str, date, date]]] | None,
    ) -> None:
        unknown = set(rows) - {contract.code for contract in contracts.all_contracts()}
        if unknown:
            raise Refused(f"没有编号为“{'、'.join(sorted(unknown))}”的数据契约。")
        self._connection = duckdb.connect(":memory:", config={"threads": 1})
        self.backend = ibis.duckdb.from_connection(self._connection)
        self.written: dict[Any, str | None] = {}
        self._rows, self._made = rows, dict[str, ir.Table]()
        self.spoken = Spoken(_parts(coverage), sources.tolerance())
        self._households = [_household(row) for row in households]
        divisions = {row["household"]: row["division"] for row in self._households}
        self._people = [_person(row, divisions) for row in people]

    def __getitem__(self, contract: str) -> ir.Table:
        return self._table(sources.view_of(contract), _columns(contract), self._typed(contract, latest=True))

    def history(self, contract: str) -> ir.Table:
        name = f"{sources.view_of(contract)}_history"
        return self._table(name, _columns(contract), self._typed(contract, latest=False))

    @cached_property
    def people(self) -> ir.Table:
        return self._table("people", PEOPLE, self._people)

    @cached_property
    def households(self) -> ir.Table:
        return self._table("households", HOUSEHOLDS, self._households)

    @cached_property
    def register(self) -> ir.Table:
        homes = {row["person"]: row["household"] for row in self._people}
        rows = [{**row, "household": homes.get(row["id_no"])} for row in self._typed("SA-ARCH", latest=True)]
        return self._table("register", {**_columns("SA-ARCH"), "household": "BIGINT"}, rows)

    def standard(self, name: str, county: ir.StringValue, on: date) -> ir.IntegerValue:
        """What the files say; a case needs no database."""
        return limits.at_county(policy.from_files(), name, county, on)

    def _typed(self, code: str, *, latest: bool) -> list[dict[str, Any]]:
        contract = contracts.contract(code)
        typed = [_row(contract, row, line) for line, row in enumerate(self._rows.get(code, ()), start=2)]
        if not latest:
            return typed
        by_key = {tuple(row[name] for name in contract.key): row for row in typed}
        return list(by_key.values())

    def _table(self, name: str, columns: Mapping[str, str], rows: Rows) -> ir.Table:
        if name not in self._made:
            declared = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
            self._connection.execute(f'create table "{name}" ({declared})')
            if rows:
                marks = ", ".join("?" * len(columns))
                values = [[row.get(column) for column in columns] for row in rows]
                self._connection.executemany(f'insert into "{name}" values ({marks})', values)
            self._made[name] = self.backend.table(name)
        return self._made[name]


def _columns(code: str) -> dict[str, str]:
    return {column.name: column.type for column in contracts.contract(code).table.stored}


def _row(contract: contracts.Contract, row: Mapping[str, Any], line: int) -> dict[str, Any]:
    known = {field.name for field in contract.fields} | {"delivery", "line"}
    if not set(row) <= known:
        raise Refused(f"{contract.code} 没有字段 {'、'.join(sorted(set(row) - known))}。")
    typed = {field.name: _value(field.kind, row.get(field.name)) for field in contract.fields}
    return {"delivery": 1, "line": line} | typed | {k: row[k] for k in ("delivery", "line") if k in row}


def _value(kind: str, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    match kind:
        case "money":
            return parse_yuan(value)
        case "date":
            return date.fromisoformat(value)
        case "month":
            return date.fromisoformat(f"{value[:7]}-01")
        case "num":
            return Decimal(value)
    return value


def _household(row: Mapping[str, Any]) -> dict[str, Any]:
    division = row.get("division")
    return {"on_register": False, "division": None, "county": division and division[:6]} | dict(row)


def _person(row: Mapping[str, Any], divisions: Mapping[int, str | None]) -> dict[str, Any]:
    home = divisions.get(row.get("household", 0))
    return {"household": None, "place": row.get("hukou_division") or home} | dict(row)


def _parts(
    coverage: Iterable[str] | Mapping[str, Iterable[tuple[str, date, date]]] | None,
) -> dict[str, tuple[Coverage, ...]]:
    if isinstance(coverage, Mapping):
        return {code: tuple(Coverage(*part) for part in parts) for code, parts in coverage.items()}
    covered = [c.code for c in contracts.all_contracts()] if coverage is None else list(coverage)
    return {code: (Coverage(EVERYWHERE, *ALWAYS),) for code in covered}
