"""CSV in the wrong writing, cut, endless or wide; rows with what no field may hold."""

import codecs
from collections.abc import Iterator

from desk.hostile import TEXTS
from exchange.factories import DI31, csv_text, di31_row
from hostile.attack import CALM, ROWS, Attack, files

ROW = [di31_row(number) for number in range(20)]
TEXT = csv_text(DI31, ROW)
GOOD = TEXT.encode()
HEAD = ",".join(DI31)
HEADERS = {
    "another contract's": "name,amount",
    "semicolons": ";".join(DI31),
    "tabs": "\t".join(DI31),
    "pipes": "|".join(DI31),
    "a column twice": f"{HEAD},year",
    "a column unknown": f"{HEAD},remark",
    "a column missing": ",".join(DI31[:-1]),
    "a formula": f"{HEAD},=cmd|'/c calc'!A0",
    "markup": f"{HEAD},<script>wh7x()</script>",
    "SQL": f'{HEAD},"x; drop table a"',
    "full width": HEAD.replace("id_no", "ｉｄ＿ｎｏ"),
    "look-alikes": HEAD.replace("a", "а"),
    "right to left": f"\u202e{HEAD}",
    "zero width": HEAD.replace("year", "ye\u200bar"),
    "upper case": HEAD.upper(),
    "100,000 columns": HEAD + ",x" * 100_000,
    "100,000 names": HEAD + "".join(f",c{n}" for n in range(100_000)),
    "an empty name": f"{HEAD},",
    "quoted whole": f'"{HEAD}"',
    "a name of 60,000 letters": f"{HEAD},{'x' * 60_000}",
    "a path": f"{HEAD},../../etc/passwd",
    "format": f"{HEAD},%s%n",
    "mass assignment": f"{HEAD},person,delivery,line,state,is_admin",
    "the lake's own": f"{HEAD},delivery,line",
    "a template": f"{HEAD},{{{{7*7}}}}",
    "JSON": '{"id_no": 1}',
    "XML": "<rows><row/></rows>",
    "only commas": "," * 500,
    "line breaks": '"id_no\nyear"',
    "controls": f"{HEAD},\x1b[31m",
}


def _whole(encoding: str) -> bytes:
    return (TEXT + "王\n").encode(encoding)


def _writings() -> Iterator[tuple[str, bytes]]:
    for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"):
        yield encoding, _whole(encoding)
    yield "EBCDIC", TEXT.encode("cp037")
    yield "invalid in both", GOOD + b"\xff\xff\n"
    yield "half a character at the end", GOOD + "王".encode()[:-1]
    yield "a BOM that lies", codecs.BOM_UTF8 + GOOD + "王".encode("gb18030") + b"\n"
    yield "a UTF-16 BOM before UTF-8", codecs.BOM_UTF16_LE + GOOD
    yield "a UTF-32 BOM before UTF-8", codecs.BOM_UTF32_BE + GOOD
    yield "two BOMs", codecs.BOM_UTF8 * 2 + GOOD
    yield "five BOMs", codecs.BOM_UTF8 * 5 + GOOD
    yield "a BOM of each kind", codecs.BOM_UTF8 + codecs.BOM_UTF16_BE + GOOD
    yield "overlong", codecs.BOM_UTF8 + GOOD + b"\xc0\xaf\n"
    yield "a surrogate", codecs.BOM_UTF8 + GOOD + b"\xed\xa0\x80\n"
    yield "beyond Unicode", codecs.BOM_UTF8 + GOOD + b"\xf7\xbf\xbf\xbf\n"
    yield "a lone continuation", codecs.BOM_UTF8 + GOOD + b"\x80\n"
    for at in (0, 3, 7, 40, 200, len(GOOD) - 1, len(GOOD)):
        yield f"a NUL at {at}", GOOD[:at] + b"\0" + GOOD[at:]
    yield "only NULs", b"\0" * 5000
    yield "NULs between letters", b"\0".join(bytes([one]) for one in GOOD[:400])


def _shapes() -> Iterator[tuple[str, object]]:
    yield "empty", b""
    yield "a line end", b"\n"
    yield "only a BOM", codecs.BOM_UTF8
    yield "blank lines", b"\n" * 5000
    for end in ('"99', 'x"', '"a"b\n"c,1,1,1,1,1\n', '"' * 9, '""" ,'):
        yield f"quotes: {end[:5]!r}", GOOD + end.encode()
    for size in (5, 8):
        yield f"a cell of {size} MB", lambda size=size: GOOD + b'"' + b"x" * (size << 20) + b'"\n'
    yield "a line of 6 MB", lambda: GOOD + b"x" * (6 << 20)
    yield "an endless quote", GOOD + b'"' + b"x\n" * 70_000
    yield "100,000 cells in a row, cut off", lambda: GOOD + b"," * 100_000
    for start, name in (
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04", "ZIP"),
        (b"\x89PNG\r\n", "image"),
        (b"\xff\xd8\xff\xe0", "photograph"),
        (b"\xd0\xcf\x11\xe0", "old workbook"),
        (b"<?xml version='1.0'?>", "XML"),
        (b"<html>", "page"),
        (b"<!DOCTYPE", "page"),
        (b"{\\rtf1", "RTF"),
        (b"PAR1", "Parquet file"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"GIF89a", "picture"),
        (b"MZ\x90", "program"),
        (b"\x7fELF\x02", "program"),
        (b"BZh9", "bzip2"),
        (b"7z\xbc\xaf", "7z"),
        (b"#!/bin/sh\n", "script"),
        (b"SQLite format 3", "database"),
    ):
        yield f"a {name} named CSV ({start[:4]!r})", start + GOOD


def _short() -> Iterator[tuple[str, object]]:
    """The last row may be whole, or a row that is refused; or the file says that it was cut."""
    for cut in range(5, 60, 5):
        yield f"cut {cut} bytes short", GOOD[:-cut]
    for size in (1, 2, 3, 4):
        yield f"a cell of {size} MB", lambda size=size: GOOD + b'"' + b"x" * (size << 20) + b'"\n'


VALUES = {
    **TEXTS,
    "a tab first": "\t=1+1",
    "plus": "+1+1",
    "minus": "-2+3+cmd|' /C calc'!A0",
    "full-width equals": "＝1+1",
    "dde": '=DDE("cmd";"/C calc";"x")',
    "hex": "0x7fffffff",
    "octal": "0o777",
    "underscores": "1_000",
    "exponent": "9e999",
    "many points": "1.2.3.4",
    "comma": "1,000.00",
    "wide digits": "１２３",
    "roman": "Ⅻ",
    "half a fen": "0.005",
    "huge money": "9" * 40 + ".99",
    "null": "null",
    "None": "None",
    "NaN again": "nan",
    "inf": "-inf",
    "an array": "{1,2}",
    "a struct": "{'a': 1}",
    "emoji": "💥" * 50,
    "redos": "(" * 3000 + "a+" + ")+" * 3000,
    "date range": "[2020-01-01,)",
}


def _row(number: int, text: str) -> bytes:
    """One good row and one whose field, each in its turn, holds what it may not."""
    bad = di31_row(30)
    bad[(1, 2, 3, 4)[number % 4]] = text
    return csv_text(DI31, [di31_row(1), bad]).encode()


def attacks() -> Iterator[Attack]:
    yield from files("CSV: wrong writing, BOM salad, NUL", dict(_writings()), "DI31.csv")
    yield from files(
        "CSV: headers",
        {n: (h + "\n").encode() + GOOD.partition(b"\n")[2] for n, h in HEADERS.items()},
        "DI31.csv",
    )
    yield from files("CSV: cut, endless, disguised", dict(_shapes()), "DI31.csv")
    yield from files("CSV: cut short, one huge cell", dict(_short()), "DI31.csv", right=CALM)
    texts = {name: text for name, text in VALUES.items() if text.strip() and "\0" not in text}
    yield from files(
        "CSV: values (formulas, SQL, markup, numbers, ReDoS)",
        {name: _row(n, text) for n, (name, text) in enumerate(texts.items())},
        "DI31.csv",
        right=ROWS,
    )
