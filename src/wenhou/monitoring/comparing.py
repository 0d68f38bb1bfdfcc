"""Verdicts against alerts (one-path §6, facts §18): whom to raise, what to clear, what a human conclusion holds.

Unknown neither raises nor clears. Of a subject outside the run's division nothing was asked, and nothing follows.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from wenhou.engine.words import DEFAULT
from wenhou.lake import store
from wenhou.monitoring import steps
from wenhou.monitoring.enums import OPEN_STATES
from wenhou.monitoring.models import Alert
from wenhou.monitoring.verdicts import Verdicts

SAME_EVIDENCE_DAYS = timedelta(days=30)
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

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


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
        return DEFAULT.indicators[self.indicator].entity, self.key

    @property
    def subject(self) -> str:
        return f"{DEFAULT.indicators[self.indicator].entity[0]}{self.key}"

    @property
    def basis(self) -> dict[str, Any]:
        return steps.kept(self.values)


@dataclass
class Changes:
    """What a run has to do."""

    raise_: list[Finding] = field(default_factory=list)
    changed: list[tuple[Standing, Finding]] = field(default_factory=list)
    kept: int = 0
    held: int = 0
    clear: list[Standing] = field(default_factory=list)
    vanished: list[Standing] = field(default_factory=list)
    open: list[Standing] = field(default_factory=list)


def compare(verdicts: Verdicts, *, on: date) -> Changes:
    """Read the alerts and the verdicts, and say what follows. Writes nothing."""
    changes = Changes()
    opened, concluded, changes.clear = _alerts()
    changes.open = [one for ones in opened.values() for one in ones.values()]
    for code in verdicts.watched():
        found = [_finding(code, row) for row in verdicts.found(code)]
        for finding in found:
            _follow(
                finding, opened[code].get(finding.subject), concluded[code].get(finding.subject), changes, on
            )
        _gone(verdicts, code, opened[code], concluded[code], changes)
    return changes


def _alerts() -> tuple[dict[str, dict[str, Standing]], dict[str, dict[str, Standing]], list[Standing]]:
    """Open alerts, and the latest human conclusion of each subject, by indicator and subject; and open ones that are one too
    many, as they are about people who were found to be one.
    """
    opened: dict[str, dict[str, Standing]] = defaultdict(dict)
    concluded: dict[str, dict[str, Standing]] = defaultdict(dict)
    doubled: list[Standing] = []
    same = store.same_people()
    rows = Alert.objects.filter(state__in=OPEN_STATES) | Alert.objects.exclude(outcome="")
    for row in rows.order_by("id").values_list(*FIELDS):
        one = _read_as(Standing(*row), same)
        if one.is_open and one.subject in opened[one.indicator]:
            doubled.append(one)
            continue
        (opened if one.is_open else concluded)[one.indicator][one.subject] = one
    return opened, concluded, doubled


def _read_as(one: Standing, same: Mapping[int, int]) -> Standing:
    key = int(one.subject[1:])
    return replace(one, subject=f"p{same[key]}") if one.subject[0] == "p" and key in same else one


def _finding(code: str, row: dict[str, Any]) -> Finding:
    values = {name: value for name, value in row.items() if name not in ("key", "household")}
    return Finding(code, row["key"], row["household"], values)


def _follow(
    finding: Finding, standing: Standing | None, concluded: Standing | None, changes: Changes, on: date
) -> None:
    if standing is not None:
        changes.kept += 1
        if steps.changed(standing.basis, finding.basis):
            changes.changed.append((standing, finding))
    elif concluded is not None and _stands(concluded, finding, on):
        changes.held += 1
    else:
        changes.raise_.append(finding)


def _stands(concluded: Standing, finding: Finding, on: date) -> bool:
    """Whether a human conclusion still answers this evidence."""
    assert concluded.closed_on is not None
    same = concluded.evidence_hash == steps.fingerprint(finding.basis)
    if same and on - concluded.closed_on <= SAME_EVIDENCE_DAYS:
        return True
    return concluded.vanished_on is None and not steps.changed(concluded.basis, finding.basis)


def _gone(
    verdicts: Verdicts,
    code: str,
    opened: dict[str, Standing],
    concluded: dict[str, Standing],
    changes: Changes,
) -> None:
    """Open alerts whose verdict is now no are cleared; of concluded ones it is noted that the reason vanished."""
    lasting = [one for one in concluded.values() if one.vanished_on is None]
    several = [*opened.values(), *lasting]
    if not several:
        return
    refuted = verdicts.refuted(code, _keys(several))
    changes.clear += [one for one in opened.values() if int(one.subject[1:]) in refuted]
    changes.vanished += [one for one in lasting if int(one.subject[1:]) in refuted]


def _keys(several: Iterable[Standing]) -> set[int]:
    return {int(one.subject[1:]) for one in several}
