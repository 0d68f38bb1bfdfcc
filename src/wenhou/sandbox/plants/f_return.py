"""F08, F13–F15, F17: reviews overdue, households to be looked at again, alerts and clues left lying; and the silent county."""

from datetime import date, timedelta

from wenhou.sandbox import crowd as c
from wenhou.sandbox.cast import Cast, Person
from wenhou.sandbox.days import months_after
from wenhou.sandbox.plants.cases import banked, driven
from wenhou.sandbox.plants.e_care import clue
from wenhou.sandbox.plants.f_cases import counted, filed, worked
from wenhou.sandbox.plants.props import earn_in_a_year, not_yet, stay, this_year

SILENT = "所在县只交来户籍与在册档案，其余来源未覆盖"


def review_overdue(cast: Cast, count: int) -> None:
    """F08: a day more than twelve months, six for class C; 刚性 past its term."""
    clock = cast.clock
    for number in range(count):
        kind = number % 4
        person = cast.single(66 if kind < 2 else 44)
        if kind < 2:
            cast.register(("DB", "TK")[kind], person, last_review_on=clock.date_back(12, 1))
        elif kind == 2:
            cast.register("DB", person, dibao_class="C", last_review_on=clock.date_back(6, 1))
        else:
            _for_a_year(cast, person, 1)
        why = (
            "低保距核查12个月又一日",
            "特困距核查12个月又一日",
            "C类距核查6个月又一日",
            "刚性有效期昨日届满",
        )[kind]
        cast.expect("F08", person, "yes", "procedure", why)
    for number in range(max(5, count // 2)):
        kind = number % 5
        person = cast.single(66 if kind in (0, 3) else 44)
        if kind == 2:
            _for_a_year(cast, person, 0)
        else:
            back = (12, 6, 0, 8, 14)[kind]
            when = _just_over(cast, back) if kind < 2 else clock.date_back(back)
            told = {"dibao_class": "C"} if kind == 1 else {"dibao_class": "A"} if kind == 3 else {}
            category = "BY" if kind == 4 else "DB"
            cast.register(category, person, last_review_on=when, **told)
        why = ("恰12个月", "C类恰6个月", "刚性今日到期", "A类8个月", "边缘家庭不在此列")[kind]
        cast.expect("F08", person, "no", "procedure", why)


def _just_over(cast: Cast, months: int) -> date:
    """The first day from which so many months end today or later."""
    when = cast.clock.date_back(months)
    while months_after(when, months) < cast.clock.as_of:
        when += timedelta(days=1)
    return when


def _for_a_year(cast: Cast, person: Person, days_over: int) -> None:
    """刚性 confirmed for twelve months that ended so many days ago."""
    confirmed = cast.clock.date_back(12, days_over)
    until = cast.clock.date_back(days=days_over)
    cast.register("GX", person, confirmed_on=confirmed, last_review_on=confirmed, valid_until=until)


def in_need_again(cast: Cast, count: int) -> None:
    """F13: left within two years and poor, costly ill or jobless again."""
    edge = cast.standards.line(False) * 18
    half = -(-cast.standards.disposable(True) // 2)
    for number in range(count):
        kind = number % 4
        person = _left(cast, ("DB", "TK")[number % 2], cast.clock.date_back(24 if kind == 0 else 10))
        earn_in_a_year(cast, person, edge - 1 if kind < 2 else edge)
        if kind == 2:
            stay(cast, person, this_year(cast), half)
        if kind == 3:
            _jobless(cast, person, cast.clock.date_back(3))
        why = (
            "恰24个月前退出，人均差一分到1.5倍",
            "收入不足1.5倍",
            "年自付恰为农村可支配收入一半",
            "登记失业恰3个月",
        )[kind]
        cast.expect("F13", person.house, "yes", "return", why)
    for number in range(max(5, count // 2)):
        kind = number % 5
        when = cast.clock.date_back(24, 1) if kind == 0 else cast.clock.date_back(10)
        person = _left(cast, "BY" if kind == 4 else "DB", when)
        if kind in (1, 2, 3):
            earn_in_a_year(cast, person, edge)
        if kind == 2:
            stay(cast, person, this_year(cast), half - 1)
        if kind == 3:
            _jobless(cast, person, not_yet(cast, 3))
        why = (
            "24个月又一日前退出",
            "人均恰为1.5倍",
            "年自付差一分",
            "登记失业差一日满3个月",
            "曾为边缘家庭",
        )[kind]
        cast.expect("F13", person.house, "no", "return", why)


def _left(cast: Cast, category: str, when: date) -> Person:
    person = cast.single(50)
    register = cast.register(
        category,
        person,
        status="退出",
        exit_on=when,
        exit_reason="收入超过标准",
        confirmed_on=cast.clock.date_back(40),
        last_review_on=cast.clock.date_back(26),
        pci_determined=cast.standards.line(False) * 2,
    )
    register.quiet = True
    return person


def _jobless(cast: Cast, person: Person, since: date) -> None:
    cast.add(
        "DI15",
        id_no=person,
        reg_date=since,
        reason="合同期满",
        difficult_flag=False,
        offers=0,
        refusals_in_row=0,
        status="登记",
    )


def refused_and_changed(cast: Cast, count: int) -> None:
    """F14: refused within two years, and now below one and a half lines with nothing to its name that can be seen."""
    edge = cast.standards.line(False) * 18
    for number in range(count):
        kind = number % 4
        person = _refused(cast, cast.clock.date_back(24 if kind == 2 else 7), signed=kind != 3)
        if kind == 0:
            earn_in_a_year(cast, person, edge - 1)
        why = ("现人均差一分到1.5倍", "现无收入", "恰24个月前不予确认，现无收入", "未授权，财产待核")[kind]
        cast.expect("F14", person.house, "yes", "return", why)
    for number in range(max(5, count // 2)):
        kind = number % 5
        when = cast.clock.date_back(24, 1) if kind == 1 else cast.clock.date_back(7)
        person = _refused(cast, when, signed=kind != 2)
        if kind == 0:
            earn_in_a_year(cast, person, edge)
        if kind == 2:
            driven(cast, person)
        if kind == 3:
            banked(cast, person, 36 * cast.standards.line(False) + 1)
        if kind == 4:
            cast.register("DB", person)
        why = (
            "现人均恰为1.5倍",
            "24个月又一日前不予确认",
            "未授权，有汽车",
            "已授权，存款超36个月标准一分",
            "已是低保",
        )[kind]
        cast.expect("F14", person if kind == 4 else person.house, "no", "return", why)


def _refused(cast: Cast, when: date, *, signed: bool = True) -> Person:
    person = cast.single(46)
    person.housed = False
    register = cast.register(
        "未获批", person, refused_on=when, refused_reason="收入超过标准", authorised=signed
    )
    register.quiet = True
    filed(
        cast,
        register,
        when - timedelta(days=20),
        decision="不予确认",
        decided_on=when,
        notified_on=when + timedelta(days=1),
    )
    return person


def watched_only(cast: Cast, count: int) -> None:
    """F15: watched by agriculture and on no register."""
    for number in range(count):
        person = cast.single(47, rural=True)
        _watch(cast, person, ("脱贫不稳定", "边缘易致贫", "突发严重困难")[number % 3], "监测中")
        cast.expect("F15", person.house, "yes", "return", "监测中，户内无人在库")
    for number in range(max(3, count // 2)):
        kind = number % 3
        person = cast.single(47, rural=True)
        members = [person, person.house.add(2, 45, c.OTHER)] if kind == 2 else [person]
        _watch(cast, person, "边缘易致贫", "风险消除" if kind == 0 else "监测中")
        if kind:
            cast.register(("JC", "DB")[kind - 1], *members)
        why = ("风险已消除", "已入监测库", "户内有低保")[kind]
        cast.expect("F15", person if kind else person.house, "no", "return", why)


def _watch(cast: Cast, person: Person, kind: str, status: str) -> None:
    cast.add(
        "DI37",
        household_no=person.house,
        id_no=person,
        kind=kind,
        risk="缺劳力",
        enroll_date=cast.clock.date_back(14),
        risk_removed=cast.clock.date_back(2) if status == "风险消除" else None,
        percap_income=980_000,
        status=status,
    )


def left_lying(cast: Cast, count: int) -> None:
    """F17: a clue or an alert not answered in its working days."""
    for number in range(count):
        kind = number % 4
        person = cast.single(51)
        if kind < 2:
            clue(
                cast,
                person,
                "生活困难",
                worked(cast, (11, 2)[kind]),
                urgent=kind == 1,
                channel=("信访", "网格员")[kind],
            )
        else:
            _alert(cast, person, worked(cast, (11, 4)[kind - 2]), (69, 70)[kind - 2])
        why = (
            "信访11个工作日未反馈",
            "急难2个工作日未反馈",
            "预警11个工作日未反馈",
            "红色预警4个工作日未反馈",
        )[kind]
        cast.expect("F17", person.house, counted(cast, "yes"), "procedure", why)
    for number in range(max(5, count // 2)):
        kind = number % 5
        person = cast.single(51)
        if kind < 2:
            clue(cast, person, "生活困难", worked(cast, (10, 1)[kind]), urgent=kind == 1)
        else:
            _alert(
                cast, person, worked(cast, (10, 3, 20)[kind - 2]), (69, 70, 80)[kind - 2], answered=kind == 4
            )
        why = ("恰10个工作日", "急难恰1个工作日", "预警恰10个工作日", "红色恰3个工作日", "已反馈")[kind]
        cast.expect("F17", person.house, "no", "procedure", why)


def _alert(cast: Cast, person: Person, assigned: date, severity: int, *, answered: bool = False) -> None:
    cast.add(
        "SA-ALERT",
        alert_no=cast.serial("YJ"),
        indicator="D01",
        subject=person,
        division_code=person.house.lives,
        raised_on=assigned,
        severity=severity,
        assigned_on=assigned,
        answered_on=assigned + timedelta(days=2) if answered else None,
        outcome="情况不属实" if answered else None,
        status="已核" if answered else "待核",
    )


def silent_county(cast: Cast, count: int) -> None:
    """Of two neighbouring counties little has come: what E and F ask about their people stays unknown."""
    for _ in range(max(2, count // 4)):
        _silent_dibao(cast)
        _silent_off_register(cast)


def _expect(cast: Cast, subject: object, *indicators: str) -> None:
    for indicator in indicators:
        cast.expect(indicator, subject, "unknown", "", SILENT)


def _silent_dibao(cast: Cast) -> None:
    county = cast.places.neighbours[0]
    elder = cast.house(county=county).add(1, 84)
    register = cast.register("DB", elder, last_review_on=None, confirmed_on=None)
    _expect(cast, elder, "E14", "E16", "F16", "E01", "E02")
    _expect(cast, register, "E09", "E17", "F07", "F08", "F09", "F12", "F17")
    farmer = cast.house(county=county, rural=True).add(1, 61)
    register = cast.register("TK", farmer)
    _expect(cast, farmer, "F10")
    _expect(cast, register, "E08", "E15")


def _silent_off_register(cast: Cast) -> None:
    county = cast.places.neighbours[0]
    house = cast.house(county=county, rural=True)
    mother = house.add(2, 37)
    child = house.child(9, None, mother)
    _expect(cast, child, "E03", "E06", "E07", "E13")
    _expect(cast, house, "E04", "E05", "E10", "E11", "E12", "F15")
    for category, codes in (
        ("申请中", ("F01", "F02", "F03", "F04", "F05")),
        ("未获批", ("F06", "F14")),
    ):
        person = cast.house(county=county).add(1, 50)
        cast.register(category, person)
        _expect(cast, person, *codes)
    left = cast.house(county=county).add(1, 50)
    cast.register("DB", left, status="退出", exit_on=cast.clock.date_back(5), exit_reason="收入超过标准")
    _expect(cast, left, "F13")


PLANTS = (
    review_overdue,
    in_need_again,
    refused_and_changed,
    watched_only,
    left_lying,
    silent_county,
)
