"""One table in every form we take gives the same rows."""

import io
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from exchange.factories import csv_text, deliver, id_number, manifest, put, receive
from wenhou.exchange import queries
from wenhou.exchange.actions import deliveries
from wenhou.lake import vault

pytestmark = pytest.mark.django_db

HEADER = ["location", "id_no", "contract_no", "use", "area", "total_price", "sign_date", "status"]
ROWS = [
    ["胜利街，1号\n二楼", id_number(1), "A-1", "住宅", "86.25", "520000.5", "2026-03-01", "有效"],
    ['王府"井"', id_number(2), "A-2", "非住宅", "30", "100.05", "2024-02-29", "撤销"],
    ["", id_number(3), "A-3", "住宅", "1", "1.00", "2026-03-01", "有效"],
]
KEPT = [
    ("胜利街，1号\n二楼", id_number(1), "A-1", "住宅", Decimal("86.25"), 52000050, date(2026, 3, 1), "有效"),
    ('王府"井"', id_number(2), "A-2", "非住宅", Decimal("30.00"), 10005, date(2024, 2, 29), "撤销"),
]


def xlsx() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    for row in ROWS:
        typed = [*row[:4], float(row[4]), float(row[5]), date.fromisoformat(row[6]), row[7]]
        book.active.append(typed)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def parquet() -> bytes:
    columns = list(zip(*ROWS, strict=True))
    table = pa.table(
        [
            *(pa.array(column) for column in columns[:3]),
            pa.array(columns[3]).dictionary_encode(),
            pa.array([float(value) for value in columns[4]]),
            pa.array([Decimal(value).quantize(Decimal("0.01")) for value in columns[5]]),
            pa.array([date.fromisoformat(value) for value in columns[6]]),
            pa.array(columns[7]),
        ],
        names=HEADER,
    )
    out = io.BytesIO()
    pq.write_table(table, out)
    return out.getvalue()


TEXT = csv_text(HEADER, ROWS)
FORMS = {
    "UTF-8": ("a.csv", TEXT.encode()),
    "UTF-8 with BOM": ("a.csv", TEXT.encode("utf-8-sig")),
    "GB18030": ("a.csv", TEXT.encode("gb18030")),
    "Windows line ends, none at the end": ("a.csv", TEXT.replace('"\n', '"\r\n')[:-1].encode()),
    "blank lines": ("a.csv", (TEXT + "\n,,,,,,,\n").encode()),
    "XLSX": ("a.xlsx", xlsx()),
    "Parquet": ("a.parquet", parquet()),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_same_rows(tmp_path: Path, form: str) -> None:
    name, data = FORMS[form]
    delivery = deliver(put(tmp_path / "in", data, contract="DI19", file=name))
    assert (delivery.rows_read, delivery.rows_loaded, delivery.rows_rejected) == (3, 2, 1)
    assert delivery.reject_reasons == {"缺少必填值": 1}
    assert kept() == KEPT


def kept() -> list[tuple[object, ...]]:
    with queries.open_lake(["DI19"], memory="256MB") as lake:
        rows = lake.execute(f"select {', '.join(HEADER)} from di19 order by contract_no").fetchall()
    names = vault.identity_of([row[1] for row in rows])
    return [(row[0], names[row[1]], *row[2:]) for row in rows]


def test_a_quoted_line_end_counts_as_the_sender_counts_lines(tmp_path: Path) -> None:
    deliver(put(tmp_path / "in", TEXT, contract="DI19", file="a.csv"))
    with queries.open_lake(["DI19"], memory="256MB") as lake:
        assert lake.execute("select line from di19 order by line").fetchall() == [(2,), (4,)]


def test_an_archive_of_pairs_is_taken_in_loading_order(tmp_path: Path) -> None:
    import json

    path = tmp_path / "all.zip"
    auth = csv_text(
        ["auth_no", "id_no", "scope", "purpose", "valid_from", "valid_until"],
        [["S1", id_number(1), "DI05", "核对", "2026-01-01", "2026-12-31"]],
    )
    trips = csv_text(
        ["id_no", "exit_date", "destination", "doc_type", "auth_no"],
        [[id_number(1), "2026-05-01", "HKG", "护照", "S1"]],
    )
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("x/DI05.csv", trips)
        made.writestr("x/DI05.manifest.json", json.dumps(manifest(contract="DI05", file="DI05.csv")))
        made.writestr("SA.csv", auth)
        made.writestr("SA.manifest.json", json.dumps(manifest(contract="SA-AUTH", file="SA.csv")))
        made.writestr("readme.txt", "never looked at")
    received = receive(path)
    assert [delivery.contract for delivery in received] == ["SA-AUTH", "DI05"]
    loaded = [deliveries.load(delivery, on=date(2026, 11, 1)) for delivery in received]
    assert [delivery.rows_loaded for delivery in loaded] == [1, 1]


def test_archives_in_a_folder_are_taken_with_its_pairs_and_a_broken_one_alone_is_refused(
    tmp_path: Path,
) -> None:
    import json

    folder = tmp_path / "in"
    put(folder, TEXT, contract="DI19", file="a.csv")
    with zipfile.ZipFile(folder / "more.zip", "w") as made:
        made.writestr("b.csv", TEXT)
        made.writestr("b.manifest.json", json.dumps(manifest(contract="DI19", number="second", file="b.csv")))
    assert [delivery.number for delivery in receive(folder)][1:] == ["second"]
    (folder / "torn.zip").write_bytes((folder / "more.zip").read_bytes()[:60])
    with pytest.raises(deliveries.PartlyRefused) as refused:
        receive(folder)
    assert refused.value.refusals == [("torn.zip", "ZIP不完整或已损坏，请重新打包。")]
    assert len(refused.value.deliveries) == 2


def test_a_folder_never_looks_beside_itself(tmp_path: Path) -> None:
    put(tmp_path / "beside", TEXT, contract="DI19", file="b.csv")
    inside = tmp_path / "deliveries"
    put(inside, TEXT, contract="DI19", file="a.csv")
    (inside / "linked").symlink_to(tmp_path / "beside", target_is_directory=True)
    (inside / "b.manifest.json").symlink_to(tmp_path / "beside" / "b.manifest.json")
    (inside / "c.csv").symlink_to(tmp_path / "beside" / "b.csv")
    (inside / "c.manifest.json").write_text('{"contract": "DI19", "number": "3", "division": "64", "mode": "full",'
        ' "period": {"from": "2026-01-01", "to": "2026-01-02"}, "file": "c.csv"}')  # fmt: skip
    with pytest.raises(deliveries.PartlyRefused) as partly:
        receive(inside)
    assert [delivery.file_name for delivery in partly.value.deliveries] == ["a.csv"]
    assert partly.value.refusals == [
        ("b.manifest.json", "清单不是普通文件。"),
        ("c.manifest.json", "清单所说的c.csv不在清单旁边。"),
    ]


def test_a_whole_number_typed_into_a_sheet_is_no_identity_number(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["id_no", "year", "aid_paid", "oop_total", "oop_in_policy", "updated"])
    book.active.append([int(id_number(1)[:17]) * 10, 2026, 0, 1.5, 0, date(2026, 1, 1)])
    book.active.append([id_number(2), 2026, 0, 1.5, 0, date(2026, 1, 1)])
    out = io.BytesIO()
    book.save(out)
    delivery = deliver(put(tmp_path / "in", out.getvalue(), file="a.xlsx"))
    assert delivery.reject_reasons == {"身份证号应为18位": 1}
