"""The counts at the head of the list. Counting 100,000 alerts takes longer than showing fifty, so a count is kept until
somebody does something: every act on an alert writes a line of history, and the newest line's number is cheap to ask.
"""

from collections import OrderedDict
from datetime import date

from django.db.models import Max

from wenhou.monitoring import queries
from wenhou.monitoring.models import AlertEvent
from wenhou.staff.queries import Scope

KEPT = 500
_Key = tuple[tuple[str, ...], tuple[tuple[str, str], ...], date, int | None]
_kept: OrderedDict[_Key, dict[str, int]] = OrderedDict()


def summary(scope: Scope, on: date) -> dict[str, int]:
    """`monitoring.queries.summary`, asked again only when an alert's history has grown, in whichever process."""
    key = (scope.divisions, scope.walls, on, AlertEvent.objects.aggregate(newest=Max("id"))["newest"])
    found = _kept.get(key)
    if found is None:
        found = _kept[key] = queries.summary(scope, on)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return found
