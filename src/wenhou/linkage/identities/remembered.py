"""What humans decided earlier, found again by the words of a record."""

from collections import defaultdict
from collections.abc import Iterable

import duckdb
import pyarrow as pa

from wenhou.linkage.enums import IdentityVerdict
from wenhou.linkage.identities import forms
from wenhou.linkage.models import IdentityDecision, Mention, PersonMerge

_SCHEMA = pa.schema({"words": pa.string(), "person": pa.int64(), "same": pa.bool_()})


def standing(mention: Mention) -> dict[int, IdentityVerdict]:
    """Person key → the last word, for the pairs whose last word was not taken back."""
    return standing_of([mention.pk]).get(mention.pk, {})


def standing_of(mentions: Iterable[int]) -> dict[int, dict[int, IdentityVerdict]]:
    """The same of several, by their numbers; those of which nothing stands are left out."""
    found: dict[int, dict[int, IdentityVerdict]] = defaultdict(dict)
    decisions = IdentityDecision.objects.filter(mention__in=set(mentions)).order_by(
        "mention", "person", "-pk"
    )
    last = decisions.distinct("mention", "person").values_list("mention", "person", "verdict")
    for mention, person, verdict in last:
        if verdict != IdentityVerdict.UNDONE:
            found[mention][person] = IdentityVerdict(verdict)
    return dict(found)


def decided(connection: duckdb.DuckDBPyConnection, records: str, *, into: str) -> str | None:
    """Table `into` (record, person, same) for those of `records` whose words were decided; None where nothing was."""
    last = IdentityDecision.objects.order_by("mention", "person", "-pk").distinct("mention", "person")
    kept = dict(PersonMerge.objects.filter(undone_on=None).values_list("absorbed", "kept"))
    rows = [
        {"words": words, "person": kept.get(person, person), "same": verdict == IdentityVerdict.SAME}
        for words, person, verdict in last.values_list("mention__words", "person", "verdict")
        if verdict != IdentityVerdict.UNDONE
    ]
    if not rows:
        return None
    forms.prepare(connection)
    forms.shape(connection, records, key="record", into="shaped_records")
    connection.register("remembered_words", pa.Table.from_pylist(rows, _SCHEMA))
    connection.execute(
        f"create or replace temp table {into} as select unique_id as record, person, same from shaped_records shaped"
        f" join remembered_words on words = {forms.WORDS}"
    )
    connection.unregister("remembered_words")
    return into
