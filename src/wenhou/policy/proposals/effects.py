"""What a proposed value would change, as it is frozen with the proposal. Pure.

Who reckons it stands above: a function that takes a `Question` is registered with `reckon_with` by the room that can
look at households, so that policy itself never reads the registry.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, Protocol

from wenhou.base.errors import Refused
from wenhou.policy.proposals import changes
from wenhou.policy.proposals.changes import Changes, Reckoned
from wenhou.policy.standards import Row

MONTHS = 12
NOTHING = Changes()


@dataclass(frozen=True)
class Question:
    """Which two sets of standards to compare: `before` as they hold, `after` with the proposed row.

    Months are the twelve from the first of `since`'s month; `as_of` is the day the data is looked at.
    """

    name: str
    division: str
    since: date
    before: tuple[Row, ...]
    after: tuple[Row, ...]
    as_of: date


@dataclass(frozen=True)
class CountyEffect:
    """One county: households looked at, gaining, losing, of whom it cannot be told; fen a month before and after."""

    county: str
    households: int
    gaining: int
    losing: int
    unknown: int
    before: int
    after: int

    @property
    def changed(self) -> int:
        return self.gaining + self.losing

    @property
    def more(self) -> int:
        """Fen a month more; negative where less."""
        return self.after - self.before


@dataclass(frozen=True)
class MonthEffect:
    """One month ('2026-10'): fen before and after, over all counties."""

    month: str
    before: int
    after: int

    @property
    def more(self) -> int:
        return self.after - self.before


@dataclass(frozen=True)
class Effects:
    """The whole answer. note: what the reckoning could not see, in one sentence for people; changes: how it comes about."""

    as_of: date
    counties: tuple[CountyEffect, ...]
    months: tuple[MonthEffect, ...]
    note: str = ""
    changes: Changes = NOTHING

    def total(self, what: str) -> int:
        """The sum of one field over the counties."""
        return sum(int(getattr(one, what)) for one in self.counties)

    def within(self, places: tuple[str, ...]) -> tuple[CountyEffect, ...]:
        """The counties that lie in any of the places (prefixes), in order of code."""
        return tuple(one for one in self.counties if any(_meets(one.county, place) for place in places))


def _meets(county: str, place: str) -> bool:
    return county.startswith(place[: len(county)])


Reckoner = Callable[[Question], Effects]
_reckoners: list[Reckoner] = []


def reckon_with(function: Reckoner) -> None:
    """From now on this function answers; registered once, where the rooms are put together."""
    _reckoners[:] = [function]


def reckoner() -> Reckoner:
    """The function registered. Raises Refused where none is."""
    if not _reckoners:
        raise Refused("这里还没有接上试算，请联系运维人员。")
    return _reckoners[0]


class Compared(Reckoned, Protocol):
    """A reckoning that tells its effects, and how they come about beside them."""

    def effects(self) -> Effects: ...


def whole(found: Compared) -> Effects:
    """Its effects with how they come about, as they are frozen."""
    return replace(found.effects(), changes=changes.of(found))


def to_json(effects: Effects) -> dict[str, Any]:
    """As it is kept in the database."""
    return {**asdict(effects), "as_of": effects.as_of.isoformat()}


def from_json(told: dict[str, Any]) -> Effects:
    """Back from the database."""
    return Effects(
        as_of=date.fromisoformat(told["as_of"]),
        counties=tuple(CountyEffect(**one) for one in told["counties"]),
        months=tuple(MonthEffect(**one) for one in told["months"]),
        note=told["note"],
        changes=changes.from_json(told.get("changes", {})),
    )


def check(effects: Effects) -> Effects:
    """The same, where its sums agree: counties once, twelve months in order. Raises Refused."""
    codes = [one.county for one in effects.counties]
    months = [one.month for one in effects.months]
    if len(set(codes)) != len(codes) or months != sorted(set(months)) or len(months) != MONTHS:
        raise Refused("试算的结果不完整：每个县一行，并有连续12个月。")
    if any(one.changed + one.unknown > one.households for one in effects.counties):
        raise Refused("试算的结果对不上：变化的户数多于看过的户数。")
    changes.check(effects.changes, {one.county: one.households for one in effects.counties})
    return effects
