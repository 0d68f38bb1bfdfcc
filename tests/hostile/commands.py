"""What an operator is handed to feed to a command: household documents, lists of places, frozen judgements, folders."""

import gzip
from collections.abc import Iterator

from desk.hostile import TEXTS
from hostile.attack import Attack
from hostile.machine import RAW

HEAD = '日期: 2025-10-15\n区划: "640104"\n城乡: 城市\n已核对: 全部\n授权: 是\n'
PERSON = "人员:\n  王某: {与申请人关系: 申请人, 性别: 男, 出生日期: 1980-05-01%s}\n"
GOOD = HEAD + PERSON % ""
YAML = {
    "a billion laughs": "a: &a [x,x]\n"
    + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)},*{chr(97 + n)}]\n" for n in range(20)),
    "a loop": "a: &a [*a]",
    "an alias": GOOD + "本户: &x {}\n标准: *x\n",
    "a merge": HEAD + PERSON % ", <<: {在押: 是}",
    "python": "!!python/object/apply:os.system [id]",
    "python in a value": HEAD + PERSON % ", 在押: !!python/name:os.system",
    "a tag": "!!set {a}",
    "binary": HEAD + PERSON % ", 户籍县区: !!binary aGVsbG8=",
    "a timestamp": "!!timestamp x",
    "infinity": HEAD + PERSON % "" + "本户: {住房建筑面积: .inf}\n",
    "50,000 deep": "[" * 50_000,
    "deep maps": "".join(" " * n + "a:\n" for n in range(3000)),
    "a key twice": GOOD + '区划: "65"\n',
    "two documents": GOOD + "---\n" + GOOD,
    "tabs": "a:\n\tb: 1",
    "quotes open": 'a: "x',
    "a flow open": "a: {b: [",
    "a directive": "%YAML 9.9\n---\n{}",
    "a custom tag": "%TAG ! tag:x,2000:\n---\n!a {}",
    "empty": "",
    "only a comment": "# a",
    "a list": "- a\n- b\n",
    "a text": "abc",
    "a number": "1",
    "NUL": GOOD + "\0",
    "a control": GOOD + "说明: \x08\n",
    "600 KB": "#" * 600_000,
    "100,000 people": HEAD + "人员:\n" + "".join(f"  p{n}: {{与申请人关系: 其他}}\n" for n in range(9000)),
    "anchors of letters": "a: &" + "x" * 50_000 + " 1\nb: *y",
    "a complex key": "? [a]\n: b\n",
    "a key of null": "~: 1",
    "a day that is none": GOOD.replace("2025-10-15", "2025-02-30"),
    "a far year": GOOD.replace("2025-10-15", "9999-12-31"),
    "octal": GOOD.replace('"640104"', "0640104"),
    "sexagesimal": GOOD.replace('"640104"', "64:01:04"),
    "61 people": HEAD + "人员:\n" + "".join(f"  p{n}: {{与申请人关系: 其他}}\n" for n in range(61)),
    "unknown key": GOOD + "category: DB\n",
    "a huge integer": HEAD + PERSON % "" + "本户: {住房套数: " + "9" * 9000 + "}\n",
    "own ancestor": HEAD + "人员:\n  甲: {与申请人关系: 申请人, 父亲: 甲}\n",
}
ENCODED = {
    "UTF-16": GOOD.encode("utf-16"),
    "GB18030": GOOD.encode("gb18030"),
    "Latin-1": b"a: \xe9",
    "gzip": gzip.compress(GOOD.encode()),
    "a ZIP": b"PK\x03\x04" + b"\0" * 100,
    "zeros": b"\0" * 9000,
    "all bytes": bytes(range(256)),
    "half a character": GOOD.encode()[:-2] + b"\xe5",
    "overlong": b"a: \xc0\xaf",
    "surrogates": b"a: \xed\xa0\x80",
}
LIST = "code,name,urban_rural_class\n640000000000,宁夏回族自治区,\n"
PLACES = {
    "no header": "640000000000,宁夏\n",
    "a header twice": "code,name,code\n",
    "empty": "",
    "only a header": "code,name\n",
    "letters": LIST + "64A000000000,x,\n",
    "short": LIST + "6401,x,\n",
    "long": LIST + "6401000000000,x,\n",
    "unknown province": LIST + "990000000000,x,\n",
    "twice": LIST + LIST.splitlines()[1] + "\n",
    "no name": LIST + "640100000000,,\n",
    "a name of 100,000": LIST + "640100000000," + "x" * 100_000 + ",\n",
    "a line break": LIST + '640100000000,"a\nb",\n',
    "right to left": LIST + "640100000000,\u202ex,\n",
    "zero width": LIST + "640100000000,a\u200bb,\n",
    "a class that is none": LIST + "640100000000,x,999\n",
    "too many cells": LIST + "640100000000,x,111,1,1\n",
    "100,000 cells": LIST + "," * 100_000 + "\n",
    "quotes open": LIST + '640100000000,"x\n',
    "other digits": LIST + "６４０１００００００００,x,\n",
    "a cell of 5 MB": LIST + "640100000000," + "x" * (5 << 20) + ",\n",
    "a control": LIST + "640100000000,a\x1bb,\n",
    "XML": "<?xml version='1.0'?><a/>",
    "JSON": '{"code": 1}',
    "a formula": "=code,name\n",
    "semicolons": LIST.replace(",", ";"),
    "markup for a header": "<b>code</b>,name\n",
}
REPLAYED = {
    "empty": b"",
    "not JSON": b"{",
    "a list": b"[]",
    "null": b"null",
    "an object": b"{}",
    "a bomb": gzip.compress(b"0" * (5 << 20)),
    "50,000 deep": b"[" * 50_000,
    "a rule set elsewhere": b'{"rule_set": "../../../etc/passwd"}',
    "a rule set that is none": b'{"rule_set": 7}',
    "kinds mixed": b'{"rule_set": "a", "as_of": [], "asked": 1, "answers": {}}',
    "NaN": b'{"rule_set": NaN}',
    "bytes": bytes(range(256)),
    "huge": b'{"rule_set": ' + b"9" * 9000 + b"}",
    "UTF-16": "{}".encode("utf-16"),
    "a key twice": b'{"a":1,"a":2}',
}


def attacks() -> Iterator[Attack]:
    yield from _of(
        "households by command",
        "determine",
        {n: text.encode() for n, text in YAML.items()} | ENCODED,
        "household.yaml",
    )
    yield from _of("households by command", "determine json", dict(RAW), "household.json")
    yield from _of(
        "lists of places",
        "divisions",
        {n: text.encode("utf-8", "surrogatepass") for n, text in PLACES.items()} | _places(),
        "places.csv",
    )
    yield from _of("frozen judgements", "replay", REPLAYED, "judgement.json")
    words = {
        n: t.encode() for n, t in TEXTS.items() if "\0" not in t and t.strip() and len(t.encode()) < 1000
    }
    yield from _of("words of a command", "words", words, "")
    yield from _of("folders", "folder", dict.fromkeys(FOLDERS, b""), "")


FOLDERS = (
    "none",
    "empty",
    "a link to a file",
    "a link to a folder",
    "a link in a loop",
    "a pipe",
    "a device",
    "a manifest that is a folder",
    "a data file that is a link",
    "a data file that is a pipe",
    "a data file that is a folder",
    "a manifest that is a link",
    "a name of 250 letters",
)


def _places() -> dict[str, bytes]:
    return {
        "UTF-16": LIST.encode("utf-16"),
        "a NUL": LIST.encode() + b"\0",
        "invalid": LIST.encode() + b"\xff\xff",
        "gzip": gzip.compress(LIST.encode()),
    }


def _of(kind: str, door: str, made: dict[str, bytes], file: str) -> Iterator[Attack]:
    for name, data in made.items():
        yield Attack(f"commands: {kind}", f"{name}", door, lambda data=data: data, file=file)
