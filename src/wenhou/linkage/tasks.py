"""Jobs of this room, on the queue "linkage"."""

from procrastinate.contrib.django import app

from wenhou.base import clock


@app.task(name="linkage.recognise_delivery", queue="linkage", retry=2)
def recognise_delivery(*, delivery: int, contract: str) -> None:
    """Follow `exchange.DeliveryLoaded`."""
    from wenhou.linkage.actions import arrivals

    arrivals.recognise(delivery_id=delivery, on=clock.today())
