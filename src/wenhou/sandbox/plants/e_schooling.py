"""E01–E07: pupils, students, children out of school, disabled children."""

from datetime import date, timedelta

from wenhou.sandbox.cast import Cast, Person
from wenhou.sandbox.days import months_after
from wenhou.sandbox.plants.props import (
    before_the_year,
    disabled,
    early_in_the_year,
    earn_in_a_year,
    yuan,
)

REGISTERED = ("DB", "TK", "BY", "GX", "JC")


def terms(cast: Cast) -> tuple[str, str]:
    """The term that runs and the one before."""
    year = cast.clock.year
    if cast.clock.as_of.month >= 9:
        return f"{year}秋", f"{year}春"
    return f"{year}春", f"{year - 1}秋"


def weeks_in(cast: Cast) -> bool:
    """Whether the term began 45 days ago or earlier."""
    began = date(cast.clock.year, 9 if cast.clock.as_of.month >= 9 else 3, 1)
    return (cast.clock.as_of - began).days >= 45


def studies(
    cast: Cast,
    person: Person,
    stage: str,
    *,
    status: str = "在读",
    cost: int = yuan(6000),
    entered: date | None = None,
) -> None:
    """Enrolled by a row of their own; cost: tuition and boarding of a year."""
    person.schooled = False
    cast.add(
        "DI34",
        id_no=person,
        student_no=cast.serial("XJ"),
        stage=stage,
        school="沙箱第二中学",
        school_kind="公办",
        grade="2",
        full_time=True,
        tuition=cost - yuan(600),
        boarding=yuan(600),
        enter_date=entered or cast.clock.date_back(14),
        status=status,
    )


def aided(cast: Cast, person: Person, term: str, fen: int = yuan(750), *, granted: bool = True) -> None:
    cast.add("DI35", id_no=person, term=term, kind="国家助学金", amount=fen, granted=granted)


def not_aided(cast: Cast, count: int) -> None:
    """E01: 45 days into the term and nothing granted."""
    now, before = terms(cast)
    season = "yes" if weeks_in(cast) else "no"
    for number in range(count):
        person = cast.single(20, sex=1 + number % 2)
        studies(cast, person, ("本科", "高职专科", "普高")[number % 3])
        cast.register(REGISTERED[number % 5], person)
        if number % 3 == 1:
            aided(cast, person, before)
        if number % 3 == 2:
            aided(cast, person, now, granted=False)
        why = ("无资助记录", "只有上学期资助", "申请未获批准")[number % 3]
        cast.expect("E01", person, season, "education", f"{REGISTERED[number % 5]}在读，{why}")
    for number in range(max(4, count // 2)):
        person, kind = cast.single(20), number % 4
        studies(cast, person, "本科", status="休学" if kind == 1 else "在读")
        if kind != 2:
            cast.register("QT" if kind == 3 else "DB", person)
        if kind == 0:
            aided(cast, person, now)
        why = ("本学期已获资助", "休学", "不在册", "其他困难不在此列")[kind]
        cast.expect("E01", person, "no", "education", why)


def new_students(cast: Cast, count: int) -> None:
    """E02: entered higher education 60 days ago or later."""
    for number in range(count):
        person = cast.single(19)
        entered = cast.clock.date_back(days=60 if number % 2 == 0 else 21)
        studies(cast, person, "本科" if number % 2 == 0 else "高职专科", entered=entered)
        aided(cast, person, terms(cast)[0])
        cast.register(REGISTERED[number % 5], person)
        cast.expect("E02", person, "yes", "education", "入学恰60日" if number % 2 == 0 else "高职新生")
    for number in range(max(3, count // 2)):
        person, kind = cast.single(19), number % 3
        studies(
            cast,
            person,
            "普高" if kind == 1 else "本科",
            entered=cast.clock.date_back(days=61 if kind == 0 else 30),
        )
        aided(cast, person, terms(cast)[0])
        if kind != 2:
            cast.register("DB", person)
        cast.expect("E02", person, "no", "education", ("入学61日", "高中新生", "不在册")[kind])


def child_of_one(cast: Cast, born: float | date, *, rural: bool = False) -> Person:
    """A child living with the mother; no school of its own accord."""
    house = cast.house(rural=rural)
    mother = house.add(2, 38)
    child = house.child(born, None, mother)
    child.schooled = False
    return child


def kept(cast: Cast, child: Person, state: str, term: str | None = None) -> None:
    """A report of DI36."""
    when = cast.clock.date_back(days=12)
    cast.add("DI36", id_no=child, term=term or terms(cast)[0], state=state, report_date=when)


def out_of_school(cast: Cast, count: int) -> None:
    """E03: six to fifteen and neither at school nor taught at home."""
    clock = cast.clock
    tomorrow = timedelta(days=1)
    for number in range(count):
        kind = number % 4
        born = (clock.date_back(6 * 12), months_after(clock.as_of, -16 * 12) + tomorrow, 11, 12)[kind]
        child = child_of_one(cast, born)
        if kind >= 2:
            kept(cast, child, "疑似辍学" if kind == 2 else "无法入学")
        if kind == 2:
            studies(cast, child, "小学")
        why = ("当日满6周岁，无学籍", "次日满16周岁，无学籍", "在读而疑似辍学", "无法入学")[kind]
        cast.expect("E03", child, "yes", "education", why)
    for number in range(max(4, count // 2)):
        kind = number % 4
        born = (months_after(clock.as_of, -6 * 12) + tomorrow, clock.date_back(16 * 12), 9, 10)[kind]
        child = child_of_one(cast, born)
        if kind == 2:
            kept(cast, child, "送教上门")
        if kind == 3:
            studies(cast, child, "小学")
        why = ("次日满6周岁", "当日满16周岁", "送教上门", "在读")[kind]
        cast.expect("E03", child, "no", "education", why)


def dear_schooling(cast: Cast, count: int) -> None:
    """E04: 10,000.00 a year beyond compulsory education, income a head below last year's disposable income."""
    line = cast.standards.disposable(False)
    now = terms(cast)[0]
    for number in range(count):
        person = cast.single(20)
        kind = number % 3
        studies(cast, person, "本科", cost=yuan(10000) + (1 if kind == 1 else 0))
        if kind == 1:
            aided(cast, person, now, 1)
        if kind == 2:
            earn_in_a_year(cast, person, line - 1)
        why = ("学费住宿费恰为10000.00元", "扣资助一分后恰为10000.00元", "人均收入差一分到可支配收入")[kind]
        cast.expect("E04", person.house, "yes", "education", why)
    for number in range(max(4, count // 2)):
        person, kind = cast.single(20), number % 4
        studies(cast, person, "初中" if kind == 2 else "本科", cost=yuan(10000))
        if kind == 0:
            aided(cast, person, now, 1)
        if kind == 1:
            earn_in_a_year(cast, person, line)
        if kind == 3:
            cast.register("BY", person)
        why = ("扣资助后差一分", "人均收入恰为可支配收入", "义务教育不计", "已在库")[kind]
        cast.expect("E04", person if kind == 3 else person.house, "no", "education", why)


def three_at_school(cast: Cast, count: int) -> None:
    """E05: three children at school, income below one and a half lines."""
    edge = cast.standards.line(False) * 15 * 12 * 4 // 10
    for number in range(count):
        mother = _mother_of_three(cast)
        if number % 2 == 0:
            earn_in_a_year(cast, mother, edge - 1)
        why = "三子女在读，人均差一分到1.5倍" if number % 2 == 0 else "三子女在读，无收入"
        cast.expect("E05", mother.house, "yes", "education", why)
    for number in range(max(3, count // 2)):
        kind = number % 3
        mother = _mother_of_three(cast, third="退学" if kind == 1 else "在读")
        if kind == 0:
            earn_in_a_year(cast, mother, edge)
        if kind == 2:
            cast.register("DB", *mother.house.people)
        why = ("人均恰为1.5倍低保标准", "第三名子女已退学", "已在库")[kind]
        cast.expect("E05", mother if kind == 2 else mother.house, "no", "education", why)


def _mother_of_three(cast: Cast, third: str = "在读") -> Person:
    house = cast.house()
    mother = house.add(2, 41)
    for age, stage in ((17, "普高"), (13, "初中"), (9, "小学")):
        studies(
            cast,
            house.child(age, None, mother),
            stage,
            status=third if age == 17 else "在读",
            cost=yuan(1400),
        )
    return mother


def disabled_not_taught(cast: Cast, count: int) -> None:
    """E06: gravely disabled children of school age, neither at school nor taught at home."""
    for number in range(count):
        child = child_of_one(cast, 8 + number % 5)
        disabled(cast, child, 1 + number % 2, "智力")
        cast.expect("E06", child, "yes", "disability", "重度残疾，未入学未送教")
        cast.expect("E03", child, "yes", "education", "重度残疾儿童无学籍、未送教")
    for number in range(max(4, count // 2)):
        kind = number % 4
        child = child_of_one(cast, cast.clock.date_back(16 * 12) if kind == 3 else 10)
        disabled(cast, child, 3 if kind == 2 else 2, "智力")
        if kind == 0:
            kept(cast, child, "送教上门")
        if kind == 1:
            studies(cast, child, "小学")
        why = ("送教上门", "在读", "三级残疾", "当日满16周岁")[kind]
        cast.expect("E06", child, "no", "disability", why)


def not_rehabilitated(cast: Cast, count: int) -> None:
    """E07: disabled children without a service for a year."""
    clock = cast.clock
    for number in range(count):
        kind = number % 4
        born = months_after(clock.as_of, -16 * 12) + timedelta(days=1) if kind == 3 else 4 + number % 3
        child = child_of_one(cast, born)
        disabled(cast, child, 1 + number % 4, "听力", issued=clock.date_back(14))
        _taught_if_old(cast, child)
        if kind == 1:
            _served(cast, child, before_the_year(cast))
        if kind == 2:
            _served(cast, child, early_in_the_year(cast), status="待服务")
        why = ("从无康复服务", "上次康复在12个月之前", "尚在等待", "次日满16周岁")[kind]
        cast.expect("E07", child, "yes", "disability", why)
    for number in range(max(4, count // 2)):
        kind = number % 4
        child = child_of_one(cast, clock.date_back(16 * 12) if kind == 1 else 5)
        if kind != 2:
            disabled(
                cast, child, 2, "听力", issued=clock.date_back(14), status="注销" if kind == 3 else "有效"
            )
        _taught_if_old(cast, child)
        if kind == 0:
            _served(cast, child, early_in_the_year(cast))
        why = ("12个月内已康复", "当日满16周岁", "无残疾证", "残疾证注销")[kind]
        cast.expect("E07", child, "no", "disability", why)


def _taught_if_old(cast: Cast, child: Person) -> None:
    if cast.clock.age(child.born) >= 6:
        studies(cast, child, "初中")


def _served(cast: Cast, child: Person, when: date, status: str = "已服务") -> None:
    cast.add("DI42", id_no=child, service="儿童康复", service_date=when, self_pay=0, status=status)


PLANTS = (
    not_aided,
    new_students,
    out_of_school,
    dear_schooling,
    three_at_school,
    disabled_not_taught,
    not_rehabilitated,
)
