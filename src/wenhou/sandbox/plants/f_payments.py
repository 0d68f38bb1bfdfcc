"""F07, F10–F12, F16: what was paid late, twice or not at all."""

from datetime import date, timedelta

from wenhou.sandbox.cast import Cast, Person
from wenhou.sandbox.days import date_of, first_of_month
from wenhou.sandbox.plants.f_cases import counted, filed, worked
from wenhou.sandbox.plants.props import allowed, disabled, yuan
from wenhou.sandbox.tables import register_house

NOTHING = frozenset({"YL01"})


def _day_of(cast: Cast, months_ago: int, day: int) -> date:
    return date_of(first_of_month(cast.clock.month - months_ago) + day - 1)


def not_paid(cast: Cast, count: int) -> None:
    """F07: confirmed, and the month after is over without a payment."""
    for number in range(count):
        category, item = (("DB", "YL01"), ("TK", "YL02"))[number % 2]
        person = cast.single(52)
        person.unpaid = NOTHING
        # 28 days on it is still the month before the last complete one.
        _confirmed(cast, person, category, item, _day_of(cast, 2, 28 if number % 3 == 0 else 9))
        if number % 3 == 1:
            _payment(cast, person, "失败", cast.clock.last_month, _day_of(cast, 1, 12), item=item)
        cast.expect(
            "F07", person, "yes", "payment", "确认次月发放失败" if number % 3 == 1 else "确认次月已过而未发放"
        )
    for number in range(max(3, count // 2)):
        kind = number % 3
        person = cast.single(52)
        person.unpaid = NOTHING if kind else frozenset()
        category, item = ("BY", "YL03") if kind == 2 else ("DB", "YL01")
        _confirmed(cast, person, category, item, _day_of(cast, 1 if kind == 1 else 2, 5))
        cast.expect("F07", person, "no", "payment", ("次月已发放", "次月未过完", "边缘家庭不发放")[kind])


def _confirmed(cast: Cast, person: Person, category: str, item: str, when: date) -> None:
    register = cast.register(category, person, confirmed_on=when, last_review_on=when)
    filed(
        cast,
        register,
        when - timedelta(days=24),
        item=item,
        at_county=when - timedelta(days=6),
        publicity_from=when - timedelta(days=16),
        publicity_to=when - timedelta(days=8),
        decision="确认",
        decided_on=when,
        notified_on=when,
    )


def _payment(cast: Cast, person: Person, status: str, month: int, when: date, *, item: str = "YL01") -> None:
    register = next(r for r in cast.registers if person in r.members)
    cast.add(
        "SA-PAY",
        payment_no=cast.serial("FF"),
        household_no=register_house(register.index),
        id_no=person,
        item=item,
        month=month,
        amount=yuan(600),
        fund="JZZJ01",
        account_masked="6217****0000",
        sent_on=when - timedelta(days=1),
        pay_status=status,
        status_on=when,
        reason="账户状态异常" if status == "失败" else None,
    )


def benefits_that_exclude(cast: Cast, count: int) -> None:
    """F10: 特困 beside Dibao, a child's benefit or an allowance for the disabled."""
    for number in range(count):
        kind = number % 4
        person = cast.single(9 if kind == 1 else 58)
        cast.register("TK", person)
        if kind == 0:
            cast.register("DB", person)
        else:
            given = ("", "事实无人抚养", "困难残疾人生活补贴", "重度残疾人护理补贴")[kind]
            allowed(cast, person, given, 11_500)
        if kind >= 2:
            disabled(cast, person, 2)
        why = ("低保", "事实无人抚养", "困难残疾人生活补贴", "重度残疾人护理补贴")[kind]
        cast.expect("F10", person, "yes", "overlap", f"特困同月享受{why}")
    for number in range(max(4, count // 2)):
        kind = number % 4
        person = cast.single(58)
        cast.register("DB" if kind in (1, 3) else "TK", person)
        if kind == 0:
            allowed(cast, person, "高龄低收入", 20_000)
        if kind in (1, 2):
            disabled(cast, person, 2)
        if kind == 3:
            left = cast.clock.date_back(6)
            cast.register("TK", person, status="退出", exit_on=left, exit_reason="不再符合条件")
        why = ("高龄低收入不互斥", "低保享受两项补贴", "特困未享受两项补贴", "特困已退出")[kind]
        cast.expect("F10", person, "no", "overlap", why)


def two_counties(cast: Cast, count: int) -> None:
    """F11: in the archives of two counties."""
    for number in range(count):
        person = cast.single(49)
        _elsewhere(cast, person, ("DB", "BY", "GX")[number % 3], number % 2)
        cast.register("DB", person)
        cast.expect("F11", person, "yes", "overlap", "两个县区同时在保")
    for number in range(max(2, count // 2)):
        person = cast.single(49)
        if number % 2 == 0:
            left = {"status": "退出", "exit_on": cast.clock.date_back(8), "exit_reason": "迁出转接"}
            _elsewhere(cast, person, "DB", 0, **left)
        else:
            cast.register("BY", person)
        cast.register("DB", person)
        cast.expect("F11", person, "no", "overlap", ("外县已退出", "同一县区两个类别")[number % 2])


def _elsewhere(cast: Cast, person: Person, category: str, which: int, **more: object) -> None:
    """A row of another county's archive."""
    place = cast.places.rows_of[cast.places.neighbours[which]][0]
    cast.register(category, person, division_code=place, resides_division=place, **more)


def returned(cast: Cast, count: int) -> None:
    """F12: failed six working days ago and not paid again."""
    month = cast.clock.month
    for number in range(count):
        person = cast.single(52)
        cast.register(("DB", "TK")[number % 2], person)
        _payment(cast, person, "失败", month, worked(cast, 6 + number % 3), item=("YL01", "YL02")[number % 2])
        cast.expect("F12", person, counted(cast, "yes"), "payment", f"失败{6 + number % 3}个工作日未补发")
    for number in range(max(3, count // 2)):
        kind = number % 3
        person = cast.single(52)
        cast.register("DB", person)
        _payment(cast, person, "成功" if kind == 2 else "失败", month, worked(cast, 5 if kind == 0 else 8))
        if kind == 1:
            _payment(cast, person, "成功", month, worked(cast, 4))
        why = ("失败恰5个工作日", "4个工作日后补发成功", "一次成功")[kind]
        cast.expect("F12", person, "no", "payment", why)


def subsidy_missed(cast: Cast, count: int) -> None:
    """F16: the price subsidy of the linkage that started last did not come."""
    for number in range(count):
        kind = number % 3
        person = cast.single(9 if kind == 2 else 57)
        person.unpaid = frozenset({"JG01"})
        if kind == 2:
            allowed(cast, person, "孤儿", 120_000)
        else:
            cast.register(("DB", "TK")[kind], person)
        cast.expect("F16", person, "yes", "payment", ("低保", "特困", "孤儿")[kind] + "，联动启动未发放")
    for number in range(max(3, count // 2)):
        kind = number % 3
        person = cast.single(57)
        person.unpaid = frozenset() if kind == 0 else frozenset({"JG01"})
        more = {"confirmed_on": cast.clock.date_back(days=5)} if kind == 2 else {}
        cast.register("BY" if kind == 1 else "DB", person, **more)
        cast.expect("F16", person, "no", "payment", ("已发放", "边缘家庭不在此列", "联动之后才认定")[kind])


PLANTS = (not_paid, benefits_that_exclude, two_counties, returned, subsidy_missed)
