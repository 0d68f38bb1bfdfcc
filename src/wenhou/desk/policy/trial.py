"""A dry run for its page: what it saw within the reader's places, and how it comes about."""

from collections.abc import Iterable
from typing import Any

from wenhou.desk.policy import cliff
from wenhou.divisions import queries as divisions
from wenhou.policy import answers
from wenhou.policy.proposals.changes import UNKNOWN, CategoryEffect, Move
from wenhou.policy.proposals.effects import Effects
from wenhou.staff.queries import Scope

CATEGORIES = answers.SHORT | {"QT": "四类之外", UNKNOWN: UNKNOWN}
SUMMED = ("households", "gaining", "losing", "before", "after", "gained", "lost")
DESK, PHONE = 760, 340  # px of the curve


def told(found: Effects, scope: Scope) -> dict[str, Any]:
    """The whole of it; who sees part of the places sees their counties, and nothing that was summed over all."""
    counties = found.within(scope.divisions)
    names = divisions.lookup([one.county for one in counties])
    whole = len(counties) == len(found.counties)
    most = max((one.after for one in found.months), default=0) or 1
    fields = ("households", "gaining", "losing", "unknown", "before", "after", "more")
    sums = {field: sum(getattr(one, field) for one in counties) for field in fields}
    return {
        "as_of": found.as_of,
        "note": found.note,
        "whole": whole,
        "counties": [(names[one.county].rpartition(" ")[2], one) for one in counties],
        **sums,
        "known": sums["households"] - sums["unknown"],
        "blind": sums["unknown"] * 2 > sums["households"],
        "months": [(one, round(100 * one.after / most)) for one in found.months] if whole else [],
        "year": sum(one.more for one in found.months),
        "categories": _categories(found, {one.county for one in counties}),
        **(_over_all(found) if whole else {"moves": [], "casework": None, "cliff": None}),
    }


def _categories(found: Effects, counties: set[str]) -> list[tuple[str, CategoryEffect]]:
    """One line for each category, over the counties seen, in the order of the law."""
    seen = [one for one in found.changes.categories if one.county in counties]
    lines = []
    for code in _in_order(one.category for one in seen):
        mine = [one for one in seen if one.category == code]
        sums = {field: sum(getattr(one, field) for one in mine) for field in SUMMED}
        lines.append((CATEGORIES.get(code, code), CategoryEffect(county="", category=code, **sums)))
    return lines


def _in_order(codes: Iterable[str]) -> list[str]:
    """Each once: those of the law in its order, any other after them."""
    known = set(codes)
    return [*(code for code in CATEGORIES if code in known), *sorted(known - CATEGORIES.keys())]


def _over_all(found: Effects) -> dict[str, Any]:
    bins = found.changes.cliff
    stood = any(one.households for one in bins)
    return {
        "moves": moves(found.changes.moves),
        "casework": found.changes.casework,
        "cliff": {
            "desk": cliff.curve(bins, width=DESK),
            "phone": cliff.curve(bins, width=PHONE),
            "table": cliff.table(bins),
            "fall": cliff.fall(bins),
        }
        if stood
        else None,
    }


def moves(found: Iterable[Move]) -> list[tuple[str, list[tuple[str, int]]]]:
    """(category before, [(category after, households)]) in the order of the law; the largest first within one."""
    known = sorted(found, key=lambda one: (-one.households, one.after))
    return [
        (
            CATEGORIES.get(code, code),
            [(CATEGORIES.get(one.after, one.after), one.households) for one in known if one.before == code],
        )
        for code in _in_order(one.before for one in known)
    ]
