"""Another threshold tried from a page: asked for, tried by a job on the last days, told by county."""

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.http import HttpRequest

from wenhou.base import clock
from wenhou.base.errors import WenhouError
from wenhou.desk import access, tasks, worth_page
from wenhou.divisions import queries as divisions
from wenhou.engine.declared import Standard
from wenhou.monitoring.actions import trials
from wenhou.monitoring.models import ThresholdTrial
from wenhou.monitoring.worth import backtest, told
from wenhou.monitoring.worth.backtest import BackTest
from wenhou.staff import permits
from wenhou.staff.permits import Act
from wenhou.staff.queries import Scope

REFUSED = "您的岗位不能试门槛，请转给经办员或政策员。"


@dataclass(frozen=True)
class Shown:
    """The form as it was filled in, what came of it, and one sentence where nothing could."""

    standards: list[Standard]
    name: str = ""
    value: str = ""
    wrong: str = ""
    trial: ThresholdTrial | None = None
    found: dict[str, Any] = field(default_factory=dict)

    @property
    def working(self) -> bool:
        return self.trial is not None and self.trial.state in trials.AT_WORK


def may(scope: Scope) -> bool:
    """Whether somebody may try one at their first place: who may run the watch there, or propose a standard."""
    place = scope.divisions[0] if scope.divisions else ""
    return bool(place) and any(permits.allows(scope, act, place) for act in (Act.RUN, Act.PROPOSE_STANDARD))


def latest(request: HttpRequest, code: str) -> Shown:
    """The reader's last trial of the indicator, while its place is theirs; else the empty form."""
    own, scope = backtest.thresholds(code), access.scope_of(request)
    if not may(scope):
        return Shown(own, wrong=REFUSED)
    asked = ThresholdTrial.objects.filter(by=access.account_of(request), indicator=code)
    last = asked.order_by("-pk").first()
    if last is None or not scope.covers(last.division):
        return Shown(own)
    found = _told(told.from_json(last.found)) if last.found else {}
    return Shown(own, last.name, last.value, trial=last, found=found)


def ask(request: HttpRequest, code: str) -> Shown | None:
    """Queue what the form asks for; gives the form again where it cannot be."""
    own, scope, span = backtest.thresholds(code), access.scope_of(request), worth_page.span(request)
    name, value = (request.POST.get(key, "").strip() for key in ("name", "value"))
    if not may(scope):
        return Shown(own, name, value, wrong=REFUSED)
    asked = ThresholdTrial(
        indicator=code,
        name=name,
        value=value,
        division=scope.divisions[0],
        since=span.since,
        until=span.until,
    )
    try:
        with transaction.atomic():
            queued, is_new = trials.request(asked=asked, by=access.account_of(request), on=clock.today())
            if is_new:
                tasks.try_threshold.defer(trial=queued.pk)
    except WenhouError as refusal:
        return Shown(own, name, value, wrong=refusal.message)
    return None


def _told(found: BackTest) -> dict[str, Any]:
    names = divisions.lookup({line.place for line in found.counties if line.place})
    settled = (
        ("照旧会报的", found.kept),
        ("不再报的", found.removed),
        ("新会报的（因别的指标去过）", found.added),
    )
    return {
        "days": found.days,
        "total": found.total,
        "unknown": found.unknown,
        "counties": [{"name": names.get(line.place, line.place), "line": line} for line in found.counties],
        "settled": [
            {"word": word, "subjects": one.subjects, **worth_page.share(one.precision)}
            for word, one in settled
        ],
    }
