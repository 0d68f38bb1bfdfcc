"""C01–C06, C09–C11, C17: what families own."""

from datetime import date, timedelta

from wenhou.sandbox.cast import Cast, House, Register
from wenhou.sandbox.days import months_after
from wenhou.sandbox.plants.cases import (
    alone,
    banked,
    contracted,
    driven,
    founded,
    holds,
    invested,
    outside,
    owned,
    planter,
    sold_car,
    traded,
    two,
)
from wenhou.sandbox.plants.props import months, yuan
from wenhou.sandbox.tables import register_house


def _car(
    cast: Cast, kind: str = "小型客车", *, category: str = "DB", status: str = "正常", sold: bool = False
) -> Register:
    person, register = alone(cast, category)
    plate = driven(cast, person, kind, status=status)
    if sold:
        sold_car(cast, person, plate, cast.clock.date_back(1))
    return register


def _exempt_car(cast: Cast) -> Register:
    register = _car(cast, "货车")
    register.assets = {"vehicle_exemption": "生产用车", "has_approved_vehicle_exemption": True}
    return register


c01 = planter(
    "C01",
    "property",
    yes={
        "低保户有小型客车": _car,
        "边缘户有微型客车": lambda cast: _car(cast, "微型客车", category="BY"),
    },
    no={
        "摩托车": lambda cast: _car(cast, "摩托车"),
        "残疾人专用车": lambda cast: _car(cast, "残疾人专用"),
        "已转移并注销": lambda cast: _car(cast, status="注销", sold=True),
        "生产用车已批准豁免": _exempt_car,
        "不是低保、边缘": lambda cast: _car(cast, category="GX"),
    },
)


def _machine(
    cast: Cast, kind: str = "大型拖拉机", *, category: str = "DB", rural: bool = True, status: str = "在册"
) -> Register:
    person, register = alone(cast, category, rural=rural)
    cast.add(
        "DI39",
        id_no=person,
        machine_kind=kind,
        price=yuan(98_000),
        buy_date=cast.clock.date_back(14),
        status=status,
    )
    return register


c02 = planter(
    "C02",
    "property",
    yes={
        "农村低保户有大型拖拉机": _machine,
        "监测户有联合收割机": lambda cast: _machine(cast, "联合收割机", category="JC"),
    },
    no={
        "小型农机": lambda cast: _machine(cast, "小型农机"),
        "农机已注销": lambda cast: _machine(cast, status="注销"),
        "城市户": lambda cast: _machine(cast, rural=False),
    },
)


def _two_homes(cast: Cast, second: int, *, status: str = "现势") -> Register:
    """Two people, 40 m² and another home of hundredths of a square metre."""
    one, other, register = two(cast)
    owned(cast, one, 4_000)
    owned(cast, other, second, status=status)
    return register


def _half_and_contract(cast: Cast) -> Register:
    """Half of 50 m², and a flat of 35 m² bought from the builder and not registered."""
    one, other, register = two(cast, "GX")
    owned(cast, one, 5_000, share=5_000)
    contracted(cast, other, 3_500, cast.clock.date_back(40))
    return register


def _one_shared(cast: Cast) -> Register:
    """One home of 120 m², half each."""
    one, other, register = two(cast)
    unit = owned(cast, one, 12_000, share=5_000)
    owned(cast, other, 12_000, share=5_000, unit=unit)
    return register


def _homes_outside(cast: Cast) -> House:
    person = outside(cast)
    owned(cast, person, 9_000)
    owned(cast, person, 9_000)
    return person.house


c03 = planter(
    "C03",
    "property",
    yes={
        "两套，人均恰为30.00平方米": lambda cast: _two_homes(cast, 2_000),
        "一套半份与一套网签，人均恰为30.00平方米": _half_and_contract,
    },
    no={
        "两套，人均29.995平方米": lambda cast: _two_homes(cast, 1_999),
        "夫妻各半的一套": _one_shared,
        "其中一套已是历史": lambda cast: _two_homes(cast, 9_000, status="历史"),
        "不在册": _homes_outside,
    },
)


def _bought(cast: Cast, days: int, *, status: str = "有效", category: str = "DB") -> Register:
    """A flat bought so many days after the day a year before the application."""
    person, register = alone(cast, category)
    when = months_after(cast.clock.date_back(21), -12) + timedelta(days=days)
    contracted(cast, person, 7_000, when, status=status)
    return register


def _bought_today(cast: Cast) -> Register:
    person, register = alone(cast, "QT")
    contracted(cast, person, 7_000, cast.clock.as_of)
    return register


def _bought_outside(cast: Cast) -> House:
    person = outside(cast)
    contracted(cast, person, 7_000, cast.clock.date_back(3))
    return person.house


c04 = planter(
    "C04",
    "property",
    yes={
        "申请前恰满12个月的当日签约": lambda cast: _bought(cast, 0),
        "扫描当日签约": _bought_today,
        "在保期间签约": lambda cast: _bought(cast, 500, category="BY"),
    },
    no={
        "申请前12个月之外一天": lambda cast: _bought(cast, -1),
        "网签已撤销": lambda cast: _bought(cast, 500, status="撤销"),
        "不在册": _bought_outside,
    },
)


def _shop(cast: Cast, use: str = "商业", *, dwelling: bool = True, status: str = "现势") -> Register:
    person, register = alone(cast)
    if dwelling:
        owned(cast, person, 6_000)
    owned(cast, person, 2_500, use=use, status=status)
    return register


def _shop_outside(cast: Cast) -> House:
    person = outside(cast)
    owned(cast, person, 6_000)
    owned(cast, person, 2_500, use="商业")
    return person.house


c05 = planter(
    "C05",
    "property",
    yes={
        "住宅之外有商铺": _shop,
        "住宅之外有办公用房": lambda cast: _shop(cast, "办公"),
        "住宅之外有工业仓储": lambda cast: _shop(cast, "工业仓储"),
    },
    no={
        "只是车位": lambda cast: _shop(cast, "车位"),
        "商铺已是历史": lambda cast: _shop(cast, status="历史"),
        "商铺是唯一居住处": lambda cast: _shop(cast, dwelling=False),
        "不在册": _shop_outside,
    },
)


def _limit(cast: Cast) -> int:
    return 72 * cast.standards.line(False)


def _rich(
    cast: Cast, extra: int, product: str = "理财", *, category: str = "DB", authorised: bool = True
) -> Register:
    """Two people, 10,000 yuan in a holding and the rest of 36 L a head and so many fen in the bank."""
    one, other, register = two(cast, category, authorised=authorised)
    if authorised:
        banked(cast, one, _limit(cast) - yuan(10_000) + extra)
        invested(cast, other, product, yuan(10_000), on=cast.clock.date_back(40))
    return register


def _spent(cast: Cast, before: int, now: int) -> Register:
    one, _, register = two(cast)
    banked(cast, one, _limit(cast) + before, days=200)
    banked(cast, one, _limit(cast) + now)
    return register


c06 = planter(
    "C06",
    "property",
    yes={
        "存款与理财超36个月标准一分": lambda cast: _rich(cast, 1),
        "存款与国债超36个月标准一分": lambda cast: _rich(cast, 1, "国债"),
        "账户最新一次查询已超一分": lambda cast: _spent(cast, -yuan(9000), 1),
    },
    no={
        "恰为36个月标准": lambda cast: _rich(cast, 0),
        "贷款不是财产": lambda cast: _rich(cast, 1, "贷款"),
        "先前超过，最新一次查询未超": lambda cast: _spent(cast, yuan(9000), 0),
        "不是低保": lambda cast: _rich(cast, 1, category="GX"),
    },
    unknown={"没有授权，不查银行": lambda cast: _rich(cast, 0, authorised=False)},
)


def _opened(cast: Cast, days: int, sales: list[int] | None = None, status: str = "存续") -> Register:
    """A business founded so many days after the last review; what it told the tax office in the last months."""
    person, register = alone(cast, "GX")
    code = founded(cast, person, cast.clock.date_back(5) + timedelta(days=days), status=status)
    for month, fen in zip(months(cast, 6), sales or [], strict=False):
        traded(cast, person, code, month, fen)
    return register


def _opened_outside(cast: Cast) -> House:
    person = outside(cast)
    founded(cast, person, cast.clock.date_back(2))
    return person.house


c09 = planter(
    "C09",
    "property",
    yes={
        "核查次日成立，没有申报": lambda cast: _opened(cast, 1),
        "一个月有销售": lambda cast: _opened(cast, 30, [0, 0, 0, 0, 0, 100]),
    },
    no={
        "核查当日成立": lambda cast: _opened(cast, 0),
        "近6个月全部零申报": lambda cast: _opened(cast, 30, [0] * 6),
        "已注销": lambda cast: _opened(cast, 30, status="注销"),
        "不在册": _opened_outside,
    },
)


def _invested(cast: Cast, fen: int, role: str = "股东", end: date | None = None) -> Register:
    person, register = alone(cast, "GX")
    holds(cast, person, fen, role=role, end=end)
    return register


def _both_invested(cast: Cast) -> Register:
    one, other, register = two(cast)
    holds(cast, one, yuan(60_000))
    holds(cast, other, yuan(40_000), role="合伙人")
    return register


c10 = planter(
    "C10",
    "property",
    yes={
        "认缴恰为10万元": lambda cast: _invested(cast, yuan(100_000)),
        "两人认缴合计恰为10万元": _both_invested,
    },
    no={
        "差一分": lambda cast: _invested(cast, yuan(100_000) - 1),
        "只是监事": lambda cast: _invested(cast, yuan(300_000), "监事"),
        "去年已退出": lambda cast: _invested(cast, yuan(300_000), end=cast.clock.date_back(13)),
    },
)


def _trading(cast: Cast, extra: int, *, count: int = 12, invoiced: bool = False) -> Register:
    """Sales of ten lines a month, and so many fen in the last."""
    person, register = alone(cast, "QT")
    code = founded(cast, person, cast.clock.date_back(30))
    line = cast.standards.line(False)
    for number, month in enumerate(months(cast, count, until=12 - count)):
        fen = 10 * line + (extra if number == count - 1 else 0)
        traded(cast, person, code, month, fen // 2 if invoiced else fen, fen if invoiced else 0)
    return register


def _trading_outside(cast: Cast) -> House:
    person = outside(cast)
    code = founded(cast, person, cast.clock.date_back(30))
    for month in months(cast, 12):
        traded(cast, person, code, month, 20 * cast.standards.line(False))
    return person.house


c11 = planter(
    "C11",
    "property",
    yes={
        "销售额折算净利恰为低保标准": lambda cast: _trading(cast, 0),
        "开票额高于申报，折算恰为标准": lambda cast: _trading(cast, 0, invoiced=True),
    },
    no={
        "差一分": lambda cast: _trading(cast, -1),
        "近12个月中只有11个月有销售": lambda cast: _trading(cast, 0, count=11),
        "不在册": _trading_outside,
    },
)


def _refused(
    cast: Cast,
    gone: str = "car",
    *,
    days: int = 0,
    pci: int = -1,
    reason: str = "财产超过标准：机动车",
) -> House:
    """Refused two years ago and so many days; what has gone since; the PCI found then, against the line."""
    when = cast.clock.date_back(24, -days)
    person = outside(cast)
    register = cast.register(
        "未获批",
        person,
        applied_on=when - timedelta(days=25),
        refused_on=when,
        refused_reason=reason,
        pci_determined=cast.standards.line(False) + pci,
    )
    _decided(cast, register, when)
    later = cast.clock.date_back(2)
    if gone == "car":
        sold_car(cast, person, driven(cast, person, status="注销"), later)
    elif gone == "home":
        unit = owned(cast, person, 6_000, status="历史")
        cast.add("DI18", id_no=person, unit_no=unit, event="买卖", event_date=later, amount=yuan(200_000))
    elif gone == "business":
        founded(cast, person, cast.clock.date_back(70), status="注销")
    else:
        driven(cast, person)
    return person.house


def _decided(cast: Cast, register: Register, when: date) -> None:
    cast.add(
        "SA-CASE",
        case_no=cast.serial("BJ"),
        kind="申请",
        item="YL01",
        household_no=register_house(register.index),
        applicant_id=register.members[0],
        division_code=register.house.lives,
        accepted_on=when - timedelta(days=25),
        step="确认",
        step_started_on=when - timedelta(days=5),
        step_done_on=when,
        suspended_days=0,
        extended=False,
        delegated=False,
        objection=False,
        decision="不予确认",
        decided_on=when,
        notified_on=when,
        kin_of_staff=False,
        complained=False,
    )


c17 = planter(
    "C17",
    "property",
    yes={
        "恰满24个月前因车辆未获批，车已转移": _refused,
        "因住房未获批，房已出售": lambda cast: _refused(cast, "home", days=200, reason="财产超过标准：住房"),
        "因市场主体未获批，主体已注销": lambda cast: _refused(
            cast, "business", days=100, reason="财产超过标准：市场主体"
        ),
    },
    no={
        "24个月之外一天": lambda cast: _refused(cast, days=-1),
        "上次核定恰为低保标准": lambda cast: _refused(cast, days=90, pci=0),
        "车还在": lambda cast: _refused(cast, "", days=90),
        "因收入未获批": lambda cast: _refused(cast, days=90, reason="收入超过标准"),
    },
)

PLANTS = (c01, c02, c03, c04, c05, c06, c09, c10, c11, c17)
