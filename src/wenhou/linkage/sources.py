"""What readings draw from: the lake as it stands, or rows written in a case file."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Protocol

import duckdb
import ibis
import ibis.expr.types as ir

from wenhou.exchange import contracts
from wenhou.lake import parquet, store
from wenhou.lake.schema import PERSON_KEYS
from wenhou.linkage import limits
from wenhou.linkage.coverage import Spoken
from wenhou.linkage.fills.drawn import Sources as Drawn
from wenhou.policy import queries as policy
from wenhou.registry.actions import publications

PUBLISHED = ("people", "households", "register")


class Sources(Drawn, Protocol):
    """And what is covered; the Ibis backend it all lies in, and queries of evidence written so far."""

    @property
    def spoken(self) -> Spoken: ...

    @property
    def backend(self) -> Any: ...

    @property
    def written(self) -> dict[Any, str | None]: ...


def tolerance() -> dict[str, int | None]:
    """Days each contract may be late."""
    return {contract.code: contract.late_after_days for contract in contracts.all_contracts()}


def spoken(patience: int = 0) -> Spoken:
    """What the lake's current parts speak for."""
    parts = {contract.code: tuple(store.coverage(contract.code)) for contract in contracts.all_contracts()}
    return Spoken(parts, tolerance(), patience)


def view_of(contract: str) -> str:
    """'SA-ARCH' → 'sa_arch'."""
    return contract.lower().replace("-", "_")


class Views:
    """Tables of an Ibis backend named as the lake names them: di31, di41_history, people, households, register."""

    def __init__(self, backend: Any, spoken: Spoken) -> None:
        self.backend, self.spoken = backend, spoken
        self.written: dict[Any, str | None] = {}
        self.people = backend.table("people")
        self.households = backend.table("households")
        self.register = backend.table("register")

    def __getitem__(self, contract: str) -> ir.Table:
        return self.backend.table(view_of(contract))

    def history(self, contract: str) -> ir.Table:
        return self.backend.table(f"{view_of(contract)}_history")

    def standard(self, name: str, county: ir.StringValue, on: date) -> ir.IntegerValue:
        """What holds in each county, approved values included."""
        return limits.at_county(policy.rows(), name, county, on)


def lake(as_of: date, *, memory: str | None = None, patience: int = 0, anew: bool = True) -> Views:
    """The lake on DuckDB: every contract's views, and the registry as published for `as_of`: anew where it has learnt
    something since, or just as it lies there, nothing being written. Raises Refused where it does not.
    """
    (publications.ensure if anew else publications.require)(as_of=as_of)
    connection = store.connect(memory=memory)
    store.views(connection, contracts.tables())
    for name in PUBLISHED:
        path = store.published(name, as_of)
        assert path is not None
        connection.execute(f"create view {name} as select * from {parquet.file(path)}")
    _add_own_visits(connection, as_of)
    return Views(ibis.duckdb.from_connection(connection), spoken(patience))


def _add_own_visits(connection: duckdb.DuckDBPyConnection, as_of: date) -> None:
    """Visits that came as deliveries and those that fieldwork itself published are one table."""
    path = store.published("visits", as_of)
    if path is None:
        return
    told = f"select * from {parquet.file(path)}"
    own = store.as_one(told, contracts.contract("SA-VISIT").table.person_columns, store.same_people())
    for view in ("sa_visit", "sa_visit_history"):
        connection.execute(f"alter view {view} rename to {view}_delivered")
        connection.execute(f"create view {view} as select * from {view}_delivered union all by name {own}")


class Only(Views):
    """The same, of some people: rows that name one of them anywhere, and the households they belong to.

    For one household and whoever its members are linked to; the others are as if they were not there.
    """

    def __init__(self, views: Views, persons: Iterable[int]) -> None:
        keys = sorted(set(persons))
        super().__init__(views.backend, views.spoken)
        self._keys = keys
        self.people = self.people.filter(self.people.person.isin(keys))
        homes = self.people.filter(self.people.household.notnull()).select("household").distinct()
        self.households = self.households.semi_join(homes, "household")
        self.register = self.register.filter(self.register.id_no.isin(keys))

    def __getitem__(self, contract: str) -> ir.Table:
        return self._about(super().__getitem__(contract))

    def history(self, contract: str) -> ir.Table:
        return self._about(super().history(contract))

    def _about(self, rows: ir.Table) -> ir.Table:
        named = [rows[name].isin(self._keys) for name in PERSON_KEYS if name in rows.columns]
        return rows.filter(ibis.or_(*named)) if named else rows
