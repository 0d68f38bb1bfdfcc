"""Writing what a run found: alerts raised with their frozen judgement, changed, cleared, woken; all in bulk."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from wenhou.base.numbers import next_numbers
from wenhou.divisions import calendar
from wenhou.monitoring import again, headlines, judging, severity, steps, subjects
from wenhou.monitoring.actions import keeping, meanwhile, weighing
from wenhou.monitoring.actions.alerts import moment, wake_row
from wenhou.monitoring.comparing import Changes, Finding, Standing
from wenhou.monitoring.enums import AlertState
from wenhou.monitoring.indicators.watch import URGENT, WALLS
from wenhou.monitoring.judging import Frozen
from wenhou.monitoring.models import Alert, AlertEvent, Judgement, Override, Run
from wenhou.monitoring.roster import Roster
from wenhou.monitoring.severity import Matters, Weighed
from wenhou.monitoring.subjects import Subject
from wenhou.monitoring.terms import TermsOf
from wenhou.monitoring.verdicts import Verdicts

AT_ONCE = 1000
PEOPLES = "state", "outcome", "snoozed_until", "override"
"""Of an alert, what people decide."""
LONGEST_NOTE = 400

Say = Callable[[str, int], None]


@dataclass(frozen=True)
class Ready:
    """A finding with everything its alert will show."""

    finding: Finding
    frozen: Frozen
    headline: str
    subject: Subject
    standing: Standing | None = None


@dataclass
class Prepared:
    """What is to be written, worked out before the transaction begins."""

    rule_set: str
    raised: list[Ready] = field(default_factory=list)
    changed: list[Ready] = field(default_factory=list)


def prepare(verdicts: Verdicts, changes: Changes, *, say: Say) -> Prepared:
    """Trees, evidence, places and headlines of all findings to raise and of open alerts whose evidence changed."""
    standing = {(one.indicator, one.subject): one for one, _ in changes.changed}
    findings = [*changes.raise_, *(finding for _, finding in changes.changed)]
    who = subjects.described(verdicts, (finding.subject for finding in findings))
    known = [finding for finding in findings if finding.subject in who]
    prepared = Prepared(verdicts.rule_set())
    for number, (finding, frozen) in enumerate(judging.freeze(verdicts, known), start=1):
        earlier = standing.get((finding.indicator, finding.subject))
        ready = Ready(finding, frozen, _headline(finding, frozen), who[finding.subject], earlier)
        (prepared.changed if earlier else prepared.raised).append(ready)
        if number % AT_ONCE == 0:
            say("写明理由和证据", 60 + 34 * number // len(known))
    return prepared


def _headline(finding: Finding, frozen: Frozen) -> str:
    """From the basis, and from what the tree says of the subject and the place."""
    needed = set(headlines.names(finding.indicator)) - set(finding.values)
    own = [["household", finding.household], list(finding.about)]
    return headlines.headline(finding.indicator, {**_named(frozen.tree, needed, own), **finding.values})


def _named(tree: dict[str, Any], needed: set[str], own: list[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    waiting = [tree]
    while waiting and needed - set(found):
        node = waiting.pop()
        if node["name"] in needed and node["subject"] in own:
            found[node["name"]] = node["value"]
        waiting.extend(node["children"])
    return found


def write(run: Run, changes: Changes, prepared: Prepared, *, on: date) -> None:
    """Write it all, in the caller's transaction; what people did since it was read stands, and is dropped here."""
    terms = TermsOf(on)
    _yield(changes, prepared)
    _wake(on)
    _clear(run, changes.clear, on)
    Alert.objects.filter(pk__in=[one.id for one in changes.vanished]).update(vanished_on=run.as_of)
    _drift(changes)
    _end_overrides(changes, on)
    matters = Matters(_matters(changes, prepared, on))
    _change(run, prepared, terms)
    _raise(run, changes, prepared, matters, terms)
    _reweigh(changes, matters, terms)


def _yield(changes: Changes, prepared: Prepared) -> None:
    drifted = [one for one, _ in changes.drifted]
    changed = [ready.standing for ready in prepared.changed if ready.standing]
    written = [*changes.clear, *changes.vanished, *drifted, *changed]
    left = meanwhile.untouched(Alert, written, PEOPLES)
    changes.clear = [one for one in changes.clear if one.id in left]
    changes.vanished = [one for one in changes.vanished if one.id in left]
    changes.drifted = [(one, now) for one, now in changes.drifted if one.id in left]
    prepared.changed = [ready for ready in prepared.changed if ready.standing and ready.standing.id in left]
    still = meanwhile.untouched(Alert, changes.open, ["closed_on"], lock=False)
    changes.open = [one for one in changes.open if one.id in still]


def _wake(on: date) -> None:
    """Snoozed alerts whose day has come."""
    for alert in Alert.objects.filter(state=AlertState.SNOOZED, snoozed_until__lte=on):
        wake_row(alert)
        AlertEvent.objects.create(alert=alert, kind="woken", at=moment(on), note="暂缓到期")


def _clear(run: Run, several: list[Standing], on: date) -> None:
    ids = [one.id for one in several]
    Alert.objects.filter(pk__in=ids).update(
        state=AlertState.CLOSED, closed_on=on, cleared_by=run, snoozed_until=None
    )
    at = moment(on)
    AlertEvent.objects.bulk_create(
        [
            AlertEvent(alert_id=id_, kind="cleared", at=at, note="条件已不成立", detail={"run": run.pk})
            for id_ in ids
        ],
        batch_size=AT_ONCE,
    )


def _drift(changes: Changes) -> None:
    """Open alerts go on showing the figures they were raised on; what they were seen with last is remembered."""
    alerts = [Alert(pk=one.id, evidence_hash=now) for one, now in changes.drifted]
    keeping.change(alerts, ["evidence_hash"])


def _end_overrides(changes: Changes, on: date) -> None:
    """Those whose day has come, and those whose evidence has changed."""
    running = Override.objects.filter(ended_on=None)
    running.filter(until__lte=on).update(ended_on=on, ended_why="到期")
    changed = [one.override for one in changes.lapsed if one.override is not None]
    running.filter(pk__in=changed).update(ended_on=on, ended_why="依据有变化")


def _matters(changes: Changes, prepared: Prepared, on: date) -> Iterable[Weighed]:
    cleared = {one.id for one in changes.clear}
    for one in changes.open:
        if one.id not in cleared:
            yield weighing.weighed(one.subject, one.household, one.indicator, one.raised_on)
    for ready in prepared.raised:
        finding = ready.finding
        yield weighing.weighed(finding.subject, finding.household, finding.indicator, on)


def _raise(run: Run, changes: Changes, prepared: Prepared, matters: Matters, terms: TermsOf) -> None:
    on = terms.on
    roster, at = Roster(on=on), moment(on)
    numbers = next_numbers(Alert, on.year, len(prepared.raised))
    judgements = _judge(run, prepared, prepared.raised)
    alerts = [
        _alert(run, ready, judgement, number, matters, roster, terms)
        for ready, judgement, number in zip(prepared.raised, judgements, numbers, strict=True)
    ]
    Alert.objects.bulk_create(alerts, batch_size=AT_ONCE)
    events = [
        AlertEvent(
            alert=alert,
            kind="raised",
            at=at,
            note=alert.headline,
            detail={"run": run.pk} | _follows(alert, changes, terms),
        )
        for alert in alerts
    ]
    events += [
        AlertEvent(alert=alert, kind="dispatched", at=at, note="自动派单", detail={"post": alert.post_id})
        for alert in alerts
        if alert.post_id is not None
    ]
    AlertEvent.objects.bulk_create(events, batch_size=AT_ONCE)


def _follows(alert: Alert, changes: Changes, terms: TermsOf) -> dict[str, str]:
    """Of what is raised again: the earlier alert's number, what was decided, and what has changed since."""
    earlier = changes.earlier.get((alert.indicator, alert.subject))
    if earlier is None:
        return {}
    said = again.sentence(earlier, alert.basis, terms(alert.division), terms.on)
    return {"earlier": earlier.number, "again": said}


def _judge(run: Run, prepared: Prepared, several: list[Ready]) -> list[Judgement]:
    return keeping.keep(
        [
            Judgement(
                run=run,
                indicator=ready.finding.indicator,
                subject=ready.finding.subject,
                as_of=run.as_of,
                rule_set=prepared.rule_set,
                tree=ready.frozen.tree,
                evidence=ready.frozen.evidence,
            )
            for ready in several
        ]
    )


def _alert(
    run: Run,
    ready: Ready,
    judgement: Judgement,
    number: str,
    matters: Matters,
    roster: Roster,
    terms: TermsOf,
) -> Alert:
    finding, subject, on = ready.finding, ready.subject, terms.on
    wall = WALLS.get(finding.indicator, "")
    post = roster.responsible_for(subject.division, wall=wall)
    held, basis = terms(subject.division), finding.basis
    parts = matters.weighing(finding.subject, finding.household, held, on, wall=wall)
    score = severity.score(parts)
    days = severity.answer_days(score, held, urgent=finding.indicator in URGENT)
    return Alert(
        number=number,
        indicator=finding.indicator,
        alert_type=weighing.watch(finding.indicator).type,
        subject=finding.subject,
        person=subject.person,
        household=finding.household,
        division=subject.division,
        copy_division=subject.copy_division,
        severity=score,
        colour=severity.colour(score, held),
        weighing=[part.kept() for part in parts],
        name_masked=subject.name_masked,
        id_masked=subject.id_masked,
        sex=subject.sex,
        age=subject.age,
        household_size=subject.household_size,
        standing=subject.standing,
        headline=ready.headline,
        state=AlertState.ASSIGNED if post else AlertState.WAITING,
        raised_on=on,
        due_on=_due(on, days),
        post=post,
        assigned_on=on if post else None,
        basis=basis,
        evidence_hash=steps.fingerprint(basis),
        judgement=judgement,
        run=run,
        wall=wall,
    )


def _change(run: Run, prepared: Prepared, terms: TermsOf) -> None:
    """Open alerts whose evidence changed by a step: judged anew, woken where they were set aside."""
    several, events = prepared.changed, []
    rows = Alert.objects.in_bulk([ready.standing.id for ready in several if ready.standing])
    for ready, judgement in zip(several, _judge(run, prepared, several), strict=True):
        assert ready.standing is not None
        alert, before = rows[ready.standing.id], ready.standing.basis
        percent = terms(alert.division).evidence_step_percent
        what = "；".join(steps.told(before, ready.finding.basis, percent))
        if alert.state == AlertState.SNOOZED:
            wake_row(alert)
            events.append(_note(alert, "woken", f"暂缓期间依据有变化：{what}", terms.on, run=run.pk))
        alert.headline, alert.judgement = ready.headline, judgement
        alert.basis = ready.finding.basis
        alert.evidence_hash = steps.fingerprint(alert.basis)
        events.append(
            _note(alert, "changed", f"{ready.headline}（{what}）", terms.on, run=run.pk, before=before)
        )
    keeping.change(rows.values(), ["headline", "judgement", "basis", "evidence_hash"])
    AlertEvent.objects.bulk_create(events, batch_size=AT_ONCE)


def _note(alert: Alert, kind: str, note: str, on: date, **detail: Any) -> AlertEvent:
    return AlertEvent(alert=alert, kind=kind, at=moment(on), note=note[:LONGEST_NOTE], detail=detail)


def _reweigh(changes: Changes, matters: Matters, terms: TermsOf) -> None:
    """Open alerts whose weighing has moved: something came or went, or days passed."""
    cleared = {one.id for one in changes.clear}
    weighing.write(
        ((one, one.weighing) for one in changes.open if one.id not in cleared), matters=matters, terms=terms
    )


def check_calendar(on: date) -> None:
    """Fail before any work is done where answer-by dates cannot be reckoned, or the nation's terms are missing.
    Raises NotCovered, Refused."""
    _due(on, TermsOf(on)("").answer_workdays)


@cache
def _due(on: date, days: int) -> date:
    return calendar.add_working_days(on, days)
