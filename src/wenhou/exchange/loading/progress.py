"""What a load is doing, written where a page can read it while the load's own transaction is open."""

import time
from collections.abc import Callable

from django.db import connection

from wenhou.exchange.models import Delivery

_EVERY = 0.7


class Progress:
    """Stage and per cent of one delivery, at most every 0.7 seconds unless the stage changes."""

    def __init__(self, delivery: Delivery, say: Callable[[Delivery], None]) -> None:
        self.delivery = delivery
        self._say = say
        self._last = 0.0
        # A caller's own open transaction holds the row: from beside it nobody could write.
        self._called_within = connection.in_atomic_block

    def at(self, stage: str, percent: float) -> None:
        """Where the load is. Within the load's transaction another connection writes it."""
        now = time.monotonic()
        if stage == self.delivery.stage and now - self._last < _EVERY:
            return
        self._last = now
        self.delivery.stage, self.delivery.progress = stage, int(percent)
        self._write()
        self._say(self.delivery)

    def _write(self) -> None:
        stage, percent = self.delivery.stage, self.delivery.progress
        if self._called_within or not connection.in_atomic_block:
            Delivery.objects.filter(pk=self.delivery.pk).update(stage=stage, progress=percent)
            return
        beside = connection.copy()
        try:
            with beside.cursor() as cursor:
                cursor.execute(
                    "update exchange_delivery set stage = %s, progress = %s where id = %s",
                    [stage, percent, self.delivery.pk],
                )
        finally:
            beside.close()
