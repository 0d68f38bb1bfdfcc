"""Good rows to the lake: the latest of each key, with person keys for identity numbers, sorted."""

from pathlib import Path

import duckdb
import pyarrow as pa

from wenhou.exchange.contracts import Contract, Field
from wenhou.exchange.loading import within
from wenhou.lake import parquet, vault

GOOD = "staged where not bad and line not in (select line from unauthorised)"
REPLACED = "同一主键在文件内重复，以后一行为准"


def number_people(connection: duckdb.DuckDBPyConnection, contract: Contract) -> None:
    """Make table `keys` (id_no, key), and teach the connection the keys of numbers found within texts.

    New keys follow the place and household of the rows that bring them; numbers found within texts come last.
    """
    persons, texts = contract.table.person_columns, within.fields(contract)
    found = sorted(within.numbers(connection, texts, GOOD))
    if not persons and not found:
        within.teach(connection, {})
        return
    connection.execute("create table numbers (id_no varchar, place bigint)")
    if persons:
        connection.execute(f"insert into numbers {_in_order(contract, persons)}")
    _add_found(connection, found)
    vault.intern(connection, "numbers", "keys")
    connection.execute("drop table numbers")
    told = connection.execute("select id_no, key from keys join found using (id_no)").fetchall()
    within.teach(connection, dict(told))


def _add_found(connection: duckdb.DuckDBPyConnection, found: list[str]) -> None:
    connection.register("arrived", pa.table({"id_no": pa.array(found, pa.string())}))
    connection.execute("create table found as select id_no from arrived")
    connection.unregister("arrived")
    connection.execute(
        "insert into numbers select id_no, last + row_number() over (order by id_no)"
        " from found, (select coalesce(max(place), 0) as last from numbers)"
        " where id_no not in (select id_no from numbers)"
    )


def write(connection: duckdb.DuckDBPyConnection, contract: Contract, delivery: int, path: Path) -> int:
    """Write the winners of `staged` to a Parquet file; gives how many rows an equal key made superfluous."""
    connection.execute(f"create table losers as {_losers(contract)}")
    superfluous = connection.execute("select count(*) from losers").fetchone()
    parquet.write(connection, _rows(contract, delivery), path)
    return int(superfluous[0]) if superfluous else 0


def _in_order(contract: Contract, persons: tuple[str, ...]) -> str:
    names = {field.name for field in contract.fields}
    if not {"division_code", "household_no"} <= names:
        each = " union all ".join(f'select "{name}" as id_no from {GOOD}' for name in persons)
        return f"select id_no, row_number() over (order by id_no) as place from ({each}) where id_no is not null group by id_no"
    each = " union all ".join(
        f'select "{name}" as id_no, {int(place > 0)} as referred, division_code, household_no from {GOOD}'
        for place, name in enumerate(persons)
    )
    return (
        "select id_no, row_number() over (order by min(referred), min(division_code), min(household_no), id_no)"
        f" as place from ({each}) where id_no is not null group by id_no"
    )


def _losers(contract: Contract) -> str:
    key = ", ".join(f'"{name}"' for name in contract.key)
    return (
        f"select unnest(list_filter(lines, one -> one < last)) as line from"
        f" (select max(line) as last, list(line) as lines from {GOOD} group by {key} having count(*) > 1)"
    )


def _rows(contract: Contract, delivery: int) -> str:
    persons = contract.table.person_columns
    columns = [_column(field, persons) for field in contract.fields]
    joins = " ".join(
        f'left join keys as "key_{name}" on "key_{name}".id_no = staged."{name}"' for name in persons
    )
    order = ", ".join(f'"{name}"' for name in contract.table.sort_order)
    return (
        f"select {', '.join(columns)}, {int(delivery)}::bigint as delivery, staged.line as line from staged {joins}"
        " where not bad and staged.line not in (select line from unauthorised)"
        f" and staged.line not in (select line from losers) order by {order}, line"
    )


def _column(field: Field, persons: tuple[str, ...]) -> str:
    if field.name in persons:
        return f'"key_{field.name}".key as "{field.name}"'
    told = f'staged."{field.name}"'
    return f'{within.keyed(field, told)} as "{field.name}"' if field.holds_identity else told
