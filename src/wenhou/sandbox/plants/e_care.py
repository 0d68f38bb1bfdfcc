"""E13–E17: emergencies, people alone, hazards found, services asked for, heating."""

from datetime import date, timedelta
from typing import Any

from wenhou.sandbox import crowd as c
from wenhou.sandbox.cast import Cast, Person, Register
from wenhou.sandbox.days import months_after
from wenhou.sandbox.plants.props import allowed, stay, yuan
from wenhou.sandbox.tables import register_house

ACCIDENTS = ("交通事故", "火灾", "溺水", "工伤外意外", "突发重病")


def clue(cast: Cast, person: Person, kind: str, assigned: date, **told: Any) -> None:
    """A clue about somebody, told and passed on the same day."""
    row = {"channel": "网格员", "urgent": kind in ACCIDENTS, "reported_on": assigned, "assigned_on": assigned}
    cast.add(
        "SA-CLUE",
        clue_no=cast.serial("XS"),
        kind=kind,
        subject_id=person,
        subject_name_masked="某＊",
        division_code=person.house.lives,
        **(row | told),
    )


def struck_down(cast: Cast, count: int) -> None:
    """E13: a clue of the five kinds, or an injury that cost 10,000.00."""
    today = cast.clock.as_of
    for number in range(count):
        person = cast.single(37)
        if number % 2:
            diagnosis = ("S06.2", "T31.1", "T98.3")[number // 2 % 3]
            stay(cast, person, cast.clock.date_back(days=12), yuan(10000), diagnosis=diagnosis)
            cast.expect("E13", person, "yes", "disaster", f"{diagnosis}住院自付恰为10000.00元")
        else:
            kind = ACCIDENTS[number // 2 % 5]
            clue(cast, person, kind, today)
            cast.expect("E13", person, "yes", "disaster", f"线索：{kind}")
    for number in range(max(3, count // 2)):
        person, near = cast.single(37), number % 3
        if near == 0:
            clue(cast, person, "生活困难", today)
        else:
            own, diagnosis = (yuan(9999.99), "S06.2") if near == 1 else (yuan(10000), "R57.9")
            stay(cast, person, cast.clock.date_back(days=12), own, diagnosis=diagnosis)
        why = ("线索为生活困难", "自付差一分", "诊断不在S00–T98")[near]
        cast.expect("E13", person, "no", "disaster", why)


def seen(cast: Cast, register: Register, person: Person, when: date, colour: str | None, **told: Any) -> None:
    """A visit that noted the colour."""
    cast.add(
        "SA-VISIT",
        visit_no=cast.serial("ZF"),
        division_code=person.house.lives,
        household_no=register_house(register.index),
        id_no=person,
        purpose="探访",
        visited_on=when,
        met=True,
        out_of_contact=False,
        visitors=2,
        county_level=False,
        care_colour=colour,
        **told,
    )


EVERY = (("红", 7), ("黄", 15), ("绿", 30))


def alone_and_frail(cast: Cast, count: int) -> None:
    """E14: alone, eighty or dependent, the last visit a day too long ago."""
    clock = cast.clock
    for number in range(count):
        colour, days = EVERY[number % 3]
        person = cast.single(70 if number % 2 else clock.date_back(80 * 12))
        care = {"self_care": "部分丧失"} if number % 2 else {}
        category = "TK" if number % 2 else ("DB", "BY")[number // 2 % 2]
        register = cast.register(category, person, care_colour=colour, **care)
        seen(cast, register, person, clock.date_back(days=days + 1), colour)
        who = "独居、部分失能" if number % 2 else "独居、当日满80周岁"
        cast.expect("E14", person, "yes", "care", f"{who}，{colour}色，距上次走访{days + 1}日")
    for number in range(max(6, count // 2)):
        kind = number % 6
        colour, days = EVERY[kind % 3]
        day = 300 if kind >= 3 else days
        born: Any = 84 if kind != 3 else months_after(clock.as_of, -80 * 12) + timedelta(days=1)
        person = cast.single(born)
        members = [person, person.house.add(2, 74, c.OTHER)] if kind == 4 else [person]
        register = cast.register("GX" if kind == 5 else "TK", *members, care_colour=colour)
        seen(cast, register, person, clock.date_back(days=day), colour)
        why = (
            *(f"{name}色，距上次走访恰{n}日" for name, n in EVERY),
            "次日满80周岁且自理",
            "同户二人",
            "刚性家庭不在此列",
        )[kind]
        cast.expect("E14", person, "no", "care", why)


def hazards_left(cast: Cast, count: int) -> None:
    """E15: 特困 at home, red and not mended in time, or yellow and not dealt with for fifteen days."""
    for number in range(count):
        red = number % 2 == 0
        _hazard(cast, "yes", red=red, ago=20 if red else 15, due=-1 if red else -5)
    for number in range(max(5, count // 2)):
        kind = number % 5
        _hazard(
            cast,
            "no",
            red=kind != 1,
            ago=14 if kind == 1 else 20,
            due=(0, 1, -3, -3, -3)[kind],
            closed=kind == 2,
            away=kind == 3,
            category="DB" if kind == 4 else "TK",
        )


def _hazard(
    cast: Cast,
    answer: str,
    *,
    red: bool,
    ago: int,
    due: int,
    closed: bool = False,
    away: bool = False,
    category: str = "TK",
) -> None:
    person, colour = cast.single(66), "红" if red else "黄"
    mode: dict[str, Any] = {} if category != "TK" else {"care_mode": "集中" if away else "分散"}
    register = cast.register(category, person, care_colour=colour, **mode)
    seen(
        cast,
        register,
        person,
        cast.clock.date_back(days=ago),
        colour,
        hazards='["用电"]',
        hazard_due_on=cast.clock.date_back(days=-due),
        hazard_closed_on=cast.clock.date_back(days=2) if closed else None,
    )
    state = "已销号" if closed else ("集中供养" if away else f"期限{due}日")
    cast.expect("E15", person, answer, "care", f"{category}{colour}色，{ago}日前发现隐患，{state}")


def unmatched(cast: Cast, count: int) -> None:
    """E16: a need registered sixteen days ago."""
    for number in range(count):
        person = cast.single(63)
        cast.register(("DB", "TK", "BY", "GX", "JC", "QT")[number % 6], person)
        _need(cast, person, 16 + number, "登记")
        cast.expect("E16", person, "yes", "care", f"需求登记{16 + number}日未匹配")
    for number in range(max(4, count // 2)):
        person, kind = cast.single(63), number % 4
        if kind != 3:
            cast.register("DB", person)
        _need(cast, person, 15 if kind == 0 else 40, ("登记", "已匹配", "取消", "登记")[kind])
        why = ("登记恰15日", "已匹配", "已取消", "不在库")[kind]
        cast.expect("E16", person, "no", "care", why)


def _need(cast: Cast, person: Person, ago: int, status: str) -> None:
    register = next((r for r in cast.registers if person in r.members), None)
    cast.add(
        "SA-SVC",
        need_no=cast.serial("XQ"),
        household_no=register_house(register.index) if register else person.house,
        id_no=person,
        kind="助洁",
        registered_on=cast.clock.date_back(days=ago),
        matched_on=cast.clock.date_back(days=ago - 4) if status == "已匹配" else None,
        status=status,
    )


HEATING = frozenset({"YL11"})


def not_heated(cast: Cast, count: int) -> None:
    """E17: on the register on 1 November and nothing paid by the end of the month."""
    last = cast.clock.year - (cast.clock.as_of <= date(cast.clock.year, 11, 30))
    for number in range(count):
        kind = number % 4
        person = _orphan(cast) if kind == 3 else cast.single(64, rural=number % 2 == 0)
        person.unpaid = HEATING
        if kind != 3:
            cast.register(("DB", "BY", "TK")[kind], person)
        cast.expect(
            "E17", person, "yes", "payment", ("低保", "边缘", "分散特困", "散居孤儿")[kind] + "无取暖救助"
        )
    for number in range(max(4, count // 2)):
        kind = number % 4
        person = cast.single(64)
        person.unpaid = frozenset() if kind == 0 else HEATING
        late: dict[int, dict[str, Any]] = {2: {"care_mode": "集中"}, 3: {"confirmed_on": date(last, 11, 2)}}
        cast.register(("DB", "GX", "TK", "DB")[kind], person, **late.get(kind, {}))
        why = ("已发取暖救助", "刚性家庭不在此列", "集中供养不在此列", "11月2日才认定")[kind]
        cast.expect("E17", person, "no", "payment", why)


def _orphan(cast: Cast) -> Person:
    house = cast.house()
    house.add(2, 67)
    child = house.add(1, 10, c.GRANDSON)
    allowed(cast, child, "孤儿", 120_000)
    return child


PLANTS = (struck_down, alone_and_frail, hazards_left, unmatched, not_heated)
