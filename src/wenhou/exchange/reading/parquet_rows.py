"""Parquet: flat columns of any plain type, turned into the text the agreement writes."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from wenhou.base.errors import Refused
from wenhou.exchange.contracts import Contract
from wenhou.exchange.reading.batches import ROWS, Batch, check_header
from wenhou.lake import sealed

_MOST_GROUP_BYTES = 1 << 30
_MOST_ROWS = 100_000_000
_BROKEN = "Parquet文件不完整或已损坏，请重新导出。"


class ParquetReader:
    """The line of a row is its place in the file, counted as if a header stood above."""

    def __init__(self, path: Path, contract: Contract) -> None:
        try:
            self._file = pq.ParquetFile(sealed.open_file(path) if sealed.number_of(path) else path)
            schema = self._file.schema_arrow
        except (pa.ArrowException, OSError, ValueError):
            raise Refused(_BROKEN) from None
        if any(pa.types.is_nested(field.type) for field in schema):
            raise Refused("Parquet文件里有嵌套的列，请展平后再报。")
        self._check_sizes()
        self.header = check_header(schema.names, contract)

    def batches(self) -> Iterator[Batch]:
        total, read = max(1, self._file.metadata.num_rows), 0
        try:
            for batch in self._file.iter_batches(batch_size=ROWS, use_threads=False):
                lines = pa.array(range(read + 2, read + 2 + batch.num_rows), pa.int64())
                columns = [_text(column) for column in batch.columns]
                read += batch.num_rows
                yield Batch(pa.table([lines, *columns], names=["line", *self.header]), [], read / total)
        except (pa.ArrowException, OSError, ValueError, OverflowError):
            raise Refused(_BROKEN) from None

    def _check_sizes(self) -> None:
        metadata = self._file.metadata
        groups = range(metadata.num_row_groups)
        if metadata.num_rows > _MOST_ROWS or any(
            metadata.row_group(group).total_byte_size > _MOST_GROUP_BYTES for group in groups
        ):
            raise Refused("Parquet文件或其中一个行组太大，请分开报。")


def _text(column: pa.Array) -> pa.Array:
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _text(column.dictionary_decode())
    if pa.types.is_timestamp(kind):
        return pc.strftime(column, format="%Y-%m-%d")
    if pa.types.is_floating(kind):
        return pa.array([_number(value) for value in column.to_pylist()], pa.string())
    return column.cast(pa.string())


def _number(value: float | None) -> str | None:
    if value is None:
        return None
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
