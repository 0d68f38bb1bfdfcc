"""What cannot be between the people of a household, and between the values of one person."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from wenhou.base.month import full_years
from wenhou.engine.words import Book
from wenhou.policy.applications.faults import Faults, said
from wenhou.policy.applications.model import Told
from wenhou.policy.applications.vocabulary import PARTS

PARENTS = ("father", "mother")
YOUNGER, OLDER = ("子女", "孙子女"), ("父母", "祖父母")
"""Kinship to the applicant that has an order of birth."""
LEAST_MARRIED = 16
"""No spouse is younger: what is written is a mistake."""
MARRIAGE_AGE = {"1": 22, "2": 20}
"""民法典 1047, by sex; younger ones are remarked on, as their marriage may be void."""
LATE_DAYS = 365


def check(people: Mapping[str, Told], book: Book, faults: Faults, day: date) -> None:
    """Adds a fault for each: parents younger than their children, one-sided marriages, parts larger than the whole."""
    _kinship(people, faults)
    _descent(people, faults)
    for name in _spouses(people):
        age = _age(people[name], day)
        if age is not None and age < LEAST_MARRIED:
            faults.add(f"{said(name)}是配偶，只有{age}周岁", "这不可能", "请核对出生日期和与申请人关系")
    for name, told in people.items():
        _parents(name, told, people, book, faults)
        _marriage(name, told, people, faults)
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


def _descent(people: Mapping[str, Told], faults: Faults) -> None:
    """Nobody descends from himself."""
    for name in people:
        above: set[str] = set()
        waiting = _parents_of(people, name)
        while waiting:
            one = waiting.pop()
            if one not in above:
                above.add(one)
                waiting += _parents_of(people, one)
        if name in above:
            told = "、".join(said(one) for one in people if one in above)
            faults.add(f"{told}的父亲、母亲绕了一圈", "没有人是自己的长辈", "请核对他们的父亲和母亲")
            return


def _parents_of(people: Mapping[str, Told], name: str) -> list[str]:
    told = people[name].values
    return [str(told[way]) for way in PARENTS if told.get(way) is not None]


def _marriage(name: str, told: Told, people: Mapping[str, Told], faults: Faults) -> None:
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


def _kinship(people: Mapping[str, Told], faults: Faults) -> None:
    """One spouse at most; descendants born after the applicant, ancestors before."""
    spouses = [name for name, told in people.items() if told.values.get("kinship") == "配偶"]
    if len(spouses) > 1:
        names = "、".join(map(said, spouses))
        faults.add(f"{names}都写了配偶", "一个申请人至多有一个配偶", "请改正与申请人关系")
    applicant = next((name for name, told in people.items() if told.values.get("kinship") == "申请人"), None)
    born = people[applicant].values.get("birth_date") if applicant is not None else None
    for name, told in people.items():
        their, kin = told.values.get("birth_date"), told.values.get("kinship")
        if not isinstance(born, date) or not isinstance(their, date) or _is_told(people, applicant, name):
            continue
        if (kin in YOUNGER and their <= born) or (kin in OLDER and their >= born):
            wanted = "晚" if kin in YOUNGER else "早"
            faults.add(
                f"{said(name)}是申请人的{kin}，却不比申请人生得{wanted}",
                "这不可能",
                "请核对两人的出生日期和关系",
            )


def _is_told(people: Mapping[str, Told], one: str | None, other: str) -> bool:
    """Whether one is the other's parent by name: then `_parents` has looked."""
    pairs = ((one, other), (other, one))
    return any(
        people[child].values.get(way) == parent
        for parent, child in pairs
        for way in PARENTS
        if child is not None
    )


def _spouses(people: Mapping[str, Told]) -> list[str]:
    """Everybody who is somebody's spouse here."""
    named = {str(told.values["spouse"]) for told in people.values() if told.values.get("spouse") is not None}
    return [
        name
        for name, told in people.items()
        if name in named or told.values.get("kinship") == "配偶" or told.values.get("spouse") is not None
    ]


def _age(told: Told, day: date) -> int | None:
    born = told.values.get("birth_date")
    return full_years(born, day) if isinstance(born, date) else None


def young_marriages(people: Mapping[str, Told], day: date) -> Iterator[str]:
    """A sentence for each spouse below the age of marriage."""
    for name in _spouses(people):
        age, least = _age(people[name], day), MARRIAGE_AGE.get(str(people[name].values.get("sex")))
        if age is not None and least is not None and age < least:
            yield f"{said(name)}是配偶，只有{age}周岁，未到法定婚龄{least}周岁，请核对。"


def late_answers(asked: Mapping[str, date | None], day: date) -> Iterator[str]:
    """A sentence where sources answered more than a year before the day asked about."""
    late = sorted(source for source, on in asked.items() if on is not None and (day - on).days > LATE_DAYS)
    if late:
        yield f"{'、'.join(late)}的答复已过一年，请重新核对。"
