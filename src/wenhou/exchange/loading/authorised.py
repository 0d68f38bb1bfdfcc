"""Items that may only be had with a person's authorisation: a row without one of its own is refused."""

from datetime import date

import duckdb
import pyarrow as pa

from wenhou.exchange.contracts import Contract, contract
from wenhou.exchange.loading import within
from wenhou.lake import store, vault

UNKNOWN = "授权书编号不在册"
OTHERS = "授权书不是此人的"
OUTSIDE = "授权书在本次期间内无效"


def check(connection: duckdb.DuckDBPyConnection, checked: Contract, period: tuple[date, date]) -> None:
    """Make table `unauthorised` (line, auth_no, reason); empty for contracts that need no authorisation."""
    connection.execute("create table unauthorised (line bigint, auth_no varchar, reason varchar)")
    if not checked.authorisation:
        return
    _bring_authorisations(connection)
    _key_numbers(connection, checked)
    connection.execute(
        "insert into unauthorised select line, staged.auth_no, case"
        f" when not coalesce(bool_or(known.auth_no is not null), false) then '{UNKNOWN}'"
        f" when not bool_or(known.id_no = staged.id_no) then '{OTHERS}' else '{OUTSIDE}' end"
        " from staged left join sent using (auth_no) left join known on known.auth_no = sent.kept"
        " where not bad group by line, staged.auth_no"
        " having not coalesce(bool_or(known.id_no = staged.id_no and valid_from <= $until and ends >= $since), false)",
        {"since": period[0], "until": period[1]},
    )


def _key_numbers(connection: duckdb.DuckDBPyConnection, checked: Contract) -> None:
    """Table `sent`: auth_no as it was sent, and kept as the lake would keep it."""
    field = checked.field("auth_no")
    numbers = within.numbers(connection, [field], "staged where not bad")
    within.teach(connection, vault.keys_of(numbers))
    connection.execute(
        f"create table sent as select distinct auth_no, {within.keyed(field, 'auth_no')} as kept"
        " from staged where not bad"
    )
    within.forget(connection)


def _bring_authorisations(connection: duckdb.DuckDBPyConnection) -> None:
    """Table `known`: auth_no, id_no, valid_from, ends (the day before a withdrawal, or the last day)."""
    table = contract("SA-AUTH").table
    store.views(connection, [table], as_said=True)
    keys = [row[0] for row in connection.execute(f"select distinct id_no from {table.view}").fetchall()]
    numbers = vault.identity_of(keys)
    pairs = pa.table(
        {"key": pa.array(numbers.keys(), pa.int64()), "number": pa.array(numbers.values(), pa.string())}
    )
    connection.register("arrived", pairs)
    connection.execute(
        "create table known as select auth_no, number as id_no, valid_from,"
        " least(valid_until, coalesce(withdrawn_on - 1, valid_until)) as ends"
        f" from {table.view} join arrived on key = {table.view}.id_no"
    )
    connection.unregister("arrived")
