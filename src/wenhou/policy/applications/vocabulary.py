"""The words of a household document: which key is which fact, what none of it is, and what implies what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from wenhou.engine import units
from wenhou.engine.declared import Fact, Link, Standard
from wenhou.engine.nodes import Value
from wenhou.engine.words import DEFAULT, Book
from wenhou.policy.facts.application import ASSESSED
from wenhou.policy.facts.choices import CHOICES, NONE

Said = Fact | Link
_Named = TypeVar("_Named", Fact, Fact | Link, Standard)
"""What a document may say of a person or the household."""

KEYS = {
    "说明": "note",
    "日期": "as_of",
    "区划": "division",
    "城乡": "urban_rural",
    "已核对": "asked",
    "授权": "authorised",
    "本户": "household",
    "人员": "persons",
    "义务人": "supporters",
    "标准": "standards",
}
ALL = ("全部", "all")
WORDS: dict[str, dict[object, str]] = {"sex": {"男": "1", "女": "2", 1: "1", 2: "2"}}
"""How a value may also be written; the words among them are what a refusal offers."""

NO_NONE = frozenset(
    {"supported_people", "supporter_rank", "supporter_household_size", "other_adults_in_household"}
)
"""Numbers for which 0 is not what silence means."""

NONE_TEXTS = {
    "household_category": "OUT",
    "register_division": NONE,
    "register_county": NONE,
    "hukou_moved_to_county": NONE,
}
RANGES = {"disability_level": (0, 4), "supported_people": (1, 10), "supporter_household_size": (1, 99)}
MOST = 10**10
"""No amount, count or area of a household is larger; a hundred million yuan. The batch reckons incomes of a family in parts
of a fen, 64 bits wide: a thousand times as much would not fit.
"""

FUTURE = frozenset({"next_review_on"})
"""Dates that may lie after the day asked about."""

COMPANIONS = {
    "police_death_on": "has_police_death",
    "hospital_death_on": "has_hospital_death",
    "cremated_on": "is_cremated",
    "declared_missing_on": "is_declared_missing",
    "prison_since": "is_in_prison",
    "is_in_prison_six_months": "is_in_prison",
    "detox_since": "is_in_detox",
    "is_in_detox_six_months": "is_in_detox",
    "out_of_contact_since": "is_out_of_contact",
    "last_married_on": "has_married",
    "last_divorced_on": "has_divorced",
    "married_outside_household_on": "has_married_outside_household",
    "divorced_within_household_on": "has_divorced_within_household",
    "newborn_outside_household_on": "has_newborn_outside_household",
    "unrecognised_chronic_discharge_on": "has_unrecognised_chronic_discharge",
    "care_need_discharge_on": "has_care_need_discharge",
    "disability_worsened_on": "has_disability_worsened",
    "disability_category_added_on": "has_disability_category_added",
    "hukou_moved_out_on": "has_hukou_moved_out",
    "hukou_moved_in_on": "has_hukou_moved_in",
    "permit_elsewhere_since": "has_permit_elsewhere",
    "left_register_on": "has_left_register",
    "self_care_on": "has_self_care_assessed",
    "last_met_on": "has_been_met",
    "last_adjustment_decided_on": "has_adjustment_decided",
}
"""A fact that is told → the one that is then yes: a date of an event says that the event was."""

TOGETHER = (("disability_level", "disability_category"),)
"""Facts of one record: where one is told the other is not none, only untold."""

PARTS = (
    ("central_basic_pension_12m", "resident_pension_12m"),
    ("survivor_benefits_12m", "periodic_benefits_12m"),
)
"""An amount and the amount it is part of."""

SHARES = (
    *((part, (whole,)) for part, whole in PARTS),
    ("hospital_stays_self_paid_12m", ("inpatient_self_paid_12m",)),
    ("medical_self_paid_12m", ("inpatient_self_paid_12m", "outpatient_self_paid_12m")),
)
"""An amount, and those of which one at least must hold it: where it is told and none of them is, they are untold, not none."""

SUPPORTS = ("supports_first", "supports_second", "supports_third")


@dataclass(frozen=True)
class Vocabulary:
    """Facts and links by every name a document may use, apart for people and households, and standards."""

    person: Mapping[str, Said]
    household: Mapping[str, Said]
    standards: Mapping[str, Standard]
    sources: frozenset[str]

    def of(self, entity: str) -> Mapping[str, Said]:
        return self.person if entity == "person" else self.household


def vocabulary(book: Book = DEFAULT) -> Vocabulary:
    """The words as they are declared at present."""
    return _vocabulary(book, book.revision)


@lru_cache(maxsize=8)
def _vocabulary(book: Book, _revision: int) -> Vocabulary:
    links = [link for link in book.links if not link.inverse_of]
    return Vocabulary(
        person=_named([*(fact for fact in book.facts if fact.entity == "person"), *links]),
        household=_named([fact for fact in book.facts if fact.entity == "household"]),
        standards=_named(book.standards),
        sources=frozenset(source for fact in book.facts for source in fact.sources),
    )


def _named(declared: Iterable[_Named]) -> dict[str, _Named]:
    made: dict[str, _Named] = {}
    for one in declared:
        made |= {one.name: one, one.label: one}
    return made


def asked_of_all(book: Book = DEFAULT) -> frozenset[str]:
    """全部: every source but what an officer finds or approves."""
    return vocabulary(book).sources - {ASSESSED}


def none_of(fact: Fact) -> Value:
    """What silence of a source that was asked means: no, 0 or 无; None where it means nothing."""
    if fact.name in NO_NONE:
        return None
    if fact.unit == "text":
        return NONE_TEXTS.get(fact.name, NONE if NONE in CHOICES.get(fact.name, ()) else None)
    return {"bool": False, "int": 0, "decimal": 0}.get(units.storage(fact.unit))


@lru_cache(maxsize=64)
def nones(book: Book, revision: int, entity: str, asked: frozenset[str]) -> Mapping[str, Value]:
    """The none of every fact whose sources were all asked."""
    found = {
        fact.name: none_of(fact)
        for fact in book.facts
        if fact.entity == entity and asked.issuperset(fact.sources)
    }
    return {name: value for name, value in found.items() if value is not None}
