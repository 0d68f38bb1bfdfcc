"""Verdicts against alerts (one-path §6, facts §18): whom to raise, what to clear, what a human conclusion holds.

Unknown neither raises nor clears. Of a subject outside the run's division nothing was asked, and nothing follows.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from wenhou.engine.words import DEFAULT
from wenhou.lake import store
from wenhou.monitoring import absorbed, steps
from wenhou.monitoring.enums import OPEN_STATES, AlertState
from wenhou.monitoring.models import Alert
from wenhou.monitoring.terms import TermsOf
from wenhou.monitoring.verdicts import Verdicts

FIELDS = (
    "id",
    "indicator",
    "subject",
    "state",
    "outcome",
    "closed_on",
    "vanished_on",
    "basis",
    "evidence_hash",
    "household",
    "severity",
    "raised_on",
    "number",
    "division",
    "wall",
    "weighing",
    "snoozed_until",
    "override",
    "override__until",
    "override__ended_on",
)


@dataclass(frozen=True)
class Standing:
    """What is known of an earlier alert, without its row."""

    id: int
    indicator: str
    subject: str
    state: str
    outcome: str
    closed_on: date | None
    vanished_on: date | None
    basis: dict[str, Any]
    evidence_hash: str
    household: int | None
    severity: int
    raised_on: date
    number: str
    division: str
    wall: str
    weighing: list[Any]
    snoozed_until: date | None
    override: int | None
    override_until: date | None
    override_ended: date | None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    def sleeps(self, on: date) -> bool:
        """Set aside until a day that has not come."""
        return self.state == AlertState.SNOOZED and self.snoozed_until is not None and self.snoozed_until > on

    def has_run_out(self, on: date) -> bool:
        """An override that was taken back, or whose day has come."""
        return self.override_ended is not None or self.is_due(on)

    def is_due(self, on: date) -> bool:
        """An override whose day has come."""
        return self.override_until is not None and self.override_until <= on


@dataclass(frozen=True)
class Finding:
    """A yes: of whom, and what it rests on."""

    indicator: str
    key: int
    household: int | None
    values: dict[str, Any] = field(hash=False)

    @property
    def about(self) -> tuple[str, int]:
        """Entity and key, as trees of reasons name a subject."""
        return DEFAULT.of_code(self.indicator).entity, self.key

    @property
    def subject(self) -> str:
        return f"{DEFAULT.of_code(self.indicator).entity[0]}{self.key}"

    @property
    def basis(self) -> dict[str, Any]:
        return steps.kept(self.values)


@dataclass
class Changes:
    """What a run has to do."""

    raise_: list[Finding] = field(default_factory=list)
    changed: list[tuple[Standing, Finding]] = field(default_factory=list)
    drifted: list[tuple[Standing, str]] = field(default_factory=list)
    """Open alerts whose evidence moved by less than a step, with its fingerprint: what a decision would rest on."""
    kept: int = 0
    held: int = 0
    clear: list[Standing] = field(default_factory=list)
    vanished: list[Standing] = field(default_factory=list)
    lapsed: list[Standing] = field(default_factory=list)
    """Overrides that end with this run, for their evidence has changed."""
    earlier: dict[tuple[str, str], Standing] = field(default_factory=dict)
    """By indicator and subject: what people had concluded of those that are raised again."""
    open: list[Standing] = field(default_factory=list)


@dataclass(frozen=True)
class Among:
    """Subjects asked about ('p7', 'h3'), and their households: other alerts are not looked at."""

    subjects: frozenset[str]
    households: frozenset[int]

    def of(self, rows: QuerySet[Alert], same: Mapping[int, int]) -> QuerySet[Alert]:
        """Their alerts, those under a key that is read as one of theirs too. As arrays: of thousands of parameters the
        reading alone takes seconds."""
        theirs = sorted(self.subjects | absorbed.into(self.subjects, same))
        about = "(monitoring_alert.subject = any(%s) or monitoring_alert.household = any(%s))"
        return rows.extra(where=[about], params=[theirs, sorted(self.households)])


def compare(verdicts: Verdicts, *, on: date, among: Among | None = None) -> Changes:
    """Read the alerts and the verdicts, and say what follows. Writes nothing."""
    changes, terms = Changes(), TermsOf(on)
    opened, concluded, changes.clear = _alerts(among)
    changes.open = [one for ones in opened.values() for one in ones.values()]
    for code in verdicts.watched():
        found = [_finding(code, row) for row in verdicts.found(code)]
        for finding in found:
            before = opened[code].get(finding.subject), concluded[code].get(finding.subject)
            _follow(finding, *before, changes, terms)
        _gone(verdicts, code, opened[code], concluded[code], changes, on)
    return changes


def _alerts(
    among: Among | None,
) -> tuple[dict[str, dict[str, Standing]], dict[str, dict[str, Standing]], list[Standing]]:
    """Open alerts, and the latest human decision of each subject (an outcome or an override), by indicator and subject; and
    open ones that are one too many, as they are about people who were found to be one.
    """
    opened: dict[str, dict[str, Standing]] = defaultdict(dict)
    concluded: dict[str, dict[str, Standing]] = defaultdict(dict)
    doubled: list[Standing] = []
    same = store.same_people()
    decided = ~Q(outcome="") | Q(override__isnull=False)
    rows = Alert.objects.filter(Q(state__in=OPEN_STATES) | decided)
    for row in (among.of(rows, same) if among else rows).order_by("id").values_list(*FIELDS):
        known = Standing(*row)
        one = replace(known, subject=absorbed.read_as(known.subject, same))
        if one.is_open and one.subject in opened[one.indicator]:
            doubled.append(one)
            continue
        (opened if one.is_open else concluded)[one.indicator][one.subject] = one
    return opened, concluded, doubled


def _finding(code: str, row: dict[str, Any]) -> Finding:
    values = {name: value for name, value in row.items() if name not in ("key", "household")}
    return Finding(code, row["key"], row["household"], values)


def _follow(
    finding: Finding,
    standing: Standing | None,
    concluded: Standing | None,
    changes: Changes,
    terms: TermsOf,
) -> None:
    if standing is not None:
        changes.kept += 1
        if steps.changed(standing.basis, finding.basis, terms(standing.division).evidence_step_percent):
            changes.changed.append((standing, finding))
        elif (now := steps.fingerprint(finding.basis)) != standing.evidence_hash:
            changes.drifted.append((standing, now))
    elif concluded is None:
        changes.raise_.append(finding)
    elif _stands(concluded, finding, terms):
        changes.held += 1
    else:
        changes.raise_.append(finding)
        changes.earlier[finding.indicator, finding.subject] = concluded
        if concluded.override is not None and not concluded.has_run_out(terms.on):
            changes.lapsed.append(concluded)


def _stands(concluded: Standing, finding: Finding, terms: TermsOf) -> bool:
    """Whether a human decision still answers this evidence."""
    assert concluded.closed_on is not None
    if concluded.has_run_out(terms.on):
        return False
    held = terms(concluded.division)
    same = concluded.evidence_hash == steps.fingerprint(finding.basis)
    if same and terms.on - concluded.closed_on <= timedelta(days=held.same_evidence_days):
        return True
    return concluded.vanished_on is None and not steps.changed(
        concluded.basis, finding.basis, held.evidence_step_percent
    )


def _gone(
    verdicts: Verdicts,
    code: str,
    opened: dict[str, Standing],
    concluded: dict[str, Standing],
    changes: Changes,
    on: date,
) -> None:
    """Open alerts whose verdict is now no are cleared; of concluded ones it is noted that the reason vanished.

    Where the evidence is what it was, the no comes from a threshold or from the calendar alone: what people decided
    of that evidence stands, and an alert they set aside sleeps on until its day.
    """
    lasting = [one for one in concluded.values() if one.vanished_on is None]
    several = [*opened.values(), *lasting]
    if not several:
        return
    refuted = verdicts.refuted(code, _keys(several))

    def is_new(one: Standing) -> bool:
        return steps.fingerprint(steps.kept(refuted[int(one.subject[1:])])) != one.evidence_hash

    no = [one for one in several if int(one.subject[1:]) in refuted]
    changes.clear += [one for one in no if one.is_open and (is_new(one) or not one.sleeps(on))]
    changes.vanished += [one for one in no if not one.is_open and is_new(one)]


def _keys(several: Iterable[Standing]) -> set[int]:
    return {int(one.subject[1:]) for one in several}
