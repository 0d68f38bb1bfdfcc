"""XLSX: one sheet of values. Formulas are refused, because a value computed on somebody's desk is nobody's record."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import python_calamine

from wenhou.base.errors import Refused
from wenhou.exchange.contracts import Contract
from wenhou.exchange.reading.batches import ROWS, Batch, check_header, table_of
from wenhou.lake import sealed

_MOST_BYTES = 512 << 20
_MOST_TIMES = 300
_CHUNK = 1 << 20
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_PLACE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]*)(\d+)["']""")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
"""Of a sheet as there can be one."""
_WIDE = 4_000_000
"""Cells between the first and the furthest that are read whatever is in them; the reader lays them all out."""
_SPARSE = 20
"""Beyond that, so many for each that holds something."""
_BROKEN = "XLSX文件不完整或已损坏，请重新导出。"


class XlsxReader:
    """The first sheet, which must be the only one with anything on it."""

    def __init__(self, path: Path, contract: Contract) -> None:
        _inspect(path)
        try:
            sheets = _filled_sheets(path)
        except (python_calamine.CalamineError, OSError, ValueError):
            raise Refused(_BROKEN) from None
        if not sheets:
            raise Refused("工作簿是空的。")
        if len(sheets) > 1:
            raise Refused("工作簿里不止一张有内容的表，请只留要报的那一张。")
        self._sheet = sheets[0]
        self._first = (self._sheet.start or (0, 0))[0]
        self.header = check_header([_text(cell) for cell in _row(self._sheet, 0)], contract)

    def batches(self) -> Iterator[Batch]:
        width, total = len(self.header), max(1, self._sheet.height)
        lines: list[int] = []
        kept: list[list[str]] = []
        for number, row in enumerate(self._sheet.iter_rows()):
            texts = [_text(cell) for cell in row[:width]]
            if number == 0 or not any(texts):
                continue
            lines.append(self._first + number + 1)
            kept.append(texts + [""] * (width - len(texts)))
            if len(kept) >= ROWS:
                yield Batch(table_of(self.header, lines, kept), [], number / total)
                lines, kept = [], []
        yield Batch(table_of(self.header, lines, kept), [], 1.0)


def _filled_sheets(path: Path) -> list[python_calamine.CalamineSheet]:
    try:
        with (
            sealed.open_file(path) as source,
            python_calamine.CalamineWorkbook.from_filelike(source) as book,
        ):
            sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
    except BaseException as error:
        # A panic inside the library is no Exception.
        if type(error).__name__ == "PanicException":
            raise ValueError(_BROKEN) from None
        raise
    return [sheet for sheet in sheets if sheet.height]


def _row(sheet: python_calamine.CalamineSheet, number: int) -> list[Any]:
    return next((row for at, row in enumerate(sheet.iter_rows()) if at == number), [])


def _text(cell: Any) -> str:
    """A cell as the agreement writes it: dates ISO, booleans true and false, whole numbers without a point."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time(0) else cell.isoformat(sep=" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time | timedelta):
        return str(cell)
    return "" if cell is None else str(cell)


def _inspect(path: Path) -> None:
    """Read every XML part once, counted, before anything else does: bombs, lies about sizes, formulas, entities."""
    try:
        with sealed.open_file(path) as source, zipfile.ZipFile(source) as book:
            parts = book.infolist()
            _check_sizes(parts, sealed.size(path))
            if "xl/workbook.xml" not in book.namelist():
                raise Refused("这是ZIP压缩包，不是XLSX工作簿。")
            for part in parts:
                _look_through(book, part)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError, OSError, ValueError):
        raise Refused(_BROKEN) from None
    except (RuntimeError, zipfile.zlib.error):  # type: ignore[attr-defined]
        raise Refused("XLSX文件加了密码或已损坏，请去掉密码后重新导出。") from None


def _check_sizes(parts: list[zipfile.ZipInfo], size: int) -> None:
    declared = sum(part.file_size for part in parts)
    if declared > _MOST_BYTES or (declared > 64 << 20 and declared > _MOST_TIMES * size):
        raise Refused("XLSX文件展开后太大，请改用CSV。")
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("XLSX文件加了密码，请去掉密码后重新导出。")
    if any(part.filename.endswith("vbaProject.bin") for part in parts):
        raise Refused("工作簿里有宏，请另存为不带宏的XLSX。")


@dataclass
class _Extent:
    """How far a sheet reaches, and how many cells are written."""

    rows: int = 0
    columns: int = 0
    cells: int = 0

    def take(self, text: bytes) -> None:
        """What a piece of the sheet says. Raises Refused where the sheet reaches too far for what it holds."""
        self.cells += len(_CELL.findall(text))
        for letters, number in set(_PLACE.findall(text)):
            self.rows = max(self.rows, int(number[:9]))
            self.columns = max(self.columns, _column(letters))
        beyond = self.rows > _LAST_ROW or self.columns > _LAST_COLUMN  # the reader dies of some of these
        if beyond or self.rows * self.columns > max(_WIDE, _SPARSE * self.cells):
            raise Refused("表里有离其他内容很远的格子，请删去空白处的内容和格式后再报。")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:4]:
        number = 26 * number + letter - 64
    return number


def _look_through(book: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """A sheet is what holds sheetData, wherever the workbook says it lies and whatever its name is."""
    is_sheet = part.filename.startswith("xl/worksheets/")
    is_xml = part.filename.endswith((".xml", ".rels"))
    extent, tail = _Extent(), b""
    with book.open(part) as source:
        while chunk := source.read(_CHUNK):
            text = tail + chunk
            is_sheet = is_sheet or b"sheetData" in text
            if (is_xml or is_sheet) and (b"<!DOCTYPE" in text or b"<!ENTITY" in text or b"\0" in text):
                raise Refused("XLSX文件里有不该有的声明，请重新导出。")
            if is_sheet and _FORMULA.search(text):
                raise Refused("表里有公式，请把公式粘贴为数值后再报。")
            if is_sheet:
                extent.take(text)
            tail = chunk[-64:]
