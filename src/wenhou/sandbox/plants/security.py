"""D06, D13–D17: illness of people on the register."""

from datetime import timedelta

from wenhou.base.month import Month
from wenhou.sandbox.cast import Cast
from wenhou.sandbox.plants.props import (
    chronic,
    disabled,
    gravely_ill,
    relieved,
    stay,
    this_year,
    yuan,
)


def grave_near_dibao(cast: Cast, count: int) -> None:
    """D06: gravely ill members of near-Dibao families."""
    for number in range(count):
        one, two = cast.house(rural=number % 2 == 1).couple(47)
        cast.register("BY", one, two)
        disease = ("重特大疾病", "大病专项", "罕见病")[number % 3]
        gravely_ill(cast, two, disease)
        cast.expect("D06", two, "yes", "illness", f"边缘家庭成员{disease}在管，未单人保")
    for number in range(max(3, count // 2)):
        person = cast.single(47)
        kind = number % 3
        cast.register("DB" if kind == 0 else "BY", person)
        gravely_ill(
            cast,
            person,
            "严重精神障碍" if kind == 1 else "重特大疾病",
            status="注销" if kind == 2 else "在管",
        )
        cast.expect("D06", person, "no", "illness", ("已是低保", "不属三类疾病", "登记已注销")[kind])


def costly_without_relief(cast: Cast, count: int) -> None:
    """D13: 10,000.00 yuan a year and no expenditure relief."""
    this = Month.of(cast.clock.as_of) - 1
    last = Month(cast.clock.year - 1, 12)
    for number in range(count):
        person = cast.single(58)
        register = cast.register(("DB", "TK", "BY", "GX")[number % 4], person)
        stay(cast, person, this_year(cast), yuan(10000))
        if number % 3:
            relieved(
                cast,
                register,
                person,
                last if number % 3 == 1 else this,
                "YL06" if number % 3 == 1 else "YL05",
            )
        why = ("本年自付恰为10000.00元", "去年才有支出型临时救助", "只有急难型临时救助")[number % 3]
        cast.expect("D13", person, "yes", "illness", why)
    for number in range(max(3, count // 2)):
        person = cast.single(58)
        register = cast.register("DB" if number % 3 != 2 else "JC", person)
        stay(cast, person, this_year(cast), yuan(9999.99) if number % 3 == 0 else yuan(12000))
        if number % 3 == 1:
            relieved(cast, register, person, this, "YL06")
        cast.expect(
            "D13",
            person,
            "no",
            "illness",
            ("差一分", "本年已获支出型临时救助", "监测对象不在此列")[number % 3],
        )


def uninsured(cast: Cast, count: int) -> None:
    """D14: on the register and not in the basic medical insurance."""
    for number in range(count):
        person = cast.single(49, rural=True, sex=1 + number % 2)
        person.insured = False
        cast.register(("DB", "TK", "BY", "GX", "JC")[number % 5], person)
        cast.expect("D14", person, "yes", "medical_security", "本年度未参保")
    for number in range(max(2, count // 2)):
        person = cast.single(49)
        if number % 2 == 0:
            person.insured = False
        else:
            cast.register("DB", person)
        cast.expect("D14", person, "no", "medical_security", ("不在册", "已参保")[number % 2])


def aid_missed(cast: Cast, count: int) -> None:
    """D15: a stay above the line of the category without medical aid."""
    lines = {"DB": 0, "TK": 0, "BY": 300_000, "JC": 500_000}
    kinds = tuple(lines)
    for number in range(count):
        person = cast.single(54)
        category = kinds[number % 4]
        cast.register(category, person)
        rest = lines[category] + 1
        when = cast.clock.date_back(days=30 + 20 * (number % 3))
        stay(cast, person, when, rest + yuan(100), rest=rest)
        cast.expect("D15", person, "yes", "medical_security", f"{category}，超起付线一分，无医疗救助")
    for number in range(max(4, count // 2)):
        person = cast.single(54)
        kind = number % 4
        category = ("DB", "BY", "JC", "DB")[kind]
        cast.register(category, person)
        rest = lines[category] + (1 if kind in (0, 3) else 0)
        when = cast.clock.date_back(days=29 if kind == 0 else 70)
        stay(cast, person, when, yuan(6000), rest=rest, aid=1 if kind == 3 else 0)
        why = ("出院29日", "恰为3000.00元，未超", "恰为5000.00元，未超", "已得医疗救助")[kind]
        cast.expect("D15", person, "no", "medical_security", why)
    outside = cast.single(54)
    stay(cast, outside, this_year(cast, 70), yuan(6000), rest=yuan(5500))
    cast.expect("D15", outside, "no", "medical_security", "不在册")


def chronic_unrecognised(cast: Cast, count: int) -> None:
    """D16: a listed diagnosis at discharge, no recognition as chronic outpatient."""
    codes = ("I10.X", "N18.5", "C34.9", "E11.9", "B18.1", "I69.3")
    for number in range(count):
        person = cast.single(61, rural=number % 2 == 0)
        cast.register(("DB", "TK", "BY", "GX", "JC", "QT")[number % 6], person)
        stay(
            cast,
            person,
            cast.clock.date_back(days=60 + 30 * (number % 3)),
            yuan(800),
            diagnosis=codes[number % 6],
        )
        if number % 5 == 4:
            chronic(cast, person, codes[number % 6], yuan(50), status="取消")
        cast.expect(
            "D16", person, "yes", "medical_security", f"{codes[number % 6]}出院满60日，无有效门诊慢特病认定"
        )
    for number in range(max(5, count // 2)):
        person = cast.single(61)
        kind = number % 5
        if kind != 4:
            cast.register("DB", person)
        diagnosis = ("I10.X", "E11.9", "J18.9", "I63.9", "I10.X")[kind]
        stay(cast, person, cast.clock.date_back(days=59 if kind == 0 else 90), yuan(800), diagnosis=diagnosis)
        if kind == 1:
            chronic(cast, person, diagnosis, yuan(50))
        why = ("出院59日", "已有认定", "肺炎不在目录", "I63不在目录", "不在册")[kind]
        cast.expect("D16", person, "no", "medical_security", why)


def care_grown_heavier(cast: Cast, count: int) -> None:
    """D17: events after the last assessment of self-care."""
    graded = cast.clock.date_back(4, 3)
    for number in range(count):
        person = cast.single(70 + number % 10, rural=True)
        kind = number % 5
        cast.register("TK", person, self_care_on=graded)
        when = graded + timedelta(days=50)
        if kind == 4:
            disabled(cast, person, 2, issued=graded + timedelta(days=20), before=(3, "肢体"))
        else:
            nights = 30 if kind == 3 else 12
            diagnosis = ("I63.9", "S72.0", "F01.9", "J18.9")[kind]
            stay(cast, person, when, yuan(600), diagnosis=diagnosis, nights=nights)
        why = ("脑卒中住院", "股骨骨折住院", "失智住院", "单次住院恰30日", "残疾升级")[kind]
        cast.expect("D17", person, "yes", "care", f"自理评估之后{why}")
    for number in range(max(4, count // 2)):
        person = cast.single(73, rural=True)
        kind = number % 4
        cast.register("BY" if kind == 3 else "TK", person, self_care_on=graded, self_care="自理")
        when = graded - timedelta(days=1) if kind == 1 else graded + timedelta(days=50)
        diagnosis = ("J18.9", "I63.9", "I71.0", "I63.9")[kind]
        stay(cast, person, when, yuan(600), diagnosis=diagnosis, nights=29 if kind == 0 else 9)
        why = ("单次住院29日", "评估之前出院", "诊断不在其列", "不是特困")[kind]
        cast.expect("D17", person, "no", "care", why)


PLANTS = (
    grave_near_dibao,
    costly_without_relief,
    uninsured,
    aid_missed,
    chronic_unrecognised,
    care_grown_heavier,
)
