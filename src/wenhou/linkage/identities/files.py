"""A file of records as a table to match. Lines are counted as a spreadsheet counts them: the first row is line 2."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.csv as pa_csv

from wenhou.base.errors import Refused
from wenhou.exchange.contracts import contract as promised
from wenhou.linkage.identities.forms import TOLD

HEADINGS = {
    "id_no": ("id_no", "身份证号", "公民身份号码", "证件号码"),
    "name": ("name", "姓名"),
    "birth_date": ("birth_date", "出生日期"),
    "sex": ("sex", "性别"),
    "division": ("division", "division_code", "区划", "区划代码"),
    "phone": ("phone", "电话", "联系电话", "手机号"),
}
_BLOCK = 8 << 20


def read(connection: duckdb.DuckDBPyConnection, path: Path, *, contract: str | None, into: str) -> None:
    """Table `into` (record, then TOLD) from a CSV in UTF-8; `record` is the line. Raises Refused."""
    try:
        reader = pa_csv.open_csv(
            path,
            read_options=pa_csv.ReadOptions(block_size=_BLOCK),
            convert_options=pa_csv.ConvertOptions(column_types=_as_text(path), strings_can_be_null=True),
        )
        columns = _columns(reader.schema.names, contract)
        told = ", ".join(f"{column} varchar" for column in TOLD)
        connection.execute(f"create or replace temp table {into} (record bigint, {told})")
        for batch in _numbered(reader, columns):
            connection.register("records_read", batch)
            connection.execute(f"insert into {into} from records_read")
            connection.unregister("records_read")
    except OSError:
        raise Refused(f"读不到文件{path.name}。") from None
    except (pa.ArrowInvalid, UnicodeDecodeError):
        raise Refused("文件不是UTF-8的CSV，或各行列数不一。") from None


def _as_text(path: Path) -> dict[str, pa.DataType]:
    """Every column stays text: a number's leading zeros and its X are part of it."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        first = lines.readline().strip()
    return {heading.strip().strip('"'): pa.string() for heading in first.split(",")}


def _columns(headings: list[str], contract: str | None) -> dict[str, str]:
    """Told → heading, for what the file has."""
    wanted = {told: list(names) for told, names in HEADINGS.items()}
    if contract is not None:
        wanted["id_no"] = [*promised(contract).table.person_columns[:1], *wanted["id_no"]]
    found = {told: next((name for name in names if name in headings), None) for told, names in wanted.items()}
    known = {told: name for told, name in found.items() if name is not None}
    if not {"id_no", "name"} & set(known):
        raise Refused("文件里既没有身份证号也没有姓名，认不了人。")
    return known


def _numbered(reader: pa_csv.CSVStreamingReader, columns: dict[str, str]) -> Iterator[pa.Table]:
    line = 2
    for batch in reader:
        lines = pa.array(range(line, line + batch.num_rows), pa.int64())
        nothing = pa.nulls(batch.num_rows, pa.string())
        told = [batch.column(columns[name]) if name in columns else nothing for name in TOLD]
        yield pa.table([lines, *told], names=["record", *TOLD])
        line += batch.num_rows
