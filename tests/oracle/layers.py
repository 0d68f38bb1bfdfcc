"""五层八类: §7 推断 of 宝鸡's names, as a parameter."""

from collections.abc import Callable

from oracle import items, standing
from oracle.case import Case, Person
from oracle.composition import any_member
from oracle.dibao import is_dibao, is_near
from oracle.logic import Answer, both, either, is_one, is_within
from oracle.spending import is_spending
from oracle.tekun import is_tekun_household

HELPS = {
    "help_living": (1, 2, 3, 4, 7, 8, 9, 10, 11, 24, 28, 37),
    "help_medical": (13, 14, 15, 30, 33, 34, 42),
    "help_education": (16, 17, 18, 19, 20, 38, 41),
    "help_housing": (25, 26, 27, 32),
    "help_employment": (21, 22, 23),
    "help_disaster": (35, 36),
    "help_emergency": (5, 6),
    "help_social": (12, 29, 31, 39, 40, 43),
}


def _is_watched(person: Person) -> Answer:
    """§1 QT and JC, and 监测范围扩到：未获批的申请家庭、退出不满2年者."""
    left = both(
        person["has_left_register"],
        is_within(person["left_register_on"], person.number("months_watched_after_exit"), person.case.on),
    )
    return either(standing.as_watched(person), person["is_other_hardship"], person["was_refused"], left)


LADDER: dict[str, tuple[Callable[[Case], Answer], tuple[str, ...]]] = {
    "特困": (is_tekun_household, ("TK",)),
    "低保": (is_dibao, ("DB",)),
    "边缘": (is_near, ("BY",)),
    "刚性": (is_spending, ("GX",)),
    "监测及其他": (lambda case: any_member(case, _is_watched), ("JC", "QT")),
}


def layer(case: Case) -> str | None:
    """The highest that this determination or the family's register gives; then whoever is watched."""
    for name, (holds, registered) in LADDER.items():
        told = either(is_one(case["household_category"], *registered), holds(case))
        if told is None:
            return None
        if told:
            return name
    return "无"


def help_of(case: Case, kind: str) -> Answer:
    """该类至少一个事项可享."""
    return either(*(items.item(case, number) for number in HELPS[kind]))
