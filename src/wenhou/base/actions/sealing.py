"""Sealing: what is committed is taken up into signed seals, in the order of its numbers.

A number is given out before its transaction commits, so a smaller one may appear after a larger one. A seal therefore ends
below every number that is still open: first the highest number given out is read, then a transaction number is taken. Whoever
holds one of those numbers has an older transaction number (the trigger takes it first) and, until it ends, a lock on the table
of entries; so once no older transaction holds one, what is there up to that number is all there will ever be. Transactions that
wrote nothing audited, and those of other databases of the server, are not waited for.
"""

from itertools import islice
from typing import NamedTuple

from django.conf import settings
from django.db import connection, transaction

from wenhou.base import clock
from wenhou.base.audit import digests, leaves, numbers, signing, statements
from wenhou.base.audit.models import AuditSeal, SealMark

MOST = 50_000
"""Entries of one seal at most."""
_LOCK = 0x7365616C  # "seal"


class Bound(NamedTuple):
    """Every number up to here is decided once all transactions below that wrote entries have ended."""

    upto: int
    below: int


def seal() -> list[AuditSeal]:
    """Seal everything that is decided; the new seals. Not within a transaction: its own end is what is waited for."""
    fresh = _bound()
    with transaction.atomic(durable=True):
        _only_one()
        upto = _decided(fresh)
        last = AuditSeal.objects.order_by("number").last()
        made = []
        while upto is not None and (last.last if last else 0) < upto:
            last = _sealed(last, upto)
            made.append(last)
        return made


def _bound() -> Bound:
    """Two statements in this order, each a transaction of its own."""
    with connection.cursor() as cursor:
        cursor.execute("select case when is_called then last_value else 0 end from base_audit_number_seq")
        (upto,) = cursor.fetchone()
        cursor.execute("select pg_current_xact_id()::text::bigint")
        (below,) = cursor.fetchone()
    return Bound(upto, below)


def _only_one() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_LOCK])


def _decided(fresh: Bound) -> int | None:
    """Up to which number everything is decided; what is not yet is remembered for the next time."""
    oldest = _oldest_writing(fresh.below)
    if fresh.below <= oldest:
        SealMark.objects.all().delete()
        return fresh.upto
    kept = SealMark.objects.first()
    if kept and oldest < kept.below <= fresh.below:
        return None
    # met; or of another cluster, restored from a dump, whose transactions had larger numbers
    met = kept.upto if kept and kept.below <= oldest else None
    SealMark.objects.update_or_create(pk=1, defaults=fresh._asdict())
    return met


def _oldest_writing(now: int) -> int:
    """The number of the oldest transaction that wrote entries and has not ended; `now`, a newer one, where there is none."""
    with connection.cursor() as cursor:
        cursor.execute(_WRITING, {"now": now})
        (oldest,) = cursor.fetchone()
    return now if oldest is None else int(oldest)


# Locks name a transaction by the lower half of its number; its age tells the rest.
_WRITING = """
select min(%(now)s - (age(held.transactionid) - age((%(now)s %% 4294967296)::text::xid)))
from pg_locks written join pg_locks held using (virtualtransaction)
where written.locktype = 'relation' and written.mode = 'RowExclusiveLock' and written.relation = 'base_audit'::regclass
and written.database = (select oid from pg_database where datname = current_database())
and held.locktype = 'transactionid' and held.mode = 'ExclusiveLock'
"""


def _sealed(last: AuditSeal | None, upto: int) -> AuditSeal:
    algorithm, first = settings.WENHOU_DIGEST, last.last + 1 if last else 1
    lines = list(islice(leaves.read(first, upto), MOST))
    if len(lines) == MOST:
        upto = lines[-1].number
    hashed = [digests.leaf(algorithm, line.text()) for line in lines]
    told = statements.Statement(
        number=last.number + 1 if last else 1,
        first=first,
        last=upto,
        count=len(lines),
        gaps=numbers.gaps(first, upto, [line.number for line in lines]),
        algorithm=algorithm,
        root=digests.root(algorithm, hashed).hex(),
        previous=statements.digest(last) if last else statements.NONE,
        sealed_at=clock.instant(),
        key=signing.key_name(),
    )
    _, signature = signing.sign(told.text())
    return AuditSeal.objects.create(**vars(told), leaves=b"".join(hashed), signature=signature)
