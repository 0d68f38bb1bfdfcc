"""Points in which the rules still say otherwise than the oracle, each as narrow as it can be told.

test_open_points.py holds the smallest application of each, strictly failing: a rule mended makes that test fail, and its
entry here goes with it. READINGS.md has the oracle's reason.
"""

from collections.abc import Callable
from dataclasses import dataclass

from oracle.case import Case
from oracle.compare import Difference
from oracle.composition import is_dead, is_somebody

HEATING = {"qualifies_for_heating_aid", "item_yl11", "heating_aid_low", "heating_aid_high", "help_living"}
EXPENDITURE = {"qualifies_for_expenditure_relief", "expenditure_relief_floor", "item_yl06", "help_emergency"}
OF_PERSONS = {
    "child_without_care_allowance",
    "disability_living_allowance",
    "disability_care_allowance",
    "orphan_allowance",
    "tekun_care_allowance",
    "single_dibao_amount",
}


def _is_heating_unknown(found: Difference) -> bool:
    return found.name in HEATING and found.rule is None


def _is_heating_floor_nothing(found: Difference) -> bool:
    return found.name in HEATING and found.world.application.standards.get("heating_floor_urban") == 0


def _may_a_supporter_be_dead(found: Difference) -> bool:
    people = Case(found.world.application).people.values()
    return found.rule is None and any(one["is_supporter"] and is_dead(one) is None for one in people)


def _is_registered_with_wages(found: Difference) -> bool:
    people = found.world.application.persons.values()
    told = any(one.get("is_registered_unemployed") and one.get("wages_12m") != 0 for one in people)
    return found.name in {"item_yl21", "help_employment"} and told and found.oracle is not False


def _is_nothing_in_any_case(found: Difference) -> bool:
    return found.name in OF_PERSONS and (found.rule, found.oracle) == (0, None)


def _does_nobody_count(found: Difference) -> bool:
    return found.name in EXPENDITURE and is_somebody(Case(found.world.application)) is False


@dataclass(frozen=True)
class Point:
    """What is open, and whether a difference is of it."""

    title: str
    holds: Callable[[Difference], bool]


OPEN = {
    "heating unknown": Point(
        "取暖: one who surely counts is 在册, and 是 whatever the others are", _is_heating_unknown
    ),
    "a supporter may be dead": Point(
        "赡养费: who owes nothing living owes nothing dead", _may_a_supporter_be_dead
    ),
    "wages of the year": Point(
        "YL21: wages within the year against 登记失业", _is_registered_with_wages
    ),
    "nothing in any case": Point(
        "an amount is unknown where its verdict is", _is_nothing_in_any_case
    ),
    "nobody counts": Point(
        "支出型: 全户均不计入＝不成立, as for 急难", _does_nobody_count
    ),
    "a floor of nothing": Point(
        "取暖: 城低保 has the city's range where the region's floor is 0", _is_heating_floor_nothing
    ),
}  # fmt: skip


def settled(found: list[Difference]) -> list[Difference]:
    """Those that are of no open point."""
    return [one for one in found if not any(point.holds(one) for point in OPEN.values())]
