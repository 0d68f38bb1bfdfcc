"""Build a synthetic place: the departments' deliveries in DIR/deliveries and the truth apart in DIR/truth."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from wenhou.base.errors import Refused
from wenhou.sandbox import deliveries, hardship, lives, plants, truth
from wenhou.sandbox.cast import Cast
from wenhou.sandbox.days import Clock
from wenhou.sandbox.faults import Faults
from wenhou.sandbox.places import lay_out, write_divisions
from wenhou.sandbox.standards import Standards
from wenhou.sandbox.world import World, assemble

SMALLEST = 1_000
_EVERY = 400
"""In a small place one planted positive of each indicator for so many residents, five at most."""


@dataclass(frozen=True)
class Summary:
    """What was built. `expected`: indicator → subjects for whom the watch should say yes."""

    directory: str
    division: str
    as_of: str
    residents: int
    people: int
    households: int
    deliveries: int
    rows: int
    expected: dict[str, int]
    planted: int
    errors: int
    late: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def build(
    directory: Path,
    *,
    division: str,
    residents: int,
    seed: int,
    as_of: date,
    towns: Sequence[tuple[str, str]] | None = None,
    errors: float = 0.0,
    late: float | Collection[str] = 0.0,
) -> Summary:
    """Write a place of so many residents as seen on a day; the same arguments give the same bytes.

    `towns`: (nine-digit code, name) pairs, else made-up ones. `errors`: share of people in each department's file whose
    number is wrong in it. `late`: share of the departments' files that have not come yet, or the contracts of which they
    are: in deliveries/ is the one before, in late/ the one that is yet to come. The truth says what rests on either.
    Raises Refused for a place it cannot build.
    """
    directory = Path(directory)
    _check(directory, residents, as_of)
    world = _world(division, residents, seed, as_of, towns)
    printer = deliveries.printer(world)
    facts = truth.Truth(world, printer)
    wrong = facts.disagreements()
    if wrong:
        raise AssertionError("planted cases read otherwise: " + "; ".join(wrong[:20]))
    faults = Faults(world, errors, late)
    spoiled = faults.spoil(deliveries.all_deliveries(world, printer))
    written = deliveries.hand_over(spoiled, directory / "deliveries")
    if faults.coming:
        deliveries.hand_over(faults.coming, directory / "late")
    truth.write(directory / "truth", facts.rows(faults))
    faults.write(directory / "truth")
    hardship.write(directory / "truth", hardship.draw(facts.view, facts.findings, printer, seed))
    write_divisions(directory / "divisions.csv", world.places)
    return Summary(
        directory=str(directory),
        division=division,
        as_of=as_of.isoformat(),
        residents=int((world.here & world.alive).sum()),
        people=world.people,
        households=world.crowd.houses,
        deliveries=len(written),
        rows=sum(w["rows"] for w in written),
        expected=truth.summary(facts.findings),
        planted=len(world.cast.expectations),
        errors=faults.count,
        late=tuple(sorted(faults.late_contracts)),
    )


def _check(directory: Path, residents: int, as_of: date) -> None:
    if residents < SMALLEST:
        raise Refused(f"居民数至少为{SMALLEST}，否则放不下各项指标的样例。")
    if as_of.month < 3:
        raise Refused("扫描日请选3月1日以后：一二月份里“本年度”的自付和参保样例无从造起。")
    if any(
        (directory / name).exists() and any((directory / name).iterdir())
        for name in ("deliveries", "late", "truth")
    ):
        raise Refused("目标文件夹里已有造好的数据，请换一个空文件夹。")


def _world(
    division: str, residents: int, seed: int, as_of: date, towns: Sequence[tuple[str, str]] | None
) -> World:
    rng = np.random.default_rng([seed, int(division), as_of.toordinal()])
    clock = Clock(as_of)
    standards = Standards(clock, division)
    cast = Cast(clock=clock, places=lay_out(division, towns), standards=standards, rng=rng)
    plants.plant(cast, _positives(residents))
    world = assemble(cast, residents, rng)
    lives.live(world)
    return world


def _positives(residents: int) -> int:
    """Planted positives of each indicator: one from the smallest place on, five from 2,000 residents, then 0.02 %."""
    return max(min(5, max(1, residents // _EVERY)), round(residents * 0.0002))
