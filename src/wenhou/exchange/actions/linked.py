"""Rows that were refused for an identity number and whose person was found since: loaded, and taken out again."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

import duckdb
from django.conf import settings
from django.db import transaction

from wenhou.base.outbox import tell
from wenhou.exchange.contracts import contract
from wenhou.exchange.enums import Channel, DeliveryState
from wenhou.exchange.events import DeliveryLoaded
from wenhou.exchange.loading import job, linking, rejects
from wenhou.exchange.loading.linking import Link, Written
from wenhou.exchange.models import Delivery
from wenhou.lake import files, sealed, store
from wenhou.lake.actions import parts

FILE_NAME = "linked.parquet"


def alone(origin: Delivery) -> AbstractContextManager[None]:
    """Nobody else loads, links or takes out rows of this contract meanwhile; `change` may be called within."""
    return job.alone(origin.contract)


def change(
    *, origin: Delivery, linked: Sequence[Link], unlinked: Collection[int] = (), on: date
) -> Delivery | None:
    """Load these held rows of a delivery under their persons' keys, and take out those of the lines `unlinked`.

    What changes comes as a delivery of its own (channel 认人), a delta for the place and days of the one it came in, whose
    rows keep the delivery and line they came in. None where nothing changes.
    """
    with (
        alone(origin),
        files.workplace() as folder,
        store.connect(memory=settings.WENHOU_LOAD_MEMORY) as connection,
    ):
        stands = linking.standing(connection, origin.pk)
        persons = {link.line: link.person for link in stands}
        come = [link for link in linked if persons.get(link.line) != link.person]
        go = set(persons) & ({link.line for link in come} | set(unlinked))
        rewritten = {part for link, part in stands.items() if link.line in go}
        kept = [link for link, part in stands.items() if part in rewritten and link.line not in go]
        if not come and not go:
            return None
        return _load(connection, origin, [*come, *kept], rewritten, folder, on)


def links(*, origin: Delivery) -> list[Link]:
    """The lines of a delivery that were refused and are loaded now, each with the person found and how."""
    with store.connect(memory="256MB") as connection:
        return list(linking.standing(connection, origin.pk))


def say(*, origin: Delivery, remarks: Mapping[int, str]) -> None:
    """Write in the rejects file, in a fifth column, what became of these lines since."""
    path = files.rejects_path(origin.pk)
    if path.exists():
        with files.whole(path) as temporary:
            rejects.remark(path, temporary, remarks)


def _load(
    connection: duckdb.DuckDBPyConnection,
    origin: Delivery,
    links: list[Link],
    rewritten: set[int],
    folder: Path,
    on: date,
) -> Delivery | None:
    promised = contract(origin.contract)
    job.leave_room(connection)
    try:
        with transaction.atomic():
            written = linking.write(connection, promised, origin, links, folder)
            if not written.rows and not rewritten:
                return None
            delivery = _delivery(origin, written, on)
            files.settle(written.links, files.links_path(origin.contract, delivery.pk))
            files.settle(written.facts, files.facts_path(origin.contract, delivery.pk))
            parts.add(
                contract=origin.contract,
                delivery=delivery.pk,
                division=origin.division,
                period=(origin.period_from, origin.period_to),
                mode="delta",
                rows=written.rows,
                at=job.moment(on),
                origin=origin.pk,
            )
            parts.take_back(deliveries=rewritten, by=delivery.pk)
            tell(DeliveryLoaded(delivery=delivery.pk, contract=origin.contract))
    except Exception:
        parts.sweep(origin.contract)
        raise
    return delivery


def _delivery(origin: Delivery, written: Written, on: date) -> Delivery:
    moment = job.moment(on)
    return Delivery.objects.create(
        contract=origin.contract,
        number=f"{origin.number[:48]}·认人{origin.linked.count() + 1}",
        division=origin.division,
        period_from=origin.period_from,
        period_to=origin.period_to,
        mode="delta",
        file_name=FILE_NAME,
        sha256=hashlib.sha256(sealed.read_bytes(written.facts)).hexdigest(),
        size=sealed.size(written.facts),
        channel=Channel.LINKED,
        state=DeliveryState.LOADED,
        stage=job.DONE,
        progress=100,
        rows_read=written.rows,
        rows_loaded=written.rows,
        received_at=moment,
        started_at=moment,
        finished_at=moment,
        origin=origin,
    )
