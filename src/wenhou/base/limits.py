"""How many requests somebody may send in a minute. Counted in each process by itself: with two web processes twice as many
may get through as is said; what is counted is forgotten when a process ends.
"""

import math
import threading
import time
from collections import OrderedDict

MINUTE = 60.0
MOST = 20_000
"""Who is remembered; beyond that the one who was there longest is forgotten."""


class Limit:
    """Of one kind of asker. A minute's worth may come at once; afterwards one more for each that has run out."""

    def __init__(self) -> None:
        self._due: OrderedDict[str, float] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, who: str, per_minute: int) -> int:
        """Count one request; seconds until it may be sent again where it is one too many, else 0. per_minute 0: no limit."""
        if per_minute <= 0:
            return 0
        each, now = MINUTE / per_minute, time.monotonic()
        with self._lock:
            due = max(self._due.get(who, 0.0), now) + each
            if due - now > MINUTE + 1e-6:
                return math.ceil(due - now - MINUTE)
            self._due[who] = due
            self._due.move_to_end(who)
            if len(self._due) > MOST:
                self._due.popitem(last=False)
        return 0

    def forget(self) -> None:
        """As after a new start."""
        with self._lock:
            self._due.clear()


ADDRESSES, ACCOUNTS, KEYS = Limit(), Limit(), Limit()
