"""A delivery has come: what concerns the registry is applied to it, and the room above is told."""

from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import QuerySet

from wenhou.base import clock
from wenhou.base.errors import Refused
from wenhou.base.models import News
from wenhou.base.outbox import kind_of, tell
from wenhou.exchange import contracts
from wenhou.exchange.models import Delivery
from wenhou.lake import store
from wenhou.lake.models import Part
from wenhou.linkage.actions import held
from wenhou.linkage.events import FactsRecognised
from wenhou.registry.actions import arrivals

_LOCK = 0x7265636F  # "reco"


def recognise(*, delivery_id: int, on: date) -> bool:
    """Follow one loaded delivery; whether there was anything left to do. The same delivery again does nothing.

    on: the day of the act. Raises Refused for a delivery that is not in the lake.
    """
    part = Part.objects.filter(delivery=delivery_id).first()
    if part is None:
        raise Refused(f"批次 {delivery_id} 还没有装入，不能识别。")
    return bool(_recognise([part], on))


def recognise_all(*, on: date) -> list[int]:
    """Follow every loaded delivery not yet followed, applying the registry's contracts once; gives the deliveries.

    Their refused rows are linked too, and what comes of that is followed in turn.
    """
    done = _recognise(list(Part.objects.order_by("delivery")), on)
    if done and _link(Part.objects.filter(delivery__in=done), on):
        done += _recognise(list(Part.objects.order_by("delivery")), on)
    return done


def link_held(*, delivery_id: int, on: date) -> list[Delivery]:
    """Find whose the refused rows of a delivery are, or, where the registry has learnt something, those of all; gives the
    deliveries that what is linked comes in. The same again changes nothing.
    """
    return _link(Part.objects.filter(delivery=delivery_id), on)


def _link(parts: QuerySet[Part], on: date) -> list[Delivery]:
    if parts.filter(contract__in=arrivals.CONTRACTS).exists():
        return held.link_waiting(on=on)
    return held.link(deliveries=parts.filter(origin=None).values_list("delivery", flat=True), on=on)


def _recognise(parts: list[Part], on: date) -> list[int]:
    moment = datetime.combine(on, clock.now().timetz())
    with transaction.atomic():
        _one_at_a_time()
        done = _recognised([part.delivery for part in parts])
        fresh = [part for part in parts if part.delivery not in done]
        touched = arrivals.CONTRACTS & {part.contract for part in fresh}
        if touched:
            with store.connect(memory="1GB") as connection:
                told = [table for table in contracts.tables() if table.contract in arrivals.CONTRACTS]
                store.views(connection, told, as_said=True)
                arrivals.apply(connection=connection, contracts=touched, on=moment)
        for part in fresh:
            tell(FactsRecognised(delivery=part.delivery, contract=part.contract))
    return [part.delivery for part in fresh]


def _one_at_a_time() -> None:
    """A job and a run may come to the same delivery at once: the second sees what the first has told."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_LOCK])


def _recognised(deliveries: list[int]) -> set[int]:
    """Those among these that were told of before."""
    told = News.objects.filter(kind=kind_of(FactsRecognised))
    if len(deliveries) == 1:
        told = told.filter(body__delivery=deliveries[0])
    return set(told.values_list("body__delivery", flat=True)) & set(deliveries)
