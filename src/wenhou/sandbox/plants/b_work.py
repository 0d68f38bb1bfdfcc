"""B02–B06, B08, B14–B16: work, insurance and benefits of people."""

from datetime import timedelta

from wenhou.sandbox.cast import Cast, House, Person, Register
from wenhou.sandbox.plants.cases import (
    alone,
    benefit,
    employed,
    insured,
    jobless,
    of_register,
    outside,
    pensioned,
    planter,
    studies,
    two,
)
from wenhou.sandbox.plants.props import disabled, earn, months, not_yet, yuan


def _joined(cast: Cast, count: int = 3, *, category: str = "DB", identity: str = "单位职工") -> Person:
    person, _ = alone(cast, category)
    insured(cast, person, count, identity=identity)
    return person


def _with_a_gap(cast: Cast) -> Person:
    person, _ = alone(cast)
    insured(cast, person, 2, until=2)
    insured(cast, person, 1, until=1, paid=False)
    insured(cast, person, 1)
    return person


b02 = planter(
    "B02",
    "work",
    yes={
        "核查后新参保满3个月": _joined,
        "刚性家庭成员新参保满3个月": lambda cast: _joined(cast, category="GX"),
        "边缘家庭成员新参保4个月": lambda cast: _joined(cast, 4, category="BY"),
    },
    no={
        "只有2个月": lambda cast: _joined(cast, 2),
        "灵活就业参保": lambda cast: _joined(cast, identity="灵活就业"),
        "中间断缴一个月": _with_a_gap,
        "监测户不在此列": lambda cast: _joined(cast, category="JC"),
    },
)


def _first_paid(cast: Cast, counted: int, count: int = 2, *, told: int = 0, category: str = "DB") -> Person:
    """A resident's pension of the last so many months, `counted` beyond the central part; what the archive counted."""
    person, register = alone(cast, category, age=60.5, rural=True)
    for month in months(cast, count):
        cast.add(
            "DI12",
            id_no=person,
            month=month,
            amount=14_300 + counted,
            central_basic=14_300,
            local_basic=counted,
            personal=0,
            status="发放",
        )
    register.counted = {person: {"养老金": told}}
    return person


def _retired(cast: Cast, start: int, *, category: str = "GX") -> Person:
    """A pension of DI11 that began so many months before the last complete one."""
    person, register = alone(cast, category, age=60.5)
    pensioned(cast, person, yuan(200), start + 1, start=start)
    register.counted = {person: {"养老金": 0}}
    return person


def _retired_outside(cast: Cast) -> Person:
    person = outside(cast, 60.5)
    pensioned(cast, person, yuan(200), 3, start=2)
    return person


b03 = planter(
    "B03",
    "work",
    yes={
        "核查后首发居民养老金，每月恰为50.00元": lambda cast: _first_paid(cast, 5_000),
        "核查后起领职工养老金": lambda cast: _retired(cast, 2),
        "核查次月起领": lambda cast: _retired(cast, 3, category="QT"),
    },
    no={
        "每月差一分到50元": lambda cast: _first_paid(cast, 4_999),
        "档案已计养老金": lambda cast: _first_paid(cast, 8_000, told=16_000),
        "核查当月起领": lambda cast: _retired(cast, 4),
        "不在册": _retired_outside,
    },
)


def _paid_benefit(cast: Cast, *, category: str = "DB", told: int = 0, until: int = 0) -> Person:
    person, register = alone(cast, category)
    benefit(cast, person, yuan(300), 4, until=until, end=8)
    register.counted = {person: {"失业保险金": told}}
    return person


def _benefit_outside(cast: Cast) -> Person:
    person = outside(cast)
    benefit(cast, person, yuan(300), 4, end=8)
    return person


b04 = planter(
    "B04",
    "work",
    yes={
        "上月领取失业保险金，档案未计": _paid_benefit,
        "其他困难家庭成员，档案未计": lambda cast: _paid_benefit(cast, category="QT"),
    },
    no={
        "档案已计": lambda cast: _paid_benefit(cast, told=yuan(1200)),
        "上月已不再领取": lambda cast: _paid_benefit(cast, until=1),
        "不在册": _benefit_outside,
    },
)


def _ran_out(
    cast: Cast, *, end: int = 0, year: int = yuan(9612), age: int = 40, working: bool = False
) -> Person:
    """Benefits of twelve months that make so much together, entitled until so many months from the last one."""
    person = outside(cast, age)
    for number, month in enumerate(months(cast, 12)):
        cast.add(
            "DI16",
            id_no=person,
            kind="失业保险金",
            month=month,
            amount=year // 12 + (year % 12 if number == 11 else 0),
            entitle_end=cast.clock.last_month + end,
        )
    if working:
        employed(cast, person, start=cast.clock.date_back(0, 5))
    return person


def _sixty(cast: Cast) -> Person:
    person = _ran_out(cast)
    person.born = cast.clock.date_back(60 * 12)
    return person


def _line_and_half(cast: Cast) -> int:
    return cast.standards.line(False) * 18


b05 = planter(
    "B05",
    "work",
    yes={
        "失业金上月期满，未再就业": _ran_out,
        "人均可见收入差一分到1.5倍标准": lambda cast: _ran_out(cast, year=_line_and_half(cast) - 1),
    },
    no={
        "人均可见收入恰为1.5倍标准": lambda cast: _ran_out(cast, year=_line_and_half(cast)),
        "已灵活就业在岗": lambda cast: _ran_out(cast, working=True),
        "上上月期满": lambda cast: _ran_out(cast, end=-1),
        "本月才期满": lambda cast: _ran_out(cast, end=1),
        "当日满60周岁": _sixty,
    },
)


def _all_jobless(cast: Cast) -> House:
    person = outside(cast, 45)
    jobless(cast, person, cast.clock.date_back(6))
    return person.house


def _couple_jobless(cast: Cast) -> Register:
    one, other, register = two(cast, "GX", 52)
    for member in (one, other):
        jobless(cast, member, cast.clock.date_back(8))
    return register


def _one_disabled(cast: Cast) -> House:
    one, other = cast.house().couple(48)
    jobless(cast, one, cast.clock.date_back(7))
    disabled(cast, other, 1)
    return one.house


def _one_studies(cast: Cast) -> House:
    house = cast.house()
    mother = house.add(2, 44)
    child = house.child(19.5, None, mother)
    jobless(cast, mother, cast.clock.date_back(7))
    studies(cast, child, yuan(5000), kind="公办")
    return house


def _just_jobless(cast: Cast) -> House:
    person = outside(cast, 45)
    jobless(cast, person, not_yet(cast, 6))
    return person.house


def _one_not_registered(cast: Cast) -> House:
    one, _ = cast.house().couple(48)
    jobless(cast, one, cast.clock.date_back(9))
    return one.house


def _on_dibao(cast: Cast) -> Register:
    person, register = alone(cast)
    jobless(cast, person, cast.clock.date_back(9))
    return register


def _cancelled(cast: Cast) -> House:
    person = outside(cast, 45)
    jobless(cast, person, cast.clock.date_back(9), status="注销")
    return person.house


b06 = planter(
    "B06",
    "work",
    yes={
        "唯一劳动力登记失业恰满6个月": _all_jobless,
        "夫妻均登记失业": _couple_jobless,
        "一人登记失业，另一人重残": _one_disabled,
        "母亲登记失业，子女在读": _one_studies,
    },
    no={
        "差一日满6个月": _just_jobless,
        "配偶未登记失业": _one_not_registered,
        "已是低保": _on_dibao,
        "登记已注销": _cancelled,
        "没有劳动年龄成员": lambda cast: outside(cast, 66).house,
    },
)


def _earned_once(cast: Cast, back: int) -> Person:
    """Pay in one month only, so many complete months back (1: the last)."""
    person = outside(cast)
    earn(cast, person, cast.clock.last_month - back + 1, yuan(2000), item="劳务报酬")
    return person


def _out_of_work(cast: Cast, *, age: int = 40) -> Person:
    person = outside(cast, age)
    for month in months(cast, 9, until=3):
        earn(cast, person, month, yuan(1800), item="劳务报酬")
    return person


def _a_fen_of_late(cast: Cast) -> Person:
    person = _out_of_work(cast)
    earn(cast, person, cast.clock.last_month - 2, 1, item="劳务报酬")
    return person


def _with_benefit(cast: Cast) -> Person:
    person = _out_of_work(cast)
    benefit(cast, person, yuan(1200), 3, end=5)
    return person


def _at_work(cast: Cast) -> Person:
    person = _out_of_work(cast)
    employed(cast, person)
    return person


def _sixty_and_idle(cast: Cast) -> Person:
    person = _out_of_work(cast)
    person.born = cast.clock.date_back(60 * 12)
    return person


def _idle_on_dibao(cast: Cast) -> Person:
    person = _out_of_work(cast)
    of_register(cast, "DB", person)
    return person


b08 = planter(
    "B08",
    "work",
    yes={
        "近3个月无收入，此前9个月有": _out_of_work,
        "只有4个月前有收入": lambda cast: _earned_once(cast, 4),
        "只有12个月前有收入": lambda cast: _earned_once(cast, 12),
    },
    no={
        "收入在13个月前": lambda cast: _earned_once(cast, 13),
        "近3个月有一分收入": _a_fen_of_late,
        "领取失业保险金": _with_benefit,
        "就业登记在岗": _at_work,
        "当日满60周岁": _sixty_and_idle,
        "已是低保": _idle_on_dibao,
    },
)


def _refused(
    cast: Cast, times: int, *, able: bool = True, category: str = "DB", status: str = "登记"
) -> Person:
    person, register = alone(cast, category, work_able=able)
    register.quiet = category == "DB"
    jobless(cast, person, cast.clock.date_back(3), refusals=times, status=status)
    return person


b14 = planter(
    "B14",
    "work",
    yes={
        "连续3次拒绝介绍工作": lambda cast: _refused(cast, 3),
        "连续4次拒绝介绍工作": lambda cast: _refused(cast, 4),
    },
    no={
        "连续2次": lambda cast: _refused(cast, 2),
        "没有劳动能力": lambda cast: _refused(cast, 3, able=False),
        "不是低保": lambda cast: _refused(cast, 3, category="BY"),
        "失业登记已注销": lambda cast: _refused(cast, 3, status="注销"),
    },
)


def _post(
    cast: Cast,
    days: int,
    *,
    category: str = "BY",
    kind: str = "公益性岗位",
    status: str = "在岗",
    again: bool = False,
) -> Person:
    """A post that ends in so many days."""
    person, register = alone(cast, category, rural=category == "JC")
    register.quiet = category != "BY"
    employed(cast, person, kind, end=cast.clock.as_of + timedelta(days=days), status=status)
    if again:
        employed(cast, person, "单位就业", start=cast.clock.date_back(0, 3))
    return person


b15 = planter(
    "B15",
    "work",
    yes={
        "公益性岗位30日后到期": lambda cast: _post(cast, 30),
        "公益性岗位当日到期": lambda cast: _post(cast, 0, category="GX"),
        "公益性岗位已期满": lambda cast: _post(cast, -12, category="JC", status="期满"),
    },
    no={
        "31日后到期": lambda cast: _post(cast, 31),
        "已有新的就业登记": lambda cast: _post(cast, 10, again=True),
        "单位就业，不是公益性岗位": lambda cast: _post(cast, 10, kind="单位就业"),
        "低保成员不在此列": lambda cast: _post(cast, 10, category="DB"),
    },
)


def _official(
    cast: Cast, until: int, *, kind: str = "机关事业养老", paid: bool = True, category: str = "DB"
) -> Person:
    """One month's contribution, so many complete months left out after it."""
    person, register = alone(cast, category)
    register.quiet = category == "DB"
    insured(cast, person, 1, until=until, insure_kind=kind, paid=paid)
    return person


b16 = planter(
    "B16",
    "work",
    yes={
        "上月以机关事业单位参保": lambda cast: _official(cast, 0),
        "近3个月的头一个月参保": lambda cast: _official(cast, 2),
    },
    no={
        "4个月前参保": lambda cast: _official(cast, 3),
        "未缴": lambda cast: _official(cast, 0, paid=False),
        "职工养老": lambda cast: _official(cast, 0, kind="职工养老"),
        "不是低保": lambda cast: _official(cast, 0, category="BY"),
    },
)

PLANTS = (b02, b03, b04, b05, b06, b08, b14, b15, b16)
