"""Jobs of this room, on the queue "linkage"."""

from collections.abc import Iterable

from procrastinate.contrib.django import app

from wenhou.base import clock
from wenhou.linkage.models import Mention


@app.task(name="linkage.recognise_delivery", queue="linkage", retry=2)
def recognise_delivery(*, delivery: int, contract: str) -> None:
    """Follow `exchange.DeliveryLoaded`: first what its rows say, then whose its refused rows are."""
    from wenhou.linkage.actions import arrivals

    arrivals.recognise(delivery_id=delivery, on=clock.today())
    arrivals.link_held(delivery_id=delivery, on=clock.today())


@app.task(name="linkage.follow_mentions", queue="linkage", lock="identities", retry=2)
def follow_mentions(*, mentions: list[int]) -> None:
    """The lines that spoke in these words are loaded or taken out, as was decided."""
    from wenhou.linkage.actions import held

    held.follow(mentions=Mention.objects.filter(pk__in=mentions), on=clock.today())


def defer_follow(*mentions: Mention) -> None:
    """Queue it in the transaction that decided."""
    defer_follow_all(mention.pk for mention in mentions)


def defer_follow_all(mentions: Iterable[int]) -> None:
    """The same for mentions by their numbers; nothing where there are none."""
    if several := sorted(mentions):
        follow_mentions.defer(mentions=several)
