"""A08–A10: support in extreme difficulty."""

from datetime import timedelta

from wenhou.sandbox import crowd as c
from wenhou.sandbox.cast import Cast, Person
from wenhou.sandbox.days import months_after
from wenhou.sandbox.plants.props import (
    allowed,
    disabled,
    earn_in_a_year,
    employee_pension,
    months,
    registered,
    resident_pension,
    yuan,
)


def lonely_elder(cast: Cast, count: int) -> None:
    """A08: sixty, nobody to support, income below the line."""
    for number in range(count):
        rural = number % 2 == 1
        line = cast.standards.line(rural)
        person = cast.single(68, sex=1 + number % 2, rural=rural)
        kind = number % 4
        if kind == 0:
            person.born = cast.clock.date_back(60 * 12)
            employee_pension(cast, person, line - 1)
        elif kind == 1:
            resident_pension(cast, person, line - 1)
        elif kind == 2:
            _widowed(cast, person)
            _merit(cast, person)
        else:
            _tekun_child(cast, person)
        cast.register(("DB", "BY", "GX", "JC")[kind], person)
        why = (
            "当日满60周岁，月收入差一分到低保标准",
            "居民养老金扣中央基础后差一分到标准",
            "丧偶无子女，抚恤金与高龄津贴不计",
            "唯一子女为特困",
        )[kind]
        cast.expect("A08", person, "yes", "support", why)
    for number in range(max(6, count // 2)):
        _supported_elder(cast, number % 6)


def _supported_elder(cast: Cast, kind: int) -> None:
    person = cast.single(68)
    if kind == 0:
        employee_pension(cast, person, cast.standards.line(False))
    elif kind == 1:
        person.born = months_after(cast.clock.as_of, -60 * 12) + timedelta(days=1)
    elif kind == 2:
        cast.single(40, sex=2).father = person
    elif kind == 3:
        wife = cast.single(66, sex=2)
        person.spouse, wife.spouse = wife, person
    if kind != 5:
        cast.register("TK" if kind == 4 else "DB", person)
    why = ("月收入恰为低保标准", "差一日满60周岁", "有成年子女", "配偶健在", "已是特困", "不在库")[kind]
    cast.expect("A08", person, "no", "support", why)


def _widowed(cast: Cast, person: Person) -> None:
    partner = cast.single(70, sex=3 - person.sex)
    person.spouse, partner.spouse = partner, person
    partner.dies(cast.clock.date_back(25))


def _merit(cast: Cast, person: Person) -> None:
    for month in months(cast):
        cast.add("DI40", id_no=person, kind="在乡复员", month=month, amount=yuan(1300), status="发放")
    allowed(cast, person, "高龄津贴", 27_000)


def _tekun_child(cast: Cast, person: Person) -> None:
    child = cast.single(45, rural=True)
    if person.sex == 1:
        child.father = person
    else:
        child.mother = person
    disabled(cast, child, 1, "智力")
    cast.register("TK", child)


def grown_up(cast: Cast, count: int) -> None:
    """A09: supported as a minor, now of age and not at school."""
    clock = cast.clock
    for number in range(count):
        person = _teenager(cast, number)
        kind = number % 3
        if kind == 1:
            _at_school(cast, person, "本科")
        if kind == 2:
            _at_school(cast, person, "普高", "退学")
        cast.expect(
            "A09", person, "yes", "support", ("当日满18周岁，未在读", "读本科不属续保学段", "已退学")[kind]
        )
    for number in range(max(4, count // 2)):
        kind = number % 4
        person = _teenager(cast, number)
        if kind == 0:
            person.born = months_after(clock.as_of, -18 * 12) + timedelta(days=1)
        if kind in (1, 2):
            _at_school(cast, person, ("", "普高", "中职")[kind])
        if kind == 3:
            person.born = clock.date_back(40 * 12)
        why = ("差一日满18周岁", "普高在读", "中职在读", "认定时已成年")[kind]
        cast.expect("A09", person, "no", "support", why)


def _teenager(cast: Cast, number: int) -> Person:
    person = cast.single(cast.clock.date_back(18 * 12), sex=1 + number % 2)
    person.schooled = False
    cast.register("TK", person)
    return person


def _at_school(cast: Cast, person: Person, stage: str, status: str = "在读") -> None:
    cast.add(
        "DI34",
        id_no=person,
        student_no=cast.serial("XJ"),
        stage=stage,
        school="沙箱第二中学",
        school_kind="公办",
        grade="3",
        full_time=True,
        tuition=yuan(800),
        boarding=yuan(400),
        enter_date=cast.clock.date_back(25),
        status=status,
    )


def supporter_found(cast: Cast, count: int) -> None:
    """A10: married since, or an adult child who earns last year's disposable income."""
    line = cast.standards.disposable(False)
    for number in range(count):
        person = cast.single(78, sex=1 + number % 2)
        cast.register("TK", person)
        kind = number % 3
        if kind == 0:
            registered(cast, "结婚", person, cast.single(70, sex=3 - person.sex), cast.clock.date_back(4))
        else:
            child = _child_of(cast, person, 40)
            if kind == 2:
                child.born = months_after(cast.clock.as_of, -70 * 12) + timedelta(days=1)
                person.born = cast.clock.date_back(95 * 12)
            earn_in_a_year(cast, child, line)
        why = ("认定后登记结婚", f"成年子女年收入恰为{line / 100:.2f}元", "子女次日满70周岁，收入达标")[kind]
        cast.expect("A10", person, "yes", "support", why)
    for number in range(max(4, count // 2)):
        kind = number % 4
        person = cast.single(95)
        cast.register("TK", person)
        if kind == 3:
            registered(cast, "结婚", person, cast.single(80, sex=2), cast.clock.date_back(30))
        else:
            child = _child_of(cast, person, 45)
            earn_in_a_year(cast, child, line - 1 if kind == 0 else line)
            if kind == 1:
                disabled(cast, child, 2)
            if kind == 2:
                child.born = cast.clock.date_back(70 * 12)
        why = ("子女年收入差一分", "子女重残", "子女当日满70周岁", "认定之前结婚")[kind]
        cast.expect("A10", person, "no", "support", why)


def _child_of(cast: Cast, person: Person, age: int) -> Person:
    child = cast.house().add(1, age, c.HEAD)
    if person.sex == 1:
        child.father = person
    else:
        child.mother = person
    return child


PLANTS = (lonely_elder, grown_up, supporter_found)
