"""Planted people: small objects to write cases with, which become rows beside the drawn bulk."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np

from wenhou.sandbox import crowd as c
from wenhou.sandbox.crowd import NEVER, Crowd
from wenhou.sandbox.days import Clock, day
from wenhou.sandbox.names import HAN, HUI
from wenhou.sandbox.places import Places
from wenhou.sandbox.standards import Standards


@dataclass(eq=False)
class Person:
    """A planted person. `index` is the row in the world once it is built."""

    house: "House"
    sex: int
    born: date
    relation: int
    father: "Person | None" = None
    mother: "Person | None" = None
    spouse: "Person | None" = None
    listed: bool = True
    hukou: int | None = None
    known: bool = True
    insured: bool = True
    schooled: bool = True
    housed: bool = True  # may own what heads of households own
    sheltered: bool = True  # has public housing where poor, in town and without a home
    refused: frozenset[str] = frozenset()  # kinds of DI46 this person should have and has not
    unpaid: frozenset[str] = frozenset()  # items of SA-PAY that never reach this person
    died: date | None = None
    police: date | None = None
    health: date | None = None
    funeral: date | None = None
    paid_months_after_death: int = 0
    index: int = -1

    def dies(self, when: date, *, police: bool = True, health: bool = True, funeral: int | None = 2) -> None:
        """Dead on a day, known to the sources named; the funeral is so many days later."""
        self.died = when
        self.police = when if police else None
        self.health = when if health else None
        self.funeral = None if funeral is None else when + timedelta(days=funeral)
        self.listed = not police


@dataclass(eq=False)
class House:
    """A planted household of the residence records."""

    cast: "Cast"
    rural: bool
    place: int
    lives: int
    here: bool = True
    known: bool = True
    people: list[Person] = field(default_factory=list)
    index: int = -1

    def add(self, sex: int, age: float | date, relation: int = c.HEAD, **kin: Any) -> Person:
        """A member of an age in years (birthday some time ago) or born on a day."""
        born = age if isinstance(age, date) else self.cast.born(age)
        person = Person(self, sex, born, relation, **kin)
        self.people.append(person)
        self.cast.people.append(person)
        return person

    def couple(self, age: float, *, wife_age: float | None = None) -> tuple[Person, Person]:
        """Husband (head) and wife."""
        husband = self.add(1, age)
        wife = self.add(2, age - 1 if wife_age is None else wife_age, c.WIFE)
        husband.spouse, wife.spouse = wife, husband
        return husband, wife

    def child(self, age: float | date, father: Person | None, mother: Person | None, sex: int = 1) -> Person:
        relation = c.SON if sex == 1 else c.DAUGHTER
        return self.add(sex, age, relation, father=father, mother=mother)


@dataclass(eq=False)
class Register:
    """A planted household of the register."""

    members: list[Person]
    category: str
    index: int
    rural: bool
    house: House
    extra: dict[str, Any]
    quiet: bool = False  # lives on nothing but what departments see
    counted: dict[Person, dict[str, int]] = field(
        default_factory=dict
    )  # fen the archive kept otherwise, by item
    supporters: list[dict[str, Any]] | None = None  # as told, `id_no` a Person
    assets: dict[str, Any] = field(default_factory=dict)  # facts of the household, by name


@dataclass(frozen=True)
class Expectation:
    """What a planted case should bring: answer yes, no or unknown for an indicator and a subject."""

    indicator: str
    subject: Person | House | Register
    answer: str
    need: str
    why: str
    error: str | None = None
    rows: str = ""


class Cast:
    """Everything planted: people, households, registers, rows, expectations."""

    def __init__(
        self, *, clock: Clock, places: Places, standards: Standards, rng: np.random.Generator
    ) -> None:
        self.clock, self.places, self.standards, self.rng = clock, places, standards, rng
        self.people: list[Person] = []
        self.houses: list[House] = []
        self.registers: list[Register] = []
        self.rows: dict[str, list[dict[str, Any]]] = {}
        self.expectations: list[Expectation] = []
        self._serial = 0

    # -- people ------------------------------------------------------------------------------------

    def born(self, age: float) -> date:
        """A birth date of about that many years, the birthday well away from the day of the scan."""
        years = int(age)
        back = 60 + int(self.rng.integers(0, 240))
        return self.clock.date_back(12 * years, back) if age == years else self._fraction(age)

    def _fraction(self, age: float) -> date:
        return self.clock.as_of - timedelta(days=int(age * 365.2425))

    def house(self, *, rural: bool = False, county: str | None = None) -> House:
        """A new household: in our county by default, else registered and living in another."""
        if county:
            rows = np.array(self.places.rows_of[county])
        else:
            rows = self.places.rural_rows if rural else self.places.urban_rows
        place = int(self.rng.choice(rows))
        found = House(self, rural, place, place, here=county is None)
        self.houses.append(found)
        return found

    def single(self, age: float | date, sex: int = 1, *, rural: bool = False) -> Person:
        """Somebody living alone."""
        return self.house(rural=rural).add(sex, age)

    # -- rows --------------------------------------------------------------------------------------

    def add(self, contract: str, **row: Any) -> None:
        self.rows.setdefault(contract, []).append(row)

    def serial(self, prefix: str) -> str:
        """A number of its own for a planted document."""
        self._serial += 1
        return f"{prefix}9{self._serial:08d}"

    def expect(self, indicator: str, subject: Any, answer: str, need: str, why: str, **more: Any) -> None:
        self.expectations.append(Expectation(indicator, subject, answer, need, why, **more))

    def register(self, category: str, *members: Person, **extra: Any) -> Register:
        """Put people on the register as one household; further fields of SA-ARCH as given."""
        house = members[0].house
        found = Register(list(members), category, len(self.registers), house.rural, house, extra)
        self.registers.append(found)
        return found

    # -- the crowd ---------------------------------------------------------------------------------

    def crowd(self) -> Crowd:
        """All planted people as arrays, in order of `people` and `houses`."""
        for row, person in enumerate(self.people):
            person.index = row
        for row, house in enumerate(self.houses):
            house.index = row
        people, houses = self.people, self.houses
        hui = self.rng.random(len(houses)) < 0.27
        of_house = np.array([p.house.index for p in people])
        family = np.where(
            hui[of_house],
            self.rng.integers(0, len(HUI), len(houses))[of_house],
            self.rng.integers(0, len(HAN), len(houses))[of_house],
        )
        married_in = np.array([p.relation in (c.WIFE, c.HUSBAND) for p in people])
        family = np.where(married_in, self.rng.integers(0, len(HUI), len(people)), family)
        return Crowd(
            house=of_house,
            slot=np.array([p.house.people.index(p) for p in people]),
            sex=np.array([p.sex for p in people]),
            birth=np.array([day(p.born) for p in people]),
            relation=np.array([p.relation for p in people]),
            father=_rows(p.father for p in people),
            mother=_rows(p.mother for p in people),
            spouse=_rows(p.spouse for p in people),
            guardian=np.full(len(people), -1),
            surname=family,
            planted=np.ones(len(people), dtype=bool),
            listed=np.array([p.listed for p in people]),
            died=_days(p.died for p in people),
            dead_police=_days(p.police for p in people),
            dead_health=_days(p.health for p in people),
            dead_funeral=_days(p.funeral for p in people),
            hukou=np.array([p.house.place if p.hukou is None else p.hukou for p in people]),
            place=np.array([h.place for h in houses]),
            lives=np.array([h.lives for h in houses]),
            rural=np.array([h.rural for h in houses]),
            hui=hui,
            shape=np.full(len(houses), -1),
        )


def _rows(references: Any) -> np.ndarray:
    return np.array([-1 if r is None else r.index for r in references])


def _days(dates: Any) -> np.ndarray:
    return np.array([NEVER if d is None else day(d) for d in dates])
