"""People of two neighbouring counties of whom only the residence records and the register, or the register alone, have
come: nearly everything about them is unknown, and the watch must not say yes.
"""

from wenhou.sandbox import crowd as c
from wenhou.sandbox.cast import Cast, Person

_SILENT = "所在县只交来户籍与在册档案，其余来源未覆盖"


def silent_county(cast: Cast, count: int) -> None:
    """Every indicator but A15 has somebody whose answer must be unknown."""
    for _ in range(max(2, count // 4)):
        _dibao_family(cast)
        _tekun_people(cast)
        _near_dibao(cast)
        _off_the_register(cast)
        _register_only(cast)


def _expect(cast: Cast, subject: object, *indicators: str) -> None:
    for indicator in indicators:
        cast.expect(indicator, subject, "unknown", "", _SILENT)


def _pair(cast: Cast, age: int) -> tuple[Person, Person]:
    return cast.house(county=cast.places.neighbours[0]).couple(age)


def _dibao_family(cast: Cast) -> None:
    husband, wife = _pair(cast, 45)
    register = cast.register("DB", husband, wife)
    _expect(cast, husband, "A01", "A02", "A04", "D10", "D11", "D13", "D14", "D15", "D16")
    _expect(cast, register, "A03", "A11", "A12", "A14", "A16", "A17")
    elder = cast.house(county=cast.places.neighbours[0]).add(1, 75)
    cast.register("DB", elder)
    _expect(cast, elder, "A08")


def _tekun_people(cast: Cast) -> None:
    old = cast.house(county=cast.places.neighbours[0]).add(1, 80)
    cast.register("TK", old)
    _expect(cast, old, "A10", "D17")
    young = cast.house(county=cast.places.neighbours[0]).add(2, 18)
    young.schooled = False
    cast.register("TK", young)
    _expect(cast, young, "A09")


def _near_dibao(cast: Cast) -> None:
    husband, wife = _pair(cast, 47)
    cast.register("BY", husband, wife)
    _expect(cast, wife, "D03", "D06", "D07")


def _off_the_register(cast: Cast) -> None:
    house = cast.house(county=cast.places.neighbours[0], rural=True)
    father, mother = house.couple(40)
    child = house.child(9, father, mother)
    house.child(6, father, mother, 2)
    _expect(cast, child, "A06", "A07")
    _expect(cast, father, "D01", "D02", "D04")
    _expect(cast, house, "A05", "A13", "D05", "D12")
    other = cast.house(county=cast.places.neighbours[0])
    one, two = other.couple(70)
    son = other.add(1, 38, c.SON, father=one, mother=two)
    _expect(cast, son, "D08", "D09")


def _register_only(cast: Cast) -> None:
    """The residence records of this county have not come: whether anybody moved away cannot be known."""
    house = cast.house(county=cast.places.neighbours[1])
    house.known = False
    husband, wife = house.couple(50)
    register = cast.register("DB", husband, wife)
    cast.expect("A15", register, "unknown", "residence", "所在县户籍数据未交来")


PLANTS = (silent_county,)
