"""§2.3 赡养（抚养、扶养）费 from those who live elsewhere, and what waives it. Fen a month, exact."""

from fractions import Fraction

from oracle.ability import is_severe
from oracle.case import Case, Person, once
from oracle.composition import counts, is_dead, members
from oracle.logic import (
    Amount,
    Answer,
    any_of,
    at_least,
    both,
    choose,
    either,
    is_one,
    less,
    minus,
    never_below_zero,
    no,
    per,
    times,
    total,
)
from oracle.numbers import SAFETY_NET_SINCE
from oracle.standards import (
    line,
)

LINKS = ("supports_first", "supports_second", "supports_third")


@once
def supporters(person: Person) -> list[Person]:
    """Who owes this person support, by the order of the list."""
    found = [
        one
        for one in person.case.people.values()
        if one["is_supporter"] and is_dead(one) is not True and any(one[link] == person.key for link in LINKS)
    ]
    return sorted(found, key=lambda one: one["supporter_rank"] or 0)


def is_adult_disabled_idle(person: Person) -> Answer:
    """§18 成年无业重度残疾人：≥18、未就业、一二级（不含三级智力精神）."""
    idle = both(no(person["is_employed"]), no(person["is_self_employed"]))
    return both(no(person.is_minor), idle, is_severe(person))


def is_waived(supporter: Person, person: Person) -> Answer:
    """§2.3 义务人属特困、低保、边缘、重残、服刑者=0; 宝鸡70周岁当然豁免; 民发〔2022〕83号 with an approver's record."""
    grounds = [
        supporter["is_tekun"],
        supporter["is_dibao"],
        supporter["is_near_dibao"],
        is_severe(supporter),
        supporter["is_in_prison"],
        is_dead(supporter),
    ]
    case = person.case
    grounds.append(
        both(case.number("exempts_old_supporters"), supporter.is_aged(case.number("support_exempt_age")))
    )
    if case.on >= SAFETY_NET_SINCE:
        old_or_sibling = either(
            is_one(supporter["supporter_kinship"], "兄弟姐妹"),
            supporter.is_aged(case.number("supporting_parent_age")),
        )
        grounds.append(both(supporter["has_approved_waiver"], is_adult_disabled_idle(person), old_or_sibling))
    return any_of(grounds)


def reckoned(supporter: Person, percent: Amount) -> Amount:
    """能力余额·r/被赡养人数."""
    heads, income = supporter["supporter_household_size"], supporter["supporter_household_income_12m"]
    apiece = per(per(income, 12), heads)
    base = supporter.case.times_percent(line(supporter.case), "support_line_percent")
    surplus = never_below_zero(times(minus(apiece, base), heads))
    return (
        Fraction(0) if surplus == 0 else per(per(times(surplus, percent), supporter["supported_people"]), 100)
    )


def _owed(supporter: Person, amount: Amount) -> Amount:
    """§18: 判决高于算得数取其高；低于的取实付，无实付取判决."""
    judged, paid = supporter["judged_support"], supporter["paid_support"]
    bound = choose(less(judged, amount), judged if paid == 0 else paid, judged)
    return choose(supporter["has_support_judgement"], bound, amount)


@once
def support_due_to(person: Person) -> Amount:
    """What all supporters owe one person."""
    case, known = person.case, supporters(person)
    living = sum(is_dead(one) is False for one in known)
    threshold = case.number("support_many_supporters")
    many = choose(at_least(living, threshold), True, choose(at_least(len(known), threshold), None, False))
    percent = choose(many, case.number("support_percent_many"), case.number("support_percent_few"))
    owed = [_share(known, at, person, percent) for at in range(len(known))]
    return total([*owed, _unlisted(case)])


def _share(known: list[Person], at: int, person: Person, percent: Amount) -> Amount:
    """§18: 同一义务人家庭的能力只算一次: the first who is not waived bears it."""
    supporter = known[at]
    waived = is_waived(supporter, person)
    if waived:
        return 0
    borne = any_of(both(_is_one_home(one, supporter), no(is_waived(one, person))) for one in known[:at])
    amount = reckoned(supporter, percent)
    if borne is None:
        amount = 0 if amount == 0 else None
    owed = _owed(supporter, Fraction(0) if borne else amount)
    return owed if waived is False or owed == 0 else None


def _is_one_home(one: Person, other: Person) -> Answer:
    return (
        is_one(one["supporter_household"], other["supporter_household"])
        if other["supporter_household"]
        else None
    )


def _unlisted(case: Case) -> Amount:
    """Supporters nobody listed owe what nobody knows."""
    return 0 if case["has_unlisted_supporters"] is False else None


@once
def support_due(case: Case) -> Amount:
    """合计 to all who count."""
    return total(support_due_to(person) if counts(person) else None for person in members(case))
