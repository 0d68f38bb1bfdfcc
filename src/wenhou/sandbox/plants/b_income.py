"""B01, B07, B09–B13, B17: what families have to live on."""

from datetime import timedelta

from wenhou.sandbox import crowd as c
from wenhou.sandbox.cast import Cast, House, Register
from wenhou.sandbox.days import months_after
from wenhou.sandbox.plants.cases import (
    alone,
    banked,
    driven,
    farmed,
    insured,
    jobless,
    outside,
    owned,
    pensioned,
    planter,
    two,
)
from wenhou.sandbox.plants.props import (
    MONTHS,
    earn,
    gravely_ill,
    months,
    resident_pension,
    stay,
    this_year,
    yuan,
)


def _two_with_pension(cast: Cast, category: str, extra: int, rural: bool = False) -> Register:
    """Two people with a pension of twice the line and so many fen."""
    one, _, register = two(cast, category, rural=rural)
    pensioned(cast, one, 2 * cast.standards.line(rural) + extra, MONTHS)
    return register


def _casual(cast: Cast, amounts: list[int], category: str = "DB") -> Register:
    """Casual pay of the last months, the latest last."""
    person, register = alone(cast, category)
    for month, fen in zip(months(cast, len(amounts)), amounts, strict=True):
        earn(cast, person, month, fen, item="劳务报酬")
    return register


def _ill(cast: Cast, own: int) -> Register:
    """A gravely ill pensioner who pays so much a month for treatment; the pension is the line and 500 yuan."""
    person, register = alone(cast, age=58)
    gravely_ill(cast, person)
    pensioned(cast, person, cast.standards.line(False) + yuan(500), MONTHS)
    stay(cast, person, this_year(cast), own * 12, rest=own * 12)
    return register


def _merit(cast: Cast) -> Register:
    person, register = alone(cast, age=59)
    for month in months(cast):
        cast.add(
            "DI40",
            id_no=person,
            kind="参战参试",
            month=month,
            amount=cast.standards.line(False),
            status="发放",
        )
    return register


def _single_person(cast: Cast) -> Register:
    person, register = alone(cast, age=58, single_person=True)
    pensioned(cast, person, cast.standards.line(False), MONTHS)
    return register


def _farmer_pension(cast: Cast, extra: int) -> Register:
    person, register = alone(cast, age=66, rural=True)
    resident_pension(cast, person, cast.standards.line(True) + extra)
    return register


b01 = planter(
    "B01",
    "income",
    yes={
        "两人养老金月均恰为低保标准": lambda cast: _two_with_pension(cast, "DB", 0),
        "每月劳务报酬减一成成本后超标准": lambda cast: _casual(
            cast, [cast.standards.line(False) * 10 // 9 + 1000] * MONTHS
        ),
        "重病成员医疗自付扣减后恰为标准": lambda cast: _ill(cast, yuan(500)),
        "居民养老金扣中央基础后恰为标准": lambda cast: _farmer_pension(cast, 0),
    },
    no={
        "养老金合计差一分": lambda cast: _two_with_pension(cast, "DB", -1),
        "单人保户": _single_person,
        "只有上月有劳务报酬": lambda cast: _casual(cast, [2 * cast.standards.line(False)]),
        "优抚补助不计收入": _merit,
        "医疗自付扣减后差一分": lambda cast: _ill(cast, yuan(500) + 1),
        "居民养老金扣中央基础后差一分": lambda cast: _farmer_pension(cast, -1),
    },
)


def _laid_off(cast: Cast, category: str, until: int = 3) -> Register:
    """Insured by an employer until so many months ago; no wages told."""
    person, register = alone(cast, category, rural=category == "JC")
    insured(cast, person, MONTHS - until, until=until)
    return register


def _wife_jobless(cast: Cast, category: str, extra: int, authorised: bool = True) -> Register:
    one, other, register = two(cast, category, authorised=authorised)
    pensioned(cast, one, 2 * cast.standards.line(False) + extra, MONTHS)
    jobless(cast, other, cast.clock.date_back(2))
    return register


def _jobless_with(cast: Cast, what: str, *, authorised: bool = True) -> Register:
    person, register = alone(cast, "GX", authorised=authorised)
    jobless(cast, person, cast.clock.date_back(2))
    if what == "car":
        driven(cast, person)
    elif what == "homes":
        owned(cast, person, 3_000)
        owned(cast, person, 3_000)
    else:
        banked(cast, person, 36 * cast.standards.line(False) + 1)
    return register


def _one_signed(cast: Cast, category: str, extra: int) -> Register:
    """Of a couple only she has authorised, and her money alone is 36 lines for two and so many fen."""
    one, other, register = two(cast, category)
    register.extra["authorised"] = {one: False, other: True}
    jobless(cast, one, cast.clock.date_back(2))
    banked(cast, other, 72 * cast.standards.line(False) + extra)
    return register


b07 = planter(
    "B07",
    "income",
    yes={
        "成员登记失业，两人养老金差一分到标准": lambda cast: _wife_jobless(cast, "BY", -1),
        "单位停保满3个月，无收入": lambda cast: _laid_off(cast, "GX"),
        "没有授权，财产待核": lambda cast: _wife_jobless(cast, "BY", -1, authorised=False),
        "监测户单位停保满3个月，无收入": lambda cast: _laid_off(cast, "JC"),
        "一人未授权，另一人存款恰为两人36个月标准": lambda cast: _one_signed(cast, "GX", 0),
    },
    no={
        "月均恰为低保标准": lambda cast: _wife_jobless(cast, "BY", 0),
        "停保2个月": lambda cast: _laid_off(cast, "GX", 2),
        "有汽车": lambda cast: _jobless_with(cast, "car"),
        "存款超36个月标准一分": lambda cast: _jobless_with(cast, "money"),
        "没有授权，有汽车": lambda cast: _jobless_with(cast, "car", authorised=False),
        "没有授权，两套住房": lambda cast: _jobless_with(cast, "homes", authorised=False),
        "一人未授权，另一人存款已超限一分": lambda cast: _one_signed(cast, "GX", 1),
        "不是边缘、刚性、监测家庭": lambda cast: _laid_off(cast, "QT"),
    },
)


def _fallen(cast: Cast, before: int, lately: list[int], *, category: str = "") -> House | Register:
    """Casual pay, the same for twelve months and then others for three."""
    if category:
        return _casual(cast, [before] * 12 + lately, category)
    person = outside(cast)
    for month, fen in zip(months(cast, 15), [before] * 12 + lately, strict=True):
        earn(cast, person, month, fen, item="劳务报酬")
    return person.house


def _well_off(cast: Cast) -> House | Register:
    """Down to 70 %, and still 1.5 L a month over the year."""
    before = -(-cast.standards.line(False) * 180 // 1110) * 10
    return _fallen(cast, before, [before * 7 // 10] * 3)


def _pension_less(cast: Cast) -> House:
    one, _ = cast.house().couple(66)
    for number, month in enumerate(months(cast, 15)):
        fen = yuan(1200) if number < 12 else yuan(840)
        start = cast.clock.last_month - 60
        cast.add("DI11", id_no=one, month=month, amount=fen, start_month=start, status="发放")
    return one.house


b09 = planter(
    "B09",
    "income",
    yes={
        "近3个月月均恰为此前的70%": lambda cast: _fallen(cast, yuan(1000), [yuan(700)] * 3),
        "近3个月没有收入": lambda cast: _fallen(cast, yuan(900), [0] * 3),
        "养老金减为七成": _pension_less,
    },
    no={
        "多一分": lambda cast: _fallen(cast, yuan(1000), [yuan(700), yuan(700), yuan(700) + 1]),
        "人均仍不低于1.5倍标准": _well_off,
        "已在库": lambda cast: _fallen(cast, yuan(700), [0] * 3, category="DB"),
        "一直没有收入，谈不上骤降": lambda cast: outside(cast).house,
    },
)


def _saved(cast: Cast, extra: int) -> Register:
    _, other, register = two(cast, "BY")
    banked(cast, other, 72 * cast.standards.line(False) + extra)
    return register


def _applying(cast: Cast) -> Register:
    person, register = alone(cast, "BY")
    cast.register("申请中", person)
    return register


def _not_authorised(cast: Cast) -> Register:
    return alone(cast, "BY", authorised=False)[1]


b10 = planter(
    "B10",
    "income",
    yes={
        "两人养老金差一分到标准": lambda cast: _two_with_pension(cast, "BY", -1),
        "存款恰为36个月标准": lambda cast: _saved(cast, 0),
        "没有授权，财产待核": _not_authorised,
        "农村，没有收入": lambda cast: alone(cast, "BY", rural=True)[1],
    },
    no={
        "月均恰为低保标准": lambda cast: _two_with_pension(cast, "BY", 0),
        "存款超36个月标准一分": lambda cast: _saved(cast, 1),
        "低保申请已受理": _applying,
        "一人未授权，另一人存款已超限一分": lambda cast: _one_signed(cast, "BY", 1),
        "不是边缘家庭": lambda cast: alone(cast, "GX")[1],
    },
)


def _watched(cast: Cast, extra: int, status: str = "监测中", category: str = "JC") -> Register:
    person, register = alone(cast, category, rural=True)
    cast.add(
        "DI37",
        household_no=person.house,
        id_no=person,
        kind="边缘易致贫",
        risk="缺劳力",
        enroll_date=cast.clock.date_back(20),
        percap_income=12 * cast.standards.line(True) + extra,
        status=status,
    )
    return register


b11 = planter(
    "B11",
    "income",
    yes={
        "监测中，人均纯收入差一分到农村标准": lambda cast: _watched(cast, -1),
        "监测中，人均纯收入差一元": lambda cast: _watched(cast, -100),
    },
    no={
        "恰为农村标准": lambda cast: _watched(cast, 0),
        "风险已消除": lambda cast: _watched(cast, -1, "风险消除"),
        "已是低保": lambda cast: _watched(cast, -1, category="DB"),
    },
)


def _old(cast: Cast, counted: int) -> House:
    person = outside(cast, 74)
    resident_pension(cast, person, counted)
    return person.house


def _turned_seventy(cast: Cast, days: int) -> House:
    """Seventy in so many days."""
    house = _old(cast, 20_000)
    house.people[0].born = months_after(cast.clock.as_of, -70 * 12) + timedelta(days=days)
    return house


def _with_partner(cast: Cast, pension: bool) -> House:
    one, other = cast.house().couple(76, wife_age=72)
    resident_pension(cast, one, 15_000)
    if pension:
        pensioned(cast, other, yuan(300), MONTHS)
    else:
        resident_pension(cast, other, 12_000)
    return one.house


def _with_son(cast: Cast) -> House:
    house = cast.house()
    father = house.add(1, 78)
    house.add(1, 45, c.SON, father=father)
    resident_pension(cast, father, 15_000)
    return house


def _worked(cast: Cast) -> House:
    house = _old(cast, 15_000)
    earn(cast, house.people[0], cast.clock.last_month - 3, 100, item="劳务报酬")
    return house


def _on_dibao(cast: Cast) -> Register:
    person, register = alone(cast, age=75)
    resident_pension(cast, person, 15_000)
    return register


b12 = planter(
    "B12",
    "income",
    yes={
        "养老金扣中央基础后差一分到标准": lambda cast: _old(cast, cast.standards.line(False) - 1),
        "当日满70周岁": lambda cast: _turned_seventy(cast, 0),
        "老两口都只有居民养老金": lambda cast: _with_partner(cast, pension=False),
    },
    no={
        "扣中央基础后恰为标准": lambda cast: _old(cast, cast.standards.line(False)),
        "次日满70周岁": lambda cast: _turned_seventy(cast, 1),
        "配偶有职工养老金": lambda cast: _with_partner(cast, pension=True),
        "同户有45岁的儿子": _with_son,
        "近12个月有劳务报酬": _worked,
        "已是低保": _on_dibao,
    },
)


def _in_grace(cast: Cast, days: int) -> Register:
    """Grace ends in so many days."""
    end = cast.clock.as_of + timedelta(days=days)
    return alone(cast, grace_end=end)[1]


b13 = planter(
    "B13",
    "income",
    yes={
        "渐退期当日届满，仍在保": lambda cast: _in_grace(cast, 0),
        "渐退期上月已满，仍在保": lambda cast: _in_grace(cast, -30),
    },
    no={
        "渐退期次日届满": lambda cast: _in_grace(cast, 1),
        "没有渐退": lambda cast: alone(cast)[1],
    },
)


def _counted(
    cast: Cast,
    told: dict[str, int],
    fen: int,
    rent: int | None = None,
    *,
    category: str = "DB",
    rural: bool = True,
) -> Register:
    """Farm subsidies and rent of this year beside what the archive counted."""
    person, register = alone(cast, category, rural=rural)
    farmed(cast, person, fen, rent)
    register.counted = {person: {"惠农补贴": 0, "土地流转租金": 0} | told}
    return register


def _step(cast: Cast) -> int:
    return cast.standards.line(True) * 12 // 10


b17 = planter(
    "B17",
    "income",
    yes={
        "补贴比档案核定恰多一成年标准": lambda cast: _counted(
            cast, {"惠农补贴": 30_000}, 30_000 + _step(cast)
        ),
        "流转租金停了，少一成年标准": lambda cast: _counted(
            cast, {"惠农补贴": 30_000, "土地流转租金": _step(cast)}, 30_000, category="BY"
        ),
        "新增流转租金": lambda cast: _counted(cast, {"惠农补贴": 30_000}, 30_000, _step(cast)),
    },
    no={
        "差一分": lambda cast: _counted(cast, {"惠农补贴": 30_000}, 30_000 + _step(cast) - 1),
        "与档案一致": lambda cast: _counted(cast, {"惠农补贴": _step(cast)}, _step(cast)),
        "城市户": lambda cast: _counted(cast, {}, cast.standards.line(False) * 2, rural=False),
        "不是低保、边缘": lambda cast: _counted(cast, {}, 2 * _step(cast), category="GX"),
    },
)

PLANTS = (b01, b07, b09, b10, b11, b12, b13, b17)
