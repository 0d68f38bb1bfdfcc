"""What "no row" means: none where a source has spoken for the place and the days, unknown where it has not. Pure.

A record is kept where somebody is registered or where they live, so a source that has answered for either of the
two has answered for the person.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from wenhou.lake.store import Coverage
from wenhou.linkage.fills.at import At, Span
from wenhou.linkage.fills.declare import Fill

TOLERANCE_DAYS = 35  # contracts asked only within an authorisation name no lateness
PATIENCE = 2
"""Of the watch (自拟): a file may be twice as late as its contract allows before a county's silence is unknown again. An
alert is looked into by somebody; a law's answer is not, and waits for whole months."""


@dataclass(frozen=True)
class Need:
    """Days of a contract that a fact needs. first None: only the day `last` itself, how things then stood."""

    contract: str
    first: date | None
    last: date


@dataclass(frozen=True)
class Spoken:
    """Days for which parts speak, by division, and the lateness each contract is allowed.

    patience: how many times that lateness is borne, in settled spans too; 0: settled spans must be whole. Sums that are
    nothing unless whole have none: without the last month everybody would seem to earn less.
    """

    parts: Mapping[str, tuple[Coverage, ...]]
    tolerance: Mapping[str, int | None]
    patience: int = 0

    def needs(self, fill: Fill, at: At) -> tuple[Need, ...]:
        """What must be covered before nothing found means nothing there."""
        span = fill.window(at)
        patience = 0 if fill.whole else self.patience
        return tuple(self._need(contract, span, at, patience) for contract in fill.reading.contracts)

    def _need(self, contract: str, span: Span, at: At, patience: int) -> Need:
        if span.settled and not patience:
            return Need(contract, span.first, span.last)
        days = self.tolerance.get(contract)
        late = timedelta(days=(TOLERANCE_DAYS if days is None else days) * max(patience, 1))
        last = min(span.last, at.as_of - late) if span.settled else span.last - late
        return Need(contract, span.first, max(last, span.first) if span.first else last)

    def covers(self, need: Need, place: str) -> bool:
        """Whether the parts that speak for a place, together, leave no day of the need out."""
        parts = [part for part in self.parts.get(need.contract, ()) if place.startswith(part.division)]
        return _reaches(parts, need.first or need.last, need.last)

    @property
    def depth(self) -> int:
        """How many digits of a place matter: those of the narrowest part, at least a county's."""
        lengths = [len(part.division) for parts in self.parts.values() for part in parts]
        return max([6, *lengths])


def _reaches(parts: Iterable[Coverage], first: date, last: date) -> bool:
    """Whether periods laid end to end cover first to last."""
    day = first
    for part in sorted(parts, key=lambda part: part.period_from):
        if part.period_from > day:
            return False
        day = max(day, part.period_to + timedelta(days=1))
        if day > last:
            return True
    return False
