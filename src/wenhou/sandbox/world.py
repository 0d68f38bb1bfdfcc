"""The generated world: people, what every department knows of them, and the clock."""

from dataclasses import dataclass, field

import numpy as np

from wenhou.sandbox import people
from wenhou.sandbox.cast import Cast
from wenhou.sandbox.crowd import NEVER, Crowd, join, shuffled
from wenhou.sandbox.days import Clock, month_of_days
from wenhou.sandbox.places import Places
from wenhou.sandbox.standards import Standards
from wenhou.sandbox.tables import Ledgers

NO_MONTH = 10**6


@dataclass
class World:
    """State from which the files are written and the truth is read."""

    clock: Clock
    places: Places
    standards: Standards
    crowd: Crowd
    cast: Cast
    rng: np.random.Generator
    ledgers: Ledgers = field(default_factory=Ledgers)

    def __post_init__(self) -> None:
        crowd = self.crowd
        self.age = self.clock.ages(crowd.birth)
        codes = self.places.codes
        own = np.array([code.startswith(self.places.county) for code in codes])
        self.house_here = own[crowd.lives]
        self.here = self.house_here[crowd.house]
        self.alive = crowd.died == NEVER
        # Drawn, living here now: whom the layers give an everyday life.
        self.bulk = ~crowd.planted & self.here
        died = np.where(self.alive, 0, crowd.died)
        self.last_alive_month = np.where(self.alive, NO_MONTH, month_of_days(died))
        self.rural = crowd.rural[crowd.house]

    @property
    def people(self) -> int:
        return self.crowd.people

    def months(self, count: int) -> np.ndarray:
        """The last so many complete months, oldest first."""
        last = self.clock.last_month
        return np.arange(last - count + 1, last + 1)

    def spread(self, rows: np.ndarray, months: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """(position in rows, person, month) for every month a person was alive in."""
        position = np.repeat(np.arange(len(rows)), len(months))
        month = np.tile(months, len(rows))
        alive = month <= self.last_alive_month[rows[position]]
        position, month = position[alive], month[alive]
        return position, rows[position], month

    def choose(self, mask: np.ndarray, share: float) -> np.ndarray:
        """A random share of the set positions of a mask, two at least where there are two."""
        rows = np.flatnonzero(mask)
        draw = self.rng.random(len(rows))
        return rows[(draw < share) | (draw <= np.partition(draw, 1)[1])] if len(rows) > 1 else rows


def assemble(cast: Cast, residents: int, rng: np.random.Generator) -> World:
    """Draw the bulk around the planted people and mix them, so that nothing tells them apart."""
    planted = cast.crowd()
    of_house = np.array([h.here for h in cast.houses])[planted.house]
    staying = int((of_house & (planted.died == NEVER)).sum())
    if staying > residents:
        raise ValueError(f"planted {staying} of {residents} residents")
    bulk = people.draw(residents - staying, cast.places, cast.clock, rng)
    mixed, new_person, new_house = shuffled(join(bulk, planted), rng)
    for row, person in enumerate(cast.people):
        person.index = int(new_person[bulk.people + row])
    for row, house in enumerate(cast.houses):
        house.index = int(new_house[bulk.houses + row])
    return World(cast.clock, cast.places, cast.standards, mixed, cast, rng)
