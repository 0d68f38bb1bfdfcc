"""CSV: UTF-8 with or without BOM, or GB18030. Every row keeps the number of its line.

In a large file where no quoted value runs over a line end, which is nearly always, pyarrow splits the rows; else
Python's own reader does.
"""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, TextIO

import pyarrow as pa
import pyarrow.csv as pa_csv

from wenhou.base.errors import Refused
from wenhou.exchange.contracts import Contract
from wenhou.exchange.reading import looking
from wenhou.exchange.reading.batches import ROWS, Batch, check_header, table_of
from wenhou.lake import sealed

_BLOCK = 8 << 20
_SMALL = 1 << 20
_LONGEST_VALUE = 1 << 16
_CUT_OFF = "最后一行不完整，文件可能没有传完，请重新导出。"


class CsvReader:
    """Opens and looks the file through once before the first row is read."""

    def __init__(self, path: Path, contract: Contract) -> None:
        self.path = path
        self.size = sealed.size(path)
        self.look = looking.look_through(path)
        with self._open() as text:
            self.header = check_header(next(self._rows(text), (0, []))[1], contract)

    def batches(self) -> Iterator[Batch]:
        """Rows of the header's width; blank lines are no rows. Raises Refused where the file is cut off."""
        last_good, last_misfit = 0, 0
        quick = self.look.lines_stand_alone and self.size > _SMALL
        for batch in self._quick() if quick else self._thorough():
            if batch.table.num_rows:
                last_good = batch.table.column("line")[-1].as_py()
            last_misfit = max([last_misfit, *batch.misfits])
            if batch.done == 1.0 and last_misfit > last_good and not self.look.ends_whole:
                raise Refused(_CUT_OFF)
            yield batch

    def _quick(self) -> Iterator[Batch]:
        skipped: list[tuple[int, bool]] = []

        def misfit(row: pa_csv.InvalidRow) -> str:
            skipped.append((row.number, bool(row.text)))
            return "skip"

        try:
            with sealed.open_file(self.path) as source:
                yield from self._blocks(self._quick_reader(source, misfit), skipped)
        except (pa.ArrowException, UnicodeError) as error:
            raise Refused("文件的内容不合CSV的规则，请重新导出。") from error

    def _quick_reader(
        self, source: BinaryIO, misfit: Callable[[pa_csv.InvalidRow], str]
    ) -> pa_csv.CSVStreamingReader:
        encoding = self.look.encoding.removesuffix("-sig")
        texts = dict.fromkeys(self.header, pa.string())
        return pa_csv.open_csv(
            source,
            pa_csv.ReadOptions(use_threads=False, block_size=_BLOCK, encoding=encoding),
            pa_csv.ParseOptions(invalid_row_handler=misfit, ignore_empty_lines=False),
            pa_csv.ConvertOptions(column_types=texts, strings_can_be_null=False, null_values=[]),
        )

    def _blocks(self, reader: pa_csv.CSVStreamingReader, skipped: list[tuple[int, bool]]) -> Iterator[Batch]:
        following, read, used = 2, 0, 0
        for block in reader:
            left_out = {number for number, _ in skipped[used:]}
            lines, following = _numbered(block.num_rows, following, left_out)
            misfits = [number for number, told in skipped[used:] if told and number < following]
            used += sum(1 for number, _ in skipped[used:] if number < following)
            read += block.nbytes
            table = pa.table([pa.array(lines, pa.int64()), *block.columns], names=["line", *self.header])
            yield Batch(table, misfits, min(0.99, read / self.size))
        yield Batch(table_of(self.header, [], []), [number for number, told in skipped[used:] if told], 1.0)

    def _thorough(self) -> Iterator[Batch]:
        width = len(self.header)
        lines: list[int] = []
        kept: list[list[str]] = []
        misfits: list[int] = []
        with self._open() as text:
            rows = self._rows(text)
            next(rows)
            for line, row in rows:
                if len(row) == width:
                    lines.append(line)
                    kept.append(row)
                elif row:
                    misfits.append(line)
                if len(kept) >= ROWS:
                    yield Batch(table_of(self.header, lines, kept), misfits, self._done(text))
                    lines, kept, misfits = [], [], []
        yield Batch(table_of(self.header, lines, kept), misfits, 1.0)

    def _open(self) -> TextIO:
        return io.TextIOWrapper(sealed.open_file(self.path), encoding=self.look.encoding, newline="")

    def _done(self, text: TextIO) -> float:
        return min(0.99, text.buffer.tell() / self.size)

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


def _numbered(count: int, first: int, left_out: set[int]) -> tuple[list[int] | range, int]:
    """The next `count` line numbers from `first` that are not left out, and the one that follows."""
    if not left_out:
        return range(first, first + count), first + count
    lines: list[int] = []
    while len(lines) < count:
        if first not in left_out:
            lines.append(first)
        first += 1
    while first in left_out:
        first += 1
    return lines, first


def _said(error: csv.Error, line: int) -> str:
    if "unexpected end" in str(error):
        return f"第{line}行起的引号没有配对，文件可能没有传完，请重新导出。"
    if "field larger" in str(error):
        return f"第{line}行有一格过长，可能是引号没有配对。"
    return f"第{line}行的引号不合CSV的规则。"
