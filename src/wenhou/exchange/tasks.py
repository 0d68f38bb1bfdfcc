"""Jobs of this room, on the queue "exchange"."""

from procrastinate.contrib.django import app

from wenhou.base import clock, scanning
from wenhou.base.errors import Refused
from wenhou.exchange.models import Delivery

ASK_AGAIN = 60
"""Seconds after which a scanner that did not answer is asked again."""


@app.task(name="exchange.load", queue="exchange", retry=2)
def load(*, delivery: int) -> None:
    """Load one delivery. A refusal stands on the delivery itself and is not retried; what the scanner does not answer for
    is held, and tried again.
    """
    from wenhou.exchange.actions import deliveries

    try:
        deliveries.load(Delivery.objects.get(pk=delivery), on=clock.today())
    except scanning.Silent:
        defer_load(Delivery.objects.get(pk=delivery), after=ASK_AGAIN)
    except Refused:
        return


def defer_load(delivery: Delivery, *, after: int = 0) -> None:
    """Queue the load in the transaction that received the delivery. after: seconds."""
    later = load.configure(
        lock=f"load-{delivery.contract}", schedule_in={"seconds": after} if after else None
    )
    later.defer(delivery=delivery.pk)
