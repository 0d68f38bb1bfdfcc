"""Who is a relative of whom, as the residence registration and the households of a day have it."""

from collections.abc import Iterable
from datetime import date

from wenhou.lake.models import SamePerson
from wenhou.registry import queries
from wenhou.registry.models import PersonRecord

SELF, SPOUSE, PARENT, CHILD = "本人", "配偶", "父母", "子女"
GUARDIAN, WARD, SIBLING, HOUSEHOLD = "监护人", "被监护人", "兄弟姐妹", "同户成员"


def between(pairs: Iterable[tuple[int, int]], *, on: date) -> dict[tuple[int, int], str]:
    """(somebody, another), person keys → what the other is to the first; pairs who are no relatives are left out.

    Four queries, however many pairs. Not limited to a scope: for rooms, not for pages.
    """
    asked = list(pairs)
    keys = {key for pair in asked for key in pair}
    kept = dict(SamePerson.objects.filter(absorbed__in=keys).values_list("absorbed", "kept"))
    own = {key: kept.get(key, key) for key in keys}
    records = _records({*own.values()})
    homes = queries.homes(keys=own.values(), as_of=on)
    told = {(a, b): _relation(own[a], own[b], records, homes) for a, b in asked}
    return {pair: relation for pair, relation in told.items() if relation}


def _records(keys: set[int]) -> dict[int, PersonRecord]:
    found = PersonRecord.objects.filter(person_id__in=keys, superseded_at=None)
    return {
        record.person_id: record for record in found.only("person", "father", "mother", "spouse", "guardian")
    }


def _relation(
    a: int, b: int, records: dict[int, PersonRecord], homes: dict[int, tuple[int, str]]
) -> str | None:
    if a == b:
        return SELF
    mine, theirs = records.get(a), records.get(b)
    by_record = _named(mine, b, (SPOUSE, PARENT, GUARDIAN)) or _named(theirs, a, (SPOUSE, CHILD, WARD))
    if by_record:
        return by_record
    if mine and theirs and _parents(mine) & _parents(theirs):
        return SIBLING
    return HOUSEHOLD if a in homes and b in homes and homes[a][0] == homes[b][0] else None


def _named(record: PersonRecord | None, key: int, words: tuple[str, str, str]) -> str | None:
    """As what a record names somebody: spouse, parent or guardian, in these words."""
    if record is None:
        return None
    spouse, parent, guardian = words
    if key == record.spouse:
        return spouse
    if key in _parents(record):
        return parent
    return guardian if key == record.guardian else None


def _parents(record: PersonRecord) -> set[int]:
    return {key for key in (record.father, record.mother) if key}
