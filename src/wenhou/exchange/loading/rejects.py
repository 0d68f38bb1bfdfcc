"""Rows that are refused, one line for every fault: line, field, value (masked where sensitive), reason."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path

import duckdb

from wenhou.exchange import checks
from wenhou.exchange.contracts import Contract
from wenhou.lake import sealed
from wenhou.lake.schema import literal

REMARK = "后来"


def gather(connection: duckdb.DuckDBPyConnection, contract: Contract) -> None:
    """Make table `rejects` (line, place, field, value, reason) from `staged`, `misfits` and `unauthorised`."""
    connection.execute(
        "create table rejects (line bigint, place smallint, field varchar, value varchar, reason varchar)"
    )
    misfit = literal(checks.MISFIT)
    connection.execute(f"insert into rejects select line, -1, '', '', {misfit} from misfits")
    if contract.authorisation:
        told = checks.shown(contract.field("auth_no"), contract, "auth_no")
        connection.execute(f"insert into rejects select line, 0, 'auth_no', {told}, reason from unauthorised")
    if connection.execute("select 1 from staged where bad limit 1").fetchone():
        _gather_faults(connection, contract)


def _gather_faults(connection: duckdb.DuckDBPyConnection, contract: Contract) -> None:
    said = ", ".join(f"raw ->> '$.{field.name}' as \"raw_{field.name}\"" for field in contract.fields)
    connection.execute(f"create table bad_rows as select line, {said} from staged where bad")
    for place, field in enumerate(contract.fields):
        raw = f'"raw_{field.name}"'
        connection.execute(
            f"insert into rejects select line, {place}, {literal(field.name)},"
            f" {checks.shown(field, contract, raw)}, {checks.fault_reason(field, raw)}"
            f" from bad_rows where {checks.fault(field, raw, checks.typed(field, raw))}"
        )
    connection.execute("drop table bad_rows")


def write(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """The rejects file: UTF-8 with BOM, so that a spreadsheet shows Chinese, in the order of the sender's lines."""
    connection.execute(
        'copy (select line as "行号", field as "字段", value as "值", reason as "原因" from rejects'
        f" order by line, place) to {literal(sealed.target(path))} (format csv, header)"
    )


def remark(path: Path, to: Path, remarks: Mapping[int, str]) -> None:
    """The rejects file again, with a fifth column that says of these lines what became of them."""
    with (
        io.TextIOWrapper(sealed.open_file(path), encoding="utf-8-sig", newline="") as lines,
        io.TextIOWrapper(sealed.create(to), encoding="utf-8-sig", newline="") as told,
    ):
        sheet = csv.writer(told, lineterminator="\n")
        for number, (line, field, value, reason, *_) in enumerate(csv.reader(lines)):
            said = REMARK if number == 0 else remarks.get(int(line), "")
            sheet.writerow((line, field, value, reason, said))


def reasons(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Reason → faults, the most frequent first."""
    counted = "select reason, count(*) from rejects group by reason order by count(*) desc, reason"
    return dict(connection.execute(counted).fetchall())


def rejected_rows(connection: duckdb.DuckDBPyConnection) -> int:
    found = connection.execute("select count(distinct line) from rejects").fetchone()
    return int(found[0]) if found else 0
