"""Whom an alert is about and where it belongs, for many subjects at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

import duckdb
import pyarrow as pa

from wenhou.base.identity import mask_id_number, mask_name
from wenhou.base.month import full_years
from wenhou.divisions import codes
from wenhou.fieldwork.models import Visit
from wenhou.lake import vault
from wenhou.registry.enums import Category
from wenhou.registry.models import PersonRecord, Residence

ADULT = 18  # identity numbers of minors are not shown in lists at all (个人信息保护法 §31)
SIX = tuple(choice for choice in Category.values if choice not in (Category.APPLYING, Category.REFUSED))

_PEOPLE = """
with asked as (select unnest($keys) as subject),
chosen as (
    select asked.subject, people.*, row_number() over (
        partition by asked.subject
        order by relation like '0%' desc nulls last, relation, birth_date, person
    ) as nth
    from asked join people on people.{column} = asked.subject
),
sizes as (select household, count(*) as size from people where household is not null group by household),
standings as (
    select id_no as person, min(list_position($six, category)) as rank
    from register
    where list_contains($six, category)
        and coalesce(status, '') <> '退出' and coalesce(exit_on > $day, true)
    group by id_no
)
select
    subject, person, chosen.household, sex, birth_date, hukou_division, chosen.place,
    resides_division, coalesce(size, 1) as size, households.division as home, households.category, rank
from chosen
left join sizes on sizes.household = chosen.household
left join households on households.household = chosen.household
left join standings using (person)
where nth = 1
"""


class Known(Protocol):
    """A connection with the views `people`, `households` and `register` as published for a day."""

    @property
    def as_of(self) -> date: ...

    @property
    def connection(self) -> duckdb.DuckDBPyConnection: ...


@dataclass(frozen=True)
class Subject:
    """What a list row shows, masked, and the two places. `copy_division` is '' where there is one place only."""

    person: int
    household: int | None
    division: str
    copy_division: str
    name_masked: str
    id_masked: str
    sex: str
    age: int
    household_size: int
    standing: str


def described(known: Known, subjects: Iterable[str]) -> dict[str, Subject]:
    """Subject ('p<key>', 'h<household>') → who and where. A household is shown by its head.

    A subject that the registry does not publish is left out.
    """
    rows = _rows(known, subjects)
    people = [row["person"] for row in rows.values()]
    names = dict(
        PersonRecord.objects.filter(person_id__in=people, superseded_at=None).values_list("person_id", "name")
    )
    numbers, seen = vault.identity_of(people), _last_seen(people, known.as_of)
    return {
        subject: _subject(
            row, names.get(row["person"], ""), numbers.get(row["person"], ""), seen, known.as_of
        )
        for subject, row in rows.items()
    }


def _rows(known: Known, subjects: Iterable[str]) -> dict[str, dict[str, Any]]:
    asked: dict[str, list[int]] = {"p": [], "h": []}
    for subject in subjects:
        asked[subject[0]].append(int(subject[1:]))
    found: dict[str, dict[str, Any]] = {}
    for kind, column in (("p", "person"), ("h", "household")):
        if not asked[kind]:
            continue
        given = {
            "keys": pa.array(asked[kind], pa.int64()).to_pylist(),
            "six": list(SIX),
            "day": known.as_of,
        }
        table = known.connection.execute(_PEOPLE.format(column=column), given).to_arrow_table()
        found |= {f"{kind}{row['subject']}": row for row in table.to_pylist()}
    return found


def _last_seen(people: list[int], as_of: date) -> dict[int, str]:
    """Where those without a valid residence permit were last met."""
    permitted = Residence.objects.filter(
        person_id__in=people, superseded_at=None, status="有效", registered_on__lte=as_of, valid_to__gte=as_of
    ).values_list("person_id", flat=True)
    others = set(people) - set(permitted)
    visits = Visit.objects.filter(person__in=others, met=True, visited_on__lte=as_of)
    rows = visits.order_by("visited_on", "id").values_list("person", "division")
    return {person: division for person, division in rows if person is not None}


def _subject(row: Mapping[str, Any], name: str, number: str, seen: Mapping[int, str], as_of: date) -> Subject:
    born = row["birth_date"]
    age = full_years(born, as_of) if born else 0
    lives, other = _places(row, seen)
    return Subject(
        person=row["person"],
        household=row["household"],
        division=lives,
        copy_division=other,
        name_masked=mask_name(name),
        id_masked=mask_id_number(number) if number and (born is None or age >= ADULT) else "",
        sex=row["sex"] or "",
        age=max(age, 0),
        household_size=row["size"],
        standing=_standing(row),
    )


def _places(row: Mapping[str, Any], seen: Mapping[int, str]) -> tuple[str, str]:
    known = (
        seen.get(row["person"]),
        row["resides_division"],
        row["home"],
        row["place"],
        row["hukou_division"],
    )
    lives = next((_padded(code) for code in known if code), "")
    registered = [_padded(code) for code in (row["hukou_division"], row["place"]) if code]
    return lives, next((code for code in registered if code != lives), "")


def _padded(code: str) -> str:
    return code.ljust(codes.PADDED, "0")


def _standing(row: Mapping[str, Any]) -> str:
    category = SIX[row["rank"] - 1] if row["rank"] else row["category"]
    return str(Category(category).label) if category else ""
