"""A watch of D01 over a few people whose answers the test itself gives: the real comparison and the real writing, on
real tables, without a lake. Nobody is asked the rule: a yes is an amount at the line, an unknown amount is unknown."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

import ibis
from ibis.backends.duckdb import Backend

from monitoring import factories
from wenhou.engine import plan as plans
from wenhou.engine.plan import Plan
from wenhou.engine.words import DEFAULT
from wenhou.linkage.coverage import Spoken
from wenhou.linkage.sources import Views
from wenhou.monitoring import comparing
from wenhou.monitoring.actions import raising
from wenhou.monitoring.actions.raising import Prepared, Ready
from wenhou.monitoring.comparing import Finding
from wenhou.monitoring.enums import RunState
from wenhou.monitoring.judging import Frozen
from wenhou.monitoring.models import Alert, Run
from wenhou.monitoring.subjects import Subject
from wenhou.monitoring.verdicts import Verdicts

CODE = "D01"
START = date(2022, 1, 4)
"""Long enough before the working calendar ends."""


@cache
def plan() -> Plan:
    return plans.make(as_of=START, wanted=[CODE])


@dataclass
class Place:
    """Amounts in fen by person key, None = unknown; the line they are compared with; the day."""

    on: date = START
    line: int = 2_000_000
    costs: dict[int, int | None] = field(default_factory=dict)

    def answer(self, key: int) -> bool | None:
        cost = self.costs[key]
        return None if cost is None else cost >= self.line

    def pass_days(self, days: int) -> None:
        self.on += timedelta(days=days)

    def watch(self, meanwhile: Callable[[], object] = lambda: None) -> Run:
        """One run over everybody; `meanwhile` happens when all is compared and nothing is written."""
        run = Run.objects.create(as_of=self.on, state=RunState.RUNNING)
        backend = ibis.duckdb.connect()
        try:
            changes = comparing.compare(self._verdicts(backend), on=self.on)
            standing = {(one.indicator, one.subject): one for one, _ in changes.changed}
            prepared = Prepared("0" * 64)
            prepared.raised = [self._ready(finding) for finding in changes.raise_]
            prepared.changed = [
                Ready(
                    **{**vars(self._ready(finding)), "standing": standing[finding.indicator, finding.subject]}
                )
                for _, finding in changes.changed
            ]
            meanwhile()
            raising.write(run, changes, prepared, on=self.on)
        finally:
            backend.disconnect()
        return run

    def _verdicts(self, backend: Backend) -> Verdicts:
        name = DEFAULT.indicators[CODE].name
        backend.con.execute(
            f'create table answers (person bigint, household bigint, "{name}" boolean, own_medical_cost bigint)'
        )
        rows = [[key, 100 + key, self.answer(key), cost] for key, cost in self.costs.items()]
        backend.con.executemany("insert into answers values (?, ?, ?, ?)", rows)
        for table in ("people", "households", "register"):
            backend.con.execute(f"create table {table} (person bigint, household bigint)")
        return Verdicts(self.on, plan(), Views(backend, Spoken({}, {})), "answers", "households", {})

    def _ready(self, finding: Finding) -> Ready:
        who = Subject(
            person=finding.key,
            household=finding.household,
            division=factories.VILLAGE,
            copy_division="",
            name_masked="马＊",
            id_masked="",
            sex="2",
            age=46,
            household_size=1,
            standing="",
        )
        return Ready(finding, Frozen({}, []), f"自付{finding.values['own_medical_cost']}", who)


def latest(key: int) -> Alert:
    """The latest alert of somebody."""
    return Alert.objects.filter(subject=f"p{key}").latest("id")
