"""Who makes a day's applications: the room above that can look at the lake registers itself here. Pure."""

from datetime import date
from pathlib import Path
from typing import Protocol

from wenhou.base.errors import Refused


class Publisher(Protocol):
    def __call__(self, *, as_of: date) -> Path: ...


_publishers: list[Publisher] = []


def publish_with(function: Publisher) -> None:
    """From now on this function makes applications that are asked for and not there."""
    _publishers[:] = [function]


def publish(as_of: date) -> Path:
    """Have a day's applications made; gives their folder. Raises Refused where nobody can."""
    if not _publishers:
        raise Refused(f"湖里没有{as_of}的申请数据，请先汇成当日的申请数据。")
    return _publishers[0](as_of=as_of)
