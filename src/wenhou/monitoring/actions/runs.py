"""Runs of the watch: verdicts for a day, everybody's or of those whom deliveries touched, compared with the alerts
(one-path §5, §6)."""

import logging
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from django.db import transaction
from duckdb import DuckDBPyConnection

from wenhou.base import clock
from wenhou.base.errors import WenhouError
from wenhou.base.outbox import tell
from wenhou.divisions import codes
from wenhou.fieldwork.actions import publications as visits
from wenhou.lake import files, parquet
from wenhou.linkage import seen
from wenhou.linkage.actions import arrivals
from wenhou.linkage.touched import Everybody
from wenhou.monitoring import alone, comparing, days, verdicts
from wenhou.monitoring.actions import following, raising, tidying
from wenhou.monitoring.arrivals import asking, bases
from wenhou.monitoring.arrivals.bases import Table
from wenhou.monitoring.comparing import Changes
from wenhou.monitoring.enums import RunKind, RunState
from wenhou.monitoring.events import RunFinished
from wenhou.monitoring.models import Run
from wenhou.staff import permits
from wenhou.staff.models import Account

log = logging.getLogger(__name__)

DIED = "运行中断：后台任务或命令中途停止，没有写入任何预警，请重新运行。"

Say = Callable[[str, int], None]


def request(*, as_of: date, division: str | None = None, by: Account | None, on: date) -> Run:
    """Queue a run; a worker does it. Raises NotAllowed where somebody may not run the watch there, Refused for a day
    that has not come or is before what a run has seen there, BadCode."""
    from wenhou.monitoring import tasks  # the job's module imports this one

    place = _asked(as_of, division, by, on)
    with transaction.atomic():
        queued = Run.objects.create(as_of=as_of, division=place, by=by, stage="排队等候")
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

    by None is the command line or a job. Raises as `request` does; a run that fails says so on its row.
    """
    begun = Run.objects.create(as_of=as_of, division=_asked(as_of, division, by, on), by=by)
    return carry_out(begun, on=on, engine=engine, indicators=indicators)


def follow(*, as_of: date, on: date, indicators: Sequence[str] | None = None) -> Run:
    """Deliveries came: look again at those whom they touch, or at everybody where that cannot be told.

    indicators: codes, where a run over everybody that was asked these alone is the base. Raises Overtaken where a
    later day has been asked about meanwhile.
    """
    begun = Run.objects.create(as_of=_day(as_of, on), kind=RunKind.ARRIVAL)
    return carry_out(begun, on=on, indicators=indicators)


def make_base(*, as_of: date, on: date) -> Run:
    """The base of a day, by a run over everybody. Raises Overtaken."""
    begun = Run.objects.create(as_of=_day(as_of, on), reason="当日首次，建立基线")
    return carry_out(begun, on=on)


def carry_out(run: Run, *, on: date, engine: str = "duckdb", indicators: Sequence[str] | None = None) -> Run:
    """Do a queued run, when no other is under way. Its stage and progress are written as it goes, its results in one
    transaction. What is done is not done again."""
    with alone.alone():
        run.refresh_from_db()
        if run.state == RunState.DONE:
            return run
        _end_dead(run)
        run.state, run.started_at, run.finished_at, run.failure = RunState.RUNNING, clock.now(), None, ""
        run.save(update_fields=["state", "started_at", "finished_at", "failure"])
        try:
            days.check(run.as_of, run.division, on=on)
            _work(run, on, engine, indicators)
        except Exception as failure:
            _fail(run, failure)
            raise
        if not run.division:
            transaction.on_commit(lambda: tidying.tidy(run), robust=True)
    return run


def end_dead() -> int:
    """Runs whose process is gone are failed, so that nobody waits for them; gives how many. While a run is under way
    nothing is said of any."""
    with alone.at_once() as free:
        return _end_dead() if free else 0


def _end_dead(but: Run | None = None) -> int:
    """Whoever holds the lock knows that no other run is alive."""
    dead = Run.objects.filter(state=RunState.RUNNING)
    if but is not None:
        dead = dead.exclude(pk=but.pk)
    return dead.update(state=RunState.FAILED, finished_at=clock.now(), failure=DIED)


def _fail(run: Run, failure: Exception) -> None:
    run.state, run.finished_at = RunState.FAILED, clock.now()
    known = isinstance(failure, WenhouError)
    run.failure = (str(failure) if known else "运行出错，已记入日志，请联系运维。")[:300]
    run.save(update_fields=["state", "finished_at", "failure"])
    if not known:
        log.exception("run %s failed", run.pk)


def _asked(as_of: date, division: str | None, by: Account | None, on: date) -> str:
    """The place as its prefix, if the run may be."""
    place = codes.prefix(division) if division else ""
    if by is not None:
        permits.require(by, permits.Act.RUN, place, on=on)
    days.check(as_of, place, on=on)
    return place


def _day(as_of: date, on: date) -> date:
    days.check(as_of, "", on=on)
    return as_of


def _work(run: Run, on: date, engine: str, only: Sequence[str] | None) -> None:
    say = _progress(run)
    raising.check_calendar(on)
    say("识别新来的数据", 2)
    arrivals.recognise_all(on=on)
    visits.publish(as_of=run.as_of)
    if run.kind == RunKind.ARRIVAL:
        try:
            following.follow(run, on=on, only=only, say=say, write=_write)
            return
        except Everybody as why:
            run.kind, run.reason = RunKind.FULL, why.message[:120]
            run.save(update_fields=["kind", "reason"])
    _ask_everybody(run, on, engine, only, say)


def _ask_everybody(run: Run, on: date, engine: str, only: Sequence[str] | None, say: Say) -> None:
    say("整理事实", 5)
    asking.forget()
    taken_back = bases.taken_back()
    if not run.division:
        seen.look(bases.folder(run.pk), as_of=run.as_of)
    with verdicts.reached(as_of=run.as_of, division=run.division or None, engine=engine, only=only) as found:
        say("与现有预警比较", 55)
        run.persons, run.households = found.size()
        run.counts = found.counts()
        _keep(bases.ANSWERS, run, found.connection, (found.persons, found.households))
        if not run.division:
            _keep(bases.FACTS, run, found.connection, (verdicts.PERSONS, verdicts.HOUSEHOLDS))
            bases.keep(
                run,
                root=run.pk,
                asked=only,
                formulas=bases.formulas_of(found.plan),
                standards=found.standards,
                taken_back=taken_back,
            )
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


def _keep(tables: Iterable[Table], run: Run, connection: DuckDBPyConnection, names: Iterable[str]) -> None:
    """What the run found, in judgements/<run>/. names: of each table its name on the connection."""
    for table, name in zip(tables, names, strict=True):
        with files.whole(bases.path(run.pk, table)) as temporary:
            parquet.keep(connection.table(name), temporary)
