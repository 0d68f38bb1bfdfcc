"""Which days a run may ask about: alerts go forward in time, never back."""

from datetime import date

from django.db.models import Max, Q

from wenhou.base.errors import Refused
from wenhou.divisions import codes
from wenhou.monitoring.enums import RunState
from wenhou.monitoring.models import Run


class Overtaken(Refused):
    """A finished run has seen a later day there."""


def check(as_of: date, division: str, *, on: date) -> None:
    """Raises Refused for a day that has not come, or before the latest that a finished run has seen in that place (a
    prefix; empty is everywhere): going back would clear and raise alerts anew, and their history would be lost."""
    if as_of > on:
        raise Refused(f"数据截至日{as_of}晚于办理日{on}，还没有到，不能运行。")
    latest = _latest(division)
    if latest is not None and as_of < latest:
        raise Overtaken(f"这个地方已按{latest}的数据判断过，不能再退回{as_of}；请用{latest}或以后的日期。")


def _latest(division: str) -> date | None:
    """The latest day of finished runs that touched the place, whole or in part."""
    done = Run.objects.filter(state=RunState.DONE)
    if division:
        above = [division[:length] for length in codes.LENGTHS if length < len(division)]
        done = done.filter(Q(division__startswith=division) | Q(division__in=["", *above]))
    return done.aggregate(latest=Max("as_of"))["latest"]
