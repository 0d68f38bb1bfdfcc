"""What others may read of persons and households, already limited to what the reader may see, each value with its
source. Somebody may be seen where they are registered, hold a residence permit, or stand on the register.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value

from wenhou.base.errors import NotAllowed
from wenhou.base.identity import IdNumber
from wenhou.lake import vault
from wenhou.registry import search, standing
from wenhou.registry.enums import Category
from wenhou.registry.families import Relative, families, family
from wenhou.registry.models import (
    Household,
    Membership,
    Person,
    PersonRecord,
    RegisterEntry,
    Residence,
)
from wenhou.registry.models.person import Said
from wenhou.registry.pages import Change, HouseholdPage, Member, PersonPage, Source, Standing, Told
from wenhou.staff.queries import Scope

__all__ = [
    "Change",
    "HouseholdPage",
    "Member",
    "PersonPage",
    "Relative",
    "Source",
    "Standing",
    "Told",
    "families",
    "family",
    "find",
    "homes",
    "household",
    "members_as_of",
    "people_in",
    "person",
    "places",
]

MOST_FOUND = 50
RECORD_LABELS = {
    "name": "姓名",
    "sex": "性别",
    "nation": "民族",
    "birth_date": "出生日期",
    "hukou_division": "户籍地区划",
    "hukou_address": "户籍地址",
    "hukou_type": "户口性质",
    "household_no": "户号",
    "relation": "与户主关系",
    "status": "户籍状态",
}
RESIDENCE_LABELS = {"division": "居住地区划", "address": "居住地址", "valid_to": "居住证有效期至"}
_PLACES = (
    (PersonRecord, "hukou_division"),
    (Residence, "division"),
    (RegisterEntry, "division"),
    (RegisterEntry, "resides_division"),
)
ENTRY_LABELS = {
    "category": "类别",
    "status": "状态",
    "is_covered": "保障对象",
    "confirmed_on": "认定日期",
    "valid_until": "有效期至",
    "exit_on": "退出日期",
    "division": "档案区划",
}


def person(*, key: int, scope: Scope, as_of: date) -> PersonPage | None:
    """A person as known of a day, with everything ever said; None where we know nobody by that key. Four queries.

    Raises NotAllowed outside the scope.
    """
    said = _Said.of(key)
    here = said.places(key)
    if not here and not Person.objects.filter(key=key).exists():
        return None
    record = _holding((row for row in said.records if row.person_id == key), as_of)
    permit = _permit((row for row in said.residences if row.person_id == key), as_of)
    return PersonPage(
        key=key,
        values=(*_told(record, RECORD_LABELS), *_told(permit, RESIDENCE_LABELS)),
        standings=tuple(_standings(said.entries, as_of)),
        changes=said.changes,
        why=_reason(here, scope),
        place=here[0],
    )


def household(*, key: int, scope: Scope, as_of: date) -> HouseholdPage | None:
    """A household as known of a day. Raises NotAllowed where none of its people may be seen."""
    found = Household.objects.filter(pk=key).first()
    if found is None:
        return None
    members = members_as_of(key=key, as_of=as_of)
    keys = [member.person for member in members] or list(_ever_of(key))
    visible = list(people_in(scope).filter(key__in=keys).values_list("key", flat=True)[:1])
    if not visible:
        raise NotAllowed("您的岗位不包括这户人家所在的地方。")
    entries = _entries_holding(RegisterEntry.objects.filter(household_id=key), as_of)
    return HouseholdPage(
        key=key,
        kind=found.kind,
        household_no=found.household_no,
        county=found.county,
        members=tuple(members),
        standings=tuple(_standing(entry) for entry in entries),
        why=_why(visible[0], scope),
    )


def _standings(entries: Iterable[RegisterEntry], as_of: date) -> list[Standing]:
    """Every category that the register has on a day, left ones among them, the weightiest first."""
    order = list(Category.values)
    told = (_standing(entry) for entry in _entries_holding(entries, as_of))
    return sorted(told, key=lambda one: order.index(one.category))


def members_as_of(*, key: int, as_of: date) -> list[Member]:
    """Who belongs to a household on a day, the head first."""
    here = {person: told for person, told in homes(keys=_ever_of(key), as_of=as_of).items() if told[0] == key}
    names = {record.person_id: record for record in _records_holding(here, as_of)}
    sources = {
        member.person_id: _source(member)
        for member in Membership.objects.filter(household_id=key, superseded_at=None, person_id__in=here)
    }
    members = [
        Member(
            person=person,
            name=names[person].name if person in names else "",
            relation=relation,
            birth_date=names[person].birth_date if person in names else None,
            source=sources.get(person),
        )
        for person, (_, relation) in here.items()
    ]
    return sorted(members, key=lambda one: (not one.relation.startswith("0"), one.relation, one.person))


def homes(*, keys: Iterable[int], as_of: date) -> dict[int, tuple[int, str]]:
    """Person → (household, relation) on a day; exactly one, the register's where they are on it.

    Who has none is left out. Not limited to a scope: for rooms, not for pages.
    """
    with connection.cursor() as cursor:
        told: dict[str, Any] = {"day": as_of, "persons": standing.with_same(keys)}
        cursor.execute(
            standing.query("select person_id, household_id, relation from homes order by person_id"), told
        )
        return {person: (home, relation) for person, home, relation in cursor.fetchall()}


def find(*, text: str, scope: Scope) -> list[PersonRecord]:
    """People by name (characters or pinyin, full or initials) or by whole identity number, at most 50 in the scope."""
    text = text.strip()
    number = _id_number(text)
    if number is not None:
        here = people_in(scope).filter(key__in=vault.keys_of([number]).values())
        found = PersonRecord.objects.filter(superseded_at=None, person__in=here)
    else:
        found = PersonRecord.objects.filter(pk__in=_named(text, scope))
    return list(found.order_by("name", "person_id"))


def _named(text: str, scope: Scope) -> list[int]:
    """The records of people so named, at most 50. By a function of the database: row security comes before an index of arrays,
    and would be asked about everybody in the country.
    """
    tokens = search.wanted(text)
    if not tokens:
        return []
    with connection.cursor() as cursor:
        told: list[Any] = [tokens, "" if text.isascii() else text, list(scope.divisions), MOST_FOUND]
        cursor.execute("select staff_finds(%s, %s, %s, %s)", told)
        return [key for (key,) in cursor.fetchall()]


def people_in(scope: Scope) -> QuerySet[Person]:
    """Persons registered, residing by permit, or on the register within a scope."""

    def somewhere(model: Any, *fields: str) -> Exists:
        rows = model.objects.filter(person=OuterRef("pk"), superseded_at=None)
        return Exists(rows.filter(scope.q(*fields)))

    return Person.objects.filter(
        Q(somewhere(PersonRecord, "hukou_division"))
        | Q(somewhere(Residence, "division"))
        | Q(somewhere(RegisterEntry, "division", "resides_division"))
    )


def places(key: int) -> list[str]:
    """Where somebody is registered, holds a residence permit, and stands on the register, in this order; 12 digits each.

    Not limited to a scope: for rooms, not for pages.
    """
    now = {"person_id": key, "superseded_at": None}
    said = [
        model._default_manager.filter(**now)
        .order_by()
        .annotate(place=F(field), turn=Value(turn))
        .values_list("place", "turn", "pk")
        for turn, (model, field) in enumerate(_PLACES)
    ]
    rows = said[0].union(*said[1:], all=True).order_by("turn", "pk")
    return [row[0] for row in rows]


@dataclass(frozen=True)
class _Said:
    """Every row about somebody, by any of their keys."""

    records: QuerySet[PersonRecord]
    residences: QuerySet[Residence]
    entries: QuerySet[RegisterEntry]

    @classmethod
    def of(cls, key: int) -> "_Said":
        theirs = Q(person_id__in=standing.with_same([key]))
        return cls(
            PersonRecord.objects.filter(theirs).order_by("pk"),
            Residence.objects.filter(theirs).order_by("pk"),
            RegisterEntry.objects.filter(theirs).order_by("pk"),
        )

    def places(self, key: int) -> list[str]:
        """Those of `places`, from the rows at hand."""
        rows: dict[type[Said], Iterable[Any]] = {
            PersonRecord: self.records,
            Residence: self.residences,
            RegisterEntry: self.entries,
        }
        return [
            getattr(row, field)
            for model, field in _PLACES
            for row in rows[model]
            if row.person_id == key and row.superseded_at is None
        ]

    @property
    def changes(self) -> tuple[Change, ...]:
        found = [
            *(_change("户籍", row, RECORD_LABELS) for row in self.records),
            *(_change("居住", row, RESIDENCE_LABELS) for row in self.residences),
            *(_change("救助", row, ENTRY_LABELS) for row in self.entries),
        ]
        return tuple(
            sorted(found, key=lambda one: (one.source.as_of, one.what, one.source.delivery, one.source.line))
        )


def _why(key: int, scope: Scope) -> str:
    """The reason why somebody may be seen; raises NotAllowed."""
    return _reason(places(key), scope)


def _reason(here: list[str], scope: Scope) -> str:
    for code in here:
        if scope.covers(code):
            return scope.reason(code)
    raise NotAllowed("您的岗位不包括此人的户籍地、居住地或救助地。")


def _ever_of(key: int) -> set[int]:
    """Everybody whom any row, even a superseded one, ever put in a household."""
    members = Membership.objects.filter(household_id=key).values_list("person_id", flat=True)
    return {*members, *RegisterEntry.objects.filter(household_id=key).values_list("person_id", flat=True)}


def _holds(row: Said, as_of: date) -> bool:
    """Whether a row is true on a day, or is the earliest word we have for it."""
    return row.replaced_on is None or row.replaced_on > max(as_of, row.as_of)


def _weight(row: Said, as_of: date) -> tuple[bool, int, int]:
    """The latest word of the day or before; failing that the earliest later one."""
    known = row.as_of <= as_of
    days = row.as_of.toordinal()
    return (known, days if known else -days, row.pk)


def _holding(rows: Iterable[Any], as_of: date) -> Any:
    held = [row for row in rows if _holds(row, as_of)]
    return max(held, key=lambda row: _weight(row, as_of), default=None)


def _records_holding(keys: Iterable[int], as_of: date) -> list[PersonRecord]:
    by_person: dict[int, list[PersonRecord]] = {}
    for row in PersonRecord.objects.filter(person_id__in=list(keys)):
        by_person.setdefault(row.person_id, []).append(row)
    return [held for rows in by_person.values() if (held := _holding(rows, as_of)) is not None]


def _permit(rows: Iterable[Residence], as_of: date) -> Residence | None:
    valid = (row for row in rows if row.status == "有效" and row.registered_on <= as_of <= row.valid_to)
    held = [row for row in valid if _holds(row, as_of)]
    return max(held, key=lambda row: (row.registered_on, row.pk), default=None)


def _entries_holding(rows: Iterable[RegisterEntry], as_of: date) -> list[RegisterEntry]:
    by_key: dict[tuple[Any, ...], list[RegisterEntry]] = {}
    for row in rows:
        if min(row.as_of, row.confirmed_on or row.as_of) <= as_of:
            by_key.setdefault((row.household_id, row.person_id, row.category, row.division), []).append(row)
    return [held for several in by_key.values() if (held := _holding(several, as_of)) is not None]


def _source(row: Said) -> Source:
    return Source(row.contract, row.delivery, row.line, row.as_of)


def _told(row: Said | None, labels: dict[str, str]) -> tuple[Told, ...]:
    if row is None:
        return ()
    return tuple(Told(name, label, getattr(row, name), _source(row)) for name, label in labels.items())


def _standing(entry: RegisterEntry) -> Standing:
    return Standing(
        category=entry.category,
        label=entry.get_category_display(),
        status=entry.status,
        is_covered=entry.is_covered,
        since=entry.confirmed_on,
        exit_on=entry.exit_on,
        division=entry.division,
        household=entry.household_id,
        source=_source(entry),
    )


def _change(what: str, row: Said, labels: dict[str, str]) -> Change:
    return Change(
        what=what,
        values={name: getattr(row, name) for name in labels},
        source=_source(row),
        replaced_on=row.replaced_on,
        is_correction=row.replaced_on == row.as_of,
    )


def _id_number(text: str) -> str | None:
    try:
        return IdNumber.parse(text).text
    except ValueError:
        return None
