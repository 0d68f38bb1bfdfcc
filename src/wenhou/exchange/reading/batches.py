"""What every reader yields."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import pyarrow as pa

from wenhou.base.errors import Refused
from wenhou.exchange import companions
from wenhou.exchange.contracts import Contract

ROWS = 65_536
MOST_COLUMNS = 2_000
"""No contract has a tenth of it."""


@dataclass
class Batch:
    """Rows as text. `table` has `line` (int64) and one string column per header; `misfits` are lines of the wrong width."""

    table: pa.Table
    misfits: list[int] = field(default_factory=list)
    done: float = 0.0
    """How much of the file has been read, 0 to 1."""


class Reader(Protocol):
    """A data file that is being read. `header` is known once it is opened."""

    header: tuple[str, ...]

    def batches(self) -> Iterator[Batch]: ...


def table_of(header: Sequence[str], lines: list[int], rows: list[list[str]]) -> pa.Table:
    """Rows of equal width as a table of text with their line numbers."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(header)
    arrays = [pa.array(lines, pa.int64()), *(pa.array(column, pa.string()) for column in columns)]
    return pa.table(arrays, names=["line", *header])


def check_header(header: Sequence[str], contract: Contract) -> tuple[str, ...]:
    """The header as it stands, if the contract knows every column or it is a companion, and none it requires is missing."""
    if len(header) > MOST_COLUMNS:
        raise Refused(f"第一行有{len(header)}列，不是{contract.code}的表头。")
    names = tuple(name.strip() for name in header)
    known = {field.name for field in contract.fields}
    twice = sorted({name for name in names if names.count(name) > 1})
    strange = [name for name in names if name not in known | companions.allowed(contract)]
    missing = [field.name for field in contract.fields if field.required and field.name not in names]
    if not any(name in known for name in names):
        raise Refused(f"第一行不是{contract.code}的表头：应以字段名作列名，用逗号分隔。")
    if twice:
        raise Refused(f"表头里“{_shown(twice)}”出现了不止一次。")
    if strange:
        raise Refused(f"表头里有{contract.code}没有的列：{_shown(strange)}。")
    if missing:
        raise Refused(f"表头缺少必填的列：{_shown(missing)}。")
    return names


def _shown(names: Sequence[str]) -> str:
    shown = "、".join("".join(c for c in name if c.isprintable())[:20] or "（空）" for name in names[:5])
    return shown + ("等" if len(names) > 5 else "")
