"""People and their households as arrays: what both the drawn bulk and the planted cases become."""

from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np

from wenhou.sandbox.numbers import identity_numbers

# GB/T 4761: head, husband, wife, son, daughter, grandson, granddaughter, father, mother, sibling, other.
RELATIONS = ("02", "11", "12", "20", "30", "41", "42", "51", "52", "73", "77", "97")
HEAD, HUSBAND, WIFE, SON, DAUGHTER, GRANDSON, GRANDDAUGHTER, FATHER, MOTHER, BROTHER, SISTER, OTHER = range(
    12
)
NEVER = np.iinfo(np.int64).min
REFERENCES = ("father", "mother", "spouse", "guardian")


@dataclass
class Crowd:
    """One row per person, one per household. References are rows, -1 none; days since 1970, NEVER none.

    `place` and `lives` are rows of the places: where the household is registered and where it is.
    `listed`: the residence records say 正常. `dead_*`: the day each source gives, NEVER where it is silent.
    """

    house: np.ndarray
    slot: np.ndarray
    sex: np.ndarray
    birth: np.ndarray
    relation: np.ndarray
    father: np.ndarray
    mother: np.ndarray
    spouse: np.ndarray
    guardian: np.ndarray
    surname: np.ndarray
    planted: np.ndarray
    listed: np.ndarray
    died: np.ndarray
    dead_police: np.ndarray
    dead_health: np.ndarray
    dead_funeral: np.ndarray
    hukou: np.ndarray
    # households
    place: np.ndarray
    lives: np.ndarray
    rural: np.ndarray
    hui: np.ndarray
    shape: np.ndarray

    @cached_property
    def numbers(self) -> np.ndarray:
        """Identity numbers (dtype S18)."""
        return identity_numbers(self.birth, self.sex)

    @property
    def people(self) -> int:
        return len(self.house)

    @property
    def houses(self) -> int:
        return len(self.place)


OF_HOUSES = ("place", "lives", "rural", "hui", "shape")
OF_PEOPLE = tuple(f.name for f in fields(Crowd) if f.name not in OF_HOUSES)


def join(first: Crowd, second: Crowd) -> Crowd:
    """Both, the second's rows and references moved behind the first's."""
    parts = {}
    for name in (*OF_PEOPLE, *OF_HOUSES):
        right = getattr(second, name)
        if name == "house":
            right = right + first.houses
        elif name in REFERENCES:
            right = np.where(right >= 0, right + first.people, -1)
        parts[name] = np.concatenate([getattr(first, name), right])
    return Crowd(**parts)


def shuffled(crowd: Crowd, rng: np.random.Generator) -> tuple[Crowd, np.ndarray, np.ndarray]:
    """Households in order of where they live and by chance within it, with the new row of each person and house."""
    house_order = np.lexsort((rng.random(crowd.houses), crowd.lives))
    new_house = np.empty(crowd.houses, dtype=np.int64)
    new_house[house_order] = np.arange(crowd.houses)
    person_order = np.lexsort((crowd.slot, new_house[crowd.house]))
    new_person = np.empty(crowd.people, dtype=np.int64)
    new_person[person_order] = np.arange(crowd.people)
    parts = {name: getattr(crowd, name)[person_order] for name in OF_PEOPLE}
    parts |= {name: getattr(crowd, name)[house_order] for name in OF_HOUSES}
    parts["house"] = new_house[parts["house"]]
    for name in REFERENCES:
        old = parts[name]
        parts[name] = np.where(old >= 0, new_person[old], -1)
    return Crowd(**parts), new_person, new_house
