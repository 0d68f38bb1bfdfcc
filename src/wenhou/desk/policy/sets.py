"""What changed from one published set to another."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wenhou.desk import reasons
from wenhou.desk.policy import office
from wenhou.policy.judging import canonical
from wenhou.policy.models import PublishedSet
from wenhou.policy.proposals import proposed
from wenhou.policy.standards import Row

Place = tuple[str, str, str]


@dataclass(frozen=True)
class Change:
    """One place and day in two sets; `before` or `after` is None where the row is in one of them only."""

    before: Row | None
    after: Row | None

    @property
    def row(self) -> Row:
        made = self.after or self.before
        assert made is not None
        return made

    @property
    def kind(self) -> str:
        if self.before is None:
            return "新增"
        return "删去" if self.after is None else "改动"


def changes(before: Iterable[Row], after: Iterable[Row]) -> list[Change]:
    """Rows that differ, by standard, place and day. An end that only follows from a new row next to it is no change."""
    first, second = _by_place(before), _by_place(after)
    pairs = [(first.get(key), second.get(key)) for key in sorted(first.keys() | second.keys())]
    return [Change(one, other) for one, other in pairs if one is None or other is None or _differ(one, other)]


def _by_place(rows: Iterable[Row]) -> dict[Place, Row]:
    return {(row.name, row.division, row.since.isoformat()): row for row in rows}


def _differ(one: Row, other: Row) -> bool:
    return {**vars(one), "until": None} != {**vars(other), "until": None}


def told(found: list[Change]) -> list[dict[str, Any]]:
    """For the table."""
    labels, names = proposed.labels(), office.place_names({one.row.division for one in found})
    return [
        {
            "change": one,
            "label": labels.get(one.row.name, one.row.name),
            "place": names[one.row.division],
            "before": reasons.amount(one.before.value, one.before.unit) if one.before else "",
            "after": reasons.amount(one.after.value, one.after.unit) if one.after else "",
        }
        for one in found
    ]


def rows(kept: PublishedSet | None) -> tuple[Row, ...]:
    """The rows of a set; none of none."""
    return canonical.rows(kept.content) if kept else ()
