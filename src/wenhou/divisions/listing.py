"""Reading a list of places from a file: the form of every row, before anything is asked of the table. No Django.

The official list of 12-digit codes (统计用区划代码和城乡划分代码) is a CSV with `code,name[,urban_rural_class]`, in
UTF-8 with or without BOM or in GB18030.
"""

import csv
import hashlib
import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from wenhou.base.errors import Refused
from wenhou.divisions import codes

MOST_BYTES = 200 * 1024 * 1024
MOST_NAMED = 5
LONGEST_NAME = 80
# Controls, formats, surrogates and line breaks. Private-use characters stay: GB18030 writes rare names with them.
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
HEADERS = {"代码": "code", "区划代码": "code", "名称": "name", "城乡分类代码": "urban_rural_class"}
CLASSES = frozenset({"111", "112", "121", "122", "123", "210", "220"})


@dataclass(frozen=True)
class Problem:
    """A row that cannot be taken: its line as the sender counts it (header = 1), and why."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"第{self.line}行{self.reason}"


class BadList(Refused):
    """The list has rows that cannot be taken; nothing of it was written. `problems` names every one."""

    def __init__(self, name: str, problems: list[Problem]) -> None:
        shown = "；".join(str(problem) for problem in problems[:MOST_NAMED])
        more = f"；另有{len(problems) - MOST_NAMED}行" if len(problems) > MOST_NAMED else ""
        super().__init__(f"区划名录 {name} 有{len(problems)}行不合格，一行也没有载入：{shown}{more}。")
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Place:
    """One row of a list: 12-digit code, name, 城乡分类代码 or None, line in the file."""

    code: str
    name: str
    urban_rural_class: str | None
    line: int


@dataclass
class Listing:
    """What a file says, and what is wrong with it."""

    name: str
    sha256: str
    places: dict[str, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read(path: Path) -> Listing:
    """The rows of an official list. Raises Refused with one sentence where the file as a whole cannot be read."""
    content = _bytes(path)
    listing = Listing(path.name, hashlib.sha256(content).hexdigest())
    rows = csv.reader(io.StringIO(_text(content, path.name), newline=""), strict=True)
    try:
        columns = _columns(next(rows, []), path.name)
        for line, row in _numbered(rows):
            _take(listing, line, row, columns)
    except csv.Error:
        raise Refused(
            f"区划名录 {path.name} 第{rows.line_num}行附近的引号没有配对，文件可能不完整。"
        ) from None
    if not listing.places and not listing.problems:
        raise Refused(f"区划名录 {path.name} 里一行区划也没有。")
    return listing


def _bytes(path: Path) -> bytes:
    if not path.is_file():
        raise Refused(f"没有找到区划名录 {path.name}。")
    if path.stat().st_size > MOST_BYTES:
        raise Refused(f"区划名录 {path.name} 超过200MB，不像是区划名录。")
    content = path.read_bytes()
    if b"\0" in content:
        raise Refused(f"区划名录 {path.name} 不是 CSV 文本文件。")
    return content


def _text(content: bytes, name: str) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused(f"区划名录 {name} 的编码既不是 UTF-8 也不是 GB18030，或文件不完整。")


def _columns(header: list[str], name: str) -> dict[str, int]:
    named = [HEADERS.get(cell.strip(), cell.strip()) for cell in header]
    if "code" not in named or "name" not in named:
        raise Refused(f"区划名录 {name} 的首行应为 code,name 或 code,name,urban_rural_class。")
    if len(set(named)) < len(named):
        raise Refused(f"区划名录 {name} 的首行有重复的列名。")
    return {column: index for index, column in enumerate(named)}


def _numbered(rows: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    for row in rows:
        if row:
            yield rows.line_num, row  # type: ignore[attr-defined]


def _take(listing: Listing, line: int, row: list[str], columns: dict[str, int]) -> None:
    if len(row) != len(columns):
        listing.problems.append(Problem(line, f"有{len(row)}列，首行有{len(columns)}列"))
        return
    code, name = row[columns["code"]].strip(), row[columns["name"]].strip()
    kind = row[columns["urban_rural_class"]].strip() if "urban_rural_class" in columns else ""
    reason = _fault(code, name, kind, listing.places)
    if reason:
        listing.problems.append(Problem(line, reason))
    else:
        listing.places[code] = Place(code, name, kind or None, line)


def _fault(code: str, name: str, kind: str, seen: dict[str, Place]) -> str | None:
    if not (code.isascii() and code.isdigit()):
        return f"代码“{code[:20]}”应全为数字"
    if len(code) != codes.PADDED:
        return f"代码 {code[:20]} 有{len(code)}位，应为12位"
    if not codes.is_code(code):
        return f"代码 {code} 开头的省级代码不存在"
    if code in seen:
        return f"代码 {code} 与第{seen[code].line}行重复"
    if not name or len(name) > LONGEST_NAME or any(unicodedata.category(each) in UNSEEN for each in name):
        return f"代码 {code} 的名称为空、过长或含有不可见字符"
    if kind and kind not in CLASSES:
        return f"城乡分类代码“{kind[:10]}”不在 {'、'.join(sorted(CLASSES))} 之中"
    return None
