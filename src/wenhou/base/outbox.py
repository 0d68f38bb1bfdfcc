"""Calls go down, news goes up: an action writes its rows and its event in one transaction.

`site.reactions` registers what follows each event; this module only keeps the news and hands it on.
"""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from wenhou.base import clock
from wenhou.base.models import News

_forward: list[Callable[[str, dict[str, Any]], None]] = []


def kind_of(event: type) -> str:
    """'exchange.DeliveryLoaded' for wenhou.exchange.events.DeliveryLoaded."""
    return f"{event.__module__.split('.')[1]}.{event.__name__}"


def tell(event: Any) -> News:
    """Keep the event, a frozen dataclass of identifiers, and queue its reactions in the same transaction."""
    body = {
        key: value if isinstance(value, int | str | bool | list | None) else str(value)
        for key, value in asdict(event).items()
    }
    news = News.objects.create(kind=kind_of(type(event)), body=body, told_at=clock.now())
    for forward in _forward:
        forward(news.kind, body)
    return news


def forward_to(function: Callable[[str, dict[str, Any]], None]) -> None:
    """Set by `site.reactions`: how queued reactions reach the workers."""
    _forward[:] = [function]
