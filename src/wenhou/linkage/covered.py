"""Whom each fact's sources have spoken for, and from which day: by place, once for all facts."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import ibis
import ibis.expr.types as ir

from wenhou.linkage.coverage import Choice, Spoken
from wenhou.linkage.fills.at import At
from wenhou.linkage.fills.declare import Fill
from wenhou.linkage.sources import Sources


def spoken_for(spoken: Spoken, fill: Fill, as_of: date, places: Iterable[str]) -> Choice:
    """From which days a fact is looked at in which places; nothing where its silence means nothing anywhere."""
    if fill.none is None and not fill.whole:
        return ()
    return spoken.choice(fill, as_of, places)


def named(column: str, at: At) -> str:
    """A column of what was found from a day."""
    return f"{column}__behind_{at.behind}" if at.behind else column


class Covered:
    """Whom each fact's sources have spoken for, and from which day: yes for all, for none, or by place.

    base: the rows asked about with a column for each distinct set of places, so that a place is looked up once for
    all facts and not again for each.
    """

    def __init__(
        self,
        sources: Sources,
        at: At,
        base: ir.Table,
        fills: list[Fill],
        places: Sequence[str] | None = None,
    ) -> None:
        self._spoken, self._at = sources.spoken, at
        self._choices: dict[Any, Choice] = {}
        depth, told = self._spoken.depth, [f for f in fills if f.none is not None or f.whole]
        self._places = (_places(base, depth) if places is None else list(places)) if told else []
        self._names = {here: f"covered_{i}" for i, here in enumerate(self._distinct(told))}
        self.base = base.mutate(**{name: _within(base, here, depth) for here, name in self._names.items()})

    @property
    def names(self) -> tuple[str, ...]:
        """The columns that the base has more."""
        return tuple(self._names.values())

    def of(self, fill: Fill, found: Mapping[str, Any]) -> ir.BooleanValue:
        """Whether nothing found means nothing there, for each row. found: has the base's columns."""
        return self._are_in(_all(self._choice(fill)), found)

    def days(self, fill: Fill) -> list[At]:
        """From which days a fact is looked at: the day itself for what is found where nothing is covered."""
        chosen = [at for at, _ in self._choice(fill)]
        return chosen if self._at in chosen or (chosen and fill.whole) else [self._at, *chosen]

    def chosen(self, found: Mapping[str, Any], fill: Fill, column: str) -> ir.Value:
        """What was found from the day that is each row's."""
        first, *others = self.days(fill)
        value, places = found[named(column, first)], dict(self._choice(fill))
        for at in reversed(others):
            later = found[named(column, at)]
            before = _all((one, here) for one, here in places.items() if one.behind < at.behind)
            value = ibis.ifelse(self._are_in(places[at], found) & ~self._are_in(before, found), later, value)
        return value

    def _are_in(self, places: frozenset[str], found: Mapping[str, Any]) -> ir.BooleanValue:
        return found[self._names[places]] if places in self._names else ibis.literal(bool(places))

    def _distinct(self, fills: Iterable[Fill]) -> list[frozenset[str]]:
        """Every set of places asked about that is neither empty nor all."""
        sets: set[frozenset[str]] = set()
        for choice in {self._choice(fill) for fill in fills}:
            sets |= {_all(choice[:until]) for until in range(1, len(choice) + 1)} | {
                here for _, here in choice
            }
        return sorted((here for here in sets if 0 < len(here) < len(self._places)), key=sorted)

    def _choice(self, fill: Fill) -> Choice:
        alike = (fill.reading.contracts, fill.window(self._at), fill.whole, fill.none is None)
        if alike not in self._choices:
            self._choices[alike] = spoken_for(self._spoken, fill, self._at.as_of, self._places)
        return self._choices[alike]


def _all(choice: Iterable[tuple[At, frozenset[str]]]) -> frozenset[str]:
    return frozenset[str]().union(*(here for _, here in choice))


def _within(base: ir.Table, places: Iterable[str], depth: int) -> ir.BooleanValue:
    listed = sorted(places)
    return base.place.substr(0, depth).isin(listed) | base.home.substr(0, depth).isin(listed)


def _places(base: ir.Table, depth: int) -> list[str]:
    places = base.select(place=base.place.substr(0, depth))
    homes = base.select(place=base.home.substr(0, depth))
    return sorted(places.union(homes).distinct().to_pyarrow()["place"].to_pylist())
