"""Answers against gaps, as alerts are compared: what to open, what has changed, what to clear, what a conclusion holds.

Unknown neither opens nor ends. Of whom nothing was asked nothing follows.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from wenhou.lake import store
from wenhou.monitoring import absorbed, steps
from wenhou.monitoring.gaps import asking, readings
from wenhou.monitoring.gaps.asking import Asked
from wenhou.monitoring.gaps.enums import OPEN_GAPS, Confidence, GapKind
from wenhou.monitoring.gaps.readings import Reading
from wenhou.monitoring.models import Gap
from wenhou.monitoring.terms import Terms, TermsOf

FIELDS = (
    "id", "item", "kind", "confidence", "subject", "state", "conclusion", "closed_on", "vanished_on", "basis",
    "evidence_hash", "amount", "snoozed_until",
)  # fmt: skip
AT_ONCE = 5000
Keyed = dict[tuple[str, str], "Standing"]


@dataclass(frozen=True)
class Standing:
    """What is known of an earlier gap, without its row."""

    id: int
    item: str
    kind: str
    confidence: str
    subject: str
    state: str
    conclusion: str
    closed_on: date | None
    vanished_on: date | None
    basis: dict[str, Any]
    evidence_hash: str
    amount: int | None
    snoozed_until: date | None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_GAPS

    @property
    def key(self) -> int:
        return int(self.subject[1:])


@dataclass(frozen=True)
class Finding:
    """A gap as a run found it."""

    reading: Reading
    kind: GapKind
    confidence: Confidence
    amount: int | None
    key: int
    household: int
    county: str
    row: dict[str, Any] = field(hash=False)

    @property
    def item(self) -> str:
        return self.reading.code

    @property
    def subject(self) -> str:
        return f"{self.reading.entity[0]}{self.key}"

    @property
    def basis(self) -> dict[str, Any]:
        """Name → value, as kept in JSON, of the names the plan answered."""
        names = self.reading.basis(self.kind)
        return steps.kept({name: self.row[name] for name in names if name in self.row})


@dataclass
class Changes:
    """What a county's answers ask for."""

    opened: list[Finding] = field(default_factory=list)
    changed: list[tuple[Standing, Finding]] = field(default_factory=list)
    cleared: list[Standing] = field(default_factory=list)
    vanished: list[Standing] = field(default_factory=list)
    kept: int = 0
    held: int = 0


def compare(asked: Asked, county: str, *, on: date) -> Changes:
    """Read the gaps and the answers of a county, and say what follows. Writes nothing."""
    changes, terms = Changes(), TermsOf(on)(county)
    findings = {
        reading.code: [_finding(reading, row) for row in asked.found(reading, county)]
        for reading in readings.READINGS
    }
    subjects = {one.subject for several in findings.values() for one in several}
    opened, concluded, changes.cleared = _standing(asked, county, subjects)
    for reading in readings.READINGS:
        for finding in findings[reading.code]:
            at = (finding.item, finding.subject)
            _follow(finding, opened.get(at), concluded.get(at), changes, terms, on)
        _gone(asked, reading, opened, concluded, changes)
    return changes


def _finding(reading: Reading, row: dict[str, Any]) -> Finding:
    kind = asking.kind_of(row)
    assert kind is not None
    return Finding(
        reading,
        kind,
        asking.confidence_of(reading, kind, row),
        asking.amount_of(reading, kind, row),
        row["key"],
        row["household"],
        row["county"],
        row,
    )


def _standing(asked: Asked, county: str, subjects: set[str]) -> tuple[Keyed, Keyed, list[Standing]]:
    """Open gaps, and the latest human conclusion, of the county, of whoever was found, as people move, and of whoever
    is now read as somebody there; and open ones that are one too many, as their people were found to be one."""
    same = store.same_people()
    kept = {f"p{key}" for key in asked.living_in(county, set(same.values()))}
    theirs = subjects | absorbed.into(subjects | kept, same)
    rows = {row[0]: row for row in _rows(county=county)}
    for some in _batched(sorted(theirs)):
        rows |= {row[0]: row for row in _rows(subject__in=some)}
    opened: Keyed = {}
    concluded: Keyed = {}
    doubled: list[Standing] = []
    for _, row in sorted(rows.items()):
        known = Standing(*row)
        one = replace(known, subject=absorbed.read_as(known.subject, same))
        at = (one.item, one.subject)
        if one.is_open and at in opened:
            doubled.append(one)
        else:
            (opened if one.is_open else concluded)[at] = one
    return opened, concluded, doubled


def _batched(subjects: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(subjects), AT_ONCE):
        yield subjects[start : start + AT_ONCE]


def _rows(**which: Any) -> Iterator[tuple[Any, ...]]:
    known = Gap.objects.filter(state__in=OPEN_GAPS) | Gap.objects.exclude(conclusion="")
    yield from known.filter(**which).values_list(*FIELDS)


def _follow(
    finding: Finding,
    standing: Standing | None,
    concluded: Standing | None,
    changes: Changes,
    terms: Terms,
    on: date,
) -> None:
    if standing is not None:
        changes.kept += 1
        if _changed(standing, finding, terms):
            changes.changed.append((standing, finding))
    elif concluded is not None and _stands(concluded, finding, terms, on):
        changes.held += 1
    else:
        changes.opened.append(finding)


def _changed(before: Standing, now: Finding, terms: Terms) -> bool:
    """Another kind, a determination where there was a screen, or a step of the evidence or the amount."""
    surer = before.confidence == Confidence.SCREENED and now.confidence == Confidence.DETERMINED
    percent = terms.evidence_step_percent
    more = _more(before.amount, now.amount, percent)
    return before.kind != now.kind or surer or more or steps.changed(before.basis, now.basis, percent)


def _more(before: int | None, now: int | None, percent: int) -> bool:
    """By a step, or where none was known."""
    if now is None or before == now:
        return False
    return before is None or now * 100 >= before * (100 + percent)


def _stands(concluded: Standing, finding: Finding, terms: Terms, on: date) -> bool:
    """Whether a human conclusion still answers this evidence."""
    assert concluded.closed_on is not None
    same = concluded.kind == finding.kind and concluded.evidence_hash == steps.fingerprint(finding.basis)
    if same and on - concluded.closed_on <= timedelta(days=terms.same_evidence_days):
        return True
    return concluded.vanished_on is None and not _changed(concluded, finding, terms)


def _gone(asked: Asked, reading: Reading, opened: Keyed, concluded: Keyed, changes: Changes) -> None:
    """Open gaps whose kind is now answered no, and no other kind found, are cleared; of concluded ones it is noted."""
    lasting = [one for one in concluded.values() if one.vanished_on is None and one.item == reading.code]
    several = [*(one for one in opened.values() if one.item == reading.code), *lasting]
    if not several:
        return
    answers = asked.of_keys(reading, {one.key for one in several})
    refuted = {one.id for one in several if _is_no(one, answers.get(one.key))}
    changes.cleared += [one for one in several if one.is_open and one.id in refuted]
    changes.vanished += [one for one in lasting if one.id in refuted]


def _is_no(one: Standing, row: dict[str, Any] | None) -> bool:
    if row is None or asking.kind_of(row) is not None:
        return False
    return row[asking.COLUMNS[GapKind(one.kind)]] is False
