"""「不是这个人」: a line that the machine linked to somebody is not theirs. Remembered by its words, wherever they come again."""

from datetime import date
from typing import Any

from django.db import transaction

from wenhou.base.errors import Refused
from wenhou.exchange import queries as exchange
from wenhou.lake import store
from wenhou.linkage import queries
from wenhou.linkage.actions import held, identities
from wenhou.linkage.enums import IdentityVerdict
from wenhou.linkage.identities import forms, queue, remembered
from wenhou.linkage.models import IdentityDecision, IdentityDoubt, LinkedLine, Mention, Sighting
from wenhou.staff.models import Account

BY_MACHINE = "机器按凭据认到此人"
GONE = "这一行已不在此人名下，请刷新再看。"


def refuse(*, linked: LinkedLine, reason: str, by: Account, on: date) -> IdentityDecision:
    """The words of this line do not mean the person it is linked to. Every line of theirs in the same words is taken out,
    their household judged again, and the words are never linked to them again unless that is taken back
    (`identities.take_back`). Raises NotAllowed or Refused.
    """
    said = _said(linked.person)
    words = next((row["words"] for row in said if _place(row) == (linked.delivery, linked.line)), None)
    if words is None:
        raise Refused(GONE)
    lines = [row for row in said if row["words"] == words]
    with transaction.atomic():
        mention = _mention(lines, on)
        if remembered.standing(mention).get(linked.person) == IdentityVerdict.NOT_SAME:
            raise Refused(GONE)
        _put_beside(mention, linked, on)
        decision = identities.decide(
            mention=mention, person=linked.person, same=False, reason=reason, by=by, on=on
        )
        for row in lines:
            LinkedLine.objects.filter(delivery=row["delivery"], line=row["line"]).delete()
    return decision


def _place(row: dict[str, Any]) -> tuple[int, int]:
    return row["delivery"], row["line"]


def _said(person: int) -> list[dict[str, Any]]:
    """The words of every line that stands linked to somebody by likelihood, and where it stands."""
    lines: held.Lines = {}
    for one in LinkedLine.objects.filter(person=person):
        lines.setdefault(one.delivery, set()).add(one.line)
    with store.connect(memory="256MB") as connection:
        exchange.held(connection, held.holding(lines), into="held_rows")
        if not held.tell(connection, lines):
            return []
        forms.prepare(connection)
        forms.shape(connection, "records_told", key="record", into="shaped_records")
        found = connection.execute(
            f"select told.delivery, told.line, told.field, told.contract as source, {queue.SAID}"
            " from records_told told join shaped_records shaped on shaped.unique_id = told.record"
        )
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _mention(lines: list[dict[str, Any]], on: date) -> Mention:
    """The words, kept, and where they stand."""
    Mention.objects.bulk_create([queue.mention(lines[0], on=on)], ignore_conflicts=True)
    kept = Mention.objects.get(words=lines[0]["words"])
    Sighting.objects.bulk_create(
        [
            Sighting(mention=kept, delivery=row["delivery"], line=row["line"], field=row["field"])
            for row in lines
        ],
        ignore_conflicts=True,
    )
    return kept


def _put_beside(mention: Mention, linked: LinkedLine, on: date) -> None:
    """A doubt, closed already, so that the pair stands among the decided ones and can be taken back there."""
    if IdentityDoubt.objects.filter(mention=mention, person=linked.person).exists():
        return
    IdentityDoubt.objects.create(
        mention=mention,
        person=linked.person,
        division=queries.place_of(linked.person),
        place=1,
        bits=linked.bits,
        why=BY_MACHINE,
        levels=linked.levels,
        raised_on=linked.linked_on,
        closed_on=on,
    )
