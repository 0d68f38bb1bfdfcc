"""Workbooks with entities, formulas, macros, cells at the far end, and parts that are not what they say."""

import io
import zipfile
from collections.abc import Iterator
from functools import cache

import openpyxl

from exchange.factories import DI31, di31_row
from hostile.attack import Attack, files

ENTITIES = {
    "a file": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>',
    "an address": '<!DOCTYPE a [<!ENTITY b SYSTEM "http://169.254.169.254/latest/">]>',
    "a billion laughs": "<!DOCTYPE a ["
    '<!ENTITY l0 "ha">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)) + "]>",
    "a parameter": '<!DOCTYPE a [<!ENTITY % b SYSTEM "http://127.0.0.1/x.dtd"> %b;]>',
    "quadratic": f'<!DOCTYPE a [<!ENTITY b "{"x" * 5000}">]>',
    "a public one": '<!DOCTYPE a PUBLIC "x" "http://127.0.0.1/x.dtd">',
}
PARTS = (
    "[Content_Types].xml",
    "_rels/.rels",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/worksheets/sheet1.xml",
    "xl/styles.xml",
    "docProps/core.xml",
    "docProps/app.xml",
)
FORMULAS = {
    "plain": "<f>1+1</f>",
    "a command": "<f>cmd|'/c calc'!A0</f>",
    "a web service": '<f>WEBSERVICE("http://x")</f>',
    "an array": '<f t="array" ref="A2">SUM(1)</f>',
    "shared": '<f t="shared" si="0"/>',
    "with a prefix": "<x:f>1</x:f>",
    "empty": "<f/>",
    "with a line break": "<f\n>1</f>",
    "with a tab": "<f\t>1</f>",
    "a link": '<f>HYPERLINK("http://x","y")</f>',
}
FAR = {
    "the last cell": "XFD1048576",
    "the last column": "XFD2",
    "far below": "F1048576",
    "beyond all columns": "ZZZZ2",
    "beyond all rows": "A99999999",
    "no number": "A",
    "no letters": "5000000",
    "far and wide": "AAA900000",
    "a huge number": "A" + "9" * 400,
    "huge letters": "A" * 400 + "1",
    "row 0": "A0",
    "of another kind": "R1048576C16384",
}


@cache
def workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(DI31)
    for number in range(5):
        book.active.append(di31_row(number))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(part: str, change: object, *, add: dict[str, bytes] | None = None) -> bytes:
    """The workbook with one part changed (bytes → bytes) and others added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook())) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for one in old.namelist():
            data = old.read(one)
            new.writestr(one, change(data) if one == part else data)  # type: ignore[operator]
        for name, data in (add or {}).items():
            new.writestr(name, data)
    return out.getvalue()


def _with_entity(part: str, entity: str) -> object:
    def change(data: bytes) -> bytes:
        end = data.find(b"?>") + 2 if data.startswith(b"<?xml") else 0
        return data[:end] + entity.encode() + data[end:]

    return lambda: changed(part, change)


def _sheet(old: bytes, new: bytes) -> object:
    return lambda: changed("xl/worksheets/sheet1.xml", lambda data: data.replace(old, new, 1))


def _far(reference: str) -> object:
    cell = f'<row r="7"><c r="{reference}" t="n"><v>1</v></c></row></sheetData>'
    return _sheet(b"</sheetData>", cell.encode())


def _elsewhere(cell: str) -> bytes:
    """The sheet lies where nobody looks for one, under a name that is no XML's."""
    sheet = zipfile.ZipFile(io.BytesIO(workbook())).read("xl/worksheets/sheet1.xml")
    sheet = sheet.replace(b"</sheetData>", f"<row>{cell}</row></sheetData>".encode())
    return changed(
        "xl/_rels/workbook.xml.rels",
        lambda data: data.replace(b"/xl/worksheets/sheet1.xml", b"/xl/else/where.bin"),
        add={"xl/else/where.bin": sheet},
    )


def _in(encoding: str) -> object:
    return lambda: changed(
        "xl/worksheets/sheet1.xml", lambda data: data.decode().replace("UTF-8", encoding).encode(encoding)
    )


def _more() -> Iterator[tuple[str, object]]:
    for name in ("xl/vbaProject.bin", "xl/other/vbaProject.bin"):
        yield f"macros in {name}", lambda name=name: changed("", bytes, add={name: b"\xd0\xcf\x11\xe0"})
    for encoding in ("utf-16", "utf-16-be", "utf-32"):
        yield f"a sheet in {encoding}", _in(encoding)
    yield "a sheet elsewhere with a formula", lambda: _elsewhere("<c><f>1+1</f></c>")
    yield "a sheet elsewhere with a far cell", lambda: _elsewhere('<c r="XFD1048576"><v>1</v></c>')
    yield "200 MB of blanks", _sheet(b"<sheetData>", b" " * (200 << 20) + b"<sheetData>")
    yield "90 MB of rows of nothing", _sheet(b"<sheetData>", b"<sheetData>" + b"<row></row>" * (8 << 20))
    yield "a shared string of 100 MB", lambda: changed("", bytes, add={"xl/x.xml": b"a" * (100 << 20)})
    yield "two sheets", _two_sheets
    yield "no sheet", lambda: changed("xl/workbook.xml", lambda data: data.replace(b"<sheet ", b"<nothing "))
    yield "a workbook of Word", lambda: _only({"word/document.xml": b"<a/>"})
    yield "only content types", lambda: _only({"[Content_Types].xml": b"<a/>"})
    yield "XML cut off", lambda: changed("xl/worksheets/sheet1.xml", lambda data: data[:300])
    yield "tags never closed", lambda: changed("xl/worksheets/sheet1.xml", lambda data: b"<a>" * 200_000)
    yield "attributes twice", _sheet(b"<sheetData>", b'<sheetData a="1" a="1"><row r="x"/>')


def _two_sheets() -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(workbook()))
    book.create_sheet("more").append(["a"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _only(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return out.getvalue()


def _damage() -> Iterator[tuple[str, bytes]]:
    whole = workbook()
    for share in range(1, 16):
        yield f"cut after {share * 6} %", whole[: len(whole) * share // 16]
    for start, name in (
        (b"%PDF-1.7\n", "PDF"),
        (b"\xd0\xcf\x11\xe0", "old workbook"),
        (b"\x89PNG", "image"),
        (b"<html>", "page"),
        (b"<?xml version='1.0'?>", "XML"),
        (b"{\\rtf1", "RTF"),
        (b"PAR1", "Parquet file"),
        (b"a,b\n1,2\n", "CSV"),
        (b"\xff\xd8\xff", "photograph"),
        (b"\x1f\x8b", "gzip"),
        (b"MZ", "program"),
        (b"\x7fELF", "program"),
    ):
        yield f"a {name} named XLSX ({start[:3]!r})", start + b"\0" * 300


def attacks() -> Iterator[Attack]:
    both = {
        f"{name} in {part}": _with_entity(part, text) for part in PARTS for name, text in ENTITIES.items()
    }
    yield from files("XLSX: entities (XXE, billion laughs)", both, "DI31.xlsx")
    cells = {
        n: _sheet(b"</sheetData>", f'<row r="7"><c r="A7">{f}<v>2</v></c></row></sheetData>'.encode())
        for n, f in FORMULAS.items()
    }
    yield from files("XLSX: formulas", cells, "DI31.xlsx", says="公式")
    yield from files(
        "XLSX: cells at the far end",
        {n: _far(ref) for n, ref in FAR.items()},
        "DI31.xlsx",
        right="refused, or read as what it is",
    )
    yield from files("XLSX: macros, bombs, odd parts", dict(_more()), "DI31.xlsx")
    yield from files("XLSX: damage and disguise", dict(_damage()), "DI31.xlsx")
