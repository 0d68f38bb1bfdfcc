"""Writing what a county's comparison found, in the caller's transaction: opened, changed, cleared, reviews; in bulk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wenhou.base.numbers import next_numbers
from wenhou.monitoring import steps, subjects
from wenhou.monitoring.actions import meanwhile
from wenhou.monitoring.actions.alerts import moment
from wenhou.monitoring.enums import OPEN_STATES
from wenhou.monitoring.gaps import explaining, readings, saying, terms
from wenhou.monitoring.gaps.asking import Asked
from wenhou.monitoring.gaps.comparing import Changes, Finding, Standing
from wenhou.monitoring.gaps.enums import OPEN_GAPS, GapKind, GapState
from wenhou.monitoring.gaps.explaining import Why
from wenhou.monitoring.gaps.registered import Registered
from wenhou.monitoring.models import Alert, Gap, GapEvent, GapReview, GapRun
from wenhou.monitoring.subjects import Subject
from wenhou.monitoring.terms import TermsOf

AT_ONCE = 1000
GONE = "比对发现缺口已消失"
PEOPLES = "state", "conclusion", "snoozed_until"
"""Of a gap, what people decide."""


@dataclass
class Prepared:
    """What is to be written, worked out before the transaction begins. due: subject and item → day of a review."""

    opened: list[tuple[Finding, Subject]] = field(default_factory=list)
    changed: list[tuple[Standing, Finding]] = field(default_factory=list)
    why: dict[tuple[str, str], Why] = field(default_factory=dict)
    due: dict[tuple[str, str], date] = field(default_factory=dict)

    def reason(self, finding: Finding) -> str:
        """The sentence a row shows."""
        why = self.why.get((finding.item, finding.subject))
        return saying.sentence(finding, why.lacks if why else ())


def prepare(asked: Asked, changes: Changes, registered: Registered, *, on: date) -> Prepared:
    """Whom each new gap is about, and of 享而不符 the reasons and the day a review is due."""
    who = subjects.described(registered, (one.subject for one in changes.opened))
    ready = Prepared(
        [(one, who[one.subject]) for one in changes.opened if one.subject in who], changes.changed
    )
    exits = [one for one in _findings(ready) if one.kind == GapKind.UNFOUNDED]
    ready.why = {(one.item, one.subject): why for one, why in explaining.unfounded(asked, exits)}
    reviews = _reviews(asked, {one.household for one in exits})
    terms_of = TermsOf(on)
    for one in exits:
        reviewed_on, months = reviews.get(one.household, (None, None))
        ready.due[one.item, one.subject] = terms.due_on(
            on=on,
            confidence=one.confidence,
            workdays=terms_of(one.county).answer_workdays,
            reviewed_on=reviewed_on,
            review_months=months,
        )
    return ready


def _findings(ready: Prepared) -> list[Finding]:
    return [*(one for one, _ in ready.opened), *(one for _, one in ready.changed)]


def _reviews(asked: Asked, households: set[int]) -> dict[int, tuple[date | None, int | None]]:
    query = f"""select household, {readings.REVIEWED_ON}, {readings.REVIEW_MONTHS} from gap_households
        where list_contains($keys, household)"""
    rows = asked.connection.execute(query, {"keys": sorted(households)}).fetchall() if households else []
    return {household: (reviewed_on, months) for household, reviewed_on, months in rows}


def write(run: GapRun, changes: Changes, ready: Prepared, *, on: date) -> None:
    """Write a county; what people did since it was read stands, and is dropped here."""
    _yield(changes, ready)
    _clear(run, [one.id for one in changes.cleared], GONE, on)
    Gap.objects.filter(pk__in=[one.id for one in changes.vanished]).update(vanished_on=run.as_of)
    reviewed = [*_open(run, ready, on), *_change(run, ready, on)]
    _review(reviewed, ready, on)
    run.opened += len(ready.opened)
    run.changed += len(ready.changed)
    run.cleared += len(changes.cleared)
    run.kept += changes.kept
    run.held += changes.held


def _yield(changes: Changes, ready: Prepared) -> None:
    changed = [standing for standing, _ in ready.changed]
    left = meanwhile.untouched(Gap, [*changes.cleared, *changes.vanished, *changed], PEOPLES)
    theirs = {(one.item, one.subject) for one in changes.cleared if one.id not in left}
    changes.cleared = [one for one in changes.cleared if one.id in left]
    changes.vanished = [one for one in changes.vanished if one.id in left]
    ready.changed = [
        (standing, finding)
        for standing, finding in ready.changed
        if standing.id in left and (finding.item, finding.subject) not in theirs
    ]


def wake(on: date) -> None:
    """Set-aside gaps whose day has come."""
    due = Gap.objects.filter(state=GapState.SNOOZED, snoozed_until__lte=on)
    for gap in due:
        wake_row(gap)
        GapEvent.objects.create(gap=gap, kind="woken", at=moment(on), note="暂缓到期")


def wake_row(gap: Gap) -> None:
    """Back to where it stood: under review where one is open. Writes no history."""
    reviewed = gap.reviews.filter(closed_on=None).exists()
    gap.state = GapState.REVIEWED if reviewed else GapState.OPEN
    gap.snoozed_until = None
    gap.save(update_fields=["state", "snoozed_until"])


def leave(run: GapRun, left: Mapping[str, Sequence[int]], *, on: date) -> None:
    """End the gaps of whoever has left, each with its reason; what people have concluded meanwhile stands."""
    for reason, ids in left.items():
        still = Gap.objects.filter(pk__in=ids, state__in=OPEN_GAPS).order_by("pk")
        open_yet = list(still.select_for_update(no_key=True).values_list("pk", flat=True))
        _clear(run, open_yet, reason, on)
        run.cleared += len(open_yet)


def _clear(run: GapRun, ids: Sequence[int], reason: str, on: date) -> None:
    Gap.objects.filter(pk__in=ids).update(
        state=GapState.CLOSED, closed_on=on, cleared_by=run, snoozed_until=None
    )
    GapReview.objects.filter(gap_id__in=ids, closed_on=None).update(closed_on=on)
    at = moment(on)
    GapEvent.objects.bulk_create(
        [GapEvent(gap_id=id_, kind="cleared", at=at, note=reason, detail={"run": run.pk}) for id_ in ids],
        batch_size=AT_ONCE,
    )


def _open(run: GapRun, ready: Prepared, on: date) -> list[Gap]:
    told = next_numbers(Gap, on.year, len(ready.opened))
    gaps = [
        _gap(run, finding, who, number, ready, on)
        for (finding, who), number in zip(ready.opened, told, strict=True)
    ]
    Gap.objects.bulk_create(gaps, batch_size=AT_ONCE)
    at = moment(on)
    GapEvent.objects.bulk_create(
        [GapEvent(gap=gap, kind="opened", at=at, note=gap.reason, detail={"run": run.pk}) for gap in gaps],
        batch_size=AT_ONCE,
    )
    return gaps


def _gap(run: GapRun, finding: Finding, who: Subject, number: str, ready: Prepared, on: date) -> Gap:
    return Gap(
        number=number,
        item=finding.item,
        subject=finding.subject,
        person=who.person,
        household=finding.household,
        division=who.division,
        copy_division=who.copy_division,
        name_masked=who.name_masked,
        id_masked=who.id_masked,
        sex=who.sex,
        age=who.age,
        household_size=who.household_size,
        standing=who.standing,
        wall=finding.reading.wall,
        opened_on=on,
        run=run,
        **_evidence(run, finding, ready),
    )


def _evidence(run: GapRun, finding: Finding, ready: Prepared) -> dict[str, Any]:
    """What a step of the evidence changes."""
    basis = finding.basis
    return {
        "kind": finding.kind,
        "confidence": finding.confidence,
        "period": finding.reading.period,
        "amount": finding.amount,
        "reason": ready.reason(finding),
        "county": finding.county,
        "as_of": run.as_of,
        "basis": basis,
        "evidence_hash": steps.fingerprint(basis),
    }


def _change(run: GapRun, ready: Prepared, on: date) -> list[Gap]:
    """Open gaps whose evidence changed by a step; woken where they were set aside."""
    rows = Gap.objects.in_bulk([standing.id for standing, _ in ready.changed])
    for standing, finding in ready.changed:
        gap, before = rows[standing.id], {"kind": standing.kind, "amount": standing.amount}
        evidence = _evidence(run, finding, ready) | _whose(finding)
        for name, value in evidence.items():
            setattr(gap, name, value)
        gap.save(update_fields=list(evidence))
        if gap.state == GapState.SNOOZED:
            wake_row(gap)
        GapEvent.objects.create(
            gap=gap, kind="changed", at=moment(on), note=gap.reason, detail={"run": run.pk, "before": before}
        )
    return list(rows.values())


def _whose(finding: Finding) -> dict[str, Any]:
    """Under which key the evidence lies: another than before where two people were found to be one."""
    one = {"subject": finding.subject, "person": finding.key}
    return one if finding.reading.entity == "person" else {}


def _review(several: list[Gap], ready: Prepared, on: date) -> None:
    """享而不符 opens a review, unless one is open or an alert in hand already says the same. No payment is touched."""
    exits = [gap for gap in several if gap.kind == GapKind.UNFOUNDED]
    under = set(GapReview.objects.filter(gap__in=exits, closed_on=None).values_list("gap_id", flat=True))
    spoken = _spoken(exits)
    needed = [gap for gap in exits if gap.pk not in under and gap.pk not in spoken]
    told = next_numbers(GapReview, on.year, len(needed))
    reviews = [
        GapReview(
            number=number,
            gap=gap,
            opened_on=on,
            due_on=ready.due[gap.item, gap.subject],
            reason=gap.reason,
            tree=ready.why[gap.item, gap.subject].tree,
        )
        for gap, number in zip(needed, told, strict=True)
    ]
    GapReview.objects.bulk_create(reviews, batch_size=100)
    GapEvent.objects.bulk_create(
        [
            GapEvent(
                gap=one.gap, kind="reviewed", at=moment(on), note=one.reason, detail={"review": one.number}
            )
            for one in reviews
        ],
        batch_size=AT_ONCE,
    )
    waiting = [gap.pk for gap in needed if gap.state == GapState.OPEN]
    Gap.objects.filter(pk__in=waiting).update(state=GapState.REVIEWED)


def _spoken(gaps: list[Gap]) -> set[int]:
    """Gaps of whose household an open alert says the same."""
    households = {gap.household for gap in gaps}
    found = Alert.objects.filter(household__in=households, state__in=OPEN_STATES)
    said: dict[int | None, set[str]] = {}
    for household, code in found.values_list("household", "indicator"):
        said.setdefault(household, set()).add(code)
    return {
        gap.pk
        for gap in gaps
        if said.get(gap.household, set()) & set(readings.BY_CODE[gap.item].told_by(GapKind(gap.kind)))
    }
