"""A run of an arrival: whom deliveries touched are judged again, their alerts compared, and a new base is kept."""

from collections.abc import Callable, Sequence
from datetime import date

from wenhou.linkage import seen
from wenhou.linkage.touched import Everybody
from wenhou.monitoring import comparing
from wenhou.monitoring.actions import raising
from wenhou.monitoring.arrivals import asking, bases, known, layers
from wenhou.monitoring.arrivals.bases import ANSWERS, FACTS, Base
from wenhou.monitoring.arrivals.choosing import ANSWERED
from wenhou.monitoring.comparing import Among, Changes
from wenhou.monitoring.models import Run
from wenhou.monitoring.verdicts import Verdicts

Say = Callable[[str, int], None]
Write = Callable[[Run, Changes, raising.Prepared, date], None]


def follow(run: Run, *, on: date, only: Sequence[str] | None, say: Say, write: Write) -> None:
    """Do the run of an arrival. Raises Everybody where a run over everybody must be made instead."""
    base = bases.latest(run.as_of, only)
    if base is None:
        raise Everybody("当日还没有基线")
    if base.taken_back != bases.taken_back():
        raise Everybody("有搁置被提前收回")
    say("看谁受影响", 5)
    now = seen.look(bases.folder(run.pk), as_of=run.as_of)
    with asking.again(base, now, as_of=run.as_of) as asked:
        if asked.verdicts is None:
            _keep_nothing(run, base, asked)
            write(run, Changes(), raising.Prepared(""), on)
            return
        say("与现有预警比较", 40)
        _keep(run, base, asked.verdicts)
        changes = comparing.compare(asked.verdicts, on=on, among=_among(asked.verdicts))
        frozen = raising.prepare(asked.verdicts, changes, say=say)
        say("写入预警", 95)
        write(run, changes, frozen, on)


def _keep(run: Run, base: Base, found: Verdicts) -> None:
    connection = found.connection
    run.persons, run.households = found.size()
    for table, answered in zip(ANSWERS, (found.persons, found.households), strict=True):
        layers.lay(connection, base, run, table, asked=ANSWERED[table.entity], answered=answered)
    for table in FACTS:
        asked, told = known.ASKED[table.entity], known.TOLD[table.entity]
        layers.lay(connection, base, run, table, asked=asked, answered=told)
    run.counts = layers.recount(connection, base, found.watched(), asked=ANSWERED, now=found.counts())
    _told(run, base)


def _keep_nothing(run: Run, base: Base, asked: asking.Asked) -> None:
    """What came changes no answer: the base's stand under the new run's name."""
    for table in (*ANSWERS, *FACTS):
        nobody = f"no_{table.name}"
        asked.connection.execute(f"create temp table {nobody} ({table.entity} bigint)")
        layers.lay(asked.connection, base, run, table, asked=nobody, answered=nobody)
    run.counts = layers.recount(asked.connection, base, {}, asked={}, now={})
    _told(run, base)


def _told(run: Run, base: Base) -> None:
    bases.keep(
        run,
        root=base.root,
        asked=base.asked,
        formulas=base.formulas,
        standards=base.standards,
        taken_back=base.taken_back,
    )


def _among(found: Verdicts) -> Among:
    keys = {
        entity: [row[0] for row in found.connection.execute(f"select {entity} from {table}").fetchall()]
        for entity, table in ANSWERED.items()
    }
    subjects = {f"p{key}" for key in keys["person"]} | {f"h{key}" for key in keys["household"]}
    return Among(frozenset(subjects), frozenset(keys["household"]))
