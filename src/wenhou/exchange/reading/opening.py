"""Which reader a file takes: by what it is, not by what it is called, and the two must agree."""

from pathlib import Path

from wenhou.base.errors import Refused
from wenhou.exchange.contracts import Contract
from wenhou.exchange.reading.batches import Reader
from wenhou.exchange.reading.csv_rows import CsvReader
from wenhou.exchange.reading.parquet_rows import ParquetReader
from wenhou.exchange.reading.xlsx_rows import XlsxReader
from wenhou.lake import sealed

SUFFIXES = (".csv", ".xlsx", ".parquet")
_KNOWN = (
    (b"%PDF", "PDF文件"),
    (b"PK\x03\x04", "XLSX工作簿或ZIP压缩包"),
    (b"PAR1", "Parquet文件"),
    (b"\xd0\xcf\x11\xe0", "旧式Excel（.xls）文件或加了密码的工作簿"),
    (b"\x1f\x8b", "GZIP压缩文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"{\\rtf", "RTF文档"),
    (b"<?xml", "XML文件"),
    (b"<html", "网页"),
    (b"<!DOC", "网页"),
)
_EXPECTED = {".csv": "", ".xlsx": "XLSX工作簿或ZIP压缩包", ".parquet": "Parquet文件"}


def open_file(path: Path, contract: Contract) -> Reader:
    """A reader whose header has been checked against the contract. Raises Refused with one sentence."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise Refused("只收CSV、XLSX、Parquet，或装着它们的ZIP。")
    with sealed.open_file(path) as source:
        start = source.read(8)
    if not start:
        raise Refused("文件是空的，一个字节也没有。")
    looks_like = next((name for mark, name in _KNOWN if start.lower().startswith(mark.lower())), "")
    if looks_like != _EXPECTED[suffix]:
        is_what = looks_like or "别的东西"
        raise Refused(f"文件名说是{suffix[1:].upper()}，内容却是{is_what}。")
    if suffix == ".csv":
        return CsvReader(path, contract)
    return XlsxReader(path, contract) if suffix == ".xlsx" else ParquetReader(path, contract)
