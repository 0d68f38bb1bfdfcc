"""What is sent to the machines' door: keys that are none, manifests and households that are no JSON of ours, methods."""

import json
from collections.abc import Iterator
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from desk.hostile import TEXTS
from exchange.factories import DI31, csv_text, di31_row, manifest
from hostile.attack import Attack, Request

PUSH, ASK = "/api/v1/deliveries", "/api/v1/determinations"
DOOR = "machines' door"
GOOD = csv_text(DI31, [di31_row(number) for number in range(5)]).encode()
HOUSEHOLD: dict[str, Any] = {
    "日期": "2025-10-15",
    "区划": "640104",
    "城乡": "城市",
    "已核对": "全部",
    "授权": "是",
    "人员": {"马某": {"与申请人关系": "申请人", "性别": "男", "出生日期": "1980-05-01"}},
}
ODD: dict[str, Any] = {
    "null": None,
    "true": True,
    "a number": 7,
    "a fraction": 0.5,
    "huge": 10**400,
    "negative": -1,
    "a list": [],
    "a list of lists": [[[]]],
    "an object": {},
    "a proto": {"__proto__": {"a": 1}},
    "an operator": {"$gt": ""},
    "empty": "",
    "blank": " ",
    "long": "x" * 5000,
    "line break": "a\nb",
    "NUL": "a\0b",
    "surrogate": "\ud800",
    "markup": "<script>wh7x()</script>",
    "a template": "{{7*7}}",
    "SQL": "' or '1'='1",
    "a path": "../../etc/passwd",
    "other digits": "٦٤٠١٠٤",
    "full width": "６４０１０４",
    "right to left": "\u202e640104",
}
KEYS = {
    "nothing": "",
    "only the word": "Bearer",
    "blank": "Bearer  ",
    "no word": "abcdef",
    "another word": "Basic YTpi",
    "in lower case": "bearer x",
    "a word too much": "Bearer a b c",
    "long": "Bearer " + "x" * 6000,
    "not ASCII": "Bearer 钥匙",
    "a NUL": "Bearer a\0b",
    "SQL": "Bearer ' or 1=1 --",
    "a wildcard": "Bearer %",
    "a star": "Bearer *",
    "null": "Bearer null",
    "undefined": "Bearer undefined",
    "an empty digest": "Bearer e3b0c442",
    "JSON": 'Bearer {"alg":"none"}',
    "a JWT of none": "Bearer eyJhbGciOiJub25lIn0.e30.",
    "a path": "Bearer ../../secret_key",
    "digest auth": "Digest u=a",
    "two keys": "Bearer a, Bearer b",
    "tab": "Bearer\tabc",
    "markup": "Bearer <script>wh7x()</script>",
    "a format": "Bearer %s%n",
    "a formula": "Bearer =1+1",
}
RAW = {
    "empty": b"",
    "not JSON": b"{",
    "a word": b"abc",
    "only null": b"null",
    "a list": b"[]",
    "a number": b"1",
    "a text": b'"a"',
    "true": b"true",
    "50,000 deep": b"[" * 50_000,
    "50,000 deep, objects": b'{"a":' * 50_000,
    "deep and closed": b"[" * 9000 + b"]" * 9000,
    "NaN": b'{"x": NaN}',
    "infinity": b'{"x": -Infinity}',
    "a key twice": '{"区划": "64", "区划": "65"}'.encode(),
    "UTF-16": "{}".encode("utf-16"),
    "Latin-1": b'{"x": "\xe9"}',
    "GB18030": '{"区划": "64"}'.encode("gb18030"),
    "a lone surrogate": b'{"\\ud800": 1}',
    "a NUL": b"{\0}",
    "comments": b"/* a */ {}",
    "a trailing comma": b"{,}",
    "single quotes": b"{'a': 1}",
    "a huge number": b'{"x": ' + b"9" * 9000 + b"}",
    "a huge exponent": b'{"x": 1e999999999}',
    "hex": b'{"x": 0xff}',
    "YAML": b"a: &a [*a]",
    "XML": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    "two documents": b"{}{}",
    "JSONP": b"callback({})",
    "pickle": b"\x80\x04\x95",
    "600 KB": b'"' + b"x" * 600_000 + b'"',
    "5 MB": b'"' + b"x" * (5 << 20) + b'"',
    "100,000 keys": b"{" + b",".join(b'"k%d":1' % n for n in range(40_000)) + b"}",
    "a wrong BOM": b"\xfe\xff{}",
}
EXTRA = (
    "is_admin",
    "is_superuser",
    "state",
    "id",
    "pk",
    "delivery",
    "person",
    "category",
    "amounts",
    "package",
    "by",
    "sender",
    "channel",
    "account",
    "role",
    "__class__",
    "__proto__",
    "constructor",
    "$where",
    "_state",
    "digest",
    "revoked_at",
)


def requests() -> Iterator[tuple[str, str, Request]]:
    """(kind, name, request) of each."""
    yield from _keys()
    yield from _manifests()
    yield from _households()
    yield from _bodies()
    yield from _methods()
    yield from _numbers()


def _keys() -> Iterator[tuple[str, str, Request]]:
    for name, said in KEYS.items():
        for path, method in ((PUSH, "POST"), (ASK, "POST"), (f"{PUSH}/1", "GET")):
            more = {"authorization": said} if said else {}
            yield (
                "keys that are none",
                f"{name}, {method} {path}",
                Request(method, path, who="nobody", headers=more),
            )


def push(told: Any, file: str = "DI31.csv", data: bytes = GOOD) -> Request:
    text = told if isinstance(told, str) else json.dumps(told)
    return Request("POST", PUSH, {"file": SimpleUploadedFile(file, data), "manifest": text}, who="key")


def _manifests() -> Iterator[tuple[str, str, Request]]:
    kind = "manifests: kinds of value, numbers, depth"
    for key in ("contract", "number", "division", "mode", "period", "file"):
        for name, value in ODD.items():
            if (key, name) not in HARMLESS:
                yield kind, f"{key}: {name}", push(manifest(**{key: value}))
    for end in ("from", "to"):
        for name, value in ODD.items():
            yield (
                kind,
                f"period {end}: {name}",
                push(manifest(period={"from": "2026-01-01", "to": "2026-10-31", end: value})),
            )
    for key in EXTRA:
        yield "manifests: mass assignment", key, push(manifest(**{key: "true"}))
    for name, raw in RAW.items():
        yield "manifests: no JSON of ours", name, push(raw.decode("latin-1"))


HARMLESS = {
    ("number", "markup"),
    ("number", "a template"),
    ("number", "SQL"),
    ("number", "a path"),
    ("number", "other digits"),
    ("number", "full width"),
}


def ask(body: Any, query: str = "") -> Request:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Request("POST", ASK + query, content, who="key", content_type="application/json")


def _households() -> Iterator[tuple[str, str, Request]]:
    kind = "households: kinds of value, numbers, depth"
    for key in ("日期", "区划", "城乡", "授权", "人员", "本户", "标准"):
        for name, value in ODD.items():
            if (key, name) not in NOTHING_SAID:
                yield kind, f"{key}: {name}", ask(HOUSEHOLD | {key: value})
    for key in ("与申请人关系", "性别", "出生日期", "近12个月工资性收入", "在押", "父亲"):
        for name, value in ODD.items():
            if (key, name) not in NOTHING_SAID:
                people = {"马某": HOUSEHOLD["人员"]["马某"] | {key: value}}
                yield kind, f"{key}: {name}", ask(HOUSEHOLD | {"人员": people})
    yield from _odd_households()


def _odd_households() -> Iterator[tuple[str, str, Request]]:
    for key in EXTRA:
        yield "households: mass assignment", key, ask(HOUSEHOLD | {key: "true"})
        people = {"马某": HOUSEHOLD["人员"]["马某"] | {key: True}}
        yield "households: mass assignment", f"{key} of a person", ask(HOUSEHOLD | {"人员": people})
    for name, raw in RAW.items():
        yield "households: no JSON of ours", name, ask(raw)
    for name, text in TEXTS.items():
        if text not in ("", "true") and "\r" not in text:
            yield "households: why?", name, ask(HOUSEHOLD, "?why=" + _quoted(text[:2000]))


NOTHING_SAID = {
    ("日期", "null"),
    ("城乡", "null"),
    ("授权", "null"),
    ("授权", "true"),
    ("本户", "null"),
    ("本户", "an object"),
    ("标准", "null"),
    ("标准", "an object"),
    ("性别", "null"),
    ("出生日期", "null"),
    ("近12个月工资性收入", "null"),
    ("在押", "null"),
    ("在押", "true"),
    ("父亲", "null"),
    ("与申请人关系", "null"),
}


def _quoted(text: str) -> str:
    from urllib.parse import quote

    return quote(text, safe="")


def _bodies() -> Iterator[tuple[str, str, Request]]:
    """multipart that is none."""
    for name, (body, kind) in MULTIPART.items():
        for who, path in (("key", PUSH), ("operator", "/deliveries/upload/")):
            yield (
                "multipart that is none",
                f"{name}, {path}",
                Request("POST", path, body, who=who, content_type=kind),
            )
    for name in FILE_NAMES:
        yield "file names", repr(name[:30]), push(manifest(), file=name)


B = "multipart/form-data; boundary=b"
_FILE = b'Content-Disposition: form-data; name="file"; filename="DI31.csv"\r\n'
MULTIPART: dict[str, tuple[bytes, str]] = {
    "no boundary": (b"--b\r\n\r\n", "multipart/form-data"),
    "an empty boundary": (b"----", "multipart/form-data; boundary="),
    "a boundary of 300": (b"x", "multipart/form-data; boundary=" + "x" * 300),
    "a boundary not ASCII": (b"x", "multipart/form-data; boundary=\xe9"),
    "nothing": (b"", B),
    "cut off in a header": (b"--b\r\n" + _FILE[:30], B),
    "cut off in a file": (b"--b\r\n" + _FILE + b"\r\nid_no", B),
    "only its end": (b"--b--\r\n", B),
    "no file": (b'--b\r\nContent-Disposition: form-data; name="manifest"\r\n\r\n{}\r\n--b--\r\n', B),
    "a file without a name": (
        b'--b\r\nContent-Disposition: form-data; name="file"; filename=""\r\n\r\nx\r\n--b--\r\n',
        B,
    ),
    "base64 that is none": (
        b"--b\r\n" + _FILE + b"Content-Transfer-Encoding: base64\r\n\r\n!!!!\r\n--b--\r\n",
        B,
    ),
    "5,000 fields": (
        b"".join(b'--b\r\nContent-Disposition: form-data; name="f%d"\r\n\r\n1\r\n' % n for n in range(5000))
        + b"--b--\r\n",
        B,
    ),
    "500 files": (
        b"".join(
            b'--b\r\nContent-Disposition: form-data; name="f%d"; filename="a.csv"\r\n\r\n1\r\n' % n
            for n in range(500)
        )
        + b"--b--\r\n",
        B,
    ),
    "a field of 5 MB": (
        b'--b\r\nContent-Disposition: form-data; name="manifest"\r\n\r\n'
        + b"x" * (5 << 20)
        + b"\r\n--b--\r\n",
        B,
    ),
    "a header of 2 MB": (b"--b\r\nX: " + b"x" * (2 << 20) + b"\r\n\r\n1\r\n--b--\r\n", B),
    "headers without end": (b"--b\r\n" + b"X: y\r\n" * 9000 + b"\r\n1\r\n--b--\r\n", B),
    "no disposition": (b"--b\r\nContent-Type: text/plain\r\n\r\n1\r\n--b--\r\n", B),
    "garbage": (bytes(range(256)) * 8, B),
    "a disposition of markup": (
        b'--b\r\nContent-Disposition: form-data; name="<script>wh7x()</script>"\r\n\r\n1\r\n--b--\r\n',
        B,
    ),
    "mixed within": (
        b"--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\nx\r\n--c--\r\n--b--\r\n",
        B,
    ),
    "a charset of nowhere": (b"--b--\r\n", B + "; charset=x-nowhere"),
    "JSON instead": (b"{}", "application/json"),
    "text instead": (b"a=1", "text/plain"),
    "a form instead": (b"manifest=%7B%7D", "application/x-www-form-urlencoded"),
    "1,500 fields of a form": (
        b"&".join(b"f%d=1" % n for n in range(1500)),
        "application/x-www-form-urlencoded",
    ),
    "no kind": (b"x", "x"),
    "a kind of markup": (b"x", "<script>"),
    "XML": (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", "application/xml"),
}
FILE_NAMES = (
    "a.exe",
    "a.csv.exe",
    "a.html",
    "a.svg",
    "a.php",
    "a",
    ".csv",
    ".htaccess",
    "a.csv\0.exe",
    "a\nb.csv",
    "DI31.csv.",
    "DI31.xls",
    "DI31.xlsm",
    "DI31.ods",
    "DI31.gz",
    "DI31.tar",
    "DI31.json",
    "con.csv",
    "a:b.csv",
    "x" * 300 + ".csv",
    "王.csv",
    "=cmd.csv",
    "other.csv",
    "DI31.CSV.",
    "\u202evsc.exe",
    "DI31.manifest.json",
    "told.json",
)


def _methods() -> Iterator[tuple[str, str, Request]]:
    for path in (PUSH, f"{PUSH}/1", f"{PUSH}/1/rejects", ASK, f"{ASK}/menu"):
        allowed = "POST" if path in (PUSH, ASK) else "GET"
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "FOO"):
            if method != allowed:
                yield "methods", f"{method} {path}", Request(method, path, who="key")
    for path in (
        "/api/",
        "/api/v1",
        "/api/v1/",
        "/api/v2/deliveries",
        "/api/v1/docs",
        "/api/v1/openapi.json",
        "/api/v1/deliveries/",
        "/api/v1/../v1/",
        "/api/v1/keys",
        "/api/v1/accounts",
        "/api/v1/deliveries/1/rejects/x",
        "/api/v1/determinations/1",
        "/api/%2e%2e/admin",
        "/api/v1/.env",
        "/api/graphql",
    ):
        yield "addresses that lead nowhere", path, Request("GET", path, who="key")


def _numbers() -> Iterator[tuple[str, str, Request]]:
    for number in (
        "0",
        "-1",
        "9" * 9,
        "9" * 25,
        "9" * 3000,
        "1.5",
        "1e3",
        "0x1",
        "²",
        "٣",
        "１",
        "abc",
        "1%00",
        "%27",
        "1;2",
        "1,2",
        "null",
        "NaN",
        "*",
        "..%2f1",
        "1%20or%201=1",
        "{1}",
        "[]",
        "true",
        " 1",
        "%F0%9F%92%A5",
    ):
        for path in (f"{PUSH}/{number}", f"{PUSH}/{number}/rejects"):
            yield (
                "deliveries of others (IDOR)",
                f"{path[len(PUSH) :][:30]} ({len(path)})",
                Request("GET", path, who="key"),
            )


def attacks() -> Iterator[Attack]:
    for kind, name, request in requests():
        yield Attack(f"machines: {kind}", name, DOOR, lambda request=request: request)
