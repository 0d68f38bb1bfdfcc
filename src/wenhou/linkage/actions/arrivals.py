"""A delivery has come: what concerns the registry is applied to it, and the room above is told."""

from datetime import date, datetime

from django.db import transaction

from wenhou.base import clock
from wenhou.base.errors import Refused
from wenhou.base.models import News
from wenhou.base.outbox import kind_of, tell
from wenhou.exchange import contracts
from wenhou.lake import store
from wenhou.lake.models import Part
from wenhou.linkage.events import FactsRecognised
from wenhou.registry.actions import arrivals


def recognise(*, delivery_id: int, on: date) -> bool:
    """Follow one loaded delivery; whether there was anything left to do. The same delivery again does nothing.

    on: the day of the act. Raises Refused for a delivery that is not in the lake.
    """
    part = Part.objects.filter(delivery=delivery_id).first()
    if part is None:
        raise Refused(f"批次 {delivery_id} 还没有装入，不能识别。")
    return bool(_recognise([part], on))


def recognise_all(*, on: date) -> list[int]:
    """Follow every loaded delivery not yet followed, applying the registry's contracts once; gives the deliveries."""
    return _recognise(list(Part.objects.order_by("delivery")), on)


def _recognise(parts: list[Part], on: date) -> list[int]:
    moment = datetime.combine(on, clock.now().timetz())
    with transaction.atomic():
        fresh = [part for part in parts if not _is_recognised(part.delivery)]
        touched = arrivals.CONTRACTS & {part.contract for part in fresh}
        if touched:
            with store.connect(memory="1GB") as connection:
                told = [table for table in contracts.tables() if table.contract in arrivals.CONTRACTS]
                store.views(connection, told)
                arrivals.apply(connection=connection, contracts=touched, on=moment)
        for part in fresh:
            tell(FactsRecognised(delivery=part.delivery, contract=part.contract))
    return [part.delivery for part in fresh]


def _is_recognised(delivery: int) -> bool:
    return News.objects.filter(kind=kind_of(FactsRecognised), body__delivery=delivery).exists()
