"""A01–A05: deaths among people on the register, prison and detoxification."""

from datetime import date, timedelta

from wenhou.sandbox import crowd as c
from wenhou.sandbox.cast import Cast, Person, Register
from wenhou.sandbox.days import date_of, first_of_month, months_after
from wenhou.sandbox.plants.props import (
    cased,
    disabled,
    imprisoned,
    in_detoxification,
    wage,
)
from wenhou.sandbox.tables import register_house


def _two(cast: Cast, category: str, *, rural: bool = False, **extra: object) -> tuple[Person, Register]:
    """A mother and a grown son on the register; the mother is returned."""
    house = cast.house(rural=rural)
    mother = house.add(2, 71)
    son = house.add(1, 44, c.SON, mother=mother)
    return mother, cast.register(category, mother, son, **extra)


def died_on_the_register(cast: Cast, count: int) -> None:
    """A01: each source alone is enough."""
    for number in range(count):
        kind = number % 5
        mother, _ = _two(cast, ("DB", "BY", "TK", "GX", "DB")[kind])
        when = cast.clock.date_back(days=12 + number % 20)
        rows = ("DI03", "DI33", "DI45", "DI03;DI33;DI45", "DI03")[kind]
        if kind == 4:
            _declared_missing(cast, mother, when)
        else:
            mother.dies(
                cast.clock.as_of if kind == 0 else when,
                police=kind in (0, 3),
                health=kind in (1, 3),
                funeral=2 if kind in (2, 3) else None,
            )
        error = {1: "missing_death_in_one_source", 2: "missing_death_in_one_source"}.get(kind)
        why = ("当日死亡，公安注销", "只有死亡医学证明", "只有火化记录", "三源俱在", "宣告失踪")[kind]
        cast.expect("A01", mother, "yes", "death", why, error=error, rows=rows)
    for number in range(max(4, count // 2)):
        kind = number % 4
        extra: dict[str, object] = {}
        mother, register = _two(cast, "JC" if kind == 1 else "DB", rural=kind == 1)
        when = cast.clock.date_back(days=25)
        if kind == 0:
            extra = {"status": {mother: "退出"}, "exit_on": {mother: cast.clock.date_back(days=5)}}
            register.extra.update(extra)
            cased(cast, register, "减发", when, cast.clock.date_back(days=5))
        if kind == 3:
            register.members.remove(mother)
        if kind == 2:
            _cancelled(cast, mother, when, "出国定居")
        else:
            mother.dies(when)
        why = ("已办退出", "监测对象不在此列", "出国定居不是死亡", "从未在册")[kind]
        cast.expect("A01", mother, "no", "death", why)


def _declared_missing(cast: Cast, person: Person, when: date) -> None:
    _cancelled(cast, person, when, "宣告失踪")


def _cancelled(cast: Cast, person: Person, when: date, reason: str) -> None:
    person.listed = False
    cast.add("DI03", id_no=person, cancel_date=when, cancel_reason=reason)


def paid_after_death(cast: Cast, count: int) -> None:
    """A02: payments for months after the month of death."""
    for number in range(count):
        person = cast.single(76, sex=1 + number % 2)
        cast.register("TK" if number % 2 else "DB", person)
        months = 1 + number % 2
        when = date_of(first_of_month(cast.clock.last_month - months) + 9)
        person.dies(when, police=number % 3 != 2)
        person.paid_months_after_death = months
        error = "missing_death_in_one_source" if number % 3 == 2 else None
        cast.expect(
            "A02", person, "yes", "death", f"死亡后又发放{months}个月", error=error, rows="SA-PAY;DI03;DI45"
        )
    for number in range(max(2, count // 2)):
        person = cast.single(76)
        register = cast.register("DB", person)
        person.dies(date_of(first_of_month(cast.clock.last_month - 1) + 9))
        if number % 2:
            _failed_payment(cast, register, person)
        why = ("只发到死亡当月", "死亡次月的发放失败")[number % 2]
        cast.expect("A02", person, "no", "death", why)


def _failed_payment(cast: Cast, register: Register, person: Person) -> None:
    month = cast.clock.last_month
    when = date_of(first_of_month(month) + 9)
    cast.add(
        "SA-PAY",
        payment_no=cast.serial("FF"),
        household_no=register_house(register.index),
        id_no=person,
        item="YL01",
        month=month,
        amount=56500,
        fund="JZZJ01",
        account_masked="6217****0000",
        sent_on=when,
        pay_status="失败",
        status_on=when + timedelta(days=2),
        reason="账户已冻结",
    )


def _three_months_edge(cast: Cast) -> tuple[date, date]:
    """The last day of death that is overdue, and the first that is not."""
    when = cast.clock.date_back(3)
    while months_after(when, 3) < cast.clock.as_of:
        when += timedelta(days=1)
    return when - timedelta(days=1), when


def review_overdue(cast: Cast, count: int) -> None:
    """A03: three months and a day after the death nothing has been settled."""
    overdue, in_time = _three_months_edge(cast)
    for number in range(count):
        mother, register = _two(cast, "DB")
        mother.dies(overdue - timedelta(days=number % 3), police=True)
        cast.expect("A03", register, "yes", "death", "死亡满3个月又一日，未办结增减停")
    for number in range(max(3, count // 2)):
        kind = number % 3
        mother, register = _two(cast, "BY" if kind == 2 else "DB")
        mother.dies(in_time if kind == 0 else overdue)
        if kind == 1:
            cased(cast, register, "减发", overdue + timedelta(days=20), overdue + timedelta(days=40))
        cast.expect("A03", register, "no", "death", ("恰满3个月", "已办结减发", "不是低保家庭")[kind])


def confined_on_the_register(cast: Cast, count: int) -> None:
    """A04: in prison, or in compulsory detoxification while on Dibao."""
    since = cast.clock.date_back(9)
    for number in range(count):
        person = cast.single(36)
        kind = number % 3
        cast.register("TK" if kind == 2 else "DB", person)
        if kind == 1:
            in_detoxification(cast, person, since)
        else:
            imprisoned(cast, person, since)
        cast.expect(
            "A04", person, "yes", "custody", ("低保成员在押", "低保成员强制隔离戒毒", "特困人员在押")[kind]
        )
    for number in range(max(5, count // 2)):
        person = cast.single(36)
        kind = number % 5
        cast.register(("DB", "DB", "DB", "TK", "BY")[kind], person)
        if kind in (0, 1, 4):
            imprisoned(cast, person, since, status=("监外执行", "假释", "", "", "在押")[kind])
        else:
            in_detoxification(cast, person, since, kind="社区矫正" if kind == 2 else "强制隔离戒毒")
        why = ("监外执行", "假释", "社区矫正", "特困不看强戒", "边缘家庭不在此列")[kind]
        cast.expect("A04", person, "no", "custody", why)


def provider_confined(cast: Cast, count: int) -> None:
    """A05: the provider entered prison within six months and leaves dependants."""
    since = cast.clock.date_back(6)
    edge = cast.standards.line(False) * 9 // 2  # 1.5 L for three people, a month
    for number in range(count):
        house = cast.house()
        man, wife = house.couple(38, wife_age=35)
        kind = number % 4
        if kind == 0:
            house.child(8, man, wife)
        elif kind == 1:
            house.add(2, 67, c.MOTHER)
        elif kind == 2:
            disabled(cast, wife, 2)
        else:
            house.child(8, man, wife)
            wage(cast, wife, edge - 1)
        if number % 2:
            in_detoxification(cast, man, since)
        else:
            imprisoned(cast, man, since)
        why = ("有未成年子女", "有60岁以上老人", "有二级残疾配偶", "人均差不到一分至1.5倍")[kind]
        cast.expect("A05", house, "yes", "custody", f"主要劳动力恰于6个月前收监或强戒，{why}")
    for number in range(max(5, count // 2)):
        house = cast.house()
        man, wife = house.couple(38, wife_age=35)
        kind = number % 5
        if kind != 3:
            house.child(8, man, wife)
        if kind == 1:
            wage(cast, wife, edge)
        if kind == 4:
            man.born = cast.clock.date_back(60 * 12)
        start = since - timedelta(days=1) if kind == 0 else since
        imprisoned(cast, man, start, status="监外执行" if kind == 2 else "在押")
        why = ("6个月又一日前收监", "人均恰为1.5倍低保标准", "监外执行", "户内无老幼病残", "当日满60周岁")[
            kind
        ]
        cast.expect("A05", house, "no", "custody", why)


PLANTS = (died_on_the_register, paid_after_death, review_overdue, confined_on_the_register, provider_confined)
