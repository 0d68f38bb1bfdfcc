"""assistance_items.csv: the 43 items, each by its 对象 column; 本户(有人)可享."""

from collections.abc import Callable
from fractions import Fraction

from oracle import allowances, dibao, heating, relief, standing
from oracle.ability import is_disabled, is_severe, is_unable_to_work
from oracle.case import Case, Person
from oracle.composition import any_member, belongs, is_dead, size
from oracle.illness import is_ill_and_poor
from oracle.income import annual_income_per_head
from oracle.logic import Answer, any_of, both, either, is_one, less, no, per

Rule = Callable[[Person], Answer]
STANDS: dict[str, Rule] = {
    "TK": standing.as_tekun,
    "DB": standing.as_dibao,
    "BY": standing.as_near,
    "GX": standing.as_spending,
    "JC": standing.as_watched,
}


def stands(person: Person, kinds: str) -> Answer:
    """In any of these categories."""
    return either(*(STANDS[kind](person) for kind in kinds.split()))


def _is_dispersed_low(person: Person, kinds: str) -> Answer:
    """DB/分散TK/…: of 特困 only those who are not gathered."""
    tekun = both(stands(person, "TK"), no(is_one(person["care_place"], "集中")))
    return either(stands(person, kinds), tekun)


def _in_family(case: Case, kinds: str) -> Answer:
    return any_member(case, lambda one: stands(one, kinds))


def _dispersed_family(case: Case, kinds: str) -> Answer:
    return any_member(case, lambda one: _is_dispersed_low(one, kinds))


def _is_old_and_low(one: Person) -> Answer:
    """高龄低收入老人 (§7 九类; YL10 宁夏高龄低收入老年人: who gets 宁夏's allowance)."""
    by_allowance = one.case.is_in("64") and one["gets_old_age_allowance"]
    return both(one.is_aged(one.number("very_old_age")), either(stands(one, "DB TK BY"), by_allowance))


def _is_able(one: Person) -> Answer:
    return no(is_unable_to_work(one))


def yl07(one: Person) -> Answer:
    return standing.as_orphan(one)


def yl10(one: Person) -> Answer:
    frail = both(one.is_elder, one["has_incapacity_record"])
    return either(both(stands(one, "DB TK BY"), frail), _is_old_and_low(one))


def _is_insured_by_name(one: Person) -> Answer:
    veteran = one["gets_regular_veteran_benefit"]
    return either(stands(one, "TK DB"), standing.as_orphan(one), _is_old_and_low(one), veteran)


def yl13(one: Person) -> Answer:
    """其他按规定: whether the place covers the others was not found."""
    others = one.number("insurance_aid_covers_others")
    return either(_is_insured_by_name(one), both(either(stands(one, "BY JC"), is_ill_and_poor(one)), others))


def yl14(one: Person) -> Answer:
    return either(_is_insured_by_name(one), stands(one, "BY JC"), is_ill_and_poor(one))


def yl16(one: Person) -> Answer:
    helped = either(stands(one, "DB TK BY GX"), standing.as_orphan(one), is_disabled(one))
    return both(is_one(one["school_stage"], "学前"), helped)


def yl17(one: Person) -> Answer:
    return both(
        is_one(one["school_stage"], "小学", "初中"), either(stands(one, "DB TK BY GX JC"), is_disabled(one))
    )


def yl18(one: Person) -> Answer:
    return both(
        is_one(one["school_stage"], "普高", "中职"), either(stands(one, "DB TK BY GX JC"), is_disabled(one))
    )


def yl19(one: Person) -> Answer:
    return both(is_one(one["school_stage"], "高职专科", "本科", "研究生"), stands(one, "DB TK BY GX JC"))


def yl20(one: Person) -> Answer:
    first, last = one.number("home_teaching_age_from"), _year_after(one.number("home_teaching_age_to"))
    return both(one.is_aged(first), no(one.is_aged(last)), is_disabled(one), one["cannot_attend_school"])


def yl21(one: Person) -> Answer:
    """失业成员, by 失业登记 (the form's 失业登记号)."""
    return both(stands(one, "DB BY GX"), _is_able(one), one["is_registered_unemployed"])


def _is_at_work(one: Person) -> Answer:
    return either(one["is_employed"], one["is_self_employed"])


def _has_work(one: Person) -> Answer:
    """At work on record, or paid wages within the year and not registered as out of work since."""
    paid = both(less(0, one["wages_12m"]), no(one["is_registered_unemployed"]))
    return either(_is_at_work(one), paid)


def yl21_family(case: Case) -> Answer:
    """Or 零就业家庭: somebody able, and none of the able has work."""
    works = any_member(case, lambda one: both(_is_able(one), _has_work(one)))
    idle = both(any_member(case, _is_able), no(works))
    return either(any_member(case, yl21), idle)


def yl22(one: Person) -> Answer:
    return both(stands(one, "DB BY GX JC"), _is_able(one))


def yl23(one: Person) -> Answer:
    return both(stands(one, "DB BY GX"), _is_at_work(one))


def yl24(one: Person) -> Answer:
    return both(
        either(stands(one, "DB TK JC"), is_severe(one)),
        one["is_resident_pension_insured"],
    )


def _year_after(age: int | None) -> int | None:
    """Up to an age is until the next birthday."""
    return None if age is None else age + 1


def yl30(one: Person) -> Answer:
    return both(
        one.is_under(_year_after(one.number("rehabilitation_age"))),
        is_disabled(one),
        one["needs_rehabilitation"],
    )


def yl33(one: Person) -> Answer:
    helpless = either(one["is_identity_unknown"], one["cannot_pay_for_emergency"])
    return both(one["needs_emergency_treatment"], helpless)


def yl34(one: Person) -> Answer:
    old_and_ill = both(one.is_elder, one["has_chronic_illness"])
    return both(stands(one, "DB TK BY"), either(old_and_ill, one["has_severe_mental_disorder"]))


def yl38(one: Person) -> Answer:
    return both(
        is_one(one["school_stage"], "中职", "高职专科"),
        either(one["is_lifted_from_poverty"], stands(one, "JC")),
    )


def yl40(one: Person) -> Answer:
    return both(one["is_union_worker"], stands(one, "DB BY GX"))


def yl41(one: Person) -> Answer:
    return both(stands(one, "DB TK BY GX"), is_one(one["school_stage"], *STAGES))


STAGES = ("小学", "初中", "普高", "中职", "高职专科", "本科")  # 青少年


def yl42(one: Person) -> Answer:
    return both(is_one(one["sex"], "2"), one["has_eligible_cancer"], stands(one, "DB TK BY GX JC"))


def yl43(one: Person) -> Answer:
    return both(either(one["is_veteran"], one["gets_regular_veteran_benefit"]), stands(one, "DB TK BY GX"))


PEOPLE: dict[int, Rule] = {
    2: standing.as_tekun,
    3: standing.as_near,
    4: standing.as_spending,
    7: yl07,
    8: allowances._has_living,
    9: allowances._has_care,
    10: yl10,
    13: yl13,
    14: yl14,
    15: is_ill_and_poor,
    16: yl16,
    17: yl17,
    18: yl18,
    19: yl19,
    20: yl20,
    22: yl22,
    23: yl23,
    24: yl24,
    28: lambda one: stands(one, "DB TK"),
    29: lambda one: one["is_suspected_disabled"],
    30: yl30,
    31: lambda one: both(is_disabled(one), one["needs_assistive_device"]),
    34: yl34,
    38: yl38,
    40: yl40,
    41: yl41,
    42: yl42,
    43: yl43,
}


def yl12(case: Case) -> Answer:
    """已故成员 of such a family, or who was of such a category, an orphan or 优抚对象."""
    family = _in_family(case, "DB TK BY GX")
    told = []
    for one in case.people.values():
        own = either(
            one["is_dibao"],
            one["is_tekun"],
            one["is_near_dibao"],
            one["is_unavoidable_spending"],
            one["gets_orphan_allowance"],
            one["gets_regular_veteran_benefit"],
        )
        told.append(both(no(one["is_supporter"]), is_dead(one), either(both(belongs(one), family), own)))
    return any_of(told)


def _lacks_a_home(case: Case) -> Answer:
    """住房困难: the line is local, but who has no home is below any."""
    homeless = either(case["is_without_shelter"], is_one(case["homes"], 0))
    area = None if case["home_area"] is None else Fraction(case["home_area"])
    return either(homeless, less(per(area, size(case)), case.number("housing_shortage_area")))


def yl25(case: Case) -> Answer:
    return both(is_one(case["urban_rural"], "城市"), _dispersed_family(case, "DB BY GX"), _lacks_a_home(case))


def yl26(case: Case) -> Answer:
    """同上 (§37-40): 住房困难 too."""
    return both(yl25(case), case["rents_home"])


def yl27(case: Case) -> Answer:
    return both(
        is_one(case["urban_rural"], "农村"),
        _dispersed_family(case, "DB BY GX JC"),
        is_one(case["house_danger_level"], "C", "D"),
    )


def yl32(case: Case) -> Answer:
    severe = any_member(case, lambda one: both(is_severe(one), stands(one, "DB TK BY")))
    return both(severe, case["needs_home_adaptation"])


def yl36(case: Case) -> Answer:
    return both(is_one(case["house_damage"], "倒塌", "严重损坏"), case["is_without_shelter"])


def yl37(case: Case) -> Answer:
    """农村家庭人均纯收入低于监测范围且有风险;突发严重困难; whom the department watches already."""
    watched = any_member(case, standing.as_watched)
    struck = either(case["has_emergency"], case["has_spending_surge"])
    poor = less(annual_income_per_head(case), case.number("relapse_watch_line"))
    at_risk = both(case["is_at_risk_of_relapse"], poor)
    return both(is_one(case["urban_rural"], "农村"), either(watched, at_risk, struck))


def yl01(case: Case) -> Answer:
    """Whoever counts, and who has 低保 alone: 8(三) is for one who has left the family and does not count."""
    return either(
        any_member(case, standing.as_dibao), any_of(dibao.is_single(one) for one in case.people.values())
    )


HOUSEHOLDS: dict[int, Callable[[Case], Answer]] = {
    1: yl01,
    5: relief.is_emergency,
    6: relief.is_expenditure,
    11: heating.is_helped,
    12: yl12,
    21: yl21_family,
    33: lambda case: any_of(both(no(one["is_supporter"]), yl33(one)) for one in case.people.values()),
    25: yl25,
    26: yl26,
    27: yl27,
    32: yl32,
    35: lambda case: case["is_struck_by_disaster"],
    36: yl36,
    37: yl37,
    # 等经济困难公民: of the others the line is the province's and was not found
    39: lambda case: both(case["has_legal_matter"], either(_in_family(case, "DB TK BY GX"), None)),
}


def item(case: Case, number: int) -> Answer:
    """Whether the household, or somebody counted in it, may have it."""
    if number in HOUSEHOLDS:
        return HOUSEHOLDS[number](case)
    return any_member(case, PEOPLE[number])
