"""A household as the desk shows it: who lives with whom, masked, with the file each line came from. Two queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from wenhou.base.identity import mask_id_number, mask_name
from wenhou.base.month import full_years
from wenhou.desk import reasons
from wenhou.exchange import contracts
from wenhou.monitoring.models import Alert
from wenhou.registry import standing
from wenhou.registry.enums import Category
from wenhou.staff.queries import Scope

ADULT = 18
_MATES = """
    select distinct other.person_id from registry_membership mine
    join registry_membership other using (household_id) where mine.{field} = %(key)s
    union select distinct other.person_id from registry_register_entry mine
    join registry_register_entry other using (household_id) where mine.{field} = %(key)s
"""
_MEMBERS = """
    select homes.household_id, homes.person_id, homes.relation, records.name, records.sex, records.birth_date,
        records.contract, records.as_of, records.hukou_division, identity.id_no,
        (select category from entries where entries.person_id = homes.person_id and stands order by rank limit 1)
    from homes
    left join records on records.person_id = homes.person_id
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
    contract: str
    as_of: date | None
    is_near: bool
    """Registered within the reader's places, so that a page of their own can be opened."""

    @property
    def source(self) -> str:
        """The department and its file."""
        return reasons.contract_name(self.contract) if self.contract else "救助档案"


@dataclass(frozen=True)
class Family:
    """A household on a day; no key where nobody knows one."""

    key: int | None
    members: tuple[Member, ...]


def around(alert: Alert, scope: Scope, *, on: date) -> Family:
    """The household of an alert's person on a day. The alert itself is the reason to see it."""
    return _read(scope, on, person=alert.person, household=alert.household)


def of_person(key: int, scope: Scope, *, on: date) -> Family:
    """The household somebody is in on a day."""
    return _read(scope, on, person=key, household=None)


def of_household(key: int, scope: Scope, *, on: date) -> Family:
    """The members of a household on a day. Whether it may be seen is the caller's question."""
    return _read(scope, on, person=None, household=key)


def _read(scope: Scope, on: date, *, person: int | None, household: int | None) -> Family:
    field, key = ("household_id", household) if household is not None else ("person_id", person)
    with connection.cursor() as cursor:
        cursor.execute(_MATES.format(field=field), {"key": key})
        keys = [row[0] for row in cursor.fetchall()]
        if not keys:
            return Family(None, ())
        told: dict[str, Any] = {"day": on, "persons": keys, "person": person, "household": household}
        cursor.execute(standing.query(_MEMBERS), told)
        rows = cursor.fetchall()
    return Family(rows[0][0] if rows else None, tuple(_member(row, scope, on) for row in rows))


def _member(row: Iterable[Any], scope: Scope, on: date) -> Member:
    _, key, relation_code, name, sex, born, contract, as_of, hukou, id_no, category = row
    age = full_years(born, on) if born else None
    return Member(
        key=key,
        name_masked=mask_name(name) if name else "不知道",
        id_masked=masked_number(id_no, age),
        sex=sex or "",
        age=age,
        relation=relation(relation_code),
        standing=Category(category).label if category else "",
        contract=contract or "",
        as_of=as_of,
        is_near=bool(hukou) and scope.covers(hukou),
    )


def masked_number(id_no: str | None, age: int | None) -> str:
    """A number masked; nothing at all for minors and where the age is not known."""
    return mask_id_number(id_no) if id_no and age is not None and age >= ADULT else ""


def relation(code: str) -> str:
    """GB/T 4761 in words; the code where the table lacks it."""
    return contracts.code_table("relation").get(code, code)
