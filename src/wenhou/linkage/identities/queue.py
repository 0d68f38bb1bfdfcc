"""Doubtful records into the queue: their words once, and the people they may mean. What later evidence resolves leaves."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa
from django.db.models import Exists, OuterRef

from wenhou.lake.models import Part
from wenhou.linkage.identities import forms
from wenhou.linkage.identities.reasons import IS_ANOTHER, IS_THEM, NOT_LIKELY, TOLD_ANEW
from wenhou.linkage.identities.weights import COMPARISONS
from wenhou.linkage.models import IdentityDoubt, Mention, Sighting

_TOGETHER = 2_000
_LEVELS = ", ".join(f'doubt."{one.name}" as "level_{one.name}"' for one in COMPARISONS)
SAID = f"""
       {forms.WORDS} as words, masked_id(shaped.number) as number,
       shaped.name || coalesce('（' || shaped.note || '）', '') as name,
       case when birth_told then shaped.birth end as birth, shaped.sex as sex, coalesce(town, county) as division,
       left(shaped.phone, 3) || '****' || right(shaped.phone, 4) as phone"""
"""What a mention keeps of a record, SQL over a table of forms called `shaped`."""
_DOUBTS = f"""
select distinct on (words, person) {SAID}, doubt.person, doubt.place, doubt.bits,
       doubt.why, people.division as home, met.source, {_LEVELS}
from identity_doubts doubt join shaped_records shaped on shaped.unique_id = doubt.record
join ({{met}}) met using (record)
join (select person, any_value(division) as division from registry_people group by person) people
  on people.person = doubt.person
order by words, doubt.place
"""
_RESOLVED = f"""
select waits.doubt, case when bool_or(link.person = waits.person) then '{IS_THEM}'
                         when bool_or(link.person is not null) then '{IS_ANOTHER}' else '{NOT_LIKELY}' end as because
from doubts_waiting waits
join (select unique_id as record, {forms.WORDS} as words from shaped_records shaped) told using (words)
left join identity_links link using (record)
group by waits.doubt, waits.person
having not bool_or(exists (from identity_doubts still where still.record = told.record and still.person = waits.person))
"""


def raise_doubts(connection: duckdb.DuckDBPyConnection, *, met: str, on: date) -> int:
    """Put `identity_doubts` into the queue; a pair that waits there already is left alone. How many are new.

    met: SQL that gives where each record was met (record, source).
    """
    before = IdentityDoubt.objects.count()
    for rows in _fetched(connection, _DOUBTS.format(met=met)):
        _keep(rows, on)
    return IdentityDoubt.objects.count() - before


def close_resolved(connection: duckdb.DuckDBPyConnection, *, on: date) -> int:
    """Close the open doubts of the records just matched that are doubtful no longer, with the reason. How many."""
    waiting = IdentityDoubt.objects.filter(closed_on=None).values_list("pk", "mention__words", "person")
    rows = [{"doubt": doubt, "words": words, "person": person} for doubt, words, person in waiting]
    if not rows:
        return 0
    schema = pa.schema({"doubt": pa.int64(), "words": pa.string(), "person": pa.int64()})
    connection.register("doubts_waiting", pa.Table.from_pylist(rows, schema))
    resolved = connection.execute(_RESOLVED).fetchall()
    connection.unregister("doubts_waiting")
    for because in {because for _, because in resolved}:
        several = [doubt for doubt, why in resolved if why == because]
        IdentityDoubt.objects.filter(pk__in=several).update(closed_on=on, closed_because=because)
    return len(resolved)


def close_told_anew(*, on: date) -> int:
    """Close the open doubts of words all of whose lines came in deliveries that others have replaced. How many."""
    current = Part.objects.filter(delivery=OuterRef("delivery"), superseded_by=None)
    lines = Sighting.objects.filter(mention=OuterRef("mention"))
    waiting = IdentityDoubt.objects.filter(
        Exists(lines), ~Exists(lines.filter(Exists(current))), closed_on=None
    )
    return waiting.update(closed_on=on, closed_because=TOLD_ANEW)


def _fetched(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[list[dict[str, Any]]]:
    connection.execute(query)
    names = [column[0] for column in connection.description or ()]
    while rows := connection.fetchmany(_TOGETHER):
        yield [dict(zip(names, row, strict=True)) for row in rows]


def _keep(rows: list[dict[str, Any]], on: date) -> None:
    words = {row["words"]: mention(row, on=on) for row in rows}
    Mention.objects.bulk_create(words.values(), ignore_conflicts=True)
    kept = {one.words: one for one in Mention.objects.filter(words__in=list(words))}
    IdentityDoubt.objects.bulk_create(
        [_doubt(row, kept[row["words"]], on) for row in rows], ignore_conflicts=True
    )


def mention(row: dict[str, Any], *, on: date) -> Mention:
    """A mention, not saved, of a row of SAID with its `source`."""
    told = {column: row[column] or "" for column in ("number", "birth", "sex", "division", "phone")}
    return Mention(
        words=row["words"], name=(row["name"] or "")[:60], source=row["source"], first_seen=on, **told
    )


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
