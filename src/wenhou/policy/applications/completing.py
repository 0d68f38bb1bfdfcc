"""What follows from what is written, and what silence means where the sources were asked."""

from collections.abc import Mapping

from wenhou.engine.nodes import Value
from wenhou.engine.words import Book
from wenhou.policy.applications.faults import Faults, said
from wenhou.policy.applications.model import Told
from wenhou.policy.applications.vocabulary import COMPANIONS, SHARES, TOGETHER, nones

Written = Mapping[str, Value]
"""By name; None is said to be unknown."""

PARENT: dict[Value, str] = {"1": "father", "2": "mother"}


def people(
    written: Mapping[str, Written], authorised: bool | None, asked: frozenset[str], book: Book, faults: Faults
) -> dict[str, Told]:
    """Everybody completed. authorised: short for every member of the family who says nothing of it."""
    married, parents = _spouses(written), _parents(written)
    made = {}
    for name, values in written.items():
        more: dict[str, Value] = {}
        if authorised is not None and not values["is_supporter"] and "is_authorised" not in values:
            more["is_authorised"] = authorised
        if name in married and "spouse" not in values:
            more["spouse"] = married[name]
        more |= {link: who for link, who in parents.get(name, {}).items() if link not in values}
        made[name] = told(values, "person", asked, book, faults, said(name), more)
    return made


def told(
    written: Written,
    entity: str,
    asked: frozenset[str],
    book: Book,
    faults: Faults,
    whose: str,
    derived: Written | None = None,
) -> Told:
    """Written values, what follows from them, and none for the rest where every source was asked."""
    known = {name: value for name, value in written.items() if value is not None}
    more = {**(derived or {}), **_companions(known, written, book, faults, whose)}
    silent = dict(nones(book, book.revision, entity, asked))
    for name in [*written, *_untold(known), *_unheld(known)]:
        silent.pop(name, None)
    return Told(
        values=silent | more | known,
        written=frozenset(known),
        derived=frozenset(more),
        unknown=frozenset(name for name, value in written.items() if value is None),
    )


def _companions(known: Written, written: Written, book: Book, faults: Faults, whose: str) -> dict[str, Value]:
    """A date of an event says that the event was; where the contrary is written, that is a fault."""
    made: dict[str, Value] = {}
    for name, companion in COMPANIONS.items():
        if name not in known or known[name] is False or companion not in book:
            continue
        if written.get(companion) is False:
            faults.add(
                f"{whose}写了“{_label(book, name)}”，又写“{_label(book, companion)}: 否”",
                "两者不能都对",
                "请改其中一处",
            )
        elif companion not in written:
            made[companion] = True
    return made


def _label(book: Book, name: str) -> str:
    return book[name].label


def _untold(known: Written) -> set[str]:
    """Facts of a record of which another part is told: not none."""
    return {
        other
        for record in TOGETHER
        if any(known.get(name) not in (None, 0, "无") for name in record)
        for other in record
    }


def _unheld(known: Written) -> set[str]:
    """Amounts of which one must hold an amount that is told."""
    return {
        whole
        for part, wholes in SHARES
        if known.get(part) and not any(known.get(whole) for whole in wholes)
        for whole in wholes
    }


def _spouses(written: Mapping[str, Written]) -> dict[str, str]:
    """申请人 and 配偶 name each other, where there is one of each."""
    by_kinship = {
        kinship: [n for n, v in written.items() if v.get("kinship") == kinship]
        for kinship in ("申请人", "配偶")
    }
    if any(len(names) != 1 for names in by_kinship.values()):
        return {}
    (applicant,), (spouse,) = by_kinship["申请人"], by_kinship["配偶"]
    return {applicant: spouse, spouse: applicant}


def _parents(written: Mapping[str, Written]) -> dict[str, dict[str, str]]:
    """A 子女 of the applicant has him as father or her as mother; the applicant's 父母, where one of a sex is written."""
    found: dict[str, dict[str, str]] = {}
    applicants = [name for name, values in written.items() if values.get("kinship") == "申请人"]
    for applicant in applicants[:1]:
        link = PARENT.get(written[applicant].get("sex"))
        children = [name for name, values in written.items() if values.get("kinship") == "子女"]
        found |= {child: {link: applicant} for child in children if link is not None}
        parents = [name for name, values in written.items() if values.get("kinship") == "父母"]
        for sex, link in PARENT.items():
            of_sex = [name for name in parents if written[name].get("sex") == sex]
            if len(of_sex) == 1:
                found.setdefault(applicant, {})[link] = of_sex[0]
    return found
