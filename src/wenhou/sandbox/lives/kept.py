"""Who stands in SA-ARCH as which household, where everybody then lives, and who is kin to whom across households."""

from collections import defaultdict
from functools import cached_property

import numpy as np

from wenhou.sandbox.catalogue import contracts
from wenhou.sandbox.tables import NONE
from wenhou.sandbox.world import World

SIX = ("DB", "TK", "BY", "GX", "JC", "QT")
LEFT = "已退出"
PROTECTED = ("孤儿", "事实无人抚养")
CANCERS = ("C50", "C53")


class Kept:
    """Rows of SA-ARCH as the registry will read them: a person on the register lives in the household of the
    weightiest category, everybody else where the residence records say."""

    def __init__(self, world: World) -> None:
        self._world = world
        ledgers = world.ledgers
        self.person, self.house = ledgers.columns("SA-ARCH", "id_no", "household_no")
        words = contracts()["SA-ARCH"]
        self.category = [words["category"].words[at] for at in ledgers.column("SA-ARCH", "category")]
        grades = words["self_care"].words
        self.self_care = [None if at < 0 else grades[at] for at in ledgers.column("SA-ARCH", "self_care")]
        self.stands = self._standing()

    def _standing(self) -> np.ndarray:
        ledgers = self._world.ledgers
        left = ledgers.column("SA-ARCH", "exit_on")
        there = ledgers.word("SA-ARCH", "status", "在保", "暂停") | (ledgers.column("SA-ARCH", "status") < 0)
        open_still = (left == NONE) | (left > self._world.clock.today)
        return there & open_still & ledgers.word("SA-ARCH", "category", *SIX)

    @cached_property
    def home(self) -> np.ndarray:
        """Per person: the number of the register's household (negative), else the residence's."""
        found = self._world.crowd.house.copy()
        rank = np.array(
            [SIX.index(name) if name in SIX else len(SIX) for name in self.category], dtype=np.int64
        )
        for row in np.argsort(-rank, kind="stable"):
            if self.stands[row]:
                found[self.person[row]] = self.house[row]
        return found

    @cached_property
    def _members(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        alive = np.flatnonzero(self._world.alive)
        for person, home in zip(alive.tolist(), self.home[alive].tolist(), strict=True):
            found[home].append(person)
        return found

    @cached_property
    def outdated(self) -> frozenset[int]:
        """Rows last asked, decided or reviewed more than a year ago: nothing is kept of what was declared then."""
        days = ("applied_on", "confirmed_on", "refused_on", "last_review_on")
        latest = np.maximum.reduce(self._world.ledgers.columns("SA-ARCH", *days))
        return frozenset(np.flatnonzero(latest < self._world.clock.back(12)).tolist())

    @cached_property
    def speakers(self) -> frozenset[int]:
        """Of each household the one row that tells of it: the first whose person lives and belongs to it now."""
        found: dict[int, int] = {}
        for row, person in enumerate(self.person):
            if self._world.alive[person] and (self.home[person] == self.house[row] or not self.stands[row]):
                found.setdefault(int(self.home[person]), row)
        return frozenset(found.values())

    def place(self, row: int) -> str:
        """The category, and 已退出 for who has left it."""
        return self.category[row] if self.stands[row] or self.category[row] not in SIX else LEFT

    def members(self, row: int) -> list[int]:
        """The living of the household that a row's person belongs to."""
        return self._members[int(self.home[self.person[row]])]

    def family(self, person: int) -> list[int]:
        """The living of somebody's own household."""
        return self._members[int(self.home[person])]

    def lives_apart(self, person: int, home: int) -> bool:
        return bool(self._world.alive[person] and self.home[person] != home)

    @cached_property
    def _children(self) -> tuple[np.ndarray, np.ndarray]:
        """Children in order of their parents, and where those of each parent begin."""
        crowd = self._world.crowd
        parent = np.r_[crowd.father, crowd.mother]
        child = np.flatnonzero(parent >= 0)
        child = child[np.argsort(parent[child], kind="stable")]
        return child % crowd.people, np.searchsorted(parent[child], np.arange(crowd.people + 1))

    def children(self, person: int) -> list[int]:
        child, begins = self._children
        return [int(one) for one in child[begins[person] : begins[person + 1]]]

    def parents(self, person: int) -> list[int]:
        crowd = self._world.crowd
        return [int(parent[person]) for parent in (crowd.father, crowd.mother) if parent[person] >= 0]

    @cached_property
    def protected(self) -> frozenset[int]:
        """Children with an allowance as orphans or without care."""
        ledgers = self._world.ledgers
        return frozenset(ledgers.column("DI46", "id_no")[ledgers.word("DI46", "kind", *PROTECTED)].tolist())

    @cached_property
    def cancers(self) -> frozenset[int]:
        ledgers = self._world.ledgers
        codes = ledgers.texts("DI32", "disease_code").to_pylist()
        ill = ledgers.column("DI32", "id_no").tolist()
        return frozenset(person for person, disease in zip(ill, codes, strict=True) if disease[:3] in CANCERS)

    @cached_property
    def traders(self) -> frozenset[int]:
        return frozenset(self._world.ledgers.column("DI24", "id_no").tolist())
