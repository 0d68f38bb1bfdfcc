"""B and C about people of a county of which only the residence records and the register have come: unknown."""

from wenhou.sandbox.cast import Cast, Person, Register
from wenhou.sandbox.lives.earned import yuan as told
from wenhou.sandbox.plants.props import yuan

_SILENT = "所在县只交来户籍与在册档案，其余来源未覆盖"
OF_DIBAO = ("B01", "C01", "C03", "C04", "C05", "C06", "C07", "C08", "C09", "C10", "C11", "C13", "C14", "C15")
OF_DIBAO_MEMBERS = ("B02", "B03", "B04", "B14", "B16", "C12")


def silent(cast: Cast, count: int) -> None:
    """All but B13, which rests on the register alone."""
    for _ in range(max(2, count // 4)):
        _on_the_register(cast)
        _near_it(cast)
        _outside(cast)
        _refused(cast)


def _unknown(cast: Cast, subject: object, *indicators: str) -> None:
    for indicator in indicators:
        cast.expect(indicator, subject, "unknown", "", _SILENT)


def _pair(cast: Cast, age: int, *, rural: bool = False) -> tuple[Person, Person]:
    return cast.house(county=cast.places.neighbours[0], rural=rural).couple(age)


def _single(cast: Cast, age: int, *, rural: bool = False) -> Person:
    return cast.house(county=cast.places.neighbours[0], rural=rural).add(1, age)


def _registered(cast: Cast, category: str, *members: Person) -> Register:
    register = cast.register(category, *members)
    register.quiet = True
    return register


def _on_the_register(cast: Cast) -> None:
    husband, wife = _pair(cast, 44)
    _unknown(cast, _registered(cast, "DB", husband, wife), *OF_DIBAO)
    _unknown(cast, husband, *OF_DIBAO_MEMBERS)
    farmer = _single(cast, 52, rural=True)
    _unknown(cast, _registered(cast, "DB", farmer), "B17", "C02")
    elder, child = _single(cast, 84), _single(cast, 60)
    child.father = elder
    register = _registered(cast, "DB", elder)
    kept = {
        "supporter_kinship": "子女",
        "supporter_household_income_12m": told(yuan(30_000)),
        "paid_support": told(yuan(200)),
    }
    register.supporters = [{"id_no": child} | kept]
    _unknown(cast, register, "C16")


def _near_it(cast: Cast) -> None:
    husband, wife = _pair(cast, 46)
    _unknown(cast, _registered(cast, "BY", husband, wife), "B07", "B10")
    _unknown(cast, husband, "B15")
    _unknown(cast, _registered(cast, "JC", _single(cast, 50, rural=True)), "B11")


def _outside(cast: Cast) -> None:
    person = _single(cast, 41)
    _unknown(cast, person, "B05", "B08")
    _unknown(cast, person.house, "B06", "B09")
    _unknown(cast, _single(cast, 77).house, "B12")


def _refused(cast: Cast) -> None:
    person = _single(cast, 43)
    line = cast.standards.lines()[1]
    cast.register(
        "未获批",
        person,
        applied_on=cast.clock.date_back(9),
        refused_on=cast.clock.date_back(8),
        refused_reason="财产超过标准：机动车",
        pci_determined=line // 2,
    )
    _unknown(cast, person.house, "C17")


PLANTS = (silent,)
