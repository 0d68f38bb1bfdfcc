"""Alerts with what became of them: raised, visited, concluded on given days."""

from datetime import date
from typing import Any

from monitoring import factories
from wenhou.base import clock
from wenhou.fieldwork.models import Visit
from wenhou.monitoring.models import Alert
from wenhou.staff.models import Account, Post


def visitor() -> Account:
    """Whoever went."""
    post = Post.objects.filter(account__username="visitor").first() or factories.post(name="visitor")
    return post.account


def concluded(
    number: int, outcome: str, raised: date, closed: date, *, visited: date | None = None, **fields: Any
) -> Alert:
    """An alert people closed; with a visit on a day where one is given."""
    made = factories.alert(
        number,
        **({"raised_on": raised, "closed_on": closed, "state": "销号", "outcome": outcome} | fields),
    )
    if visited is not None:
        visit(made, visited)
    return made


def visit(alert: Alert, day: date) -> Visit:
    """Somebody went for it."""
    return Visit.objects.create(
        number=f"ZF{alert.number[2:]}-{day:%m%d}", purpose="核查", division=alert.division, person=alert.person,
        visited_on=day, met=True, found="见到本人，情况如实。", reference=f"alert:{alert.number}",
        by=visitor(), recorded_at=clock.now(),
    )  # fmt: skip
