"""Where "no row" no longer means what it meant: a source speaks for a place and days for which it did not, or the
other way about."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from wenhou.lake.store import Coverage
from wenhou.linkage.coverage import Need, Spoken
from wenhou.linkage.fills import FILLS
from wenhou.linkage.seen import Seen
from wenhou.linkage.whole import SCHEMA, Whole, by_contract, spoken


@dataclass(frozen=True)
class Changed:
    """A place (the digits that matter) and the facts of which nothing found now means something else there."""

    place: str
    depth: int
    facts: frozenset[str]

    def at(self, column: str) -> str:
        """SQL condition: a column of divisions lies there."""
        return f"substr(coalesce({column}, ''), 1, {self.depth}) = '{self.place}'"


def turned(before: Seen, lake: Whole, contracts: Collection[str], *, as_of: date) -> Iterator[Changed]:
    """Each place with a changed answer to "has the source spoken", of these contracts."""
    then, now = spoken(by_contract(before)), lake.spoken
    concerned = {code for code in contracts if _set(then, code) != _set(now, code)}
    if not concerned:
        return
    by_need = _facts(now, concerned, as_of)
    depth = max(then.depth, now.depth)
    for place in places(lake, depth):
        found = [
            facts for need, facts in by_need.items() if then.covers(need, place) != now.covers(need, place)
        ]
        if found:
            yield Changed(place, depth, frozenset().union(*found))


def _set(spoken: Spoken, contract: str) -> frozenset[Coverage]:
    return frozenset(spoken.parts.get(contract, ()))


def _facts(spoken: Spoken, contracts: Collection[str], as_of: date) -> dict[Need, set[str]]:
    """What each need of these contracts decides; a fact asks its gate as well."""
    found: dict[Need, set[str]] = defaultdict(set)
    for name, fill in FILLS.items():
        if fill.none is None and not fill.whole:
            continue
        for need in (need for at in spoken.days(fill, as_of) for need in spoken.needs(fill, at)):
            if need.contract in contracts:
                found[need] |= {name, *_gated(name)}
    return found


def _gated(gate: str) -> Iterable[str]:
    return (name for name, fill in FILLS.items() if fill.asked == gate)


def places(lake: Whole, depth: int | None = None) -> list[str]:
    """Where anybody's records may be, as deep as the parts that speak look."""
    depth = depth or lake.spoken.depth
    told = (
        f"select substr(coalesce(place, ''), 1, {depth}) from {SCHEMA}.people"
        f" union select substr(coalesce(division, ''), 1, {depth}) from {SCHEMA}.households"
        f" union select substr(coalesce(hukou_county, ''), 1, {depth}) from {SCHEMA}.households"
    )
    return sorted(row[0] for row in lake.connection.execute(told).fetchall())
