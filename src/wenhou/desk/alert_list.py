"""Pages of the alert list: raw tuples by keyset, never an offset."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from wenhou.desk.alert_filters import Chosen
from wenhou.monitoring.queries import ROW
from wenhou.staff.queries import Scope
from wenhou.web import numbers

SIZE = 50
MOST_SEVERE = 32_767
_DUE, _SEVERITY, _ID = (ROW.index(name) for name in ("due_on", "severity", "id"))
ORDER = ("due_on", "-severity", "id")
BACKWARDS = ("-due_on", "severity", "-id")


@dataclass(frozen=True)
class Place:
    """Where in the order a row stands: the day an answer is due, the severity, the id."""

    due_on: date
    severity: int
    id: int

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """From '2026-04-20.91.123'; None where it is anything else."""
        try:
            due_on, severity, key = text.split(".")
            day = date.fromisoformat(due_on)
        except ValueError:
            return None
        score, number = numbers.whole(severity, most=MOST_SEVERE), numbers.whole(key)
        return None if score is None or number is None else cls(day, score, number)

    def __str__(self) -> str:
        return f"{self.due_on}.{self.severity}.{self.id}"

    @property
    def behind(self) -> Q:
        """Rows after this one. The first term alone lets the index seek."""
        return Q(due_on__gte=self.due_on) & (
            Q(due_on__gt=self.due_on)
            | Q(severity__lt=self.severity)
            | Q(severity=self.severity, id__gt=self.id)
        )

    @property
    def before(self) -> Q:
        """Rows ahead of this one."""
        return Q(due_on__lte=self.due_on) & (
            Q(due_on__lt=self.due_on)
            | Q(severity__gt=self.severity)
            | Q(severity=self.severity, id__lt=self.id)
        )


@dataclass(frozen=True)
class Page:
    """Rows as tuples of `monitoring.queries.ROW`, and where the pages before and after begin."""

    rows: Sequence[tuple[Any, ...]]
    previous: Any
    next: Any


def page(chosen: Chosen, scope: Scope, on: date, *, after: Place | None, before: Place | None) -> Page:
    """One page. One row more than fits is asked for, to know whether there is another page."""
    found = chosen.found(scope, on)
    if before is not None:
        rows = list(found.filter(before.before).order_by(*BACKWARDS).values_list(*ROW)[: SIZE + 1])
        shown = rows[:SIZE][::-1]
        return Page(
            shown, _place(shown[0]) if len(rows) > SIZE else None, _place(shown[-1]) if shown else None
        )
    if after is not None:
        found = found.filter(after.behind)
    rows = list(found.order_by(*ORDER).values_list(*ROW)[: SIZE + 1])
    shown = rows[:SIZE]
    return Page(
        shown,
        _place(shown[0]) if after is not None and shown else None,
        _place(shown[-1]) if len(rows) > SIZE else None,
    )


def _place(row: tuple[Any, ...]) -> Place:
    return Place(row[_DUE], row[_SEVERITY], row[_ID])
