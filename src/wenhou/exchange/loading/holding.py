"""Rows refused for nothing but an identity number: held beside the file they came in, until somebody is recognised in
them. They keep what the sender wrote, numbers too, so they lie in `landing/`, never among the facts.
"""

from collections.abc import Collection
from pathlib import Path

import duckdb

from wenhou.exchange import companions
from wenhou.exchange.contracts import Contract
from wenhou.exchange.loading.staging import TYPED
from wenhou.lake import files, parquet
from wenhou.lake.schema import literal

FILE = "held.parquet"


def path(delivery: int) -> Path:
    return files.landing_folder(delivery) / FILE


def keep(connection: duckdb.DuckDBPyConnection, contract: Contract, folder: Path) -> bool:
    """Write held.parquet (line, field, raw) from `rejects` and `staged`; no file where no row is to be held. Whether any is."""
    columns = ", ".join(literal(name) for name in contract.table.person_columns)
    if not columns:
        return False
    connection.execute(
        "create table held as select line, field, raw from staged join"
        " (select line, any_value(field) as field from rejects group by line having count(*) = 1) using (line)"
        f" where field in ({columns})"
    )
    found = connection.execute("select 1 from held limit 1").fetchone() is not None
    if found:
        with files.whole(folder / FILE) as temporary:
            parquet.write(connection, "select * from held order by line", temporary)
    connection.execute("drop table held")
    return found


def rows(contract: Contract, delivery: int, lines: Collection[int]) -> str:
    """SQL for the held rows at these lines: line, field, then the contract's fields as text."""
    told = ", ".join(f"raw ->> '$.{field.name}' as \"{field.name}\"" for field in contract.fields)
    listed = ", ".join(str(int(line)) for line in lines) or "null"
    return f"select line, field, {told} from {parquet.file(path(delivery))} where line in ({listed})"


def words(contract: Contract, delivery: int, division: str) -> str:
    """SQL for who is meant by each held row: delivery, line, field, id_no, name, birth_date, sex, division, phone.

    Companions speak of the person whom the contract's first number names. Where no place is told, it is the county that
    the delivery speaks for.
    """
    first = literal(contract.table.person_columns[0])
    typed = f"case when field = {first} then raw ->> '$.{TYPED}' else raw ->> ('$.' || field) end as id_no"
    told = {
        name: f"case when field = {first} then raw ->> '$.{column}' end"
        for name, column in companions.told_by(contract).items()
    }
    if len(division) >= 6:
        told["division"] = f"coalesce({told['division']}, {literal(division)})"
    listed = ", ".join(f"{said} as {name}" for name, said in told.items())
    return f"select {int(delivery)}::bigint as delivery, line, field, {typed}, {listed} from {parquet.file(path(delivery))}"
