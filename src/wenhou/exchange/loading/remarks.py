"""What is reported to the sender without being refused."""

import duckdb
import pyarrow as pa

from wenhou.divisions.models import Division
from wenhou.exchange.contracts import Contract, code_table
from wenhou.exchange.loading.keeping import REPLACED
from wenhou.exchange.loading.staging import UPGRADED

NEVER_ASSIGNED = "身份证号前六位未见启用的人（只提示，不拒收）"


def gather(connection: duckdb.DuckDBPyConnection, contract: Contract, replaced: int) -> dict[str, int]:
    """Remark → how many, only those there are."""
    upgraded = connection.execute("select count(*) from staged where upgraded and not bad").fetchone()
    counted = {
        REPLACED: replaced,
        UPGRADED: int(upgraded[0]) if upgraded else 0,
        NEVER_ASSIGNED: _never_assigned(connection) if contract.table.person_columns else 0,
    }
    return {remark: count for remark, count in counted.items() if count}


def _never_assigned(connection: duckdb.DuckDBPyConnection) -> int:
    """Persons whose prefix lies in no province, or in a city whose counties we list but not among them.

    Counties that once were count too: a number keeps the code of the day it was given.
    """
    listed = Division.objects.values_list("code", flat=True)
    counties = {code[:6] for code in listed if code[4:6] != "00"}
    known = pa.table({"county": pa.array(sorted(counties), pa.string())})
    provinces = pa.table({"province": pa.array(sorted(code_table("province")), pa.string())})
    connection.register("counties", known)
    connection.register("provinces", provinces)
    found = connection.execute(
        "select count(*) from keys where id_no[:2] not in (select province from provinces)"
        " or (id_no[:4] in (select county[:4] from counties) and id_no[:6] not in (select county from counties))"
    ).fetchone()
    return int(found[0]) if found else 0
