"""§7 采暖, for those on the register alone."""

from collections.abc import Iterable

from oracle.case import Case, Person, once
from oracle.composition import any_member, counts, members
from oracle.logic import Amount, Answer, any_of, both, choose, granted, is_one, no, times, total

Range = tuple[Amount, Amount]


def _dispersed_tekun(person: Person) -> Answer:
    return both(person["is_tekun"], no(is_one(person["care_place"], "集中")))


def _dispersed_orphan(person: Person) -> Answer:
    return both(person["gets_orphan_allowance"], no(is_one(person["care_place"], "集中")))


def _is_urban(case: Case) -> Answer:
    return is_one(case["urban_rural"], "城市")


def is_helped(case: Case) -> Answer:
    """11月在册DB、BY、分散TK、散居孤儿: each where a rule for that kind is known and pays something, else unknown."""
    # what a city pays stands upon the region's floor
    dibao = choose(
        _is_urban(case),
        _is_paid(case, "heating_floor_urban", "heating_urban_dibao_high"),
        _is_paid(case, "heating_floor_rural", "heating_rural_dibao"),
    )
    tekun = choose(
        _is_urban(case), case.number("heating_urban_tekun_at_cost"), _is_paid(case, "heating_rural_tekun")
    )
    return any_of(
        (
            both(any_member(case, lambda one: one["is_dibao"]), dibao),
            both(any_member(case, lambda one: one["is_near_dibao"]), _is_paid(case, "heating_near_dibao")),
            both(any_member(case, _dispersed_tekun), tekun),
            both(any_member(case, _dispersed_orphan), _is_paid(case, "heating_orphan")),
        )
    )


def _is_paid(case: Case, name: str, besides: str | None = None) -> Answer:
    """Whether an amount, or another that stands upon it, is more than nothing."""
    amount, more = case.number(name), besides and case.number(besides)
    if more:
        return True  # whatever it stands upon
    return None if amount is None else amount > 0


@once
def amounts(case: Case) -> Range:
    """The range, of a family of several kinds the best."""
    kinds = [_for_dibao(case), *_others(case)]
    helped = is_helped(case)
    low, high = _most(low for low, _ in kinds), _most(high for _, high in kinds)
    return granted(helped, low), granted(helped, high)


def _most(told: Iterable[Amount]) -> Amount:
    known = list(told)
    return None if any(amount is None for amount in known) else max(known)


def _for_dibao(case: Case) -> Range:
    """The region's floor is for each person of 低保; a city's range is for the family."""
    urban, number = _is_urban(case), case.number
    heads = total(choose(both(counts(person), person["is_dibao"]), 1, 0) for person in members(case))
    if heads == 0:
        return 0, 0
    floor = times(choose(urban, number("heating_floor_urban"), number("heating_floor_rural")), heads)
    low = choose(urban, number("heating_urban_dibao_low"), number("heating_rural_dibao"))
    high = choose(urban, number("heating_urban_dibao_high"), number("heating_rural_dibao"))
    return floor if low is None else _most((floor, low)), _most((floor, high))


def _others(case: Case) -> list[Range]:
    urban = _is_urban(case)
    spent = total(
        choose(both(counts(one), _dispersed_tekun(one)), one["heating_cost"], 0) for one in members(case)
    )
    at_cost = granted(case.number("heating_urban_tekun_at_cost"), spent)
    found = []
    for held, amount in (
        (any_member(case, lambda one: one["is_near_dibao"]), case.number("heating_near_dibao")),
        (any_member(case, _dispersed_orphan), case.number("heating_orphan")),
        (any_member(case, _dispersed_tekun), choose(urban, at_cost, case.number("heating_rural_tekun"))),
    ):
        told = choose(held, amount, 0)
        found.append((told, told))
    return found
