"""C07, C08, C12–C16: what families move, save, spend and are owed."""

from datetime import date, timedelta
from typing import Any

from wenhou.sandbox.cast import Cast, House, Person, Register
from wenhou.sandbox.days import months_after
from wenhou.sandbox.lives.earned import yuan as told
from wenhou.sandbox.plants.cases import (
    aided,
    alone,
    invested,
    of_register,
    outside,
    pensioned,
    planter,
    saved,
    studies,
    two,
)
from wenhou.sandbox.plants.props import MONTHS, cased, yuan


def _sent(cast: Cast, fen: int, when: date | None = None, *, product: str = "大额转出") -> Register:
    """Two people and 12 L a head and so many fen sent away; six months before the application by default."""
    one, other, register = two(cast)
    applied = cast.clock.date_back(21)
    cased(cast, register, "申请", applied, cast.clock.date_back(20))
    when = when or months_after(applied, -6)
    half = 12 * cast.standards.line(False)
    invested(cast, one, product, half, on=when)
    invested(cast, other, product, half + fen, on=applied - timedelta(days=1) if fen >= 0 else when)
    return register


def _sent_by_applicant(cast: Cast) -> House:
    person = outside(cast)
    accepted = cast.clock.date_back(0, 10)
    register = cast.register("申请中", person, applied_on=accepted)
    cased(cast, register, "申请", accepted, None)
    invested(cast, person, "大额转出", 12 * cast.standards.line(False), on=cast.clock.date_back(2))
    return person.house


def _sent_at(cast: Cast, days: int) -> Register:
    """All of it in one day, so many days after the day six months before the application."""
    person, register = alone(cast)
    applied = cast.clock.date_back(21)
    cased(cast, register, "申请", applied, cast.clock.date_back(20))
    when = months_after(applied, -6) + timedelta(days=days)
    invested(cast, person, "大额转出", 20 * cast.standards.line(False), on=when)
    return register


def _not_authorised(cast: Cast) -> Register:
    return alone(cast, authorised=False)[1]


c07 = planter(
    "C07",
    "money",
    yes={
        "受理前6个月内转出恰为12个月标准": lambda cast: _sent(cast, 0),
        "申请人受理前转出恰为12个月标准": _sent_by_applicant,
        "受理前恰满6个月的当日转出": lambda cast: _sent_at(cast, 0),
    },
    no={
        "差一分": lambda cast: _sent(cast, -1),
        "受理前6个月之外一天": lambda cast: _sent_at(cast, -1),
        "受理之后转出": lambda cast: _sent_at(cast, 260),
        "是转入": lambda cast: _sent(cast, 0, product="大额转入"),
    },
    unknown={"没有授权，不查银行": _not_authorised},
)


def _received(cast: Cast, fen: int, days: int = 90) -> Register:
    """Two transfers that make 12 L and so many fen, so many days ago."""
    person, register = alone(cast)
    half = 6 * cast.standards.line(False)
    invested(cast, person, "大额转入", half, on=cast.clock.date_back(0, days))
    invested(cast, person, "大额转入", half + fen, on=cast.clock.date_back(0, 3 if days <= 90 else days))
    return register


def _large_family(cast: Cast, fen: int) -> Register:
    """Seven people, so that 50,000 yuan are less than twelve lines a head."""
    house = cast.house()
    father, mother = house.couple(41)
    children = [house.child(16.5 - 2 * number, father, mother, 1 + number % 2) for number in range(5)]
    register = of_register(cast, "DB", father, mother, *children)
    invested(cast, mother, "大额转入", yuan(50_000) + fen, on=cast.clock.date_back(0, 30))
    return register


c08 = planter(
    "C08",
    "money",
    yes={
        "近90日转入合计恰为12个月标准": lambda cast: _received(cast, 0),
        "七口之家单笔恰为50000.00元": lambda cast: _large_family(cast, 0),
    },
    no={
        "合计差一分": lambda cast: _received(cast, -1),
        "转入在91日前": lambda cast: _received(cast, 0, 91),
        "七口之家单笔差一分": lambda cast: _large_family(cast, -1),
    },
    unknown={"没有授权，不查银行": _not_authorised},
)


def _joins_fund(cast: Cast, count: int, status: str = "正常", category: str = "DB") -> Person:
    person, _ = alone(cast, category)
    saved(cast, person, count, status=status)
    return person


def _fund_outside(cast: Cast) -> Person:
    person = outside(cast)
    saved(cast, person, 3)
    return person


c12 = planter(
    "C12",
    "money",
    yes={
        "核查后新缴存满2个月": lambda cast: _joins_fund(cast, 2),
        "监测户成员新缴存3个月": lambda cast: _joins_fund(cast, 3, category="JC"),
    },
    no={
        "只有1个月": lambda cast: _joins_fund(cast, 1),
        "账户封存": lambda cast: _joins_fund(cast, 2, "封存"),
        "不在册": _fund_outside,
    },
)


def _fund_used(cast: Cast, event: str, days: int) -> Register:
    """So many days after the last review."""
    person, register = alone(cast)
    when = cast.clock.date_back(5) + timedelta(days=days)
    cast.add("DI23", id_no=person, event=event, event_date=when, amount=yuan(80_000))
    return register


def _fund_used_outside(cast: Cast) -> House:
    person = outside(cast)
    cast.add("DI23", id_no=person, event="购房提取", event_date=cast.clock.date_back(1), amount=yuan(80_000))
    return person.house


c13 = planter(
    "C13",
    "money",
    yes={
        "核查次日购房提取": lambda cast: _fund_used(cast, "购房提取", 1),
        "核查后发放贷款": lambda cast: _fund_used(cast, "发放贷款", 40),
    },
    no={
        "核查当日购房提取": lambda cast: _fund_used(cast, "购房提取", 0),
        "租房提取": lambda cast: _fund_used(cast, "租房提取", 40),
        "不在册": _fund_used_outside,
    },
)


def _student(cast: Cast, extra: int, aid: int = 0, **school: Any) -> Register:
    """A mother and a student whose fees are D, the aid and so many fen."""
    house = cast.house()
    mother = house.add(2, 46)
    child = house.child(20.5, None, mother)
    studies(cast, child, cast.standards.disposable(False) + aid + extra, **school)
    if aid:
        aided(cast, child, aid)
    return of_register(cast, "QT", mother, child)


c14 = planter(
    "C14",
    "money",
    yes={
        "民办本科年学费恰为人均可支配收入": lambda cast: _student(cast, 0),
        "扣除资助后恰为人均可支配收入": lambda cast: _student(cast, 0, yuan(2000)),
        "国际学校普高": lambda cast: _student(cast, 0, kind="国际", stage="普高"),
    },
    no={
        "差一分": lambda cast: _student(cast, -1),
        "扣除资助后差一分": lambda cast: _student(cast, -1, yuan(2000)),
        "公办": lambda cast: _student(cast, 0, kind="公办"),
        "已退学": lambda cast: _student(cast, 0, status="退学"),
    },
)


def _insured(cast: Cast, fen: int, product: str = "代销商业保险") -> Register:
    """A policy of 6 L and so many fen a year."""
    person, register = alone(cast)
    premium = 6 * cast.standards.line(False) + fen
    invested(cast, person, product, yuan(500), on=cast.clock.date_back(30), premium=premium)
    return register


def _insured_pair(cast: Cast, fen: int) -> Register:
    one, _, register = two(cast, "GX")
    premium = 12 * cast.standards.line(False) + fen
    invested(cast, one, "代销商业保险", yuan(500), on=cast.clock.date_back(30), premium=premium)
    return register


c15 = planter(
    "C15",
    "money",
    yes={
        "年缴保费恰为6个月标准": lambda cast: _insured(cast, 0),
        "两口之家年缴保费恰为12个月标准": lambda cast: _insured_pair(cast, 0),
    },
    no={
        "差一分": lambda cast: _insured(cast, -1),
        "两口之家差一分": lambda cast: _insured_pair(cast, -1),
        "理财不是保险": lambda cast: _insured(cast, 0, "理财"),
    },
    unknown={"没有授权，不查银行": _not_authorised},
)


def _supported(cast: Cast, now: int, kept: int, **more: Any) -> Register:
    """An old person, and a child alone elsewhere who by §2.3 owes so much a month now; what the archive counted."""
    parent = cast.single(86)
    child = outside(cast, 61)
    child.father = parent
    pension = cast.standards.line(False) + 2 * now
    pensioned(cast, child, pension, MONTHS)
    register = of_register(cast, "DB", parent)
    supporter: dict[str, Any] = {
        "id_no": child,
        "supporter_kinship": "子女",
        "supporter_household_income_12m": told(12 * pension),
    }
    if kept:
        supporter["paid_support"] = told(kept)
    register.supporters = [supporter | more]
    return register


def _fifth(cast: Cast) -> int:
    return cast.standards.line(False) // 5


def _judged(cast: Cast) -> Register:
    agreed = {"has_support_judgement": True, "judged_support": told(yuan(300))}
    return _supported(cast, 0, yuan(300), **agreed)


c16 = planter(
    "C16",
    "money",
    yes={
        "子女应付比档案恰多两成低保标准": lambda cast: _supported(cast, yuan(100) + _fifth(cast), yuan(100)),
        "子女已无余力，档案仍计两成低保标准": lambda cast: _supported(cast, 0, _fifth(cast)),
    },
    no={
        "差一分": lambda cast: _supported(cast, yuan(100) + _fifth(cast) - 1, yuan(100)),
        "有协议且高于算得数": _judged,
        "档案未计赡养费": lambda cast: _supported(cast, yuan(300), 0),
    },
)

PLANTS = (c07, c08, c12, c13, c14, c15, c16)
