"""D01–D05: illness and money."""

from datetime import timedelta

from wenhou.sandbox.cast import Cast, Person
from wenhou.sandbox.plants.props import (
    before_the_year,
    chronic,
    early_in_the_year,
    earn_in_a_year,
    stay,
    this_year,
    yuan,
)


def large_own_payments(cast: Cast, count: int) -> None:
    """D01: 20,000.00 exactly, by the year's total or by twelve months together."""
    for number in range(count):
        person = cast.single(40 + number % 20)
        if number % 3 == 0:
            stay(cast, person, this_year(cast), yuan(20000))
            cast.expect("D01", person, "yes", "illness", "本年自付恰为20000.00元")
        elif number % 3 == 1:
            stay(cast, person, this_year(cast), yuan(9000))
            stay(cast, person, early_in_the_year(cast), yuan(9800))
            chronic(cast, person, "E11.9", yuan(100))
            cast.expect("D01", person, "yes", "illness", "近12个月住院与门诊慢特病自付合计20000.00元")
        else:
            stay(cast, person, early_in_the_year(cast), yuan(23456.78))
            cast.expect("D01", person, "yes", "illness", "近12个月内一次住院自付23456.78元")
    for number in range(max(3, count // 2)):
        near = cast.single(45)
        stay(cast, near, this_year(cast), yuan(19999.99))
        cast.expect("D01", near, "no", "illness", "本年自付19999.99元，差一分")
        if number % 2:
            late = cast.single(50)
            stay(cast, late, before_the_year(cast), yuan(30000))
            cast.expect("D01", late, "no", "illness", "出院在12个月之外一天")
        else:
            known = cast.single(52)
            cast.register("DB", known)
            stay(cast, known, this_year(cast), yuan(20000))
            cast.expect("D01", known, "no", "illness", "已在库")


def a_year_of_rural_income(cast: Cast, count: int) -> None:
    """D02: the year's own payments reach the rural disposable income of last year."""
    line = cast.standards.disposable(True)
    for _ in range(count):
        person = cast.single(48, rural=True)
        stay(cast, person, this_year(cast), line)
        cast.expect(
            "D02", person, "yes", "illness", f"农村，本年自付恰为上年农村人均可支配收入{line / 100:.2f}元"
        )
    for _ in range(max(3, count // 2)):
        near = cast.single(48, rural=True)
        stay(cast, near, this_year(cast), line - 1)
        cast.expect("D02", near, "no", "illness", "差一分")
        town = cast.single(48)
        stay(cast, town, this_year(cast), line)
        cast.expect("D02", town, "no", "illness", "城镇户籍")


def half_a_year_of_rural_income(cast: Cast, count: int) -> None:
    """D03: half of it, for people watched or of low income."""
    half = -(-cast.standards.disposable(True) // 2)
    for number in range(count):
        person = cast.single(50, rural=True)
        kind = ("JC", "BY", "GX", "脱贫户")[number % 4]
        _watch(cast, person, kind)
        stay(cast, person, this_year(cast), half)
        cast.expect("D03", person, "yes", "illness", f"{kind}，本年自付恰为农村人均可支配收入一半")
    for number in range(max(4, count // 2)):
        near = cast.single(50, rural=True)
        _watch(cast, near, ("JC", "BY", "GX", "脱贫户")[number % 4])
        stay(cast, near, this_year(cast), half - 1)
        cast.expect("D03", near, "no", "illness", "差一分")
    poor = cast.single(50, rural=True)
    cast.register("DB", poor)
    stay(cast, poor, this_year(cast), half)
    cast.expect("D03", poor, "no", "illness", "已是低保")


def _watch(cast: Cast, person: Person, kind: str) -> None:
    if kind != "脱贫户":
        cast.register(kind, person)
    if kind in ("JC", "脱贫户"):
        cast.add(
            "DI37",
            household_no=person.house,
            id_no=person,
            kind="脱贫户" if kind == "脱贫户" else "边缘易致贫",
            risk="因病",
            enroll_date=cast.clock.date_back(30),
            percap_income=yuan(9800),
            status="风险消除" if kind == "脱贫户" else "监测中",
        )


def one_costly_stay(cast: Cast, count: int) -> None:
    """D04: 10,000 yuan for one stay, 6,000 for people watched against falling back."""
    for number in range(count):
        person = cast.single(55, rural=True)
        if number % 2:
            cast.register("JC", person)
            stay(cast, person, this_year(cast, 60), yuan(6000))
            cast.expect("D04", person, "yes", "illness", "监测对象单次住院自付6000.00元")
        else:
            stay(cast, person, early_in_the_year(cast), yuan(10000))
            cast.expect("D04", person, "yes", "illness", "单次住院自付10000.00元")
    for _ in range(max(2, count // 3)):
        near = cast.single(55)
        stay(cast, near, this_year(cast), yuan(9999.99))
        cast.expect("D04", near, "no", "illness", "差一分")
        watched = cast.single(55, rural=True)
        cast.register("JC", watched)
        stay(cast, watched, this_year(cast), yuan(5999.99))
        cast.expect("D04", watched, "no", "illness", "监测对象，差一分")
        twice = cast.single(55)
        stay(cast, twice, this_year(cast), yuan(6000))
        stay(cast, twice, this_year(cast, 80), yuan(6000))
        cast.expect("D04", twice, "no", "illness", "两次住院，单次不足")
        late = cast.single(55)
        stay(cast, late, before_the_year(cast), yuan(12000))
        cast.expect("D04", late, "no", "illness", "出院在12个月之外一天")


def half_the_income(cast: Cast, count: int) -> None:
    """D05: own payments of the household against its visible income of 24,000 yuan."""
    for number in range(count):
        one, two = cast.house().couple(46)
        if number % 3 == 2:
            cast.register("BY", one, two)
        earn_in_a_year(cast, one, yuan(24000))
        stay(cast, two, this_year(cast), yuan(8000))
        stay(cast, one, this_year(cast) - timedelta(days=7), yuan(4000))
        cast.expect(
            "D05",
            one.house if number % 3 != 2 else one,
            "yes",
            "illness",
            "自付12000.00元，可见年收入24000.00元",
        )
    for number in range(max(3, count // 2)):
        one, two = cast.house().couple(46)
        earn_in_a_year(cast, one, yuan(24000))
        stay(cast, two, this_year(cast), yuan(11999.99))
        cast.expect("D05", one.house, "no", "illness", "差一分")
        if number % 2 == 0:
            blank = cast.single(46)
            stay(cast, blank, this_year(cast), yuan(3000))
            cast.expect("D05", blank.house, "unknown", "illness", "可见年收入为0，待核，不求比")


PLANTS = (
    large_own_payments,
    a_year_of_rural_income,
    half_a_year_of_rural_income,
    one_costly_stay,
    half_the_income,
)
