"""What one row of SA-ARCH keeps of a declaration and of what was determined: read whole, or not at all.

The format stands in docs/discussions/the-law.md: `income_items` tells facts of the row's person, `assets_determined`
facts of the household, `supporters` who owes support from elsewhere. Keys are labels or names, values as in
HOUSEHOLD.yaml; `已核对` names who was asked beside the departments.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from wenhou.engine.declared import Fact
from wenhou.engine.words import DEFAULT
from wenhou.policy.applications.faults import Faults, said
from wenhou.policy.applications.values import Values
from wenhou.policy.facts.application import ASSESSED, DECLARED

ASKED = "已核对"
ASKS = (DECLARED, ASSESSED, "SA-VISIT", "SA-CHK", "SA-CLUE", "SA-SVC")
"""Who may be asked in an application itself; departments answer by their own deliveries."""
TOTALS = frozenset({"工资性", "经营性", "财产性", "转移性"})
"""Totals by kind of income: what was determined, but not of what. Permitted, and no fact."""
COUNTED = frozenset({"养老金", "失业保险金", "惠农补贴", "土地流转租金"})
"""What of departments' payments was counted at the last review: permitted, for the watch, and no fact."""
INCOME, ASSETS, SUPPORTERS = "income_items", "assets_determined", "supporters"
WHO, WHOM = {"id_no", "证件号码"}, {"of", "赡养扶养对象"}
MOST_OWED = 3
ONLY_SUPPORTERS = frozenset(
    {
        "supporter_kinship",
        "supporter_household_size",
        "supporter_household_income_12m",
        "supported_people",
        "has_support_judgement",
        "judged_support",
        "paid_support",
        "has_approved_waiver",
    }
)
ALSO_OF_SUPPORTERS = frozenset({"lacks_civil_capacity", "has_modest_property"})
COMPOSED = frozenset({"kinship", "is_supporter", "supporter_household", "supporter_rank"})
"""Told by the registry and by who is named."""


@dataclass(frozen=True)
class Told:
    """Values by the facts' names, as the engine keeps them; who was asked, so that silence of theirs is none.

    unknown: facts that are said to be unknown, and so are not none.
    """

    values: Mapping[str, Any]
    unknown: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.values or self.asked)


@dataclass(frozen=True)
class Supporter:
    """key: the person who owes support, by the registry's key. owed: to whom; nobody named: the row's person."""

    key: int
    owed: tuple[int, ...]
    told: Told


@dataclass(frozen=True)
class Archive:
    person: Told
    household: Told
    supporters: tuple[Supporter, ...]

    def __bool__(self) -> bool:
        return bool(self.person or self.household or self.supporters)

    @property
    def tells_of_household(self) -> bool:
        return bool(self.household or self.supporters)


@cache
def facts_of(kind: str) -> Mapping[str, Fact]:
    """By name: what may be written of a `person`, a `household` or a `supporter`."""
    told = {fact.name: fact for fact in DEFAULT.facts if {DECLARED, ASSESSED} & set(fact.sources)}
    told |= {fact.name: fact for fact in DEFAULT.facts if fact.name in ONLY_SUPPORTERS}
    wanted = {
        "person": lambda fact: fact.entity == "person" and fact.name not in ONLY_SUPPORTERS | COMPOSED,
        "household": lambda fact: fact.entity == "household",
        "supporter": lambda fact: fact.name in ONLY_SUPPORTERS | ALSO_OF_SUPPORTERS,
    }[kind]
    return {name: fact for name, fact in told.items() if wanted(fact)}


@cache
def _keys(kind: str) -> Mapping[str, Fact]:
    return {key: fact for fact in facts_of(kind).values() for key in (fact.name, fact.label)}


def read(columns: Mapping[str, str | None], *, on: date) -> Archive:
    """One row's three columns. on: the day asked about. Raises ApplicationFault, with every fault, for any of them."""
    faults = Faults()
    reader = _Reader(faults, Values(faults, on))
    found = Archive(
        reader.told("person", INCOME, reader.loaded(INCOME, columns.get(INCOME), dict)),
        reader.told("household", ASSETS, reader.loaded(ASSETS, columns.get(ASSETS), dict)),
        tuple(reader.supporters(reader.loaded(SUPPORTERS, columns.get(SUPPORTERS), list))),
    )
    faults.check()
    return found


class _Reader:
    def __init__(self, faults: Faults, values: Values) -> None:
        self._faults, self._values = faults, values

    def loaded(self, column: str, text: str | None, kind: type) -> Any:
        """The JSON of a column; empty where there is none, or where it is broken (then a fault has been added)."""
        if text is None or text in ("", "{}", "[]"):
            return kind()
        try:
            found = json.loads(text, parse_float=Decimal, parse_constant=_no, object_pairs_hook=_once)
        except (ValueError, RecursionError) as broken:
            why = broken.args[0] if isinstance(broken, _Twice) else "读不出来"
            self._faults.add(f"{column}不是完好的JSON", why, "请照格式重新填报这一行")
            return kind()
        if isinstance(found, kind):
            return found
        self._faults.add(
            f"{column}的形状不对", f"应是{'对象' if kind is dict else '清单'}", "请照格式重新填报"
        )
        return kind()

    def told(
        self, kind: str, column: str, written: Mapping[str, Any], beside: frozenset[str] = frozenset()
    ) -> Told:
        known, values = _keys(kind), dict[str, Any]()
        permitted = beside | {ASKED} | (TOTALS | COUNTED if kind == "person" else frozenset())
        for key, value in written.items():
            if key in permitted:
                continue
            fact = known.get(key)
            if fact is None:
                self._unknown(column, key, known)
            elif fact.name in values:
                self._faults.add(f"{column}里“{fact.label}”写了两次", "不知道哪个算数", "请只留一个")
            else:
                values[fact.name] = self._values.read(column, fact, value)
        kept = {name: value for name, value in values.items() if value is not None}
        unknown = tuple(name for name in values if name not in kept)
        return Told(kept, unknown, self._asked(column, written.get(ASKED, [])))

    def _unknown(self, column: str, key: str, known: Iterable[str]) -> None:
        hint = self._faults.nearest(key, known)
        why = "它不是这里可以申报或评定的事实"
        self._faults.add(f"{column}里有不认识的“{said(key)}”", why, f"{hint}请照事实的名称填写")

    def _asked(self, column: str, listed: Any) -> tuple[str, ...]:
        if isinstance(listed, list) and all(isinstance(one, str) and one in ASKS for one in listed):
            return tuple(sorted(set(listed)))
        written = "、".join(map(str, listed)) if isinstance(listed, list) else listed
        self._faults.add(
            f"{column}的“{ASKED}”写的是“{said(written)}”",
            "部门的答复由部门的来件说明",
            f"请从{'、'.join(ASKS)}中列出问过的",
        )
        return ()

    def supporters(self, listed: list[Any]) -> Iterable[Supporter]:
        seen: set[int] = set()
        for number, one in enumerate(listed, start=1):
            whose = f"{SUPPORTERS}第{number}人"
            if not isinstance(one, dict):
                self._faults.add(f"{whose}的形状不对", "应是对象", "请照格式重新填报")
                continue
            told = self.told("supporter", whose, one, frozenset(WHO | WHOM))
            who, whom = self._people(whose, one, WHO), self._people(whose, one, WHOM)
            if len(who) != 1 or who[0] in seen or len(whom) > MOST_OWED:
                self._faults.add(
                    f"{whose}没有写清是谁的义务人",
                    f"每名义务人写一次，有一个证件号码，至多{MOST_OWED}名受养人",
                    "请照证件填写",
                )
                continue
            seen.add(who[0])
            yield Supporter(who[0], whom, told)

    def _people(self, whose: str, one: Mapping[str, Any], keys: set[str]) -> tuple[int, ...]:
        written = [one[key] for key in one if key in keys]
        named = written[0] if written and isinstance(written[0], list) else written
        found = tuple(_person(text) for text in named)
        if None in found or len(written) > 1:
            self._faults.add(f"{whose}的证件号码认不出人", "号码有误，或写了两处", "请照证件填写")
            return ()
        return tuple(key for key in found if key is not None)


_KEY = re.compile("p[0-9]{1,18}")


class _Twice(ValueError):
    pass


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise _Twice("同一个键写了两次")
    return made


def _no(constant: str) -> Any:
    raise ValueError(constant)


def _person(text: Any) -> int | None:
    """The lake holds identity numbers within JSON as the registry's keys: p123."""
    return int(text[1:]) if isinstance(text, str) and _KEY.fullmatch(text) else None
