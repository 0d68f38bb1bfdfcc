"""Who stands on an application: households of many shapes, absent parents, and supporters who live elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from wenhou.policy.facts.choices import KINSHIP
from wenhou.sandbox.law.columns import Columns, Numbers, Truths, chance, picked
from wenhou.sandbox.law.homes import Homes

SELF, SPOUSE, CHILD, PARENT, GRANDPARENT, GRANDCHILD, SIBLING, OTHER = range(8)


@dataclass(frozen=True)
class Role:
    """One place in a shape. Ages in years, both ends; father, mother and spouse are places of the same shape."""

    kin: int
    low: int
    high: int
    sex: int = 0
    father: int = -1
    mother: int = -1
    spouse: int = -1
    away: bool = False


_OLD_MAN, _OLD_WOMAN = Role(SELF, 60, 92, 1, spouse=1), Role(SPOUSE, 58, 90, 2, spouse=0)
_MAN, _WOMAN = Role(SELF, 22, 59, 1, spouse=1), Role(SPOUSE, 20, 57, 2, spouse=0)
SHAPES: tuple[tuple[float, tuple[Role, ...], tuple[float, ...], str], ...] = (
    # share, roles, how many supporters (0, 1, 2, 3), who they are to the applicant
    (0.11, (Role(SELF, 55, 95),), (0.4, 0.3, 0.2, 0.1), "子女"),
    (0.08, (Role(SELF, 17, 60),), (0.9, 0.1), "兄弟姐妹"),
    (0.15, (_OLD_MAN, _OLD_WOMAN), (0.4, 0.3, 0.2, 0.1), "子女"),
    (0.10, (_MAN, _WOMAN), (1.0,), "子女"),
    (0.16, (_MAN, _WOMAN, Role(CHILD, 0, 24, father=0, mother=1)), (1.0,), "子女"),
    (
        0.09,
        (_MAN, _WOMAN, Role(CHILD, 0, 24, father=0, mother=1), Role(CHILD, 0, 20, father=0, mother=1)),
        (1.0,),
        "子女",
    ),
    (0.08, (Role(SELF, 24, 55, 2), Role(CHILD, 0, 22, mother=0)), (0.8, 0.2), "父母"),
    (
        0.08,
        (_MAN, _WOMAN, Role(CHILD, 0, 22, father=0, mother=1), Role(PARENT, 60, 90)),
        (0.7, 0.2, 0.1),
        "兄弟姐妹",
    ),
    (
        0.06,
        (
            _MAN,
            _WOMAN,
            Role(CHILD, 0, 20, father=0, mother=1),
            Role(PARENT, 60, 90, 1, spouse=4),
            Role(PARENT, 58, 88, 2, spouse=3),
        ),
        (0.6, 0.3, 0.1),
        "兄弟姐妹",
    ),
    (
        0.06,
        (
            Role(SELF, 0, 17, father=2, mother=3),
            Role(GRANDPARENT, 58, 88),
            Role(PARENT, 24, 55, 1, away=True),
            Role(PARENT, 22, 52, 2, away=True),
        ),
        (0.8, 0.2),
        "祖父母",
    ),
    (
        0.05,
        (
            Role(SELF, 18, 58, father=1, mother=2),
            Role(PARENT, 55, 90, 1, spouse=2),
            Role(PARENT, 53, 88, 2, spouse=1),
        ),
        (0.6, 0.3, 0.1),
        "兄弟姐妹",
    ),
    (0.02, (Role(SELF, 60, 80), Role(GRANDCHILD, 2, 20)), (0.5, 0.5), "子女"),
    (0.01, (Role(SELF, 40, 80), Role(SIBLING, 40, 80), Role(OTHER, 20, 80)), (0.7, 0.3), "兄弟姐妹"),
)
WIDEST = max(len(shape[1]) for shape in SHAPES)
RANK = ("子女", "父母", "祖父母", "孙子女", "兄弟姐妹", "配偶")
_AGES = {"子女": (20, 62), "父母": (45, 88), "祖父母": (58, 90), "兄弟姐妹": (18, 75)}
_EDGES = (6, 16, 18, 60, 70, 80)
_MONTHS = (6, 24, 36)


def months_ago(day: np.datetime64, months: Numbers) -> Numbers:
    """The same day of an earlier month, or the first days of the next where there is none."""
    month = day.astype("datetime64[M]")
    return (month - months.astype("timedelta64[M]")).astype("datetime64[D]") + (
        day - month.astype("datetime64[D]")
    )


@dataclass
class People:
    """All who are named in a chunk's applications, one household after the other. Places are row numbers, -1: nobody."""

    rng: np.random.Generator
    homes: Homes
    home: Numbers
    first: Numbers
    kin: Numbers
    to: Numbers
    born: Numbers
    age: Numbers
    sex: Numbers
    away: Truths
    supporter: Truths
    rank: Numbers
    links: dict[str, Numbers]
    _told: dict[tuple[str, ...], Truths] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return len(self.home)

    @property
    def keys(self) -> Numbers:
        return self.homes.keys[self.home] * 16 + np.arange(self.size) - self.first

    @property
    def home_keys(self) -> Numbers:
        return self.homes.keys[self.home]

    @property
    def member(self) -> Truths:
        """Named as family and not away."""
        return ~self.supporter & ~self.away

    def chance(self, share: "float | Numbers") -> Truths:
        return chance(self.rng, self.size, share)

    def ago(self, days: int) -> Numbers:
        """Days before the day asked about, up to so many; every tenth an anniversary of months, or a day beside it."""
        day = self.homes.as_of - self.rng.integers(0, days, self.size)
        back = months_ago(self.homes.as_of, np.array(_MONTHS)[self.rng.integers(0, len(_MONTHS), self.size)])
        return np.where(
            self.chance(0.1), np.minimum(back + self.rng.integers(-1, 2, self.size), self.homes.as_of), day
        )

    def asked(self, sources: tuple[str, ...]) -> Truths:
        """Whether every one of the sources answered about each person's household."""
        if sources not in self._told:
            self._told[sources] = self.homes.asked(sources)[self.home]
        return self._told[sources]

    def sums(self, values: Numbers) -> Numbers:
        """A household's total of people's values."""
        return np.bincount(self.home, weights=values, minlength=self.homes.size).astype(np.int64)


def draw(rng: np.random.Generator, home: Homes) -> People:
    """The people of the homes: shapes first, then supporters behind them."""
    shape = picked(rng, home.size, [one[0] for one in SHAPES])
    base = np.array([len(one[1]) for one in SHAPES])[shape]
    extra = _extra(rng, shape)
    count = base + extra
    where = np.repeat(np.arange(home.size), count)
    first = np.repeat(np.cumsum(count) - count, count)
    place = np.arange(len(where)) - first
    roles = _Roles(shape[where], place, base[where])
    age, born = _ages(rng, roles, home.as_of)
    sex = roles.of("sex")
    sex = np.where(sex == 0, rng.integers(1, 3, len(where)), sex)
    supporter = place >= base[where]
    gone = (roles.of("away") == 1) | (chance(rng, len(where), 0.01) & (place > 0))
    links = {name: _link(roles.of(name), first, supporter) for name in ("father", "mother", "spouse")}
    return People(
        rng, home, where, first, roles.of("kin"), roles.to(), born, age, sex, gone & ~supporter, supporter,
        place - base[where] + 1, links,
    )  # fmt: skip


def _extra(rng: np.random.Generator, shape: Numbers) -> Numbers:
    found = np.zeros(len(shape), dtype=np.int64)
    for at, (_, _, shares, _) in enumerate(SHAPES):
        here = shape == at
        found[here] = picked(rng, int(here.sum()), shares)
    return found


class _Roles:
    """Roles of every row, read from one table of shapes by places; beyond the roles stand supporters."""

    def __init__(self, shape: Numbers, place: Numbers, base: Numbers) -> None:
        self._shape, self._place, self._beyond = shape, np.minimum(place, WIDEST - 1), place >= base

    def of(self, name: str) -> Numbers:
        absent = {"father": -1, "mother": -1, "spouse": -1, "kin": OTHER}.get(name, 0)
        table = self._table(lambda role, _: getattr(role, name), absent)
        found = table[self._shape, self._place]
        return np.where(self._beyond, absent, found)

    def to(self) -> Numbers:
        """What a supporter is to the applicant, as a place in RANK."""
        return np.array([RANK.index(one[3]) for one in SHAPES])[self._shape]

    def span(self) -> tuple[Numbers, Numbers]:
        low, high = self._table(lambda role, _: role.low, 0), self._table(lambda role, _: role.high, 0)
        of = np.array([_AGES[one[3]] for one in SHAPES])[self._shape]
        return (
            np.where(self._beyond, of[:, 0], low[self._shape, self._place]),
            np.where(self._beyond, of[:, 1], high[self._shape, self._place]),
        )

    @staticmethod
    def _table(read: Callable[[Role, int], Any], absent: int) -> Numbers:
        return np.array(
            [
                [int(read(roles[at], at)) if at < len(roles) else absent for at in range(WIDEST)]
                for _, roles, _, _ in SHAPES
            ]
        )


def _ages(rng: np.random.Generator, roles: _Roles, as_of: np.datetime64) -> tuple[Numbers, Numbers]:
    """Ages in years, and birth dates; every twentieth stands within a day of a birthday the law names."""
    low, high = roles.span()
    size = len(low)
    days = (low * 365.25 + rng.random(size) * (high - low + 1) * 365.25).astype(np.int64)
    years = as_of.astype("datetime64[Y]").astype(np.int64)
    edge = np.array(_EDGES)[rng.integers(0, len(_EDGES), size)]
    sharp = (rng.random(size) < 0.05) & (edge >= low) & (edge <= high)
    month = as_of - as_of.astype("datetime64[Y]").astype("datetime64[D]")
    birthday = (years - edge).astype("datetime64[Y]").astype("datetime64[D]") + month
    on_edge = birthday + rng.integers(-1, 2, size)
    born = np.where(sharp, on_edge, as_of - days)
    return ((as_of - born).astype(np.int64) / 365.25).astype(np.int64), born


def _link(place: Numbers, first: Numbers, supporter: Truths) -> Numbers:
    return np.where((place >= 0) & ~supporter, first + place, -1)


def fill(table: Columns, people: People) -> None:
    """Names in the family: kinship, birth, sex and the links."""
    rng, size = people.rng, people.size
    table.put("kinship", (KINSHIP, people.kin), ~people.supporter)
    table.put("birth_date", people.born, ~people.chance(0.004))
    table.put("sex", (("1", "2"), people.sex - 1))
    table.put("hukou_type", (("城镇", "农村"), people.homes.rural[people.home].astype(np.int64)))
    for name, place in people.links.items():
        named = (place >= 0) & chance(rng, size, 0.97)
        table.put(name, people.keys[np.maximum(place, 0)], named)
