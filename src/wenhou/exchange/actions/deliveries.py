"""Deliveries: received once, checked, loaded into the lake whole or not at all. Every door ends here."""

import hashlib
import os
import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from django.db import IntegrityError, transaction

from wenhou.base import clock
from wenhou.base.errors import Refused, WenhouError
from wenhou.exchange import parcels, tasks
from wenhou.exchange.enums import Channel, DeliveryState
from wenhou.exchange.loading import job
from wenhou.exchange.manifests import Manifest
from wenhou.exchange.models import Delivery
from wenhou.lake import files, sealed
from wenhou.staff.models import Account

_CHUNK = 4 << 20
Say = Callable[[Delivery], None]


class PartlyRefused(Refused):
    """Of several parcels some were refused; `deliveries` are those received, `refusals` says (which, why)."""

    def __init__(self, deliveries: list[Delivery], refusals: list[tuple[str, str]]) -> None:
        super().__init__("\n".join(f"{where}：{why}" for where, why in refusals))
        self.deliveries = deliveries
        self.refusals = refusals


def receive(
    path: Path,
    *,
    manifest: Path | None = None,
    by: Account | None,
    channel: str,
    on: date,
    sender: str = "",
    allow: Callable[[Manifest], None] | None = None,
) -> list[Delivery]:
    """Take a data file with its manifest, a folder or a ZIP of such pairs; gives the deliveries in loading order.

    The same delivery again gives the one that is there and changes nothing. `allow` may raise for a manifest its
    sender has no right to. Raises Refused for a single parcel, PartlyRefused where several came.
    From the desk and the API, loading is queued in the same transaction; a command loads by itself.
    """
    with parcels.at(path, manifest) as found:
        received: list[Delivery] = []
        refusals = list(found.refusals)
        for parcel in found.parcels:
            try:
                if allow:
                    allow(parcel.manifest)
                received.append(_keep(parcel, by=by, channel=channel, on=on, sender=sender))
            except WenhouError as refusal:
                if len(found.parcels) + len(found.refusals) == 1:
                    raise
                refusals.append((parcel.manifest.file, refusal.message))
    if refusals:
        raise PartlyRefused(received, refusals)
    return received


def load(delivery: Delivery, *, on: date, say: Say | None = None) -> Delivery:
    """Load a received delivery: good rows to the lake, bad rows to its rejects file, then tell DeliveryLoaded.

    Loading again what is loaded does nothing. A file that cannot be read at all leaves the delivery refused, with
    one sentence, and raises it. Anything else that goes wrong leaves nothing, and the delivery can be loaded again.
    """
    return job.run(delivery, on=on, say=say or (lambda _: None))


def _keep(parcel: parcels.Parcel, *, by: Account | None, channel: str, on: date, sender: str) -> Delivery:
    with files.workplace() as folder:
        copy = folder / parcel.manifest.file
        digest = _copy(parcel.data, copy)
        try:
            with transaction.atomic():
                return _once(parcel.manifest, copy, digest, by=by, channel=channel, on=on, sender=sender)
        except IntegrityError:
            # Somebody else handed the same number in meanwhile.
            with transaction.atomic():
                return _once(parcel.manifest, copy, digest, by=by, channel=channel, on=on, sender=sender)


def _once(
    manifest: Manifest, copy: Path, digest: str, *, by: Account | None, channel: str, on: date, sender: str
) -> Delivery:
    there = (
        Delivery.objects.select_for_update()
        .filter(contract=manifest.contract, division=manifest.division, number=manifest.number)
        .order_by("state", "-pk")
    )
    standing = [one for one in there if one.state != DeliveryState.REFUSED]
    if standing and standing[0].sha256 != digest:
        raise Refused(
            f"{manifest.contract}编号“{manifest.number}”已经收过内容不同的文件；更正请用新的编号再报。"
        )
    if standing:
        return standing[0]
    delivery = next((one for one in there if one.sha256 == digest), None) or Delivery(sha256=digest)
    _describe(delivery, manifest, sealed.size(copy))
    delivery.received_at = datetime.combine(on, clock.now().timetz())
    delivery.by, delivery.channel, delivery.sender = by, channel, sender
    delivery.save()
    _land(delivery, copy)
    if channel != Channel.COMMAND:
        tasks.defer_load(delivery)
    return delivery


def _describe(delivery: Delivery, manifest: Manifest, size: int) -> None:
    delivery.contract, delivery.number, delivery.division = (
        manifest.contract,
        manifest.number,
        manifest.division,
    )
    delivery.period_from, delivery.period_to = manifest.period_from, manifest.period_to
    delivery.mode, delivery.file_name, delivery.size = manifest.mode, manifest.file, size
    delivery.state, delivery.stage, delivery.progress = DeliveryState.RECEIVED, "", 0
    delivery.refusal = ""


def _land(delivery: Delivery, copy: Path) -> None:
    folder = files.landing_folder(delivery.pk)
    shutil.rmtree(folder, ignore_errors=True)
    files.settle(copy, folder / delivery.file_name)


def _copy(source: Path, copy: Path) -> str:
    """Copy and digest in one reading; gives the SHA-256."""
    digest = hashlib.sha256()
    with _opened(source) as original, sealed.create(copy) as target:
        while chunk := original.read(_CHUNK):
            digest.update(chunk)
            target.write(chunk)
    return digest.hexdigest()


def _opened(source: Path) -> BinaryIO:
    """What others left under a name is never followed as a link; what we unpacked ourselves is sealed."""
    if sealed.number_of(source):
        return sealed.open_file(source)
    return os.fdopen(os.open(source, os.O_RDONLY | os.O_NOFOLLOW), "rb")
