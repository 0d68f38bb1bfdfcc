"""ZIP archives that blow up, lead elsewhere, lie or are cut."""

import io
import json
import struct
import zipfile
from collections.abc import Iterator

from exchange.factories import DI31, csv_text, di31_row, manifest
from hostile.attack import Attack, files

GOOD = csv_text(DI31, [di31_row(number) for number in range(20)]).encode()
TOLD = json.dumps(manifest()).encode()
PAIR = (("DI31.manifest.json", TOLD), ("DI31.csv", GOOD))


def archive(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, data in members:
            made.writestr(_as_it_is(name), data, method)
    return out.getvalue()


def _as_it_is(name: str) -> zipfile.ZipInfo:
    """zipfile mends names; a name of ours stays."""
    member = zipfile.ZipInfo("x")
    member.filename = name
    return member


NAMES = {
    "up": "../DI31.csv", "up twice": "../../DI31.csv", "down and up": "a/../../DI31.csv", "absolute": "/etc/passwd.csv",
    "drive": "C:\\DI31.csv", "drive, slashes": "C:/DI31.csv", "backslashes": "..\\..\\DI31.csv", "share": "\\\\host\\a.csv",
    "stream": "DI31.csv:evil.csv", "up at the end": "a/..", "dots in between": "a/b/../../../c.csv",
    "mixed": "..\\../DI31.csv", "UNC with slashes": "//host/share/a.csv", "a home": "/home/somebody/.ssh/authorized_keys.csv",
    "tmp": "/tmp/DI31.csv", "proc": "/proc/self/mem.csv", "device": "/dev/sda.csv", "up, deep": "../" * 60 + "etc/passwd.csv",
    "a scheme": "file:///etc/passwd.csv", "http": "http://169.254.169.254/a.csv", "alias": "a\\b.csv",
}  # fmt: skip
ODD_NAMES = {
    "line break": "DI31\n.csv", "escape": "\x1b[31mDI31.csv", "right to left": "\u202eDI31.csv", "only dots": "....csv",
    "hidden": ".DI31.csv", "very long": "长" * 200 + ".csv", "longer than a name": "a" * 5000 + ".csv",
    "many folders": "a/" * 3000 + "a.csv", "formula": "=cmd|'/c calc'!A0.csv", "markup": "<script>wh7x()</script>.csv",
    "shell": "$(touch x);.csv", "blank": " .csv", "no name": ".csv", "device of Windows": "CON.csv", "percent": "%2e%2e%2fa.csv",
    "surrogate": "\udcff.csv".encode("utf-8", "surrogateescape").decode("latin-1"), "zero width": "\u200bDI31.csv",
    "a command": "DI31.exe", "a page": "index.html", "a template": "{{7*7}}.csv", "combining": "e\u0301" * 80 + ".csv",
}  # fmt: skip


def _flagged(offset: int, value: int, width: int = 2) -> bytes:
    """A pair whose headers say something else at these places (local, and the same in the directory)."""
    data = bytearray(archive(*PAIR))
    at = 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + offset + 2 : at + offset + 2 + width] = value.to_bytes(width, "little")
        at += 4
    at = 0
    while (at := data.find(b"PK\x03\x04", at)) >= 0:
        data[at + offset : at + offset + width] = value.to_bytes(width, "little")
        at += 4
    return bytes(data)


def _link(kind: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("DI31.manifest.json", TOLD)
        member = zipfile.ZipInfo("DI31.csv")
        member.create_system, member.external_attr = 3, kind << 16
        made.writestr(member, "/etc/passwd")
    return out.getvalue()


def _overlapping(members: int) -> bytes:
    """Many entries of the directory that all mean the same bytes: small to carry, endless to unpack."""
    one = archive(("0.csv", b"0" * (16 << 20)))
    central, end = one.index(b"PK\x01\x02"), one.index(b"PK\x05\x06")
    entry = bytearray(one[central:end])
    entries = b""
    for number in range(members):
        name = f"{number % 10}.csv".encode()
        entry[46 : 46 + len(name)] = name
        entries += bytes(entry)
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, members, members, len(entries), central, 0)
    return one[:central] + entries + tail


def _told_size(size: int) -> bytes:
    data = bytearray(archive(("DI31.manifest.json", TOLD), ("DI31.csv", b"x" * 100_000)))
    local, central = data.rindex(b"PK\x03\x04"), data.rindex(b"PK\x01\x02")
    for at in (local + 22, central + 24):
        data[at : at + 4] = size.to_bytes(4, "little")
    return bytes(data)


def _nested(depth: int) -> bytes:
    inner = archive(*PAIR)
    for _ in range(depth):
        inner = archive(("inner.zip", inner))
    return inner


def _bombs() -> Iterator[tuple[str, object]]:
    for size in (70, 90, 120, 200):
        yield f"{size} MB of zeros", lambda size=size: archive(("DI31.csv", b"0" * (size << 20)))
    yield "2,001 members", lambda: archive(*((f"{n}.csv", b"a") for n in range(2001)))
    yield "65,000 members", lambda: archive(*((f"{n}.csv", b"") for n in range(65_000)))
    yield "16 GB in overlapping members", lambda: _overlapping(1000)
    yield "10 overlapping members", lambda: _overlapping(10)
    for depth in (1, 2, 20):
        yield f"a ZIP in a ZIP, {depth} deep", lambda depth=depth: _nested(depth)
    yield "one telling 4 GB", lambda: _told_size(4_000_000_000)


def _lies() -> Iterator[tuple[str, object]]:
    yield "a size too small", lambda: _told_size(10)
    yield "a size too small by one", lambda: _told_size(99_999)
    yield "a size too large", lambda: _told_size(200_000)
    yield "encrypted, it says", lambda: _flagged(6, 1)
    yield "strongly encrypted, it says", lambda: _flagged(6, 0x41)
    for method in (1, 6, 9, 12, 14, 95, 97, 98, 99, 255):
        yield f"method {method}", lambda method=method: _flagged(8, method)
    for kind, name in ((0o120777, "link"), (0o120000, "bare link")):
        yield f"a {name}", lambda kind=kind: _link(kind)
    yield "a wrong checksum", lambda: _flagged(14, 0xDEADBEEF, 4)
    yield "a member without a name", lambda: archive(*PAIR, ("", b"x"))
    yield "no manifest", lambda: archive(("DI31.csv", GOOD))
    yield "nothing in it", lambda: archive()
    yield "only folders", lambda: archive(("a/", b""), ("b/", b""))
    yield (
        "a manifest of something else",
        lambda: archive(("DI31.manifest.json", b"<xml/>"), ("DI31.csv", GOOD)),
    )
    yield "the same name in two cases", lambda: archive(("DI31.CSV", GOOD), *PAIR)
    yield "the same name twice", lambda: archive(*PAIR, ("DI32.csv", GOOD)).replace(b"DI32.csv", b"DI31.csv")
    yield "a program", lambda: archive(("setup.exe", b"MZ" + b"\0" * 500))


def _damage() -> Iterator[tuple[str, object]]:
    whole = archive(*PAIR)
    for share in range(1, 20):
        yield f"cut after {share * 5} %", whole[: len(whole) * share // 20]
    for mark, name in ((b"PK\x03\x04", "local header"), (b"PK\x01\x02", "directory"), (b"PK\x05\x06", "end")):
        yield f"a broken {name}", whole.replace(mark, b"PK\x7f\x7f")
    for start, name in (
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"MZ", "program"),
    ):
        yield f"a {name} named ZIP", start + b"\0" * 400
    yield "nothing", b""
    yield "one byte", b"P"
    yield "text", "这不是压缩包".encode()
    yield "7z", b"7z\xbc\xaf\x27\x1c" + b"\0" * 100
    yield "rar", b"Rar!\x1a\x07\x01\x00" + b"\0" * 100
    yield "a bzip2 stream", b"BZh91AY&SY" + b"\0" * 100


def attacks() -> Iterator[Attack]:
    yield from files("ZIP bombs", dict(_bombs()), "in.zip")
    yield from files(
        "ZIP: paths that lead out", {n: _with(name) for n, name in NAMES.items()}, "in.zip", says="指向别处"
    )
    yield from files(
        "ZIP: odd names, no manifest", {n: _alone(name) for n, name in ODD_NAMES.items()}, "in.zip"
    )
    yield from files("ZIP: lies and links", dict(_lies()), "in.zip")
    yield from files("ZIP: damage", dict(_damage()), "in.zip")


def _with(name: str) -> object:
    return lambda: archive(*PAIR, (name, b"x"))


def _alone(name: str) -> object:
    return lambda: archive((name, GOOD))
