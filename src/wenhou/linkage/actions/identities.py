"""Whose record is it: a table of records matched with the registry, doubts queued, decided, and decisions taken back."""

from dataclasses import dataclass
from datetime import date, datetime

import duckdb
from django.db import transaction

from wenhou.base import clock
from wenhou.base.errors import Refused
from wenhou.lake import store
from wenhou.lake.schema import literal
from wenhou.linkage import tasks
from wenhou.linkage.enums import IdentityVerdict
from wenhou.linkage.identities import matching, queue, registered, remembered
from wenhou.linkage.identities.matching import Matched
from wenhou.linkage.models import IdentityDecision, IdentityDoubt, Mention
from wenhou.registry.models import PersonRecord
from wenhou.staff import permits
from wenhou.staff.models import Account

SHORTEST = 5  # characters of a reason


@dataclass(frozen=True)
class Recognised:
    """`matched` says whose records they are; `raised` is how many doubts are new in the queue."""

    matched: Matched
    raised: int


def recognise(
    *,
    connection: duckdb.DuckDBPyConnection,
    records: str,
    source: str,
    by: Account | None,
    on: date,
    division: str = "",
) -> Recognised:
    """Match a table (record, then identities.forms.TOLD as text) with the registry, as decided before where it was.

    Links are published to the lake as `identity_links_<source>` (record, person, method, bits); doubts go to the queue.
    `by` needs the permit to load data of `division`; None is the command line. Raises NotAllowed.
    """
    if by is not None:
        permits.require(by, permits.Act.DELIVER, division, on=on)
    met = f"select unique_id as record, {literal(source)} as source from shaped_records"
    with transaction.atomic():
        done = match(connection=connection, records=records, met=met, on=on)
        links = connection.sql(
            "select record, person, method, bits from identity_links order by person, record"
        )
        store.publish(f"identity_links_{source}", on, links)
    return done


def match(*, connection: duckdb.DuckDBPyConnection, records: str, met: str, on: date) -> Recognised:
    """Match a table with the registry, as decided before where it was, and bring the queue up to it. met: SQL that gives
    where each record was met (record, source). Links are left in `identity_links`.
    """
    registered.people(connection, into="registry_people")
    decided = remembered.decided(connection, records, into="identity_remembered")
    found = matching.match(connection, records=records, people="registry_people", decided=decided)
    with transaction.atomic():
        queue.close_resolved(connection, on=on)
        return Recognised(found, queue.raise_doubts(connection, met=met, on=on))


def decide(
    *, mention: Mention, person: int, same: bool, reason: str, by: Account, on: date
) -> IdentityDecision:
    """They are one person, or not. It holds for every later record of the same words. Raises NotAllowed or Refused.

    One mention is one person: where somebody else was found to be it, that is taken back first.
    """
    _require(person, by, on)
    with transaction.atomic():
        Mention.objects.select_for_update().get(pk=mention.pk)
        others = [key for key, one in remembered.standing(mention).items() if one == IdentityVerdict.SAME]
        if same and any(key != person for key in others):
            raise Refused("这些记录已认定为另一人的，请先撤回那次认定。")
        doubts = IdentityDoubt.objects.filter(mention=mention, closed_on=None)
        (doubts if same else doubts.filter(person=person)).update(closed_on=on)
        verdict = IdentityVerdict.SAME if same else IdentityVerdict.NOT_SAME
        decision = _append(mention, person, verdict, reason, by, on)
        tasks.defer_follow(mention)
        return decision


def take_back(*, mention: Mention, person: int, reason: str, by: Account, on: date) -> IdentityDecision:
    """The last word on the pair is taken back: a link is parted, a refusal may be proposed again. History stays."""
    _require(person, by, on)
    with transaction.atomic():
        Mention.objects.select_for_update().get(pk=mention.pk)
        if remembered.standing(mention).get(person) is None:
            raise Refused("没有可以撤回的认定。")
        decision = _append(mention, person, IdentityVerdict.UNDONE, reason, by, on)
        tasks.defer_follow(mention)
        return decision


def _append(
    mention: Mention, person: int, verdict: IdentityVerdict, reason: str, by: Account, on: date
) -> IdentityDecision:
    if len(reason.strip()) < SHORTEST:
        raise Refused(f"请写明理由，至少{SHORTEST}个字。")
    return IdentityDecision.objects.create(
        mention=mention,
        person=person,
        verdict=verdict,
        reason=reason.strip()[:200],
        by=by,
        decided_on=on,
        recorded_at=datetime.combine(on, clock.now().timetz()),
    )


def _require(person: int, by: Account, on: date) -> None:
    record = PersonRecord.objects.filter(person=person, superseded_at=None).first()
    if record is None:
        raise Refused("登记里没有这个人。")
    permits.require(by, permits.Act.IDENTIFY, record.hukou_division, on=on)
