"""Whatever bytes arrive, there is an answer: rows, or one sentence. Never anything else."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exchange.factories import DI31, csv_text, di31_row
from wenhou.base.errors import Refused
from wenhou.exchange import manifests
from wenhou.exchange.contracts import contract
from wenhou.exchange.reading import csv_rows
from wenhou.exchange.reading.opening import open_file

EASY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
HEADER = ",".join(DI31).encode() + b"\n"


def read(path: Path) -> list[tuple[int, ...]]:
    reader = open_file(path, contract("DI31"))
    return [row for batch in reader.batches() for row in zip(*batch.table.to_pydict().values(), strict=True)]


def said_of(path: Path) -> str | None:
    try:
        read(path)
    except Refused as refusal:
        return refusal.message
    return None


def assert_one_sentence(said: str | None) -> None:
    assert said is None or (said.endswith("。") and "\n" not in said)


@EASY
@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.xlsx", "a.parquet"]))
def test_any_bytes_are_rows_or_one_sentence(tmp_path: Path, data: bytes, name: str) -> None:
    start = {"a.csv": HEADER, "a.xlsx": b"PK\x03\x04", "a.parquet": b"PAR1"}[name]
    path = tmp_path / name
    path.write_bytes(start + data)
    assert_one_sentence(said_of(path))


@EASY
@given(st.data())
def test_a_workbook_with_any_damage_is_rows_or_one_sentence(tmp_path: Path, data: st.DataObject) -> None:
    whole = bytearray(_workbook())
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(30, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "a.xlsx"
    path.write_bytes(whole)
    assert_one_sentence(said_of(path))


def _workbook() -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(DI31)
    book.active.append(di31_row(1))
    out = io.BytesIO()
    book.save(out)
    packed = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as new:
        for part in old.namelist():
            new.writestr(part, old.read(part))
    return packed.getvalue()


@EASY
@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
def test_any_manifest_is_one_or_one_sentence(raw: bytes) -> None:
    with pytest.raises(Refused):
        manifests.parse(raw)


cell = st.text(st.sampled_from("ab ,1中\"'-"), max_size=6)
rows = st.lists(st.lists(cell, min_size=5, max_size=7), min_size=1, max_size=12)


@EASY
@given(rows, st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_both_ways_of_reading_see_the_same_rows_at_the_same_lines(
    tmp_path: Path, table: list[list[str]], end: str, whole: bool
) -> None:
    text = csv_text(DI31, table).replace("\n", end)
    path = tmp_path / "a.csv"
    path.write_bytes((text if whole else text.removesuffix(end)).encode())
    reader = csv_rows.CsvReader(path, contract("DI31"))
    assert reader.look.lines_stand_alone
    assert _seen(reader._quick()) == _seen(reader._thorough())


def _seen(batches: object) -> tuple[list[tuple[str, ...]], list[int]]:
    rows, misfits = [], []
    for batch in batches:  # type: ignore[attr-defined]
        rows += zip(*batch.table.to_pydict().values(), strict=True)
        misfits += batch.misfits
    return [row for row in rows if any(row[1:])], misfits
