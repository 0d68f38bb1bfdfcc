"""What is no data file gets one clear sentence, is refused whole, and leaves nothing."""

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from exchange.factories import DI31, csv_text, deliver, di31_row, manifest, put
from wenhou.base.errors import Refused
from wenhou.base.models import News
from wenhou.exchange.loading.job import NO_NUMBER
from wenhou.exchange.models import Delivery
from wenhou.lake import files
from wenhou.lake.models import Identity, Part
from wenhou.site import cli

pytestmark = pytest.mark.django_db

ROWS = [di31_row(number) for number in range(40)]
GOOD = csv_text(DI31, ROWS)


def workbook(*, formula: bool = False, sheets: int = 1) -> bytes:
    book = openpyxl.Workbook()
    for number in range(sheets):
        sheet = book.active if number == 0 else book.create_sheet()
        sheet.append(DI31)
        for row in ROWS:
            sheet.append(row)
        if formula:
            sheet["D2"] = "=1+1"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def empty_workbook() -> bytes:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


def parquet(table: pa.Table | None = None) -> bytes:
    columns = dict(zip(DI31, zip(*ROWS, strict=True), strict=True))
    out = io.BytesIO()
    pq.write_table(table or pa.table(columns), out)
    return out.getvalue()


def archive(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members:
            made.writestr(name, data)
    return out.getvalue()


def encrypted() -> bytes:
    data = bytearray(archive(("DI31.csv", GOOD.encode())))
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def declaring_ten_gigabytes() -> bytes:
    data = bytearray(archive(("DI31.csv", b"x" * 1000)))
    central = data.rindex(b"PK\x01\x02")
    for at in (22, central + 24):
        data[at : at + 4] = (4_000_000_000).to_bytes(4, "little")
    return bytes(data)


def xlsx_with(name: str, text: bytes) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook())) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            new.writestr(part, text if part.filename == name else old.read(part))
    return out.getvalue()


def bad_header(header: list[str]) -> bytes:
    return csv_text(header, ROWS).encode()


FILES: dict[str, tuple[str, bytes | Callable[[], bytes], str]] = {
    "empty": ("DI31.csv", b"", "文件是空的，一个字节也没有。"),
    "only a line end": ("DI31.csv", b"\n", "第一行不是DI31的表头：应以字段名作列名，用逗号分隔。"),
    "cut off in a row": ("DI31.csv", GOOD[:-30].encode(), "最后一行不完整，文件可能没有传完，请重新导出。"),
    "cut off in a quote": (
        "DI31.csv",
        (GOOD + '"99').encode(),
        "第42行起的引号没有配对，文件可能没有传完，请重新导出。",
    ),
    "cut off in a character": (
        "DI31.csv",
        (GOOD + "王").encode()[:-1],
        "文件的最后一个字不完整，文件可能没有传完，请重新导出。",
    ),
    "quotes out of place": (
        "DI31.csv",
        (GOOD + '"a"b\n"c,1,1,1,1,1\n').encode(),
        "第42行的引号不合CSV的规则。",
    ),
    "an endless quoted value": (
        "DI31.csv",
        (GOOD + '"' + "x\n" * 70000 + '"\n').encode(),
        "第42行有一格过长，可能是引号没有配对。",
    ),
    "UTF-16": ("DI31.csv", GOOD.encode("utf-16"), "文件是UTF-16编码，请另存为UTF-8或GB18030的CSV。"),
    "neither encoding": (
        "DI31.csv",
        GOOD.encode() + b"\xff\xff\n",
        "文件的编码既不是UTF-8也不是GB18030，请另存为UTF-8的CSV。",
    ),
    "a BOM that lies": (
        "DI31.csv",
        b"\xef\xbb\xbf" + GOOD.encode() + "王".encode("gb18030") + b"\n",
        "文件的编码既不是UTF-8也不是GB18030，请另存为UTF-8的CSV。",
    ),
    "NUL bytes": (
        "DI31.csv",
        GOOD.encode() + b"\0\n",
        "文件里有空字节（NUL），不是文本文件，请重新导出为CSV。",
    ),
    "an over-long line": (
        "DI31.csv",
        GOOD.encode() + b"x" * (6 << 20),
        "文件里有一行超过4兆字节，不是我们收的CSV。",
    ),
    "a header of another contract": (
        "DI31.csv",
        b"name,amount\n",
        "第一行不是DI31的表头：应以字段名作列名，用逗号分隔。",
    ),
    "semicolons": (
        "DI31.csv",
        GOOD.replace(",", ";").encode(),
        "第一行不是DI31的表头：应以字段名作列名，用逗号分隔。",
    ),
    "a column twice": ("DI31.csv", bad_header([*DI31[:-1], "year"]), "表头里“year”出现了不止一次。"),
    "a column we do not know": (
        "DI31.csv",
        bad_header([*DI31[:-1], "remark"]),
        "表头里有DI31没有的列：remark。",
    ),
    "a required column missing": (
        "DI31.csv",
        csv_text(DI31[:-1], [row[:-1] for row in ROWS]).encode(),
        "表头缺少必填的列：updated。",
    ),
    "a PDF renamed": ("DI31.csv", b"%PDF-1.7\n%more", "文件名说是CSV，内容却是PDF文件。"),
    "a PDF as workbook": ("DI31.xlsx", b"%PDF-1.7\n", "文件名说是XLSX，内容却是PDF文件。"),
    "a CSV as workbook": ("DI31.xlsx", GOOD.encode(), "文件名说是XLSX，内容却是别的东西。"),
    "an old workbook": (
        "DI31.xlsx",
        b"\xd0\xcf\x11\xe0rest",
        "文件名说是XLSX，内容却是旧式Excel（.xls）文件或加了密码的工作簿。",
    ),
    "a workbook cut off": ("DI31.xlsx", lambda: workbook()[:3000], "XLSX文件不完整或已损坏，请重新导出。"),
    "a ZIP as workbook": (
        "DI31.xlsx",
        lambda: archive(("a.txt", b"a")),
        "这是ZIP压缩包，不是XLSX工作簿。",
    ),
    "formulas": (
        "DI31.xlsx",
        lambda: workbook(formula=True),
        "表里有公式，请把公式粘贴为数值后再报。",
    ),
    "an empty workbook": ("DI31.xlsx", lambda: empty_workbook(), "工作簿是空的。"),
    "two sheets": (
        "DI31.xlsx",
        lambda: workbook(sheets=2),
        "工作簿里不止一张有内容的表，请只留要报的那一张。",
    ),
    "entities": (
        "DI31.xlsx",
        lambda: xlsx_with("xl/workbook.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'),
        "XLSX文件里有不该有的声明，请重新导出。",
    ),
    "a workbook that is no XML": (
        "DI31.xlsx",
        lambda: xlsx_with("xl/workbook.xml", b"nothing"),
        "XLSX文件不完整或已损坏，请重新导出。",
    ),
    "an encrypted workbook": ("DI31.xlsx", encrypted, "XLSX文件加了密码，请去掉密码后重新导出。"),
    "a workbook that blows up": (
        "DI31.xlsx",
        lambda: xlsx_with("xl/worksheets/sheet1.xml", b" " * (200 << 20)),
        "XLSX文件展开后太大，请改用CSV。",
    ),
    "Parquet cut off": (
        "DI31.parquet",
        lambda: parquet()[:-20],
        "Parquet文件不完整或已损坏，请重新导出。",
    ),
    "nested Parquet": (
        "DI31.parquet",
        lambda: parquet(pa.table({"id_no": [["a"]]})),
        "Parquet文件里有嵌套的列，请展平后再报。",
    ),
    "no good row": (
        "DI31.csv",
        csv_text(DI31, [["1", "1", *row[2:]] for row in ROWS]).encode(),
        "没有一行合格，整份没有装入；各行的原因见退回清单。",
    ),
    "everything there is, and not one number": (
        "DI31.csv",
        csv_text(DI31, [["1", *row[1:]] for row in ROWS]).encode(),
        NO_NUMBER,
    ),
}


@pytest.mark.parametrize("case", FILES, ids=str)
def test_a_malformed_file_is_refused_whole_with_one_sentence(tmp_path: Path, case: str) -> None:
    name, data, sentence = FILES[case]
    path = put(tmp_path / "in", data() if callable(data) else data, file=name)
    with pytest.raises(Refused) as refusal:
        deliver(path)
    assert refusal.value.message == sentence
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.refusal, delivery.rows_loaded) == ("refused", sentence, 0)
    assert not Part.objects.exists()
    assert not News.objects.exists()
    assert not Identity.objects.exists()
    assert not files.landing_folder(delivery.pk).exists()
    assert list((files.root() / "facts").glob("*/*")) == []
    assert list(files.scratch().iterdir()) == []


MANIFESTS: dict[str, tuple[bytes, str]] = {
    "no JSON": (b"{", "清单不是UTF-8的JSON。"),
    "too deep": (b"[" * 60000, "清单不是UTF-8的JSON。"),
    "too large": (b" " * 70000, "清单太大，不像是清单。"),
    "a list": (b"[]", "清单应是一个JSON对象。"),
    "a key twice": (b'{"mode": "full", "mode": "delta"}', "清单里有一项写了两次。"),
    "an unknown key": (json.dumps(manifest(note="x")).encode(), "清单里有不认识的项：note。"),
    "a key missing": (
        b'{"contract": "DI31", "number": "1", "division": "64", "mode": "full", "file": "a.csv"}',
        "清单缺少：period。",
    ),
    "an unknown contract": (json.dumps(manifest(contract="DI99")).encode(), "没有编号为“DI99”的数据契约。"),
    "a day that is none": (
        json.dumps(manifest(period={"from": "2026-02-30", "to": "2026-03-01"})).encode(),
        "清单的period里有不存在的日期，应写成YYYY-MM-DD。",
    ),
    "a period backwards": (
        json.dumps(manifest(period={"from": "2026-03-02", "to": "2026-03-01"})).encode(),
        "清单的period从后往前了：from不应晚于to。",
    ),
    "an absurd year": (
        json.dumps(manifest(period={"from": "0001-01-01", "to": "9999-12-31"})).encode(),
        "清单的period应在1949-10-01和2100-12-31之间。",
    ),
    "no division": (
        json.dumps(manifest(division="64010")).encode(),
        "“64010”不是区划代码：应为2、4、6、9或12位数字。",
    ),
    "no text": (json.dumps(manifest(number=7)).encode(), "清单的number应是1到60个字的文字。"),
    "no mode": (json.dumps(manifest(mode="some")).encode(), "清单的mode应为full（全量）或delta（增量）。"),
    "a way out": (
        json.dumps(manifest(file="../truth.csv")).encode(),
        "清单里的文件名应是清单旁边的一个文件，不能带路径。",
    ),
    "a way out, absolute": (
        json.dumps(manifest(file="/etc/passwd.csv")).encode(),
        "清单里的文件名应是清单旁边的一个文件，不能带路径。",
    ),
    "no kind we take": (json.dumps(manifest(file="a.exe")).encode(), "清单里的文件应是CSV、XLSX或Parquet。"),
    "not there": (json.dumps(manifest(file="b.csv")).encode(), "清单说的文件是b.csv，收到的却是DI31.csv。"),
}


@pytest.mark.parametrize("case", MANIFESTS, ids=str)
def test_a_malformed_manifest_is_refused_and_nothing_is_written(tmp_path: Path, case: str) -> None:
    raw, sentence = MANIFESTS[case]
    path = put(tmp_path / "in", GOOD)
    path.with_name("DI31.manifest.json").write_bytes(raw)
    with pytest.raises(Refused) as refusal:
        deliver(path)
    assert refusal.value.message == sentence
    assert not Delivery.objects.exists()


def link(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        member = zipfile.ZipInfo(name)
        member.external_attr = 0o120777 << 16
        made.writestr(member, "/etc/passwd")
    return out.getvalue()


ARCHIVES: dict[str, tuple[Callable[[], bytes], str]] = {
    "declaring 10 GB": (declaring_ten_gigabytes, "ZIP展开后太大，请分开打包。"),
    "a bomb": (lambda: archive(("DI31.csv", b"0" * (120 << 20))), "ZIP展开后太大，请分开打包。"),
    "encrypted": (encrypted, "ZIP加了密码，请去掉密码后重新打包。"),
    "cut off": (lambda: archive(("DI31.csv", GOOD.encode()))[:200], "ZIP不完整或已损坏，请重新打包。"),
    "damaged": (
        lambda: archive(("DI31.csv", GOOD.encode())).replace(b"PK\x03\x04", b"PK\x03\x05"),
        "ZIP不完整或已损坏，请重新打包。",
    ),
    "a way out": (lambda: archive(("../DI31.csv", b"a")), "ZIP里有指向别处的路径，不收。"),
    "a link": (lambda: link("DI31.csv"), "ZIP里有链接，只收普通文件。"),
    "names twice": (lambda: archive(("a.csv", b"a"), ("A.csv", b"b")), "ZIP里有同名的文件。"),
    "no manifest": (lambda: archive(("DI31.csv", GOOD.encode())), "里面没有清单（*.manifest.json）。"),
    "a text file": (lambda: b"hello", "ZIP不完整或已损坏，请重新打包。"),
}


@pytest.mark.parametrize("case", ARCHIVES, ids=str)
def test_a_malformed_archive_is_refused_and_nothing_is_written(tmp_path: Path, case: str) -> None:
    made, sentence = ARCHIVES[case]
    path = tmp_path / "in.zip"
    path.write_bytes(made())
    with pytest.raises(Refused) as refusal:
        deliver(path)
    assert refusal.value.message == sentence
    assert not Delivery.objects.exists()
    assert list(files.scratch().iterdir()) == []


def test_the_command_says_it_in_one_line_and_exits_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(tmp_path / "in", b"%PDF-1.7\n")
    put(tmp_path / "in", GOOD, number="2", file="good.csv")
    assert cli.main(["exchange", "load", str(tmp_path / "in")]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.splitlines()[-1] == "DI31.csv（DI31 1）：文件名说是CSV，内容却是PDF文件。"
    assert "Traceback" not in told.err
    assert Part.objects.get().rows == 40
