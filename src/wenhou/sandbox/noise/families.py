"""Households as they stand in a register: who is whose, of what surname, born when, and how alike their names are."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from wenhou.sandbox.days import day
from wenhou.sandbox.noise import called
from wenhou.sandbox.noise.places import Places

HEAD, SPOUSE, CHILD, ELDER = range(4)
# Who lives together, and how many households in a hundred do so.
_SHAPES = (
    ((HEAD,), 15),
    ((HEAD, SPOUSE), 20),
    ((HEAD, SPOUSE, CHILD), 18),
    ((HEAD, SPOUSE, CHILD, CHILD), 20),
    ((HEAD, SPOUSE, CHILD, CHILD, CHILD), 8),
    ((HEAD, CHILD), 5),
    ((HEAD, SPOUSE, CHILD, CHILD, ELDER), 8),
    ((HEAD, SPOUSE, CHILD, ELDER, ELDER), 6),
)
MEAN_SIZE = 3.09
_TODAY = day(date(2024, 11, 15))
_YEAR = 365.2425
_HUI, _MOSQUE, _DOTTED = 0.36, 0.06, 0.004
# Brothers who keep households of their own beside each other; a village of one clan; children with one character of the
# generation; twins; a son called after his father.
_BROTHER, _CLAN, _GENERATION, _TWIN, _AFTER_FATHER = 0.25, 0.35, 0.45, 0.025, 0.03


@dataclass
class Families:
    """A row a person, households lying together: `house` and `village` are rows, `birth` is days since 1970."""

    house: np.ndarray
    role: np.ndarray
    village: np.ndarray
    birth: np.ndarray
    sex: np.ndarray
    surname: np.ndarray
    name: np.ndarray


def founded(people: int, places: Places, rng: np.random.Generator) -> Families:
    """At least so many people, in whole households."""
    count = int(people / MEAN_SIZE * 1.05) + 10
    shares = np.array([share for _, share in _SHAPES], dtype=float)
    shape = rng.choice(len(_SHAPES), count, p=shares / shares.sum())
    sizes = np.array([len(roles) for roles, _ in _SHAPES])[shape]
    house = np.repeat(np.arange(count), sizes)
    role = np.concatenate([np.array(_SHAPES[one][0]) for one in shape])
    slot = np.arange(len(house)) - np.r_[0, np.cumsum(sizes)[:-1]][house]
    village = places.of_households(count, rng)
    heads = np.flatnonzero(role == HEAD)
    brother = (
        (rng.random(count) < _BROTHER) & (np.arange(count) % 2 == 1) & (np.diff(village, prepend=-1) == 0)
    )
    sex = _sexes(role, house, heads, rng)
    sex[heads[brother]] = sex[heads[np.flatnonzero(brother) - 1]] = 1
    spouses = role == SPOUSE
    sex[spouses] = 3 - sex[heads][house[spouses]]
    birth = _births(role, house, slot, shape, heads, brother, rng)
    twin = _twins(role, birth, sex, rng)
    surname = _surnames(role, house, sex, heads, village, brother, places, rng)
    name = _names(house, role, birth, sex, surname, heads, brother, twin, rng)
    return Families(house, role, village[house], birth, sex, surname, name)


def _sexes(role: np.ndarray, house: np.ndarray, heads: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    sex = np.where(rng.random(len(role)) < 0.52, 1, 2)
    sex[heads] = np.where(rng.random(len(heads)) < 0.8, 1, 2)
    second_elder = (role == ELDER) & (np.r_[-1, role[:-1]] == ELDER) & (np.r_[-1, house[:-1]] == house)
    rows = np.flatnonzero(second_elder)
    sex[rows] = 3 - sex[rows - 1]
    return sex


def _births(
    role: np.ndarray,
    house: np.ndarray,
    slot: np.ndarray,
    shape: np.ndarray,
    heads: np.ndarray,
    brother: np.ndarray,
    rng: np.random.Generator,
) -> np.ndarray:
    """Days since 1970: parents are twenty to thirty-five years older, brothers and sisters one to five apart."""
    count = len(heads)
    age = np.where(shape <= 1, rng.triangular(20, 62, 94, count), rng.triangular(24, 42, 62, count))
    rows = np.flatnonzero(brother)
    age[rows] = np.maximum(age[rows - 1] - rng.uniform(1, 8, len(rows)), rng.uniform(19, 24, len(rows)))
    first_child = age - rng.triangular(20, 25, 34, count)
    apart = rng.uniform(1.1, 4.5, len(role)) * np.maximum(slot - 2, 0)
    ages = np.select(
        [role == HEAD, role == SPOUSE, role == CHILD],
        [age[house], age[house] + rng.normal(-1, 3, len(role)), first_child[house] - apart],
        age[house] + rng.triangular(20, 25, 36, len(role)),
    )
    ages = np.where(ages < 0.1, rng.uniform(0.02, 8, len(role)), ages)
    birth = (_TODAY - ages * _YEAR).astype(np.int64)
    # Whoever was registered late, the old above all, has a rounded day: a first or a fifteenth, a public holiday.
    rounded = (birth < day(date(1965, 1, 1))) & (rng.random(len(birth)) < 0.06)
    months = birth.astype("datetime64[D]").astype("datetime64[M]")
    firsts = months.astype("datetime64[D]").astype(np.int64) + np.where(rng.random(len(birth)) < 0.6, 0, 14)
    return np.where(rounded, firsts, birth)


def _twins(role: np.ndarray, birth: np.ndarray, sex: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Second children who are twins of the first; changes their birth and mostly their sex."""
    second = (role == CHILD) & (np.r_[-1, role[:-1]] == CHILD)
    rows = np.flatnonzero(second & (rng.random(len(role)) < _TWIN))
    rows = rows[~np.isin(rows - 1, rows)]
    birth[rows] = birth[rows - 1]
    same = rng.random(len(rows)) < 0.65
    sex[rows[same]] = sex[rows[same] - 1]
    found = np.zeros(len(role), dtype=bool)
    found[rows] = True
    return found


def _surnames(
    role: np.ndarray,
    house: np.ndarray,
    sex: np.ndarray,
    heads: np.ndarray,
    village: np.ndarray,
    brother: np.ndarray,
    places: Places,
    rng: np.random.Generator,
) -> np.ndarray:
    """Children bear their father's, wives their own; a village of one clan has one surname in three households."""
    hui = rng.random(len(places.codes))[village] < _HUI
    own = called.surnames(hui[house], rng)
    clan = own[heads][np.searchsorted(village, village, side="left")]
    at_head = np.where(places.rural[village] & (rng.random(len(heads)) < _CLAN), clan, own[heads])
    at_head[brother] = at_head[np.flatnonzero(brother) - 1]
    own[heads] = at_head
    spouse_of = np.full(len(heads), "", dtype=object)
    spouse_of[house[role == SPOUSE]] = own[role == SPOUSE]
    father = np.where((sex[heads] == 1) | (spouse_of == ""), at_head, spouse_of)
    child = role == CHILD
    own[child] = father[house[child]]
    grandfather = (role == ELDER) & (sex == 1)
    own[grandfather] = at_head[house[grandfather]]
    return own


def _names(
    house: np.ndarray,
    role: np.ndarray,
    birth: np.ndarray,
    sex: np.ndarray,
    surname: np.ndarray,
    heads: np.ndarray,
    brother: np.ndarray,
    twin: np.ndarray,
    rng: np.random.Generator,
) -> np.ndarray:
    eras = called.era_of(birth.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970)
    first = called.first_characters(eras, sex, rng)
    shared = np.zeros(len(house), dtype=bool)
    generation = (rng.random(len(heads)) < _GENERATION)[house] & (role == CHILD)
    after = np.flatnonzero(generation & (np.r_[-1, role[:-1]] == CHILD))
    for row in np.r_[after, np.flatnonzero(twin & ~generation)]:
        if sex[row] == sex[row - 1] or twin[row]:
            first[row] = first[row - 1]
            shared[row] = shared[row - 1] = True
    rows = np.flatnonzero(brother)
    first[heads[rows]] = first[heads[rows - 1]]
    shared[heads[rows]] = shared[heads[rows - 1]] = True
    given = called.given(first, shared, eras, sex, rng)
    sons = (role == CHILD) & (sex == 1) & (sex[heads][house] == 1) & (rng.random(len(role)) < _AFTER_FATHER)
    last = np.array([name[-1] for name in given[heads][house[sons]]], dtype=object)
    given[sons] = "小" + last
    mosque = rng.random(len(role)) < _MOSQUE * np.isin(surname, tuple("马丁哈海纳撒沙白拜穆"))
    given[mosque] = called.muslim(sex[mosque], rng)
    name = surname + given
    dotted = (rng.random(len(heads)) < _DOTTED)[house]
    name[dotted] = called.dotted(sex[dotted], rng)
    return name
