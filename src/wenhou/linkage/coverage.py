"""What "no row" means: none where a source has spoken for the place and the days, unknown where it has not. Pure.

A record is kept where somebody is registered or where they live, so a source that has answered for either of the
two has answered for the person.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from wenhou.lake.store import Coverage
from wenhou.linkage.fills.at import At, Span
from wenhou.linkage.fills.declare import Fill

TOLERANCE_DAYS = 35  # contracts asked only within an authorisation name no lateness
PATIENCE = 2
"""Of the watch (自拟): a file may be twice as late as its contract allows before a county's silence is unknown again. An
alert is looked into by somebody; a law's answer is not, and waits for whole months."""
BORNE_DAYS = 60
"""And every file this long (自拟), however often it should come: one monthly refresh missed blinds no county."""


@dataclass(frozen=True)
class Need:
    """Days of a contract that a fact needs. first None: only the day `last` itself, how things then stood."""

    contract: str
    first: date | None
    last: date


Choice = tuple[tuple[At, frozenset[str]], ...]
"""Days to look from with the places looked at from each; no place twice."""


@dataclass(frozen=True)
class Spoken:
    """Days for which parts speak, by division, and the lateness each contract is allowed.

    patience: how many times that lateness is borne, and BORNE_DAYS at least. Complete months are then counted from the
    last one told at a place; 0: settled spans must be whole as they are, which the law asks.
    """

    parts: Mapping[str, tuple[Coverage, ...]]
    tolerance: Mapping[str, int | None]
    patience: int = 0

    def days(self, fill: Fill, as_of: date) -> Iterator[At]:
        """The days to look from, the best first: complete months as they are, then counted further and further back
        for as long as a file may be late."""
        at = At(as_of)
        yield at
        if not self.patience or not fill.window(at).monthly:
            return
        borne = as_of - max(self._borne(contract) for contract in fill.reading.contracts)
        while at.complete_months(1).last > borne:
            at = At(as_of, at.behind + 1)
            yield at

    def needs(self, fill: Fill, at: At) -> tuple[Need, ...]:
        """What must be covered before nothing found means nothing there, and a sum is all there is."""
        span = fill.window(at)
        return tuple(self._need(contract, fill, span, at) for contract in fill.reading.contracts)

    def _need(self, contract: str, fill: Fill, span: Span, at: At) -> Need:
        if span.monthly and self.patience:
            last = at.complete_months(1).last  # windows that end earlier go back with the others
            if at.behind:
                last = max(last, at.as_of - self._borne(contract))
            return Need(contract, span.first, last)
        if span.settled and (fill.whole or not self.patience):
            return Need(contract, span.first, span.last)
        late = self._borne(contract) if self.patience and not fill.whole else self._allowed(contract)
        last = min(span.last, at.as_of - late) if span.settled else span.last - late
        return Need(contract, span.first, max(last, span.first) if span.first else last)

    def _allowed(self, contract: str) -> timedelta:
        days = self.tolerance.get(contract)
        return timedelta(days=TOLERANCE_DAYS if days is None else days)

    def _borne(self, contract: str) -> timedelta:
        """How late the watch lets a file be."""
        return max(self._allowed(contract) * self.patience, timedelta(days=BORNE_DAYS))

    def choice(self, fill: Fill, as_of: date, places: Iterable[str]) -> Choice:
        """From which day each place is looked at: the first that is covered. Whoever lacks one is not covered."""
        left, chosen = list(places), list[tuple[At, frozenset[str]]]()
        for at in self.days(fill, as_of):
            needs = self.needs(fill, at)
            here = frozenset(place for place in left if all(self.covers(need, place) for need in needs))
            if here:
                chosen.append((at, here))
                left = [place for place in left if place not in here]
            if not left:
                break
        return tuple(chosen)

    def is_late(self, fill: Fill, as_of: date) -> bool:
        """Whether some place that sources speak for at all may be looked at from another day."""
        if next(islice(self.days(fill, as_of), 1, None), None) is None:
            return False
        return not all(
            self.covers(need, part.division)
            for need in self.needs(fill, At(as_of))
            for part in self.parts.get(need.contract, ())
        )

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
