"""A household as the desk shows it: who lives with whom, masked, with the file each line came from. Three queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from wenhou.base.identity import mask_id_number, mask_name
from wenhou.base.month import full_years
from wenhou.desk.sources import Files, Source
from wenhou.exchange import contracts
from wenhou.monitoring.models import Alert
from wenhou.registry import standing
from wenhou.registry.enums import Category
from wenhou.staff.queries import Scope

ADULT = 18
_SAYS = {"record": "姓名", "home": "关系", "listed": "在册"}
_MATES = """
    select distinct other.person_id from registry_membership mine
    join registry_membership other using (household_id) where mine.{field} = %(key)s
    union select distinct other.person_id from registry_register_entry mine
    join registry_register_entry other using (household_id) where mine.{field} = %(key)s
"""
_MEMBERS = """
    select homes.household_id as household, homes.person_id as key, homes.relation, records.name, records.sex,
        records.birth_date, records.hukou_division, identity.id_no, listed.category, belongs.since, belongs.until,
        records.contract as record_contract, records.delivery as record_delivery, records.line as record_line,
        records.as_of as record_as_of,
        belongs.contract as home_contract, belongs.delivery as home_delivery, belongs.line as home_line,
        belongs.as_of as home_as_of,
        listed.contract as listed_contract, listed.delivery as listed_delivery, listed.line as listed_line,
        listed.as_of as listed_as_of
    from homes
    left join records on records.person_id = homes.person_id
    left join lateral (
        select * from entries where entries.person_id = homes.person_id and stands order by rank limit 1
    ) listed on true
    left join lateral (
        select 0 as turn, contract, delivery, line, as_of, confirmed_on as since, exit_on as until
        from entries
        where entries.person_id = homes.person_id and entries.household_id = homes.household_id and stands
        union all
        select 1, contract, delivery, line, as_of, since, until
        from registry_membership member
        where member.person_id = homes.person_id and member.household_id = homes.household_id
            and superseded_at is null and since <= %(day)s and (until is null or until > %(day)s)
        order by turn, since desc limit 1
    ) belongs on true
    left join lake_identity identity on identity.key = homes.person_id
    where homes.household_id = coalesce(%(household)s,
        (select own.household_id from homes own where own.person_id = %(person)s))
    order by (homes.relation like '0%%') desc, homes.relation, records.birth_date, homes.person_id
"""


@dataclass(frozen=True)
class Member:
    """One line of a household. `id_masked` is empty for minors: their number is never shown."""

    key: int
    name_masked: str
    id_masked: str
    sex: str
    age: int | None
    relation: str
    standing: str
    since: date | None
    until: date | None
    """First day no longer a member, where it is known."""
    sources: tuple[tuple[str, Source], ...]
    """What each line of a file says: '姓名、关系' → where it stands."""
    is_near: bool
    """Registered within the reader's places, so that a page of their own can be opened."""


@dataclass(frozen=True)
class Family:
    """A household on a day; no key where nobody knows one. `files`: the deliveries its lines came in."""

    key: int | None
    members: tuple[Member, ...]
    files: Files


def around(alert: Alert, scope: Scope, *, on: date, more: Iterable[int] = ()) -> Family:
    """The household of an alert's person on a day. The alert itself is the reason to see it.

    `more`: further deliveries to fetch with those of the household.
    """
    return _read(scope, on, person=alert.person, household=alert.household, more=more)


def of_person(key: int, scope: Scope, *, on: date) -> Family:
    """The household somebody is in on a day."""
    return _read(scope, on, person=key, household=None)


def of_household(key: int, scope: Scope, *, on: date) -> Family:
    """The members of a household on a day. Whether it may be seen is the caller's question."""
    return _read(scope, on, person=None, household=key)


def _read(
    scope: Scope, on: date, *, person: int | None, household: int | None, more: Iterable[int] = ()
) -> Family:
    field, key = ("household_id", household) if household is not None else ("person_id", person)
    with connection.cursor() as cursor:
        cursor.execute(_MATES.format(field=field), {"key": key})
        keys = [row[0] for row in cursor.fetchall()]
        if not keys:
            return Family(None, (), Files.of(more, scope))
        told: dict[str, Any] = {"day": on, "persons": keys, "person": person, "household": household}
        cursor.execute(standing.query(_MEMBERS), told)
        named = [column.name for column in cursor.description or ()]
        rows = [dict(zip(named, row, strict=True)) for row in cursor.fetchall()]
    named_in = {row[f"{kind}_delivery"] for row in rows for kind in _SAYS} - {None}
    files = Files.of(named_in.union(more), scope)
    return Family(
        rows[0]["household"] if rows else None, tuple(_member(row, files, on) for row in rows), files
    )


def _member(row: Mapping[str, Any], files: Files, on: date) -> Member:
    age = full_years(row["birth_date"], on) if row["birth_date"] else None
    return Member(
        key=row["key"],
        name_masked=mask_name(row["name"]) if row["name"] else "不知道",
        id_masked=masked_number(row["id_no"], age),
        sex=row["sex"] or "",
        age=age,
        relation=relation(row["relation"]),
        standing=Category(row["category"]).label if row["category"] else "",
        since=row["since"],
        until=row["until"],
        sources=_sources(row, files),
        is_near=bool(row["hukou_division"]) and files.scope.covers(row["hukou_division"]),
    )


def _sources(row: Mapping[str, Any], files: Files) -> tuple[tuple[str, Source], ...]:
    """One entry a line, however much of the row it says."""
    said: dict[Source, list[str]] = {}
    for kind, what in _SAYS.items():
        told = [row[f"{kind}_{name}"] for name in ("contract", "delivery", "line", "as_of")]
        if None not in told:
            said.setdefault(files.source(*told), []).append(what)
    return tuple(("、".join(what), source) for source, what in said.items())


def masked_number(id_no: str | None, age: int | None) -> str:
    """A number masked; nothing at all for minors and where the age is not known."""
    return mask_id_number(id_no) if id_no and age is not None and age >= ADULT else ""


def relation(code: str) -> str:
    """GB/T 4761 in words; the code where the table lacks it."""
    return contracts.code_table("relation").get(code, code)
