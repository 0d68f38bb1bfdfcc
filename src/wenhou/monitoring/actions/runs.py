"""Runs of the watch: everybody's verdicts for a day, compared with the alerts (one-path §5, §6)."""

import logging
from collections.abc import Callable, Sequence
from datetime import date

from django.db import transaction

from wenhou.base import clock
from wenhou.base.errors import WenhouError
from wenhou.base.outbox import tell
from wenhou.fieldwork.actions import publications as visits
from wenhou.lake import files
from wenhou.linkage.actions import arrivals
from wenhou.monitoring import comparing, verdicts
from wenhou.monitoring.actions import raising
from wenhou.monitoring.comparing import Changes
from wenhou.monitoring.enums import RunState
from wenhou.monitoring.events import RunFinished
from wenhou.monitoring.models import Run
from wenhou.monitoring.verdicts import Verdicts
from wenhou.staff import permits
from wenhou.staff.models import Account

log = logging.getLogger(__name__)

Say = Callable[[str, int], None]


def request(*, as_of: date, division: str | None = None, by: Account | None, on: date) -> Run:
    """Queue a run; a worker does it. Raises NotAllowed where somebody may not run the watch there."""
    from wenhou.monitoring import tasks  # the job's module imports this one

    _permitted(by, division, on)
    with transaction.atomic():
        queued = Run.objects.create(as_of=as_of, division=division or "", by=by, stage="排队等候")
        tasks.defer_run(queued)
    return queued


def run(
    *,
    as_of: date,
    by: Account | None,
    on: date,
    division: str | None = None,
    engine: str = "duckdb",
    indicators: Sequence[str] | None = None,
) -> Run:
    """Run the watch now. division: a significant prefix; only who lives there is asked about. indicators: codes of
    those to ask; the alerts of others stay as they are.

    by None is the command line or a job. Raises NotAllowed, Refused; a run that fails says so on its row.
    """
    _permitted(by, division, on)
    begun = Run.objects.create(as_of=as_of, division=division or "", by=by)
    return carry_out(begun, on=on, engine=engine, indicators=indicators)


def carry_out(run: Run, *, on: date, engine: str = "duckdb", indicators: Sequence[str] | None = None) -> Run:
    """Do a queued run. Its stage and progress are written as it goes, its results in one transaction."""
    run.state, run.started_at = RunState.RUNNING, clock.now()
    run.save(update_fields=["state", "started_at"])
    try:
        _work(run, on, engine, indicators)
    except Exception as failure:
        run.state, run.finished_at = RunState.FAILED, clock.now()
        known = isinstance(failure, WenhouError)
        run.failure = (str(failure) if known else "运行出错，已记入日志，请联系运维。")[:300]
        run.save(update_fields=["state", "finished_at", "failure"])
        if not known:
            log.exception("run %s failed", run.pk)
        raise
    return run


def _permitted(by: Account | None, division: str | None, on: date) -> None:
    if by is not None:
        permits.require(by, permits.Act.RUN, division or "", on=on)


def _work(run: Run, on: date, engine: str, only: Sequence[str] | None) -> None:
    say = _progress(run)
    raising.check_calendar(on)
    say("识别新来的数据", 2)
    arrivals.recognise_all(on=on)
    visits.publish(as_of=run.as_of)
    say("整理事实", 5)
    with verdicts.reached(as_of=run.as_of, division=run.division or None, engine=engine, only=only) as found:
        say("与现有预警比较", 55)
        run.persons, run.households = found.size()
        run.counts = found.counts()
        _keep(run, found)
        changes = comparing.compare(found, on=on)
        say("写明理由和证据", 60)
        frozen = raising.prepare(found, changes, say=say)
        say("写入预警", 95)
        _write(run, changes, frozen, on)


def _write(run: Run, changes: Changes, prepared: raising.Prepared, on: date) -> None:
    with transaction.atomic():
        raising.write(run, changes, prepared, on=on)
        run.raised, run.cleared = len(prepared.raised), len(changes.clear)
        run.kept, run.held = changes.kept, changes.held
        for counted, several in (
            ("raised", [one.finding.indicator for one in prepared.raised]),
            ("cleared", [one.indicator for one in changes.clear]),
        ):
            for code, line in run.counts.items():
                line[counted] = several.count(code)
        run.state, run.stage, run.progress = RunState.DONE, "完成", 100
        run.finished_at = clock.now()
        run.save()
        tell(RunFinished(run=run.pk))


def _progress(run: Run) -> Say:
    def say(stage: str, progress: int) -> None:
        run.stage, run.progress = stage, progress
        run.save(update_fields=["stage", "progress"])

    return say


def _keep(run: Run, found: Verdicts) -> None:
    """What the run saw, in judgements/<run>/: every answer with its basis."""
    for name in ("persons", "households"):
        path = files.root() / "judgements" / f"{run.pk:08d}" / f"{name}.parquet"
        with files.whole(path) as temporary:
            found.connection.table(getattr(found, name)).write_parquet(str(temporary), compression="zstd")
