"""Alerts whose post nobody holds any more go back to the queue."""

from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef

from wenhou.monitoring.actions.alerts import write
from wenhou.monitoring.enums import OPEN_STATES, AlertState
from wenhou.monitoring.models import Alert
from wenhou.staff.models import Post
from wenhou.staff.models.post import held


@transaction.atomic
def give_back(*, on: date, account: int | None = None) -> list[str]:
    """Take open alerts from posts that are not held on a day, those of one account or of all; their numbers. What was verified
    stays so."""
    found = Alert.objects.filter(state__in=OPEN_STATES, post__isnull=False)
    found = found.filter(~Exists(Post.objects.filter(held(on), pk=OuterRef("post"))))
    found = found.filter(post__account=account) if account is not None else found
    several = list(found.select_for_update(of=("self",)).order_by("pk"))
    for alert in several:
        was, alert.post, alert.assigned_on = alert.post_id, None, None
        if alert.state == AlertState.ASSIGNED:
            alert.state = AlertState.WAITING
        alert.save(update_fields=["post", "assigned_on", "state"])
        write(alert, "returned", by=None, on=on, note="承办岗位已无人在任，退回待派", was=was)
    return [alert.number for alert in several]
