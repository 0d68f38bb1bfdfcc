"""A form is taken once, however often it is sent."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from wenhou.staff.models import Account, Submission

REMEMBERED = timedelta(days=7)
"""Nobody sends a form again after longer (自拟)."""


def once(*, key: str, by: Account, at: datetime, act: Callable[[], str]) -> str:
    """Do what a form asks, in one transaction with the note that it was taken; a form taken before is answered as then.

    act: does it and gives what to say, or raises, and then the form may be sent again. key: as the page gave it out; without
    one everything is done as often as it is sent.
    """
    told = _read(key)
    if told is None:
        return act()
    with transaction.atomic():
        row, fresh = Submission.objects.get_or_create(account=by, key=told, defaults={"said": "", "at": at})
        if fresh:
            row.said = act()[:200]
            row.save(update_fields=["said"])
            Submission.objects.filter(account=by, at__lt=at - REMEMBERED).delete()
        return row.said


def _read(key: str) -> UUID | None:
    try:
        return UUID(key)
    except ValueError:
        return None
