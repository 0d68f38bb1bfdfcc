"""Good rows to the lake: the latest of each key, with person keys for identity numbers, sorted."""

from pathlib import Path

import duckdb

from wenhou.exchange.contracts import Contract
from wenhou.lake import vault
from wenhou.lake.schema import literal

REPLACED = "同一主键在文件内重复，以后一行为准"


def number_people(connection: duckdb.DuckDBPyConnection, contract: Contract) -> None:
    """Make table `keys` (id_no, key). New keys follow the place and household of the rows that bring them."""
    persons = contract.table.person_columns
    if not persons:
        return
    connection.execute(f"create table numbers as {_in_order(contract, persons)}")
    vault.intern(connection, "numbers", "keys")
    connection.execute("drop table numbers")


def write(connection: duckdb.DuckDBPyConnection, contract: Contract, delivery: int, path: Path) -> int:
    """Write the winners of `staged` to a Parquet file; gives how many rows an equal key made superfluous."""
    connection.execute(f"create table losers as {_losers(contract)}")
    superfluous = connection.execute("select count(*) from losers").fetchone()
    connection.execute(
        f"copy ({_rows(contract, delivery)}) to {literal(str(path))} (format parquet, compression zstd)"
    )
    return int(superfluous[0]) if superfluous else 0


def _good() -> str:
    return "staged where not bad and line not in (select line from unauthorised)"


def _in_order(contract: Contract, persons: tuple[str, ...]) -> str:
    names = {field.name for field in contract.fields}
    if not {"division_code", "household_no"} <= names:
        each = " union all ".join(f'select "{name}" as id_no from {_good()}' for name in persons)
        return f"select id_no, row_number() over (order by id_no) as place from ({each}) where id_no is not null group by id_no"
    each = " union all ".join(
        f'select "{name}" as id_no, {int(place > 0)} as referred, division_code, household_no from {_good()}'
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
        f" (select max(line) as last, list(line) as lines from {_good()} group by {key} having count(*) > 1)"
    )


def _rows(contract: Contract, delivery: int) -> str:
    persons = contract.table.person_columns
    columns = [
        f'"key_{field.name}".key as "{field.name}"' if field.name in persons else f'staged."{field.name}"'
        for field in contract.fields
    ]
    joins = " ".join(
        f'left join keys as "key_{name}" on "key_{name}".id_no = staged."{name}"' for name in persons
    )
    order = ", ".join(f'"{name}"' for name in contract.table.sort_order)
    return (
        f"select {', '.join(columns)}, {int(delivery)}::bigint as delivery, staged.line as line from staged {joins}"
        " where not bad and staged.line not in (select line from unauthorised)"
        f" and staged.line not in (select line from losers) order by {order}, line"
    )
