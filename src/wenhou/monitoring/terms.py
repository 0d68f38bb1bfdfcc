"""The numbers that alerts themselves go by, at a place on a day: standards like any other, dated, regional, provisional."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

from wenhou.base.errors import Refused
from wenhou.policy import queries
from wenhou.policy.proposals import proposed
from wenhou.policy.standards import Row

COUNTY = 6  # digits of a code: standards hold by county


@dataclass(frozen=True)
class Terms:
    """Fields are standards of `policy.parameters.watch_alerts` and the answer-by days of `watch_f`: points, days,
    working days, per cent."""

    severity_red: int
    severity_yellow: int
    severity_fresh_days: int
    severity_recent_days: int
    severity_fresh_percent: int
    severity_recent_percent: int
    severity_old_percent: int
    answer_workdays: int
    answer_workdays_red: int
    answer_workdays_urgent: int
    evidence_step_percent: int
    same_evidence_days: int
    longest_snooze_days: int
    longest_override_days: int

    @classmethod
    def read(cls, rows: Mapping[str, Row], place: str, on: date) -> "Terms":
        """From the rows in force. Raises Refused where one is missing (标准缺失): nothing is guessed."""
        names = [field.name for field in fields(cls)]
        labels, missing = proposed.labels(), [name for name in names if name not in rows]
        if missing:
            told = "、".join(f"“{labels.get(name, name)}”" for name in missing)
            raise Refused(f"标准缺失：{place or '全国'}在{on}没有{told}，预警不能分级。")
        return cls(**{name: int(rows[name].value) for name in names})


class TermsOf:
    """The terms of any place on one day, each county's read once."""

    def __init__(self, on: date) -> None:
        self.on = on
        self._known: dict[str, Terms] = {}

    def __call__(self, division: str) -> Terms:
        county = division[:COUNTY]
        if county not in self._known:
            rows = queries.in_force(county, self.on)
            self._known[county] = Terms.read(rows, county, self.on)
        return self._known[county]


def at(division: str, on: date) -> Terms:
    """The terms of one place on a day."""
    return TermsOf(on)(division)
