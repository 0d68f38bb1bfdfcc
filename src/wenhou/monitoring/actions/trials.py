"""Another threshold: asked for, tried by a job, kept."""

from datetime import date, timedelta

from django.db import transaction

from wenhou.base import clock
from wenhou.base.errors import Refused, WenhouError
from wenhou.monitoring.enums import RunState
from wenhou.monitoring.models import ThresholdTrial
from wenhou.monitoring.worth import backtest, limits, told
from wenhou.monitoring.worth.backtest import Question
from wenhou.policy.commands import whatif
from wenhou.staff import permits
from wenhou.staff.models import Account
from wenhou.staff.permits import Act, allows
from wenhou.staff.queries import visible_to

COUNTY = 6
LONGEST = 40  # characters a value is typed with
AT_WORK = (RunState.QUEUED, RunState.RUNNING)
ASKED = ("indicator", "name", "value", "division", "since", "until")


def request(*, asked: ThresholdTrial, by: Account, on: date) -> tuple[ThresholdTrial, bool]:
    """Keep what is asked; gives it and whether a job is to be queued, for the same may be at work already. Another
    question of the same person gives way. Raises Refused, NotAllowed."""
    if not allows(visible_to(by, on=on), Act.PROPOSE_STANDARD, asked.division):
        permits.require(by, Act.RUN, asked.division, on=on)
    if len(asked.value) > LONGEST:
        raise Refused(f"新值太长，最多{LONGEST}个字，例如 30000元。")
    backtest.check(question(asked))
    backtest.days(asked.since, asked.until)
    with transaction.atomic():
        Account.objects.select_for_update().get(pk=by.pk)
        mine = ThresholdTrial.objects.filter(by=by, state__in=AT_WORK)
        alive = clock.now() - timedelta(hours=limits.TRIAL_HOURS)
        same = {name: getattr(asked, name) for name in ASKED}
        working = mine.filter(requested_at__gte=alive, **same).first()
        if working is not None:
            return working, False
        mine.update(state=RunState.FAILED, why="又试了别的，这一次不算了。", finished_at=clock.now())
        return ThresholdTrial.objects.create(**same, by=by, requested_at=clock.now()), True


def question(asked: ThresholdTrial) -> Question:
    """What is to be compared. Raises Refused for a value that is none."""
    tried = whatif.row(f"{asked.name}={asked.value}", asked.division[:COUNTY], asked.since)
    return Question(asked.indicator, tried, asked.since, asked.until, asked.division)


def carry_out(*, trial: int) -> ThresholdTrial:
    """Do a queued one; what goes wrong is kept as one sentence."""
    with transaction.atomic():
        held = ThresholdTrial.objects.select_for_update().get(pk=trial)
        if held.state not in AT_WORK:
            return held
        held.state = RunState.RUNNING
        held.save(update_fields=["state"])
    try:
        found = told.to_json(backtest.compare(question(held), most=limits.PAGE_DAYS))
    except Exception as error:
        known = isinstance(error, WenhouError)
        _end(
            held, state=RunState.FAILED, why=str(error)[:400] if known else "试的时候出了错，请联系运维人员。"
        )
        if not known:
            raise
    else:
        _end(held, state=RunState.DONE, found=found)
    held.refresh_from_db()
    return held


def _end(held: ThresholdTrial, **came: object) -> None:
    """Unless it gave way meanwhile."""
    mine = ThresholdTrial.objects.filter(pk=held.pk, state=RunState.RUNNING)
    mine.update(**came, finished_at=clock.now())
