"""孤儿 and 事实无人抚养 (§3, 民发〔2019〕62号)."""

from oracle.ability import is_mental_third_or_fourth, is_severe
from oracle.case import Person, once
from oracle.composition import is_dead
from oracle.logic import Answer, both, either, has_lasted, no


def _is_lost(parent: Person | None) -> Answer:
    """死亡或查找不到; a parent nobody named is not known to be either."""
    return None if parent is None else either(is_dead(parent), parent["is_untraceable"])


def _cannot_care(parent: Person | None) -> Answer:
    """重残、重病、服刑、强戒、其他限制人身自由、失联，期限≥6个月.

    重残 is 1-2级或3-4级智力精神, as indicators A06 has it; 宣告失踪 is 失联 that a court declared.
    """
    if parent is None:
        return None
    on, months = parent.case.on, parent.number("parent_absence_months")
    return either(
        is_severe(parent),
        is_mental_third_or_fourth(parent),
        parent["has_serious_illness"],
        parent["is_in_prison_six_months"],
        parent["is_in_detox_six_months"],
        parent["is_confined_six_months"],
        both(parent["is_out_of_contact"], has_lasted(parent["out_of_contact_since"], months, on)),
        both(parent["is_missing_on_evidence"], has_lasted(parent["missing_since"], months, on)),
        parent["is_declared_missing"],
    )


def _parents(person: Person) -> tuple[Person | None, Person | None]:
    return person.case.of(person["father"]), person.case.of(person["mother"])


def _is_minor(person: Person) -> Answer:
    return both(person.is_minor, no(is_dead(person)))


@once
def is_orphan(person: Person) -> Answer:
    """父母双亡或查找不到的未成年人."""
    father, mother = _parents(person)
    return both(_is_minor(person), _is_lost(father), _is_lost(mother))


@once
def is_helpless_child(person: Person) -> Answer:
    """Either of the two: each parent lost or unable to care."""
    each = [either(_is_lost(parent), _cannot_care(parent)) for parent in _parents(person)]
    return both(_is_minor(person), *each)


@once
def is_child_without_care(person: Person) -> Answer:
    """And no orphan."""
    return both(is_helpless_child(person), no(is_orphan(person)))
