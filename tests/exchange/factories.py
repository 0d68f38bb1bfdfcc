"""Deliveries for tests: a data file and its manifest in a folder, received and loaded."""

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

from wenhou.base.identity import check_digit
from wenhou.exchange.actions import deliveries
from wenhou.exchange.enums import Channel
from wenhou.exchange.models import Delivery

ON = date(2026, 11, 1)
DI31 = ["id_no", "year", "aid_paid", "oop_total", "oop_in_policy", "updated"]


def id_number(number: int, born: str = "19800101") -> str:
    """A valid identity number under a prefix never assigned."""
    first17 = f"9901{number // 1000 % 90 + 10:02d}{born}{number % 1000:03d}"
    return first17 + check_digit(first17)


def di31_row(number: int, oop: str = "20000.00", year: int = 2026) -> list[str]:
    return [id_number(number), str(year), "0.00", oop, "0.00", "2026-10-05"]


def csv_text(header: list[str], rows: list[list[str]]) -> str:
    import io

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def manifest(**changed: Any) -> dict[str, Any]:
    told: dict[str, Any] = {
        "contract": "DI31",
        "number": "1",
        "division": "640104",
        "period": {"from": "2026-01-01", "to": "2026-10-31"},
        "mode": "full",
        "file": "DI31.csv",
    }
    return {**told, **changed}


def put(folder: Path, data: bytes | str, **changed: Any) -> Path:
    """Write a data file and its manifest; gives the data file."""
    told = manifest(**changed)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / told["file"]
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    path.with_name(path.stem + ".manifest.json").write_text(json.dumps(told), encoding="utf-8")
    return path


def receive(path: Path, **more: Any) -> list[Delivery]:
    return deliveries.receive(path, by=None, channel=Channel("command"), on=ON, **more)


def deliver(path: Path) -> Delivery:
    """Receive one delivery and load it."""
    (delivery,) = receive(path)
    return deliveries.load(delivery, on=ON)


def deliver_di31(folder: Path, rows: list[list[str]], **changed: Any) -> Delivery:
    return deliver(put(folder, csv_text(DI31, rows), **changed))
