"""CSV: UTF-8 with or without BOM, or GB18030. Read row by row, so that every line keeps its number."""

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from wenhou.base.errors import Refused
from wenhou.exchange.contracts import Contract
from wenhou.exchange.reading.batches import ROWS, Batch, check_header, table_of

_CHUNK = 1 << 20
_LONGEST_LINE = 4 << 20
_LONGEST_VALUE = 1 << 16


class CsvReader:
    """Opens and looks the file through once before the first row is read: encoding, NUL bytes, over-long lines."""

    def __init__(self, path: Path, contract: Contract) -> None:
        self.path = path
        self.size = path.stat().st_size
        self.encoding = find_encoding(path)
        self.ends_whole = _ends_with_newline(path)
        self.contract = contract
        with self._open() as text:
            self.header = check_header(next(self._rows(text), (0, []))[1], contract)

    def batches(self) -> Iterator[Batch]:
        width = len(self.header)
        with self._open() as text:
            rows = self._rows(text)
            next(rows)
            lines: list[int] = []
            kept: list[list[str]] = []
            misfits: list[int] = []
            for line, row in rows:
                if len(row) == width:
                    lines.append(line)
                    kept.append(row)
                elif row:
                    misfits.append(line)
                if len(kept) >= ROWS:
                    yield Batch(table_of(self.header, lines, kept), misfits, self._done(text))
                    lines, kept, misfits = [], [], []
            if misfits and not self.ends_whole and misfits[-1] > (lines[-1] if lines else 0):
                raise Refused("最后一行不完整，文件可能没有传完，请重新导出。")
            yield Batch(table_of(self.header, lines, kept), misfits, 1.0)

    def _open(self) -> TextIO:
        return self.path.open(encoding=self.encoding, newline="")

    def _done(self, text: TextIO) -> float:
        return min(1.0, text.buffer.tell() / max(1, self.size))

    def _rows(self, text: TextIO) -> Iterator[tuple[int, list[str]]]:
        csv.field_size_limit(_LONGEST_VALUE)
        reader = csv.reader(text, strict=True)
        line = 1
        try:
            for row in reader:
                yield line, row
                line = reader.line_num + 1
        except csv.Error as error:
            raise Refused(_said(error, line)) from None


def find_encoding(path: Path) -> str:
    """'utf-8-sig' or 'gb18030', whichever the whole file is. Raises Refused for anything else, naming it."""
    with path.open("rb") as source:
        start = source.read(4)
    if start[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        raise Refused("文件是UTF-16编码，请另存为UTF-8或GB18030的CSV。")
    # What says it is UTF-8 is never tried as anything else.
    tried = ("utf-8-sig",) if start[:3] == codecs.BOM_UTF8 else ("utf-8-sig", "gb18030")
    for encoding in tried:
        if _decodes(path, encoding):
            return encoding
    raise Refused("文件的编码既不是UTF-8也不是GB18030，请另存为UTF-8的CSV。")


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    since_newline = 0
    with path.open("rb") as source:
        try:
            while chunk := source.read(_CHUNK):
                since_newline = _looked_through(chunk, since_newline)
                decoder.decode(chunk)
        except UnicodeDecodeError:
            return False
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise Refused("文件的最后一个字不完整，文件可能没有传完，请重新导出。") from None
    return True


def _looked_through(chunk: bytes, since_newline: int) -> int:
    if b"\0" in chunk:
        raise Refused("文件里有空字节（NUL），不是文本文件，请重新导出为CSV。")
    newline = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
    since_newline = since_newline + len(chunk) if newline < 0 else len(chunk) - newline
    if since_newline > _LONGEST_LINE:
        raise Refused("文件里有一行超过4兆字节，不是我们收的CSV。")
    return since_newline


def _ends_with_newline(path: Path) -> bool:
    with path.open("rb") as source:
        source.seek(-1, io.SEEK_END)
        return source.read(1) in b"\r\n"


def _said(error: csv.Error, line: int) -> str:
    if "unexpected end" in str(error):
        return f"第{line}行起的引号没有配对，文件可能没有传完，请重新导出。"
    if "field larger" in str(error):
        return f"第{line}行有一格过长，可能是引号没有配对。"
    return f"第{line}行的引号不合CSV的规则。"
