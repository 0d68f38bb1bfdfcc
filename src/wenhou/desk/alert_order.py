"""Pages of the alert list by expected benefit, where enough outcomes are known; else why not, in one sentence."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from wenhou.desk.alert_filters import Chosen
from wenhou.desk.alert_list import MOST_SEVERE, SIZE, Page
from wenhou.monitoring.models import Learned
from wenhou.monitoring.queries import ROW
from wenhou.monitoring.worth import limits, listing
from wenhou.staff.queries import Scope
from wenhou.web import numbers

FIELDS = (*ROW, "later", "likely")
TABS = ("open", "soon", "waiting")
NONE = f"走访后办结的预警还不够{limits.FEWEST}条，学不出次序；下面仍按限办时间排。"
_DUE, _SEVERITY, _ID = (ROW.index(name) for name in ("due_on", "severity", "id"))


@dataclass(frozen=True)
class Place(listing.Key):
    """Where in this order a row stands, as an address carries it."""

    @classmethod
    def read(cls, text: str) -> "Place | None":
        """From '1.4310.2026-04-20.91.123'; None where it is anything else."""
        try:
            later, likely, due_on, severity, key = text.split(".")
            day = date.fromisoformat(due_on)
        except ValueError:
            return None
        whole = (
            numbers.whole(later, most=1),
            numbers.whole(likely, most=10_000),
            numbers.whole(severity, most=MOST_SEVERE),
            numbers.whole(key),
        )
        if None in whole:
            return None
        return cls(whole[0], whole[1], day, whole[2], whole[3])  # type: ignore[arg-type]

    def __str__(self) -> str:
        return f"{self.later}.{self.likely}.{self.due_on}.{self.severity}.{self.id}"


def is_asked(chosen: Chosen) -> bool:
    """Whether this order was chosen, and the tab has one."""
    return chosen.order == "benefit" and chosen.tab in TABS


def learned() -> Learned | None:
    """What is in use, if anything was learnt."""
    return Learned.objects.order_by("-pk").defer("content", "groups", "reliability").first()


def page(chosen: Chosen, scope: Scope, on: date, *, after: str, before: str) -> Page:
    """One page, as `alert_list.page` gives it; a row has `later` and `likely` behind the fields of ROW."""
    found = listing.keyed(chosen.found(scope, on), on)
    back, ahead = Place.read(before), Place.read(after)
    if back is not None:
        rows = _rows(found.filter(listing.before(back)).order_by(*listing.BACKWARDS))
        shown = rows[:SIZE][::-1]
        more = len(rows) > SIZE
        return Page(shown, _place(shown[0]) if more else None, _place(shown[-1]) if shown else None)
    if ahead is not None:
        found = found.filter(listing.behind(ahead))
    rows = _rows(found.order_by(*listing.ORDER))
    shown = rows[:SIZE]
    first = _place(shown[0]) if ahead is not None and shown else None
    return Page(shown, first, _place(shown[-1]) if len(rows) > SIZE else None)


def _rows(found: Any) -> list[tuple[Any, ...]]:
    return list(found.values_list(*FIELDS)[: SIZE + 1])


def _place(row: tuple[Any, ...]) -> Place:
    return Place(row[-2], row[-1], row[_DUE], row[_SEVERITY], row[_ID])
