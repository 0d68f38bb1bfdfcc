"""E08–E12: houses in danger, households without one, disaster."""

from datetime import date
from typing import Any

from wenhou.base.month import Month
from wenhou.sandbox.cast import Cast, Person
from wenhou.sandbox.plants.props import earn_in_a_year, relieved, yuan


def _alone(cast: Cast, *, rural: bool) -> Person:
    """Somebody of fifty, of whose home only what is said here is known."""
    person = cast.single(50, rural=rural)
    person.housed = person.sheltered = False
    return person


def assessed(
    cast: Cast, person: Person, level: str, rebuilt: str = "未列入", when: date | None = None
) -> None:
    cast.add(
        "DI21",
        household_no=person.house,
        id_no=person,
        danger_level=level,
        identify_date=when or cast.clock.date_back(3),
        rebuild_status=rebuilt,
        subsidy=0,
    )


def owns(cast: Cast, person: Person, use: str = "住宅", status: str = "现势") -> None:
    cast.add(
        "DI17",
        id_no=person,
        cert_no=cast.serial("宁沙不动产权"),
        unit_no=cast.serial(f"{cast.places.county}000009GB00000"),
        location="沙箱某处",
        use=use,
        area=6000,
        share=10000,
        obtain="自建",
        reg_date=cast.clock.date_back(90),
        status=status,
    )


def known_in_danger(cast: Cast, count: int) -> None:
    """E08: rural households on the register in a house of level C or D."""
    for number in range(count):
        person = _alone(cast, rural=True)
        cast.register(("DB", "TK", "BY", "GX", "JC")[number % 5], person)
        assessed(cast, person, "CD"[number % 2], ("未列入", "已列入", "施工")[number % 3])
        cast.expect("E08", person, "yes", "housing", "住C、D级危房，未竣工")
    for number in range(max(4, count // 2)):
        kind = number % 4
        person = _alone(cast, rural=kind != 2)
        owns(cast, person)
        cast.register("QT" if kind == 3 else "DB", person)
        assessed(cast, person, "B" if kind == 0 else "C", "竣工" if kind == 1 else "未列入")
        why = ("B级", "已竣工", "城镇户", "其他困难不在此列")[kind]
        cast.expect("E08", person, "no", "housing", why)


def without_a_home(cast: Cast, count: int) -> None:
    """E09: urban households on the register that own nothing and are not housed."""
    for number in range(count):
        person = _alone(cast, rural=False)
        cast.register(("DB", "TK", "BY", "GX")[number % 4], person)
        if number % 3 == 1:
            owns(cast, person, "车位")
            _housed(cast, person, "退出")
        if number % 3 == 2:
            owns(cast, person, status="历史")
        why = ("无房无保障", "只有车位，公租房已退出", "住房已过户")[number % 3]
        cast.expect("E09", person, "yes", "housing", why)
    for number in range(max(5, count // 2)):
        kind = number % 5
        person = _alone(cast, rural=kind == 3)
        cast.register("JC" if kind == 4 else "DB", person)
        if kind == 0:
            owns(cast, person)
        if kind == 1:
            _housed(cast, person, "在保")
        if kind == 2:
            _bought(cast, person)
        why = ("有一套住宅", "公租房在保", "已网签购房", "农村户", "监测对象不在此列")[kind]
        cast.expect("E09", person, "no", "housing", why)


def _housed(cast: Cast, person: Person, status: str) -> None:
    ended = cast.clock.date_back(5) if status == "退出" else None
    cast.add(
        "DI20",
        id_no=person,
        kind="租赁补贴",
        start=cast.clock.date_back(30),
        end=ended,
        monthly_amount=yuan(240),
        status=status,
    )


def _bought(cast: Cast, person: Person) -> None:
    cast.add(
        "DI19",
        id_no=person,
        contract_no=cast.serial("WQ"),
        location="沙箱新区",
        use="住宅",
        area=6000,
        total_price=yuan(300000),
        sign_date=cast.clock.date_back(30),
        status="有效",
    )


def unknown_in_danger(cast: Cast, count: int) -> None:
    """E10: off the register, rural, the only home of level C or D, income below one and a half lines."""
    edge = cast.standards.line(True) * 18
    for number in range(count):
        person = _alone(cast, rural=True)
        owns(cast, person)
        assessed(cast, person, "DC"[number % 2])
        if number % 2 == 0:
            earn_in_a_year(cast, person, edge - 1)
        cast.expect("E10", person.house, "yes", "housing", "唯一住房为危房，收入不足1.5倍标准")
    for number in range(max(4, count // 2)):
        kind = number % 4
        person = _alone(cast, rural=kind != 3)
        for _ in range(2 if kind == 1 else 1):
            owns(cast, person)
        assessed(cast, person, "B" if kind == 2 else "D")
        if kind == 0:
            earn_in_a_year(cast, person, edge)
        why = ("人均恰为1.5倍低保标准", "另有一套住房", "B级", "城镇户")[kind]
        cast.expect("E10", person.house, "no", "housing", why)


def struck(cast: Cast, person: Person, when: date, **told: Any) -> None:
    row = {"kind": "洪涝", "house_damage": "无", "loss": 0, "aid_kind": "应急", "aid_amount": 0}
    cast.add(
        "DI43",
        disaster_no=cast.serial("ZH"),
        household_no=person.house,
        id_no=person,
        occur_date=when,
        **(row | told),
    )


def house_destroyed(cast: Cast, count: int) -> None:
    """E11: damage of the two upper degrees, on the register or not."""
    for number in range(count):
        person = _alone(cast, rural=True)
        if number % 2:
            cast.register("DB", person)
        damage = ("严重损坏", "倒塌")[number % 2]
        struck(cast, person, cast.clock.date_back(days=3), house_damage=damage, loss=yuan(20000))
        cast.expect("E11", person, "yes", "disaster", f"受灾住房{damage}")
    for number in range(max(2, count // 2)):
        person = _alone(cast, rural=True)
        damage = ("一般损坏", "无")[number % 2]
        struck(cast, person, cast.clock.date_back(days=3), house_damage=damage, loss=yuan(2000))
        cast.expect("E11", person, "no", "disaster", f"住房{damage}")


def little_aid(cast: Cast, count: int) -> None:
    """E12: aid below 30 % of the loss, sixty days on, no temporary relief."""
    for number in range(count):
        person = _alone(cast, rural=True)
        back = 60 + 40 * (number % 2)
        when = cast.clock.date_back(days=back)
        struck(cast, person, when, loss=yuan(10000), aid_amount=yuan(2999.99) if number % 2 == 0 else 0)
        cast.expect("E12", person, "yes", "disaster", f"灾后{back}日，救助不足损失三成")
    for number in range(max(4, count // 2)):
        person, kind = _alone(cast, rural=True), number % 4
        aid = yuan(3000) if kind == 0 else yuan(1000)
        struck(
            cast, person, cast.clock.date_back(days=59 if kind == 1 else 60), loss=yuan(10000), aid_amount=aid
        )
        if kind >= 2:
            register = cast.register("BY", person)
            item = "YL05" if kind == 2 else "YL06"
            relieved(cast, register, person, Month.of(cast.clock.as_of) - 1, item)
        why = ("恰为损失三成", "灾后59日", "已得急难型临时救助", "已得支出型临时救助")[kind]
        cast.expect("E12", person, "no", "disaster", why)


PLANTS = (known_in_danger, without_a_home, unknown_in_danger, house_destroyed, little_aid)
