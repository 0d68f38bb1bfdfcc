"""A15–A17: registration moved, permits and visits, journeys abroad."""

from datetime import date

from wenhou.sandbox.cast import Cast, Person
from wenhou.sandbox.crowd import HEAD, RELATIONS
from wenhou.sandbox.plants.props import abroad, authorised, not_yet, visited


def moved_away(cast: Cast, count: int) -> None:
    """A15: the registration went to another county 30 days ago or earlier, nothing was handed over."""
    for number in range(count):
        one, two = cast.house(rural=number % 2 == 0).couple(43)
        register = cast.register(("DB", "BY", "TK", "GX")[number % 4], one, two)
        _moves(cast, two, cast.clock.date_back(days=30 + 40 * (number % 2)), cast.places.neighbours[0])
        cast.expect("A15", register, "yes", "residence", "户籍迁出本县满30日，未转接")
    for number in range(max(2, count // 2)):
        one, two = cast.house().couple(43)
        register = cast.register("DB", one, two)
        if number % 2:
            _moves(cast, two, cast.clock.date_back(4), cast.places.county)
        else:
            _moves(cast, two, cast.clock.date_back(days=29), cast.places.neighbours[0])
        cast.expect("A15", register, "no", "residence", "县内迁移" if number % 2 else "迁出29日")


def _moves(cast: Cast, person: Person, when: date, county: str) -> None:
    """Out of the old household and into one of their own in another village; still living where they did."""
    old = person.house
    new = cast.house(county=county)
    new.lives, new.here, new.rural = old.lives, True, old.rural
    old.people.remove(person)
    new.people.append(person)
    person.house, person.relation, person.hukou = new, HEAD, new.place
    moves = {"from_division": cast.places.county, "to_division": county, "split_date": when}
    for house, since, until in ((old, person.born, when), (new, when, None)):
        cast.add(
            "DI02",
            household_no=house,
            id_no=person,
            relation_to_head=RELATIONS[HEAD],
            move_in_date=since,
            move_out_date=until,
            **moves,
        )


def living_away(cast: Cast, count: int) -> None:
    """A16: a permit of another county for six months, or missed at the last two visits."""
    clock, away = cast.clock, cast.places.neighbours[1]
    for number in range(count):
        person = cast.single(56, rural=number % 2 == 0)
        register = cast.register(("DB", "TK", "BY")[number % 3], person)
        if number % 2:
            _permit(cast, person, clock.date_back(6), away)
        else:
            for back, met in ((7, True), (3, False), (1, False)):
                visited(cast, register, person, clock.date_back(back), met=met)
        why = "异县居住证恰满6个月" if number % 2 else "连续两次走访未见本人"
        cast.expect("A16", register, "yes", "residence", why)
    for number in range(max(5, count // 2)):
        person = cast.single(56)
        kind = number % 5
        register = cast.register("GX" if kind == 4 else "DB", person)
        if kind == 0:
            _permit(cast, person, not_yet(cast, 6), away)
        elif kind == 1:
            _permit(cast, person, clock.date_back(14), away, expired=True)
        elif kind == 2:
            _permit(cast, person, clock.date_back(14), cast.places.county)
        else:
            for back, met in ((5, False), (3, kind == 3), (1, False)):
                visited(cast, register, person, clock.date_back(back), met=met)
        why = ("差一日满6个月", "居住证已失效", "县内居住登记", "两次未见之间曾见", "刚性家庭不在此列")[kind]
        cast.expect("A16", register, "no", "residence", why)


def _permit(cast: Cast, person: Person, since: date, county: str, *, expired: bool = False) -> None:
    cast.add(
        "DI04",
        id_no=person,
        permit_no=cast.serial("JZ"),
        reside_addr="外县某处",
        division_code=cast.places.rows_of[county][0],
        reg_date=since,
        valid_to=cast.clock.date_back(2) if expired else cast.clock.date_back(-30),
        status="失效" if expired else "有效",
    )


def often_abroad(cast: Cast, count: int) -> None:
    """A17: two journeys, or thirty days abroad, within twelve months."""
    clock = cast.clock
    for number in range(count):
        person = cast.single(42)
        register = cast.register("DB", person)
        auth = authorised(cast, person)
        kind = number % 3
        if kind == 0:
            for back in (9, 4):
                abroad(cast, person, auth, clock.date_back(back), clock.date_back(back, -5))
        elif kind == 1:
            abroad(cast, person, auth, clock.date_back(5), clock.date_back(5, -30))
        else:
            abroad(cast, person, auth, clock.date_back(days=30), None)
        why = ("12个月内出境2次", "境外恰30日", "未归，至扫描日恰30日")[kind]
        cast.expect("A17", register, "yes", "residence", why)
    for number in range(max(4, count // 2)):
        person = cast.single(42)
        kind = number % 4
        register = cast.register("BY" if kind == 2 else "DB", person)
        auth = authorised(cast, person)
        if kind == 0:
            abroad(cast, person, auth, clock.date_back(5), clock.date_back(5, -29))
        elif kind == 1:
            abroad(cast, person, auth, clock.date_back(12, 1), clock.date_back(12, -10))
            abroad(cast, person, auth, clock.date_back(4), clock.date_back(4, -5))
        elif kind == 2:
            for back in (9, 4):
                abroad(cast, person, auth, clock.date_back(back), clock.date_back(back, -5))
        else:
            abroad(cast, person, auth, clock.date_back(days=29), None)
        why = ("境外29日", "其一在12个月又一日之前", "不是低保家庭", "未归29日")[kind]
        cast.expect("A17", register, "no", "residence", why)


PLANTS = (moved_away, living_away, often_abroad)
