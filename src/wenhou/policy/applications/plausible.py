"""What cannot be between the people of a household, and between the values of one person."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from wenhou.engine.words import Book
from wenhou.policy.applications.faults import Faults, said
from wenhou.policy.applications.model import Told
from wenhou.policy.applications.vocabulary import PARTS

PARENTS = ("father", "mother")


def check(people: Mapping[str, Told], book: Book, faults: Faults) -> None:
    """Adds a fault for each: parents younger than their children, one-sided marriages, parts larger than the whole."""
    for name, told in people.items():
        _parents(name, told, people, book, faults)
        _marriage(name, told, people, book, faults)
        _parts(name, told, book, faults)
        _dates(name, told, book, faults)


def _parents(name: str, told: Told, people: Mapping[str, Told], book: Book, faults: Faults) -> None:
    born = told.values.get("birth_date")
    for way in PARENTS:
        parent = told.values.get(way)
        their = people[str(parent)].values.get("birth_date") if parent is not None else None
        if isinstance(born, date) and isinstance(their, date) and their >= born:
            faults.add(
                f"{said(name)}的{book[way].label}{said(parent)}生得比他还晚",
                "这不可能",
                "请核对两人的出生日期和关系",
            )
    if told.values.get("father") is not None and told.values.get("father") == told.values.get("mother"):
        faults.add(f"{said(name)}的父亲和母亲是同一人", "这不可能", "请改其中一处")


def _marriage(name: str, told: Told, people: Mapping[str, Told], book: Book, faults: Faults) -> None:
    spouse = told.values.get("spouse")
    back = people[str(spouse)].values.get("spouse") if spouse is not None else None
    if back is not None and back != name:
        faults.add(
            f"{said(name)}的配偶是{said(spouse)}，{said(spouse)}的配偶却是{said(back)}",
            "婚姻是相互的",
            "请改其中一处",
        )


def _parts(name: str, told: Told, book: Book, faults: Faults) -> None:
    for part, whole in PARTS:
        some, every = _amount(told, part), _amount(told, whole)
        if some is not None and every is not None and some > every:
            faults.add(
                f"{said(name)}的“{book[part].label}”大于“{book[whole].label}”",
                "前者是后者的一部分",
                "请核对两个金额",
            )


def _amount(told: Told, name: str) -> Any:
    return told.values.get(name)


def _dates(name: str, told: Told, book: Book, faults: Faults) -> None:
    """Nothing happens to somebody before they are born."""
    born = told.values.get("birth_date")
    for fact, value in told.values.items():
        if isinstance(born, date) and isinstance(value, date) and value < born:
            faults.add(f"{said(name)}的“{book[fact].label}”早于出生日期", "这不可能", "请核对两个日期")
