"""The list of entitlement gaps: what a reader chose, and one page of rows."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.http import QueryDict

from wenhou.desk import access
from wenhou.divisions import queries as divisions
from wenhou.monitoring.gaps import queries
from wenhou.monitoring.gaps.enums import Confidence, GapKind, GapState
from wenhou.monitoring.gaps.queries import Filters
from wenhou.monitoring.gaps.readings import BY_CODE
from wenhou.monitoring.models import Gap
from wenhou.staff.queries import Scope
from wenhou.web import choices, numbers

SIZE = 50
LABELS = {"place": "地点", "item": "事项", "confidence": "把握", "state": "状态"}


@dataclass(frozen=True)
class Chosen:
    """The tab and the filters; '' where nothing was chosen. What is not on offer was dropped when read."""

    kind: str = GapKind.UNMET
    place: str = ""
    item: str = ""
    confidence: str = ""
    state: str = ""

    @classmethod
    def read(cls, query: QueryDict, scope: Scope) -> "Chosen":
        """From the address; a place outside the scope is nothing."""
        kind = query.get("kind", "")
        return cls(
            kind=kind if kind in GapKind.values else GapKind.UNMET,
            place=access.narrowed(scope, query.get("place", "")),
            item=choices.among(query.get("item", ""), BY_CODE),
            confidence=choices.among(query.get("confidence", ""), Confidence.values),
            state=choices.among(query.get("state", ""), GapState.values),
        )

    @property
    def filters(self) -> Filters:
        return Filters(self.kind, self.item, self.place, self.confidence, self.state)

    @property
    def narrowing(self) -> dict[str, str]:
        """The filters in force, without the tab."""
        return {name: value for name in LABELS if (value := getattr(self, name))}

    def but(self, **other: str) -> "Chosen":
        return replace(self, **other)

    def address(self, **more: str) -> str:
        """The query part that leads back here."""
        given = {field.name: str(getattr(self, field.name)) for field in fields(self)} | more
        return "?" + urlencode({key: value for key, value in given.items() if value})


@dataclass(frozen=True)
class Page:
    """Rows, and where the next page begins."""

    rows: Sequence[Gap]
    next: str


def page(chosen: Chosen, scope: Scope, after: str) -> Page:
    """One page, the largest amounts first; one row more than fits tells whether there is another."""
    ranked = queries.filtered(scope, chosen.filters).annotate(rank=Coalesce(F("amount"), Value(-1)))
    place = _place(after)
    if place is not None:
        rank, key = place
        ranked = ranked.filter(Q(rank__lt=rank) | Q(rank=rank, id__gt=key))
    rows: list[Any] = list(ranked.order_by("-rank", "id")[: SIZE + 1])
    shown = rows[:SIZE]
    return Page(shown, f"{shown[-1].rank}.{shown[-1].pk}" if len(rows) > SIZE else "")


def _place(text: str) -> tuple[int, int] | None:
    """Where a page begins, from '69000.12'; None where it is anything else."""
    rank, _, key = text.partition(".")
    number = numbers.whole(key)
    known = -1 if rank == "-1" else numbers.whole(rank)
    return None if known is None or number is None else (known, number)


def places_below(chosen: Chosen, scope: Scope) -> tuple[int, str]:
    """Digits of the places totals are told for, and their level: one deeper than the reader's."""
    own = chosen.place or (scope.divisions[0] if len(scope.divisions) == 1 else "")
    return next((digits for digits in (2, 4, 6, 9, 12) if digits > len(own)), 12), own


def names(codes: set[str]) -> dict[str, str]:
    """Places by their prefix, the last part of the name."""
    found = divisions.lookup({code.ljust(12, "0") for code in codes})
    return {code: found[code.ljust(12, "0")].rpartition(" ")[2] for code in codes}
