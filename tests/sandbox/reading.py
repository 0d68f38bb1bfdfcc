"""Reading a built place back, as text."""

import io
import json
import zipfile
from pathlib import Path

import duckdb
import openpyxl
import pyarrow as pa
import pyarrow.csv as pcsv
import pyarrow.parquet as pq


def manifests(directory: Path) -> list[dict]:
    """Every manifest, ZIP members included, with the path of its parcel."""
    found = []
    folder = directory / "deliveries"
    for path in sorted(folder.glob("*.manifest.json")):
        found.append(json.loads(path.read_bytes()) | {"parcel": folder})
    for path in sorted(folder.glob("*.zip")):
        with zipfile.ZipFile(path) as parcel:
            names = [name for name in parcel.namelist() if name.endswith(".manifest.json")]
            found += [json.loads(parcel.read(name)) | {"parcel": path} for name in names]
    return found


def read(told: dict) -> pa.Table:
    """One delivery's rows, all as strings."""
    parcel: Path = told["parcel"]
    if parcel.is_file():
        with zipfile.ZipFile(parcel) as members:
            return _csv(members.read(told["file"]))
    path = parcel / told["file"]
    if path.suffix == ".xlsx":
        rows = list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))
        return pa.table({name: [row[i] for row in rows[1:]] for i, name in enumerate(rows[0])})
    if path.suffix == ".parquet":
        table = pq.read_table(path)
        return pa.table({name: table[name].cast(pa.string()) for name in table.column_names})
    data = path.read_bytes()
    try:
        data.decode()
    except UnicodeDecodeError:
        data = data.decode("gb18030").encode()
    return _csv(data)


def _csv(data: bytes) -> pa.Table:
    names = data.split(b"\n", 1)[0].decode().replace('"', "").split(",")
    types = pcsv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.string()),
        strings_can_be_null=True,
        quoted_strings_can_be_null=False,
    )
    return pcsv.read_csv(io.BytesIO(data), convert_options=types)


def contract(directory: Path, code: str) -> pa.Table:
    """All current rows of a contract (of DI41 the later delivery)."""
    found = [m for m in manifests(directory) if m["contract"] == code]
    if code == "DI41":
        found = [max(found, key=lambda m: m["number"])]
    return pa.concat_tables([read(m) for m in found])


def ask(sql: str, **tables: pa.Table) -> list[tuple]:
    """SQL over tables by name."""
    with duckdb.connect() as connection:
        for name, table in tables.items():
            connection.register(name, table)
        return connection.execute(sql).fetchall()
