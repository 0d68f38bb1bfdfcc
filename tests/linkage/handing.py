"""A file of DI31 with companions handed in and recognised, and what is then said of somebody."""

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any

from exchange.factories import deliver, put
from linkage.people import VILLAGE, number
from wenhou.exchange import contracts
from wenhou.exchange import queries as exchange
from wenhou.exchange.models import Delivery
from wenhou.lake import sealed, store
from wenhou.linkage.actions import arrivals

ON = date(2026, 11, 2)
LATER = date(2026, 11, 9)
HEAD = ["id_no", "year", "aid_paid", "oop_total", "oop_in_policy", "updated"]
WHO = ["person_name", "person_birth_date", "person_sex", "person_division", "person_phone"]
GOOD = [number("1980-05-05", "011"), "2026", "0.00", "10.00", "0.00", "2026-10-05", "", "", "", "", ""]


def row(id_no: str, name: str, birth: str, oop: str = "20000.00", year: str = "2026") -> list[str]:
    return [id_no, year, "0.00", oop, "0.00", "2026-10-05", name, birth, "1", VILLAGE, ""]


def loaded(folder: Path, *rows: list[str], **changed: Any) -> Delivery:
    """A file of DI31 with companions, loaded."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([HEAD + WHO, *rows])
    return deliver(put(folder, text.getvalue(), **changed))


def hand_in(folder: Path, *rows: list[str], **changed: Any) -> Delivery:
    """The same after a good row, and recognised."""
    delivery = loaded(folder, GOOD, *rows, **changed)
    recognise(delivery)
    return delivery


def recognise(delivery: Delivery, on: date = ON) -> list[Delivery]:
    arrivals.recognise(delivery_id=delivery.pk, on=on)
    return arrivals.link_held(delivery_id=delivery.pk, on=on)


def said(of: int, view: str = "di31") -> list[tuple[Any, ...]]:
    """Year, amount, delivery and line of what DI31 says of somebody."""
    with store.connect(memory="256MB") as connection:
        store.views(connection, [contracts.contract("DI31").table])
        return connection.execute(
            f"select year, oop_total, delivery, line from {view} where id_no = {of} order by all"
        ).fetchall()


def refused_lines(delivery: Delivery) -> list[list[str]]:
    path = exchange.rejects_path(delivery)
    assert path is not None
    with io.TextIOWrapper(sealed.open_file(path), encoding="utf-8-sig", newline="") as lines:
        return list(csv.reader(lines))


def mistyped(text: str) -> str:
    """One digit of the birth year wrong, so that nothing fits any more."""
    return text[:8] + str((int(text[8]) + 1) % 10) + text[9:]
