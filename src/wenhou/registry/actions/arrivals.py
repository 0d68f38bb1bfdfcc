"""What departments and an imported register say of persons and households becomes dated rows. Set by set."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import duckdb
import pyarrow as pa
from django.db import connection as django_connection
from django.db import transaction
from django.db.models import Max

from wenhou.lake.models import Part
from wenhou.registry import bulk, search
from wenhou.registry.bulk import Merged, Target
from wenhou.registry.models import RegisterEntry
from wenhou.registry.statements import statements

CONTRACTS = frozenset({"DI01", "DI02", "DI04", "SA-ARCH"})
"""The contracts the registry follows."""

LOCK = 0x72656769  # one arrival at a time, and none while the registry is published

SAID = {"contract": "text", "delivery": "bigint", "line": "bigint", "as_of": "date"}
HOUSEHOLD = {"kind": "text", "county": "text", "household_no": "text"}


@dataclass(frozen=True)
class Feed:
    """A set of rows: the statement that says them, their columns, and the table they are merged into."""

    statement: str
    columns: Mapping[str, str]
    target: Target
    contracts: tuple[str, ...]


RECORDS = Feed(
    "person_records",
    {
        "person_id": "bigint",
        "sex": "text",
        "name": "text",
        "nation": "text",
        "birth_date": "date",
        "hukou_division": "text",
        "hukou_address": "text",
        "hukou_type": "text",
        "household_no": "text",
        "relation": "text",
        "father": "bigint",
        "mother": "bigint",
        "spouse": "bigint",
        "guardian": "bigint",
        "status": "text",
        "search": "text[]",
        **SAID,
    },
    Target(
        "registry_person_record",
        ("person_id",),
        (
            "sex",
            "name",
            "nation",
            "birth_date",
            "hukou_division",
            "hukou_address",
            "hukou_type",
            "household_no",
            "relation",
            "father",
            "mother",
            "spouse",
            "guardian",
            "status",
        ),
        derived=("search",),
    ),
    ("DI01",),
)
RESIDENCES = Feed(
    "residences",
    {
        "person_id": "bigint",
        "permit_no": "text",
        "division": "text",
        "address": "text",
        "registered_on": "date",
        "valid_to": "date",
        "status": "text",
        **SAID,
    },
    Target(
        "registry_residence",
        ("person_id", "permit_no"),
        ("division", "address", "registered_on", "valid_to", "status"),
    ),
    ("DI04",),
)
_MEMBERSHIP = {
    **HOUSEHOLD,
    "person_id": "bigint",
    "relation": "text",
    "since": "date",
    "until": "date",
    **SAID,
}
_MEMBERSHIPS = Target("registry_membership", ("household_id", "person_id", "since"), ("relation", "until"))
RESIDENCE_MEMBERSHIPS = Feed("residence_memberships", _MEMBERSHIP, _MEMBERSHIPS, ("DI01", "DI02"))
REGISTER_MEMBERSHIPS = Feed("register_memberships", _MEMBERSHIP, _MEMBERSHIPS, ("SA-ARCH",))
ENTRIES = Feed(
    "entries",
    {
        **HOUSEHOLD,
        "person_id": "bigint",
        "category": "text",
        "division": "text",
        "resides_division": "text",
        "urban_rural": "text",
        "status": "text",
        "is_covered": "boolean",
        "confirmed_on": "date",
        "valid_until": "date",
        "exit_on": "date",
        "details": "jsonb",
        **SAID,
    },
    Target(
        "registry_register_entry",
        ("household_id", "person_id", "category", "division"),
        (
            "resides_division",
            "urban_rural",
            "status",
            "is_covered",
            "confirmed_on",
            "valid_until",
            "exit_on",
            "details",
        ),
    ),
    ("SA-ARCH",),
)


def apply(
    *, connection: duckdb.DuckDBPyConnection, contracts: Collection[str], on: datetime
) -> dict[str, Merged]:
    """Bring the registry to what the lake's current rows of these contracts say; others are passed over.

    connection: DuckDB with the lake's views di01, di02, di04, sa_arch and sa_arch_history. on: the moment written
    as recorded_at. Gives what became of the rows, by table. The same rows again add nothing.
    """
    arrived = CONTRACTS & set(contracts)
    if not arrived:
        return {}
    with transaction.atomic(), django_connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])
        _prepare(connection)
        _know_persons(connection, cursor.cursor)
        done: dict[str, Merged] = {}
        if arrived & {"DI01", "DI02"}:
            done |= _apply_residence_records(connection, cursor.cursor, on)
        if "DI04" in arrived:
            done["residences"] = _apply(connection, cursor.cursor, RESIDENCES, on)
        if "SA-ARCH" in arrived:
            done |= _apply_register(connection, cursor.cursor, on)
    return done


def _prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """The parts beside the views, so that a row's delivery tells the days it speaks for."""
    parts = Part.objects.filter(contract__in=CONTRACTS).values_list("delivery", "division", "period_to")
    connection.execute("create or replace temp table parts (delivery bigint, division text, period_to date)")
    for part in parts:
        connection.execute("insert into parts values (?, ?, ?)", list(part))


def _say(connection: duckdb.DuckDBPyConnection, statement: str) -> duckdb.DuckDBPyRelation:
    return connection.sql(statements("arrivals")[statement])


def _know_persons(connection: duckdb.DuckDBPyConnection, cursor: Any) -> None:
    bulk.send(cursor, "persons_told", {"key": "bigint", "known_since": "date"}, _say(connection, "persons"))
    cursor.execute(
        "insert into registry_person (key, known_since) select key, known_since from persons_told on conflict do nothing"
    )


def _apply_residence_records(
    connection: duckdb.DuckDBPyConnection, cursor: Any, on: datetime
) -> dict[str, Merged]:
    _make_names_findable(connection)
    return {
        "records": _apply(connection, cursor, RECORDS, on),
        "residence_memberships": _apply(connection, cursor, RESIDENCE_MEMBERSHIPS, on),
    }


def _make_names_findable(connection: duckdb.DuckDBPyConnection) -> None:
    """Table found_by: each name once, with its tokens as a PostgreSQL array."""
    names = [row[0] for row in _say(connection, "names").fetchall()]
    arrays = ["{" + ",".join(f'"{token}"' for token in search.tokens(name)) + "}" for name in names]
    told = pa.table({"name": pa.array(names, pa.string()), "search": pa.array(arrays, pa.string())})
    connection.register("found_by", told)


def _apply_register(connection: duckdb.DuckDBPyConnection, cursor: Any, on: datetime) -> dict[str, Merged]:
    """Day by day from the last one known, so that the history of a register that comes at once is kept."""
    known = RegisterEntry.objects.aggregate(last=Max("as_of"))["last"]
    days: list[date] = [row[0] for row in _say(connection, "register_days").fetchall()]
    entries = Merged()
    for day in [day for day in days[:-1] if known is None or day > known]:
        _register_up_to(connection, day)
        entries += _apply(connection, cursor, ENTRIES, on, withdrawn_on=day)
    _register_up_to(connection, days[-1] if days else date.max)
    return {
        "entries": entries + _apply(connection, cursor, ENTRIES, on),
        "register_memberships": _apply(connection, cursor, REGISTER_MEMBERSHIPS, on),
    }


def _register_up_to(connection: duckdb.DuckDBPyConnection, day: date) -> None:
    query = statements("arrivals")["register_latest"]
    connection.execute(f"create or replace temp table register_latest as {query}", {"day": day})


def _apply(
    connection: duckdb.DuckDBPyConnection,
    cursor: Any,
    feed: Feed,
    on: datetime,
    *,
    withdrawn_on: date | None = None,
) -> Merged:
    told = _say(connection, feed.statement).select(*feed.columns)
    bulk.send(cursor, "told", feed.columns, told)
    incoming = "told"
    if "kind" in feed.columns:
        cursor.execute(_HOUSEHOLDS)
        cursor.execute("drop table if exists pg_temp.told_of_households")
        cursor.execute(_OF_HOUSEHOLDS)
        cursor.execute("analyze told_of_households")
        incoming = "told_of_households"
    return bulk.merge(
        cursor,
        feed.target,
        incoming,
        contracts=feed.contracts,
        withdrawn_on=withdrawn_on or _last_day(feed.contracts, on),
        moment=on,
    )


def _last_day(contracts: tuple[str, ...], on: datetime) -> date:
    """The last day the current parts of these contracts speak for."""
    current = Part.objects.filter(contract__in=contracts, superseded_by__isnull=True)
    return current.aggregate(last=Max("period_to"))["last"] or on.date()


_HOUSEHOLDS = (
    "insert into registry_household (kind, county, household_no, known_since)"
    " select kind, county, household_no, min(as_of) from told group by kind, county, household_no"
    " order by county, household_no on conflict do nothing"
)
_OF_HOUSEHOLDS = (
    "create temp table told_of_households as select household.id as household_id, told.*"
    " from told join registry_household household using (kind, county, household_no)"
)
