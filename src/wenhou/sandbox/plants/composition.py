"""A11–A14: weddings, divorces, widowhood, births."""

from datetime import timedelta

from wenhou.sandbox import crowd as c
from wenhou.sandbox.cast import Cast, House, Person
from wenhou.sandbox.plants.props import not_yet, registered, wage

_REVIEW = 5  # months ago, the default of a planted register household


def newly_wed(cast: Cast, count: int) -> None:
    """A11: married since the review, the spouse not among the members, more than 30 days ago."""
    clock = cast.clock
    for number in range(count):
        person, spouse = _bride_and_groom(cast)
        register = cast.register(("DB", "BY", "GX")[number % 3], person)
        registered(cast, "结婚", person, spouse, clock.date_back(days=31 + 25 * (number % 2)))
        cast.expect("A11", register, "yes", "composition", "最近核查后结婚31日以上，配偶未申报")
    for number in range(max(4, count // 2)):
        person, spouse = _bride_and_groom(cast)
        kind = number % 4
        members = (person, spouse) if kind == 1 else (person,)
        register = cast.register(
            "TK" if kind == 3 else "DB", *members, last_review_on=clock.date_back(_REVIEW)
        )
        when = (clock.date_back(days=30), clock.date_back(3), clock.date_back(_REVIEW), clock.date_back(30))[
            kind
        ]
        registered(cast, "结婚", person, spouse, when)
        why = ("结婚恰30日", "配偶已是成员", "核查当日结婚", "不在低保、边缘、刚性之列且早已结婚")[kind]
        cast.expect("A11", register, "no", "composition", why)


def _bride_and_groom(cast: Cast) -> tuple[Person, Person]:
    """Married, still registered apart."""
    person, spouse = cast.single(33), cast.single(31, sex=2)
    person.spouse, spouse.spouse = spouse, person
    return person, spouse


def parted_on_paper(cast: Cast, count: int) -> None:
    """A12: divorced or widowed since the review, the former spouse still among the members."""
    clock = cast.clock
    for number in range(count):
        one, two = cast.house(rural=number % 2 == 0).couple(52)
        register = cast.register(("DB", "BY", "GX", "JC")[number % 4], one, two)
        if number % 2:
            one.spouse = two.spouse = None
            registered(cast, "离婚", one, two, clock.date_back(_REVIEW) + timedelta(days=1))
        else:
            two.dies(clock.date_back(2))
        cast.expect(
            "A12",
            register,
            "yes",
            "composition",
            "核查后次日离婚仍同户" if number % 2 else "核查后丧偶仍列成员",
        )
    for number in range(max(3, count // 2)):
        one, two = cast.house().couple(52)
        kind = number % 3
        one.spouse = two.spouse = None
        members = (one, two) if kind == 0 else (one,)
        listed = cast.register("DB", *members) if kind < 2 else None
        registered(cast, "离婚", one, two, clock.date_back(_REVIEW if kind == 0 else 2))
        why = ("核查当日离婚", "前配偶已不在成员中", "不在册")[kind]
        cast.expect("A12", listed or one.house, "no", "composition", why)


def lone_parent(cast: Cast, count: int) -> None:
    """A13: divorced or widowed within twelve months with two minors and little visible income."""
    clock = cast.clock
    edge = cast.standards.line(False) * 9 // 2
    for number in range(count):
        house, mother, father = _mother_of(cast, 2)
        kind = number % 3
        if kind == 0:
            father.dies(clock.date_back(5))
        else:
            mother.spouse = father.spouse = None
            registered(cast, "离婚", mother, father, clock.date_back(12))
        if kind == 2:
            wage(cast, mother, edge - 1)
        why = ("丧偶", "恰于12个月前离婚", "恰于12个月前离婚，人均差不到一分至1.5倍")[kind]
        cast.expect("A13", house, "yes", "composition", why + "，未成年子女2人")
    for number in range(max(5, count // 2)):
        kind = number % 5
        house, mother, father = _mother_of(cast, 1 if kind == 1 else 2)
        mother.spouse = father.spouse = None
        when = clock.date_back(12, 1) if kind == 0 else clock.date_back(6)
        registered(cast, "离婚", mother, father, when)
        if kind == 2:
            wage(cast, mother, edge)
        if kind == 3:
            cast.register("DB", *house.people)
        if kind == 4:
            house.people[-1].born = clock.date_back(18 * 12)
        why = ("12个月又一日前离婚", "只有1名未成年人", "人均恰为1.5倍", "已在库", "其一当日满18周岁")[kind]
        cast.expect("A13", mother if kind == 3 else house, "no", "composition", why)


def _mother_of(cast: Cast, children: int) -> tuple[House, Person, Person]:
    father = cast.single(37)
    house = cast.house()
    mother = house.add(2, 35)
    mother.spouse, father.spouse = father, mother
    for number in range(children):
        house.child(6 + 3 * number, father, mother, 1 + number % 2)
    return house, mother, father


def newborn(cast: Cast, count: int) -> None:
    """A14: a child of a member of a Dibao household, three months old and not among the members."""
    born = cast.clock.date_back(3)
    for number in range(count):
        one, two, child = _with_baby(cast, born - timedelta(days=20 * (number % 3)))
        register = cast.register("DB", one, two)
        cast.expect("A14", register, "yes", "composition", f"出生{child.born}，满3个月未增保")
    for number in range(max(3, count // 2)):
        kind = number % 3
        one, two, child = _with_baby(cast, not_yet(cast, 3) if kind == 0 else born)
        members = (one, two, child) if kind == 1 else (one, two)
        register = cast.register("BY" if kind == 2 else "DB", *members)
        cast.expect("A14", register, "no", "composition", ("差一日满3个月", "已增保", "不是低保家庭")[kind])


def _with_baby(cast: Cast, born: object) -> tuple[Person, Person, Person]:
    house = cast.house()
    one, two = house.couple(30)
    child = house.add(2, born, c.DAUGHTER, father=one, mother=two)  # type: ignore[arg-type]
    cast.add(
        "DI33",
        cert_no=cast.serial("CS"),
        kind="出生",
        mother_id=two,
        newborn_id=child,
        event_date=child.born,
    )
    return one, two, child


PLANTS = (newly_wed, parted_on_paper, lone_parent, newborn)
