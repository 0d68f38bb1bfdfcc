"""The people a registry knows and those it does not, with numbers and phones as they are given out."""

from dataclasses import dataclass

import numpy as np

from wenhou.sandbox.noise.families import CHILD, Families, founded
from wenhou.sandbox.noise.places import Places, laid_out
from wenhou.sandbox.numbers import calendar, with_check

# GB/T 2260 has never assigned 6499xx: one for every county, the rest for those born elsewhere.
_FIRST_PREFIX, _ELSEWHERE, _LAST_PREFIX = 649901, 649930, 649999
_FROM_THE_PROVINCE, _FROM_ELSEWHERE = 0.08, 0.07
_SEQUENCES = 499
# Namesakes of one birthday whom nothing but the number and the place tells apart, beyond those of chance; a fifth of them
# in one township.
_NAMESAKES = 0.0005
_HEADS_PHONE, _OFFICERS_PHONE = 0.8, 0.02
_SEGMENTS = (130, 131, 133, 135, 136, 137, 138, 139, 147, 150, 151, 152, 153, 155, 158, 159, 170, 173, 177, 180, 181, 182, 183,
             185, 186, 187, 188, 189, 191, 193, 195, 198, 199)  # fmt: skip


@dataclass
class Registry:
    """Everybody; `registered` says whom the registry knows. `number` is S18; `phone` an integer, 0 where none."""

    families: Families
    places: Places
    number: np.ndarray
    phone: np.ndarray
    officers: np.ndarray
    registered: np.ndarray

    def __len__(self) -> int:
        return len(self.number)


def peopled(people: int, rng: np.random.Generator) -> Registry:
    """So many registered people, and a seventh of that who are not: whole families of strangers, members unknown."""
    places = laid_out(people)
    families = founded(int(people * 1.18) + 20, places, rng)
    registered = _registered(families, people, rng)
    _namesakes(families, places, rng)
    number = _numbers(families, places, rng)
    officers = new_phones(len(places.codes), rng)
    return Registry(families, places, number, _phones(families, officers, rng), officers, registered)


def new_phones(count: int, rng: np.random.Generator) -> np.ndarray:
    """Mobile numbers, seldom the same twice."""
    return rng.choice(np.array(_SEGMENTS), count) * 10**8 + rng.integers(0, 10**8, count)


def _registered(families: Families, people: int, rng: np.random.Generator) -> np.ndarray:
    strange = (rng.random(int(families.house[-1]) + 1) < 0.07)[families.house]
    lone = rng.random(len(families.house)) < 0.07
    known = np.flatnonzero(~strange & ~lone)
    rest = np.flatnonzero(strange | lone)
    short = people - len(known)
    chosen = np.r_[known, rest[:short]] if short > 0 else rng.permutation(known)[:people]
    found = np.zeros(len(families.house), dtype=bool)
    found[chosen] = True
    return found


def _namesakes(families: Families, places: Places, rng: np.random.Generator) -> None:
    count = len(families.house)
    like = rng.integers(0, count, int(count * _NAMESAKES))
    far = rng.integers(0, count, len(like))
    near = np.clip(like + rng.integers(20, 400, len(like)), 0, count - 1)
    beside = (rng.random(len(like)) < 0.2) & (
        places.town[families.village[near]] == places.town[families.village[like]]
    )
    other = np.where(beside, near, far)
    for part in (families.name, families.birth, families.sex):
        part[other] = part[like]


def _numbers(families: Families, places: Places, rng: np.random.Generator) -> np.ndarray:
    """Prefix of where one was born, birth date, and a sequence counted on from where the county's day begins."""
    count = len(families.house)
    where = rng.random(count) * (1 - 0.7 * (families.role == CHILD))
    prefix = _FIRST_PREFIX + places.county[families.village]
    prefix = np.where(
        where > 1 - _FROM_THE_PROVINCE - _FROM_ELSEWHERE, _FIRST_PREFIX + rng.integers(0, 22, count), prefix
    )
    elsewhere = rng.integers(_ELSEWHERE, _LAST_PREFIX + 1, count)
    prefix = np.where(where > 1 - _FROM_ELSEWHERE, elsewhere, prefix)
    key = (prefix * 10**6 + families.birth + 10**5) * 4 + families.sex
    order = np.argsort(key, kind="stable")
    starts = np.r_[True, np.diff(key[order]) != 0]
    rank = np.empty(count, dtype=np.int64)
    rank[order] = np.arange(count) - np.maximum.accumulate(np.where(starts, np.arange(count), 0))
    if rank.max() >= _SEQUENCES:
        raise ValueError("too many births of one day in one county")
    begins = key // 4 * 7919 % _SEQUENCES
    sequence = (begins + rank) % _SEQUENCES * 2 + np.where(families.sex == 1, 1, 2)
    return with_check((prefix * 10**8 + calendar(families.birth)) * 1000 + sequence)


def _phones(families: Families, officers: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    count = len(families.house)
    years = 2024 - (families.birth / 365.2425 + 1970)
    own = np.select([years < 10, years < 18, years < 66, years < 80], [0.02, 0.3, 0.9, 0.55], 0.2)
    mine = new_phones(count, rng)
    drawn = rng.random(count)
    first = np.searchsorted(families.house, families.house, side="left")
    shared = np.where(rng.random(count) < _HEADS_PHONE, mine[first], 0)
    found = np.where(drawn < own, mine, shared)
    return np.where(rng.random(count) < _OFFICERS_PHONE, officers[families.village], found)
