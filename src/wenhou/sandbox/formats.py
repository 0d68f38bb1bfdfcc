"""Writing deliveries: CSV in UTF-8 or GB18030, XLSX, Parquet and ZIP, each the same bytes for the same rows."""

import io
import json
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pcsv
import pyarrow.parquet as pq
import xlsxwriter

# The oldest moment a ZIP can name; any fixed one would do.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_OPTIONS = pcsv.WriteOptions(quoting_style="needed")
FORMATS = {"DI40": "xlsx", "DI13": "parquet", "DI21": "zip", "DI39": "gb18030"}


@dataclass(frozen=True)
class Delivery:
    """One file and what its manifest says. Dates inclusive; `mode` full or delta. `rows`: where each row stands in the
    ledger, None where the ledger's rows went into several files."""

    name: str
    contract: str
    number: str
    division: str
    since: date
    until: date
    table: pa.Table
    mode: str = "full"
    rows: np.ndarray | None = None

    def manifest(self, file: str) -> dict[str, Any]:
        return {
            "contract": self.contract,
            "number": self.number,
            "division": self.division,
            "period": {"from": self.since.isoformat(), "to": self.until.isoformat()},
            "mode": self.mode,
            "file": file,
        }


def write(folder: Path, delivery: Delivery) -> str:
    """Write the data file and its manifest; returns the name of the file to hand over."""
    kind = FORMATS.get(delivery.name, "csv")
    suffix = {"gb18030": "csv", "zip": "csv"}.get(kind, kind)
    file = f"{delivery.name}.{suffix}"
    manifest = json.dumps(delivery.manifest(file), ensure_ascii=False, indent=1).encode() + b"\n"
    if kind == "zip":
        _zip(folder / f"{delivery.name}.zip", {file: as_csv(delivery.table), _manifest(delivery): manifest})
        return f"{delivery.name}.zip"
    (folder / _manifest(delivery)).write_bytes(manifest)
    path = folder / file
    if kind == "xlsx":
        _xlsx(path, delivery.table)
    elif kind == "parquet":
        pq.write_table(delivery.table, path, compression="zstd")
    elif kind == "gb18030":
        path.write_bytes(as_csv(delivery.table).decode().encode("gb18030"))
    else:
        pcsv.write_csv(delivery.table, path, _OPTIONS)
    return file


def _manifest(delivery: Delivery) -> str:
    return f"{delivery.name}.manifest.json"


def as_csv(table: pa.Table) -> bytes:
    """The table as CSV bytes in UTF-8."""
    target = io.BytesIO()
    pcsv.write_csv(table, target, _OPTIONS)
    return target.getvalue()


def _zip(path: Path, members: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w") as target:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, date_time=_MOMENT)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            target.writestr(info, content)


def _xlsx(path: Path, table: pa.Table) -> None:
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_numbers": False})
    book.set_properties({"created": datetime(*_MOMENT)})  # noqa: DTZ001 - a fixed moment, not a time
    sheet = book.add_worksheet("data")
    text = pa.table({name: table[name].cast(pa.string()) for name in table.column_names})
    for position, name in enumerate(text.column_names):
        sheet.write_string(0, position, name)
        for row, value in enumerate(text[name].to_pylist(), start=1):
            if value is not None:
                sheet.write_string(row, position, value)
    book.close()
