"""What becomes of a delivery: once, whole, the latest wins, what it replaces, what is only remarked."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from exchange.factories import DI31, ON, csv_text, deliver, deliver_di31, di31_row, id_number, put, receive
from wenhou.base.errors import Refused
from wenhou.base.identity import IdNumber
from wenhou.base.models import News
from wenhou.exchange import queries
from wenhou.exchange.actions import deliveries
from wenhou.exchange.loading import sweeping
from wenhou.exchange.models import Delivery
from wenhou.lake import files, parquet, sealed, vault
from wenhou.lake.models import FileKey, Identity, Part

pytestmark = pytest.mark.django_db


def oop(view: str = "di31") -> list[tuple[str, int]]:
    """(last three of the sequence, fen) of every row."""
    with queries.open_lake(["DI31"], memory="256MB") as lake:
        rows = lake.execute(f"select id_no, oop_total from {view} order by all").fetchall()
    names = vault.identity_of([row[0] for row in rows])
    return sorted((names[key][14:17], fen) for key, fen in rows)


def test_the_same_delivery_twice_changes_nothing(tmp_path: Path) -> None:
    path = put(tmp_path / "in", csv_text(DI31, [di31_row(1)]))
    first = deliver(path)
    facts = files.facts_path("DI31", first.pk)
    before = facts.stat().st_mtime_ns
    again = deliver(path)
    assert again.pk == first.pk
    assert (again.finished_at, facts.stat().st_mtime_ns) == (first.finished_at, before)
    assert (Delivery.objects.count(), Part.objects.count(), News.objects.count()) == (1, 1, 1)


def test_the_same_number_with_other_bytes_is_refused(tmp_path: Path) -> None:
    deliver_di31(tmp_path / "a", [di31_row(1)])
    with pytest.raises(Refused, match=r"DI31编号“1”已经收过内容不同的文件；更正请用新的编号再报。"):
        receive(put(tmp_path / "b", csv_text(DI31, [di31_row(2)])))
    assert Delivery.objects.count() == 1
    # Another division has numbers of its own, and 640104000000 is 640104.
    assert deliver_di31(tmp_path / "c", [di31_row(2)], division="640105").state == "loaded"
    with pytest.raises(Refused):
        receive(put(tmp_path / "d", csv_text(DI31, [di31_row(3)]), division="640104000000"))


def test_a_refused_number_may_be_used_again_and_the_same_refusal_is_not_piled_up(tmp_path: Path) -> None:
    bad = put(tmp_path / "bad", b"%PDF")
    for _ in range(2):
        with pytest.raises(Refused, match="PDF"):
            deliver(bad)
    assert Delivery.objects.filter(state="refused").count() == 1
    assert deliver_di31(tmp_path / "good", [di31_row(1)]).state == "loaded"


def test_within_a_file_the_latest_row_of_a_key_wins(tmp_path: Path) -> None:
    rows = [
        di31_row(1, "1.00"),
        di31_row(2, "2.00"),
        di31_row(1, "3.00"),
        di31_row(1, "x"),
        di31_row(1, "4.00"),
    ]
    delivery = deliver_di31(tmp_path, rows)
    assert (delivery.rows_read, delivery.rows_loaded, delivery.rows_rejected) == (5, 2, 1)
    assert delivery.remarks["同一主键在文件内重复，以后一行为准"] == 2
    assert oop() == [("001", 400), ("002", 200)]


def test_across_deliveries_the_latest_row_of_a_key_wins(tmp_path: Path) -> None:
    deliver_di31(tmp_path / "a", [di31_row(1, "1.00"), di31_row(2, "2.00")])
    deliver_di31(tmp_path / "b", [di31_row(2, "3.00"), di31_row(3, "4.00")], number="2", mode="delta")
    assert oop() == [("001", 100), ("002", 300), ("003", 400)]
    assert len(oop("di31_history")) == 4


def test_a_full_delivery_replaces_what_lies_within_it(tmp_path: Path) -> None:
    year = {"from": "2026-01-01", "to": "2026-10-31"}
    longer = {"from": "2025-01-01", "to": "2026-10-31"}
    village = deliver_di31(tmp_path / "a", [di31_row(1)], division="640104001001", period=year)
    before = deliver_di31(tmp_path / "b", [di31_row(2)], number="2", period=longer)
    beside = deliver_di31(tmp_path / "c", [di31_row(3)], division="640105", period=year)
    county = deliver_di31(tmp_path / "d", [di31_row(4)], number="4", period=year)
    delta = deliver_di31(tmp_path / "e", [di31_row(5)], number="5", period=year, mode="delta")
    replaced = dict(Part.objects.values_list("delivery", "superseded_by"))
    assert replaced == {
        village.pk: before.pk,
        before.pk: None,
        beside.pk: None,
        county.pk: None,
        delta.pk: None,
    }
    assert [name for name, _ in oop()] == ["002", "003", "004", "005"]
    assert [name for name, _ in oop("di31_history")] == ["001", "002", "003", "004", "005"]


def test_a_delivery_loaded_out_of_turn_does_not_overrule_a_later_one(tmp_path: Path) -> None:
    (early,) = receive(put(tmp_path / "a", csv_text(DI31, [di31_row(1, "1.00")])))
    deliver_di31(tmp_path / "b", [di31_row(1, "2.00")], number="2")
    deliveries.load(early, on=ON)
    assert oop() == [("001", 200)]


def test_a_delivery_without_rows_says_that_there_are_none(tmp_path: Path) -> None:
    delivery = deliver_di31(tmp_path, [])
    assert (delivery.state, delivery.rows_read, Part.objects.get().rows) == ("loaded", 0, 0)
    assert oop() == []


def test_fifteen_digits_are_upgraded_and_strange_prefixes_remarked(tmp_path: Path) -> None:
    rows = [["640104800101001", *di31_row(1)[1:]], ["11010519491231002x", *di31_row(1)[1:]], di31_row(2)]
    delivery = deliver_di31(tmp_path, rows)
    assert delivery.rows_loaded == 3
    assert delivery.remarks == {
        "15位身份证号已升为18位": 1,
        "身份证号前六位未见启用的人（只提示，不拒收）": 1,
    }
    numbers = {one.number for one in Identity.objects.all()}
    assert numbers == {IdNumber.parse("640104800101001").text, "11010519491231002X", id_number(2)}


def test_keys_follow_county_and_household(tmp_path: Path) -> None:
    from wenhou.exchange.contracts import contract

    header = [field.name for field in contract("DI01").fields]
    good = dict(
        zip(
            header, (contract("DI01").folder / "good.csv").read_text().splitlines()[1].split(","), strict=True
        )
    )
    wanted = [
        ("640105001001", "B", 9),
        ("640104001001", "C", 5),
        ("640104001001", "A", 7),
        ("640104001001", "C", 1),
    ]
    rows = [
        list({**good, "id_no": id_number(n), "father_id": id_number(0), "division_code": place, "household_no": home}.values())
        for place, home, n in wanted
    ]  # fmt: skip
    deliver(put(tmp_path, csv_text(header, rows), contract="DI01", file="DI01.csv"))
    in_order = [one.number[14:17] for one in Identity.objects.order_by("key")]
    assert in_order == ["007", "001", "005", "009", "000"]
    with queries.open_lake(["DI01"], memory="256MB") as lake:
        assert lake.execute("select household_no from di01").fetchall() == [("A",), ("C",), ("C",), ("B",)]


def test_masked_values_and_no_formulas_in_the_rejects_file(tmp_path: Path) -> None:
    rows = [
        ["=1+1", *di31_row(1)[1:]],
        [*di31_row(2)[:2], "=cmd", "1", "1", "2026-13-01"],
        di31_row(3),
        ["=cmd|'/c calc'!A1", *di31_row(4)[1:]],
        ["＋cmd|calc!A1", *di31_row(5)[1:5], "=now()"],
    ]
    delivery = deliver_di31(tmp_path, rows)
    path = queries.rejects_path(delivery)
    assert path is not None
    assert sealed.read_bytes(path).decode("utf-8-sig").splitlines() == [
        "行号,字段,值,原因",
        "2,id_no,****,身份证号应为18位",
        "3,aid_paid,'=＊＊,不是金额（元，至多两位小数）",
        "3,updated,2026-13-01,不是存在的日期（YYYY-MM-DD）",
        "5,id_no,'=CM****'!A1,身份证号应为18位",
        "6,id_no,'＋CM****C!A1,身份证号应为18位",
        "6,updated,'=now(),不是存在的日期（YYYY-MM-DD）",
    ]


AUTH = ["auth_no", "id_no", "scope", "purpose", "valid_from", "valid_until", "withdrawn_on"]
DEPOSIT = [
    "bank_code",
    "id_no",
    "account_kind",
    "balance",
    "avg_balance_6m",
    "as_of",
    "account_count",
    "auth_no",
]


def test_deposits_are_taken_only_under_an_authorisation_of_that_person_in_that_period(tmp_path: Path) -> None:
    def deposit(number: int, authorisation: str) -> list[str]:
        return ["BANK01", id_number(number), "活期", "1.00", "1.00", "2026-06-01", "1", authorisation]

    grants = [
        ["S1", id_number(1), "DI47", "核对", "2026-05-01", "2026-12-31", ""],
        ["S2", id_number(2), "DI47", "核对", "2024-05-01", "2025-12-31", ""],
        ["S3", id_number(3), "DI47", "核对", "2025-05-01", "2026-12-31", "2026-01-01"],
    ]
    deliver(put(tmp_path / "a", csv_text(AUTH, grants), contract="SA-AUTH", file="a.csv"))
    rows = [deposit(1, "S1"), deposit(2, "S2"), deposit(3, "S3"), deposit(1, "S2"), deposit(1, "S9")]
    delivery = deliver(put(tmp_path / "b", csv_text(DEPOSIT, rows), contract="DI47", file="b.csv"))
    assert delivery.rows_loaded == 1
    assert delivery.reject_reasons == {
        "授权书在本次期间内无效": 2,
        "授权书不是此人的": 1,
        "授权书编号不在册": 1,
    }


def test_a_file_of_many_batches_keeps_its_lines_and_shows_its_progress(tmp_path: Path) -> None:
    rows = [di31_row(number, year=2020 + number // 20000) for number in range(60_000)]
    rows[30_000][3] = "1.234"
    rows[59_999] = ["only", "two"]
    (delivery,) = receive(put(tmp_path, csv_text(DI31, rows)))
    seen: list[tuple[str, int]] = []
    deliveries.load(delivery, on=ON, say=lambda one: seen.append((one.stage, one.progress)))
    assert (delivery.rows_read, delivery.rows_loaded, delivery.rows_rejected) == (60_000, 59_998, 2)
    path = queries.rejects_path(delivery)
    assert path is not None
    assert [line.split(",")[0] for line in sealed.read_bytes(path).decode().splitlines()[1:]] == [
        "30002",
        "60001",
    ]
    with queries.open_lake(["DI31"], memory="256MB") as lake:
        keys = [row[0] for row in lake.execute("select id_no from di31").fetchall()]
        assert lake.execute("select min(line), max(line), count(*) from di31").fetchone() == (
            2,
            60_000,
            59_998,
        )
    assert keys == sorted(keys)
    assert [stage for stage, _ in seen][-1] == "完成"
    assert [percent for _, percent in seen] == sorted(percent for _, percent in seen)


def test_what_was_sent_is_destroyed_when_it_is_old_and_its_rows_stay(tmp_path: Path, settings: Any) -> None:
    settings.WENHOU_KEEP_SENT_DAYS = 30
    old = deliver_di31(tmp_path / "a", [di31_row(1), ["bad", *di31_row(2)[1:]]])
    sent, given_back = files.landing_folder(old.pk) / old.file_name, queries.rejects_path(old)
    assert given_back is not None
    numbers = sealed.numbers_under(sent, given_back)
    assert len(numbers) == 2
    day = old.finished_at.date()
    assert sweeping.retire("DI31", on=day + timedelta(days=29)) == 0
    assert sweeping.retire("DI31", on=day + timedelta(days=31)) == 2
    assert (sent.exists(), queries.rejects_path(old)) == (False, None)
    assert (
        FileKey.objects.filter(pk__in=numbers, secret__isnull=True, ground="来件装入后保存期满").count() == 2
    )
    assert len(parquet.columns(files.facts_path("DI31", old.pk))) > 5
    assert sweeping.retire("DI31", on=day + timedelta(days=31)) == 0
