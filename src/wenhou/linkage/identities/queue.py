"""Doubtful records into the queue: their words once, and the people they may mean."""

from datetime import date
from typing import Any

import duckdb

from wenhou.linkage.identities import forms
from wenhou.linkage.identities.weights import COMPARISONS
from wenhou.linkage.models import IdentityDoubt, Mention

_TOGETHER = 2_000
_LEVELS = ", ".join(f'doubt."{one.name}" as "level_{one.name}"' for one in COMPARISONS)
_DOUBTS = f"""
select distinct on (words, person) {forms.WORDS} as words, masked_id(shaped.number) as number, shaped.name as name,
       case when birth_told then shaped.birth end as birth, shaped.sex as sex, coalesce(town, county) as division,
       left(shaped.phone, 3) || '****' || right(shaped.phone, 4) as phone, doubt.person, doubt.place, doubt.bits,
       doubt.why, people.division as home, {_LEVELS}
from identity_doubts doubt join shaped_records shaped on shaped.unique_id = doubt.record
join (select person, any_value(division) as division from registry_people group by person) people
  on people.person = doubt.person
order by words, doubt.place
"""


def raise_doubts(connection: duckdb.DuckDBPyConnection, *, source: str, on: date) -> int:
    """Put `identity_doubts` into the queue; a pair that waits there already is left alone. How many are new."""
    before = IdentityDoubt.objects.count()
    connection.execute(_DOUBTS)
    names = [column[0] for column in connection.description or ()]
    while rows := connection.fetchmany(_TOGETHER):
        _keep([dict(zip(names, row, strict=True)) for row in rows], source, on)
    return IdentityDoubt.objects.count() - before


def _keep(rows: list[dict[str, Any]], source: str, on: date) -> None:
    words = {row["words"]: _mention(row, source, on) for row in rows}
    Mention.objects.bulk_create(words.values(), ignore_conflicts=True)
    kept = {mention.words: mention for mention in Mention.objects.filter(words__in=list(words))}
    IdentityDoubt.objects.bulk_create(
        [_doubt(row, kept[row["words"]], on) for row in rows], ignore_conflicts=True
    )


def _mention(row: dict[str, Any], source: str, on: date) -> Mention:
    told = {column: row[column] or "" for column in ("number", "birth", "sex", "division", "phone")}
    return Mention(words=row["words"], name=(row["name"] or "")[:60], source=source, first_seen=on, **told)


def _doubt(row: dict[str, Any], mention: Mention, on: date) -> IdentityDoubt:
    levels = {one.name: one.levels_by_code[row[f"level_{one.name}"]] for one in COMPARISONS}
    return IdentityDoubt(
        mention=mention,
        person=row["person"],
        division=row["home"],
        place=row["place"],
        bits=row["bits"],
        why=row["why"],
        levels=levels,
        raised_on=on,
    )
