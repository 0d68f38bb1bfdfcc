"""§7 采暖, for those on the register alone."""

from datetime import date

from oracle.case import Case, Person
from oracle.composition import any_member, counts, members
from oracle.logic import Amount, Answer, both, choose, either, is_one, no, times, total

CITY_DISTRICTS, CITY_SINCE = ("640104", "640105", "640106"), date(2024, 11, 1)
FLOOR_SINCE = date(2022, 1, 1)
Range = tuple[Amount, Amount]


def _dispersed_tekun(person: Person) -> Answer:
    return both(person["is_tekun"], no(is_one(person["care_place"], "集中")))


def _dispersed_orphan(person: Person) -> Answer:
    return both(person["gets_orphan_allowance"], no(is_one(person["care_place"], "集中")))


def is_helped(case: Case) -> Answer:
    """11月在册DB、BY、分散TK、散居孤儿 in the city's districts; the region's floor is for 低保 alone; else unknown."""
    if not _is_in_city(case):
        held = any_member(case, lambda one: one["is_dibao"])
        floor = True if case.is_in("64") and case.on >= FLOOR_SINCE else None
        return either(both(held, floor), both(_is_kind(case), None))
    return _is_kind(case)


def _is_kind(case: Case) -> Answer:
    return any_member(
        case,
        lambda one: either(
            one["is_dibao"], one["is_near_dibao"], _dispersed_tekun(one), _dispersed_orphan(one)
        ),
    )


def amounts(case: Case) -> Range:
    """The range, of a family of several kinds the best."""
    if not case.is_in("64") or case.on < FLOOR_SINCE:
        held = is_helped(case)
        return choose(held, None, 0), choose(held, None, 0)
    kinds = [_for_dibao(case), *_others(case)]
    return _most(low for low, _ in kinds), _most(high for _, high in kinds)


def _most(told) -> Amount:
    known = list(told)
    return None if any(amount is None for amount in known) else max(known)


def _is_in_city(case: Case) -> bool:
    return case.is_in(*CITY_DISTRICTS) and case.on >= CITY_SINCE


def _for_dibao(case: Case) -> Range:
    """The region's floor is for each person of 低保; the city's range is for the family."""
    urban = is_one(case["urban_rural"], "城市")
    heads = total(choose(both(counts(person), person["is_dibao"]), 1, 0) for person in members(case))
    floor = times(choose(urban, 200_00, 100_00), heads)
    if heads == 0:
        return 0, 0
    if not _is_in_city(case):
        return floor, None
    low, high = choose(urban, 400_00, 400_00), choose(urban, 1235_00, 400_00)
    return _most((floor, low)), _most((floor, high))


def _others(case: Case) -> list[Range]:
    urban = is_one(case["urban_rural"], "城市")
    tekun = any_member(case, _dispersed_tekun)
    spent = total(
        choose(both(counts(one), _dispersed_tekun(one)), one["heating_cost"], 0) for one in members(case)
    )
    city = _is_in_city(case)
    found = []
    for held, amount in (
        (any_member(case, lambda one: one["is_near_dibao"]), 300_00),
        (any_member(case, _dispersed_orphan), 500_00),
        (tekun, choose(urban, spent, 500_00)),
    ):
        told = choose(held, amount if city else None, 0)
        found.append((told, told))
    return found
