"""By the register or by this determination (the-law.md): what benefits that follow a category go by."""

from oracle.case import Person, once
from oracle.children import is_helpless_child
from oracle.composition import counts
from oracle.dibao import is_dibao, is_near, is_single
from oracle.logic import Answer, both, either, no
from oracle.spending import is_spending
from oracle.tekun import is_tekun


@once
def as_tekun(person: Person) -> Answer:
    return either(person["is_tekun"], is_tekun(person))


@once
def as_dibao(person: Person) -> Answer:
    """Nobody is in two categories that exclude each other (§1; indicators F10)."""
    insured = both(counts(person), is_dibao(person.case), no(is_tekun(person)))
    return either(person["is_dibao"], insured, is_single(person))


@once
def as_near(person: Person) -> Answer:
    return either(person["is_near_dibao"], both(counts(person), is_near(person.case)))


@once
def as_spending(person: Person) -> Answer:
    return either(person["is_unavoidable_spending"], both(counts(person), is_spending(person.case)))


@once
def as_watched(person: Person) -> Answer:
    """JC: 由农业农村部门认定，民政只引用."""
    return either(person["is_relapse_watch"], person["is_watched_by_agriculture"])


@once
def as_orphan(person: Person) -> Answer:
    """孤儿, 事实无人抚养 with them (§7: 孤儿含事无)."""
    return either(
        person["gets_orphan_allowance"],
        person["gets_child_without_care_allowance"],
        is_helpless_child(person),
    )
