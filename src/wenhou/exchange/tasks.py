"""Jobs of this room, on the queue "exchange"."""

from procrastinate.contrib.django import app

from wenhou.base import clock
from wenhou.base.errors import Refused
from wenhou.exchange.models import Delivery


@app.task(name="exchange.load", queue="exchange", retry=2)
def load(*, delivery: int) -> None:
    """Load one delivery. A refusal stands on the delivery itself and is not retried."""
    from wenhou.exchange.actions import deliveries

    try:
        deliveries.load(Delivery.objects.get(pk=delivery), on=clock.today())
    except Refused:
        return


def defer_load(delivery: Delivery) -> None:
    """Queue the load in the transaction that received the delivery."""
    load.configure(lock=f"load-{delivery.contract}").defer(delivery=delivery.pk)
