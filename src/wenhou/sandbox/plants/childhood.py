"""A06, A07: children whose parents cannot raise them, and orphans."""

from collections.abc import Callable
from datetime import date, timedelta

from wenhou.sandbox import crowd as c
from wenhou.sandbox.cast import Cast, Person
from wenhou.sandbox.days import months_after
from wenhou.sandbox.plants.props import (
    allowed,
    disabled,
    gravely_ill,
    imprisoned,
    in_detoxification,
    not_yet,
    visited,
)


def _family(cast: Cast, age: int, born: date | None = None) -> tuple[Person, Person, Person]:
    """A child with its grandmother; the parents are registered elsewhere in the county. (child, father, mother)"""
    father = cast.single(38)
    mother = cast.single(36, sex=2)
    house = cast.house(rural=bool(age % 2))
    grandmother = house.add(2, 66)
    father.mother = grandmother
    relation = c.GRANDSON if age % 2 else c.GRANDDAUGHTER
    child = house.add(1 if age % 2 else 2, born or age, relation, father=father, mother=mother)
    return child, father, mother


def _lost(cast: Cast, child: Person, parent: Person, since: date) -> None:
    for when in (since, cast.clock.date_back(1)):
        visited(cast, None, parent, when, met=False, lost=True)
        cast.rows["SA-VISIT"][-1]["household_no"] = child.house
        cast.rows["SA-VISIT"][-1]["division_code"] = child.house.lives


def _dead(cast: Cast, parent: Person) -> None:
    parent.dies(cast.clock.date_back(26))


def _missing(cast: Cast, parent: Person) -> None:
    parent.listed = False
    cast.add("DI03", id_no=parent, cancel_date=cast.clock.date_back(14), cancel_reason="宣告失踪")


def without_care(cast: Cast, count: int) -> None:
    """A06: both parents unable, or one gone and the other unable."""
    half = cast.clock.date_back(6)
    for number in range(count):
        child, father, mother = _family(cast, 5 + number % 9)
        why = _UNABLE[number % len(_UNABLE)](cast, child, father, mother, half)
        cast.expect("A06", child, "yes", "orphan", why)
    for number in range(max(6, count // 2)):
        kind = number % 6
        born = cast.clock.date_back(18 * 12) if kind == 4 else None
        child, father, mother = _family(cast, 7 + number % 7, born)
        _NEARLY[kind](cast, child, father, mother, half)
        why = (
            "母亲重病登记已注销",
            "父亲刑期不足6个月",
            "父亡而母健在有力",
            "已享事实无人抚养保障",
            "当日满18周岁",
            "失联差一日满6个月",
        )[kind]
        cast.expect("A06", child, "no", "orphan", why)


def _begun(cast: Cast) -> date:
    """Two months ago, on a day that every month has."""
    when = cast.clock.date_back(2)
    return when.replace(day=min(when.day, 20))


Case = Callable[[Cast, Person, Person, Person, date], str]


def _both_disabled(cast: Cast, child: Person, father: Person, mother: Person, half: date) -> str:
    disabled(cast, father, 2)
    disabled(cast, mother, 4, "精神")
    return "父二级残疾，母四级精神残疾"


def _prison_and_illness(cast: Cast, child: Person, father: Person, mother: Person, half: date) -> str:
    since = _begun(cast)
    imprisoned(cast, father, since, months_after(since, 6))
    gravely_ill(cast, mother)
    return "父刑期6个月在押，母重病"


def _death_and_lost(cast: Cast, child: Person, father: Person, mother: Person, half: date) -> str:
    _dead(cast, father)
    _lost(cast, child, mother, half)
    return "父亡，母失联恰满6个月"


def _missing_and_detoxification(cast: Cast, child: Person, father: Person, mother: Person, half: date) -> str:
    _missing(cast, mother)
    in_detoxification(cast, father, cast.clock.date_back(3))
    return "母宣告失踪，父强制隔离戒毒"


def _both_lost(cast: Cast, child: Person, father: Person, mother: Person, half: date) -> str:
    _lost(cast, child, father, half - timedelta(days=60))
    _lost(cast, child, mother, half)
    return "父母均失联6个月以上"


_UNABLE: tuple[Case, ...] = (
    _both_disabled,
    _prison_and_illness,
    _death_and_lost,
    _missing_and_detoxification,
    _both_lost,
)


def _no_longer_ill(cast: Cast, child: Person, father: Person, mother: Person, half: date) -> str:
    disabled(cast, father, 1)
    gravely_ill(cast, mother, status="注销")
    return ""


def _term_too_short(cast: Cast, child: Person, father: Person, mother: Person, half: date) -> str:
    since = _begun(cast)
    imprisoned(cast, father, since, months_after(since, 6) - timedelta(days=2))
    disabled(cast, mother, 2)
    return ""


def _one_able(cast: Cast, child: Person, father: Person, mother: Person, half: date) -> str:
    _dead(cast, father)
    return ""


def _supported(cast: Cast, child: Person, father: Person, mother: Person, half: date) -> str:
    _both_disabled(cast, child, father, mother, half)
    allowed(cast, child, "事实无人抚养", 120_000)
    return ""


def _lost_too_short(cast: Cast, child: Person, father: Person, mother: Person, half: date) -> str:
    _dead(cast, father)
    _lost(cast, child, mother, not_yet(cast, 6))
    return ""


_NEARLY: tuple[Case, ...] = (
    _no_longer_ill,
    _term_too_short,
    _one_able,
    _supported,
    _both_disabled,
    _lost_too_short,
)


def orphaned(cast: Cast, count: int) -> None:
    """A07: both parents dead, no orphan's allowance."""
    for number in range(count):
        born = cast.clock.date_back(18 * 12) + timedelta(days=1) if number % 3 == 2 else None
        child, father, mother = _family(cast, 4 + number % 12, born)
        _dead(cast, father)
        mother.dies(cast.clock.date_back(5, number))
        why = "父母均亡" if born is None else "父母均亡，次日满18周岁"
        cast.expect("A07", child, "yes", "orphan", why)
    for number in range(max(3, count // 2)):
        kind = number % 3
        born = cast.clock.date_back(18 * 12) if kind == 2 else None
        child, father, mother = _family(cast, 6 + number % 9, born)
        _dead(cast, father)
        if kind:
            _dead(cast, mother)
        if kind == 1:
            allowed(cast, child, "孤儿", 120_000)
        cast.expect("A07", child, "no", "orphan", ("母亲健在", "已享孤儿保障", "当日满18周岁")[kind])


PLANTS = (without_care, orphaned)
