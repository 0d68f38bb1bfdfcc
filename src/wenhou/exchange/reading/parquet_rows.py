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
_FEW_ROWS = 100_000
"""Any file may have these; beyond them a row takes a byte of the file at least, as nobody's rows are all alike."""
_LONGEST_VALUE = 1 << 16
_MOST_BATCH_BYTES = 256 << 20
_BROKEN = "Parquet文件不完整或已损坏，请重新导出。"


class ParquetReader:
    """The line of a row is its place in the file, counted as if a header stood above."""

    def __init__(self, path: Path, contract: Contract) -> None:
        try:
            with sealed.open_file(path) as source:
                schema = pq.read_schema(source)
            told = sealed.open_file(path) if sealed.number_of(path) else path
            self._file = pq.ParquetFile(told, read_dictionary=_worded(schema))
        except (pa.ArrowException, OSError, ValueError):
            raise Refused(_BROKEN) from None
        if any(pa.types.is_nested(field.type) for field in schema):
            raise Refused("Parquet文件里有嵌套的列，请展平后再报。")
        self._check_sizes(sealed.size(path))
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

    def _check_sizes(self, size: int) -> None:
        metadata = self._file.metadata
        groups = range(metadata.num_row_groups)
        if metadata.num_rows > min(_MOST_ROWS, max(_FEW_ROWS, size)) or any(
            metadata.row_group(group).total_byte_size > _MOST_GROUP_BYTES for group in groups
        ):
            raise Refused("Parquet文件或其中一个行组太大，请分开报。")


def _worded(schema: pa.Schema) -> list[str]:
    """Columns of words: read as their dictionary and numbers into it, so that one long word written once stays one."""
    return [field.name for field in schema if _is_worded(field.type)]


def _is_worded(kind: pa.DataType) -> bool:
    return bool(pa.types.is_large_string(kind) or pa.types.is_large_binary(kind)) or kind in (
        pa.string(),
        pa.binary(),
    )


def _spelt_out(column: pa.DictionaryArray) -> pa.Array:
    """The words themselves, where none is too long nor all of them together."""
    column.dictionary.validate(full=True)
    lengths = pc.binary_length(column.dictionary.cast(pa.large_binary()))
    if (pc.max(lengths).as_py() or 0) > _LONGEST_VALUE:
        raise Refused("Parquet文件里有一格过长，不是我们收的数据。")
    if (pc.sum(lengths.take(column.indices)).as_py() or 0) > _MOST_BATCH_BYTES:
        raise Refused("Parquet文件展开后太大，请分开报。")
    return column.dictionary_decode()


def _text(column: pa.Array) -> pa.Array:
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _text(_spelt_out(column) if _is_worded(kind.value_type) else column.dictionary_decode())
    if pa.types.is_timestamp(kind):
        return pc.strftime(column, format="%Y-%m-%d")
    if pa.types.is_floating(kind):
        return pa.array([_number(value) for value in column.to_pylist()], pa.string())
    text = column.cast(pa.string())
    text.validate(full=True)
    return text


def _number(value: float | None) -> str | None:
    if value is None:
        return None
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
