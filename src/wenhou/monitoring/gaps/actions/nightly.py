"""The comparison itself: all 43 items, everybody known, for a day, region by region and county by county."""

import logging
from datetime import date

from django.db import transaction

from wenhou.base import clock
from wenhou.base.errors import Refused, WenhouError
from wenhou.divisions import codes
from wenhou.monitoring import alone
from wenhou.monitoring.enums import RunState
from wenhou.monitoring.gaps import asking, comparing, leaving, registered, terms
from wenhou.monitoring.gaps.actions import writing
from wenhou.monitoring.gaps.asking import Asked
from wenhou.monitoring.gaps.enums import Confidence
from wenhou.monitoring.gaps.registered import Registered
from wenhou.monitoring.models import GapRun
from wenhou.policy.runs import batches
from wenhou.policy.runs.batches import Applications

log = logging.getLogger(__name__)

LOCK = 0x676170  # "gap"


def run(
    *, as_of: date, on: date, division: str | None = None, anew: bool = True, memory: str | None = None
) -> GapRun:
    """Compare everybody who lives under a division (a prefix; everybody without).

    anew: draw the day's applications from the lake once more. The same again changes nothing. A run that dies leaves
    whole counties behind it, and the next goes over all of them. Raises Refused for a day that has not come or lies
    before what was seen there.
    """
    place = codes.prefix(division) if division else ""
    with alone.alone(LOCK):
        _check(as_of, place, on)
        begun = GapRun.objects.create(as_of=as_of, division=place, started_at=clock.now())
        try:
            _work(begun, on, anew, memory)
        except Exception as failure:
            _fail(begun, failure)
            raise
    return begun


def _check(as_of: date, place: str, on: date) -> None:
    if as_of > on:
        raise Refused(f"数据截至日{as_of}晚于办理日{on}，还没有到，不能比对。")
    seen = GapRun.objects.filter(state=RunState.DONE, as_of__gt=as_of).order_by("-as_of")
    later = next(
        (one for one in seen if one.division.startswith(place) or place.startswith(one.division)), None
    )
    if later is not None:
        raise Refused(
            f"这个地方已按{later.as_of}的数据比对过，不能再退回{as_of}；请用{later.as_of}或以后的日期。"
        )
    terms.due_on(on=on, confidence=Confidence.DETERMINED, workdays=1, reviewed_on=None, review_months=None)


def _work(begun: GapRun, on: date, anew: bool, memory: str | None) -> None:
    batches.ensure(begun.as_of, anew=anew)
    writing.wake(on)
    with (
        batches.opened(begun.as_of, memory=memory) as applications,
        registered.opened(begun.as_of) as known,
    ):
        _leave(begun, applications, on)
        for number, asked in enumerate(asking.parts(applications, division=begun.division)):
            asked.write(f"-{begun.division or 'all'}-{number}")
            _count(begun, asked)
            for county in asked.part.counties:
                _county(begun, asked, known, county, on)
    begun.state, begun.finished_at = RunState.DONE, clock.now()
    begun.save()


def _leave(begun: GapRun, applications: Applications, on: date) -> None:
    """Before anybody is asked: what is found of them elsewhere is then opened there."""
    left = leaving.left(applications, place=begun.division)
    with transaction.atomic():
        writing.leave(begun, left, on=on)
        begun.save()


def _count(begun: GapRun, asked: Asked) -> None:
    people, homes = asked.size()
    begun.persons += people
    begun.households += homes
    begun.counts |= asked.counts()


def _county(begun: GapRun, asked: Asked, known: Registered, county: str, on: date) -> None:
    changes = comparing.compare(asked, county, on=on)
    ready = writing.prepare(asked, changes, known, on=on)
    with transaction.atomic():
        writing.write(begun, changes, ready, on=on)
        begun.save()


def _fail(begun: GapRun, failure: Exception) -> None:
    known = isinstance(failure, WenhouError)
    GapRun.objects.filter(pk=begun.pk).update(
        state=RunState.FAILED,
        finished_at=clock.now(),
        failure=(str(failure) if known else "比对出错，已记入日志，请联系运维。")[:300],
    )
    if not known:
        log.exception("gap run %s failed", begun.pk)
