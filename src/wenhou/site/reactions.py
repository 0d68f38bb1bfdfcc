"""All reactions stand here. Reading this table is reading the platform.

Left: an event a room tells. Right: the jobs of higher rooms that follow, each queued in the act's own transaction,
run after commit, at least once, retried, and visible on the desk when it fails.
"""

from contextlib import suppress
from functools import cache
from typing import Any

from django.db import transaction
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.tasks import Task

from wenhou.base import outbox


@cache
def table() -> dict[str, list[Task[Any, Any, Any]]]:
    """Event → jobs. Built at the first news: tasks exist once every app is ready."""
    from wenhou.desk import tasks as desk
    from wenhou.exchange.events import DeliveryLoaded
    from wenhou.linkage import tasks as linkage
    from wenhou.linkage.events import FactsRecognised, PeopleMerged, PeopleParted
    from wenhou.monitoring import tasks as monitoring
    from wenhou.monitoring.events import RunFinished
    from wenhou.staff.events import PostsEnded

    return {
        outbox.kind_of(DeliveryLoaded): [linkage.recognise_delivery],
        outbox.kind_of(FactsRecognised): [monitoring.watch_arrival],
        outbox.kind_of(PeopleMerged): [monitoring.watch_people],
        outbox.kind_of(PeopleParted): [monitoring.watch_people],
        outbox.kind_of(PostsEnded): [monitoring.give_back],
        outbox.kind_of(RunFinished): [desk.order_alerts],
    }


def connect() -> None:
    """From now on what is told is forwarded to the workers."""

    def forward(kind: str, body: dict[str, Any]) -> None:
        for task in table().get(kind, []):
            # one that waits with a queueing lock will see this news too
            with suppress(AlreadyEnqueued), transaction.atomic():
                task.defer(**body)

    outbox.forward_to(forward)
