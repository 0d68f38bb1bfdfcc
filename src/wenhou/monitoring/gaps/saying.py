"""A gap in one sentence, with its figures."""

from wenhou.engine import phrases
from wenhou.engine.words import DEFAULT
from wenhou.monitoring.gaps.comparing import Finding
from wenhou.monitoring.gaps.enums import Confidence, GapKind, Period
from wenhou.policy.asking import lacking

LONGEST = 300
PER = {Period.MONTH: "每月", Period.YEAR: "每年", Period.ONCE: ""}


def sentence(finding: Finding, lacks: tuple[str, ...] = ()) -> str:
    """What is due, what is had, what lacks. lacks: why it is not due, of 享而不符."""
    said = {GapKind.UNMET: _unmet, GapKind.SHORT: _short}.get(finding.kind)
    told = said(finding) if said else _unfounded(finding, lacks)
    return told if len(told) <= LONGEST else f"{told[: LONGEST - 1]}…"


def _unmet(finding: Finding) -> str:
    reading, row = finding.reading, finding.row
    if row.get(reading.owed) is None:
        return f"{_label(reading.screen)}；{_none(reading.has)}"
    amount = f"，{PER.get(reading.period, '')}{_money(finding.amount)}" if finding.amount else ""
    return f"{_label(reading.owed)}{amount}；{_none(reading.has)}{_pending(finding)}"


def _short(finding: Finding) -> str:
    reading, row = finding.reading, finding.row
    per = PER.get(reading.period, "")
    due, received = _money(row[reading.due]), _money(row[reading.received])
    return f"{per}应发{due}，实发{received}，少{_money(finding.amount)}{_pending(finding)}"


def _unfounded(finding: Finding, lacks: tuple[str, ...]) -> str:
    reading = finding.reading
    paid = f"，上月实发{_money(finding.amount)}" if finding.amount else ""
    why = lacking.sentence(lacks)
    return f"{_label(reading.holds)}{paid}；本次判定不符合{f'，{why}' if why else ''}{_pending(finding)}"


def _pending(finding: Finding) -> str:
    return "" if finding.confidence == Confidence.DETERMINED else "（没有全部授权，财产待核）"


def _label(name: str) -> str:
    return str(getattr(DEFAULT[name], "label", name))


def _none(name: str) -> str:
    return f"查不到“{_label(name)}”"


def _money(fen: int | None) -> str:
    return phrases.shown(fen, "fen")
