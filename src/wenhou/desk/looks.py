"""Names shown in full to whoever decides who is who: written down once a day for each page and person."""

from collections.abc import Iterable

from django.http import HttpRequest

from wenhou.base import clock
from wenhou.base.errors import NotAllowed, WenhouError
from wenhou.desk import access
from wenhou.staff.models import Look

PURPOSE = "认定是不是同一人"


def keep(request: HttpRequest, people: Iterable[int], *, page: str) -> None:
    """Write down that the reader sees these people by name."""
    account, now = access.account_of(request), clock.now()
    seen = set(
        Look.objects.filter(account=account, page=page, at__date=now.date()).values_list("person", flat=True)
    )
    Look.objects.bulk_create(
        Look(account=account, person=person, page=page, shown="identity", purpose=PURPOSE, at=now)
        for person in people
        if person not in seen
    )


def status(refusal: WenhouError) -> int:
    """403 where somebody may not, 409 where it cannot be."""
    return 403 if isinstance(refusal, NotAllowed) else 409
