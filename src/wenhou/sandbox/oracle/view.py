"""The world as the oracle looks at it: who lives with whom, who is on the register, what a household visibly has."""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from wenhou.sandbox.crowd import NEVER
from wenhou.sandbox.tables import NONE
from wenhou.sandbox.world import World

LOW_INCOME = ("DB", "TK", "BY", "GX", "JC", "QT")


@dataclass(frozen=True)
class Finding:
    """Subjects with the answer yes: `person` rows, or `home` positions of the view."""

    kind: str
    rows: np.ndarray


class View:
    """Reading aids over a world; every array is per person unless it says per home.

    A home is the register household of people who stand on the register (在保 or 暂停, one of the six categories),
    else the household of the residence records (DI01 status 正常).
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.clock = world.clock
        self.crowd = world.crowd
        self.ledgers = world.ledgers
        self.age = world.age

    def people(self, mask: np.ndarray) -> Finding:
        return Finding("person", np.flatnonzero(mask))

    def homes(self, mask: np.ndarray) -> Finding:
        """From a mask per home."""
        return Finding("household", np.flatnonzero(mask))

    def mark(self, rows: np.ndarray) -> np.ndarray:
        """A mask with the given people set."""
        found = np.zeros(self.world.people, dtype=bool)
        found[rows[rows >= 0]] = True
        return found

    # -- register ----------------------------------------------------------------------------------

    @cached_property
    def standing(self) -> np.ndarray:
        """Per SA-ARCH row: it counts as being on the register."""
        held = self.ledgers.word("SA-ARCH", "status", "在保", "暂停")
        return held & self.ledgers.word("SA-ARCH", "category", *LOW_INCOME)

    def on(self, *categories: str) -> np.ndarray:
        """People on the register in one of the categories."""
        rows = self.standing & self.ledgers.word("SA-ARCH", "category", *categories)
        return self.mark(self.ledgers.column("SA-ARCH", "id_no")[rows])

    def covered(self, *categories: str) -> np.ndarray:
        """The same, status 在保 only."""
        rows = self.ledgers.word("SA-ARCH", "category", *categories) & self.ledgers.word(
            "SA-ARCH", "status", "在保"
        )
        return self.mark(self.ledgers.column("SA-ARCH", "id_no")[rows])

    @cached_property
    def out(self) -> np.ndarray:
        """OUT: living people in a place whose register we have, and not on it."""
        return ~self.on(*LOW_INCOME) & self.living & self.world.here

    @cached_property
    def living(self) -> np.ndarray:
        """DI01 says 正常 and no source knows of a death."""
        return self.crowd.listed & (self.first_day("police", "health", "funeral") == NEVER)

    def of_register(self, name: str) -> np.ndarray:
        """A numeric field of people's standing SA-ARCH row; NONE for those without."""
        found = np.full(self.world.people, NONE)
        person = self.ledgers.column("SA-ARCH", "id_no")
        found[person[self.standing]] = self.ledgers.column("SA-ARCH", name)[self.standing]
        return found

    @cached_property
    def reviewed(self) -> np.ndarray:
        """最近核查日: last review, else confirmation."""
        last = self.of_register("last_review_on")
        return np.where(last == NONE, self.of_register("confirmed_on"), last)

    @cached_property
    def income_items(self) -> list[dict[str, Any]]:
        """What each SA-ARCH row keeps of income, as written."""
        texts = self.ledgers.texts("SA-ARCH", "income_items").to_pylist()
        return [json.loads(text) for text in texts]

    # -- homes -------------------------------------------------------------------------------------

    @cached_property
    def _home_codes(self) -> tuple[np.ndarray, np.ndarray]:
        code = np.where(self.crowd.listed, self.crowd.house, NONE)
        person = self.ledgers.column("SA-ARCH", "id_no")[self.standing]
        code[person] = self.ledgers.column("SA-ARCH", "household_no")[self.standing]
        inside = code != NONE
        codes, inverse = np.unique(code[inside], return_inverse=True)
        home = np.full(self.world.people, -1)
        home[inside] = inverse
        return codes, home

    @property
    def home_codes(self) -> np.ndarray:
        """Per home: the household row, or the register's code (negative)."""
        return self._home_codes[0]

    @property
    def home(self) -> np.ndarray:
        """Per person: position of the home, -1 for those in none."""
        return self._home_codes[1]

    def in_home(self, mask: np.ndarray) -> np.ndarray:
        """Per home: how many members are in a mask."""
        chosen = mask & (self.home >= 0)
        return np.bincount(self.home[chosen], minlength=len(self.home_codes))

    def sum_home(self, values: np.ndarray) -> np.ndarray:
        """Per home: the sum of a per-person amount, of the living."""
        member = (self.home >= 0) & self.living
        total = np.zeros(len(self.home_codes), dtype=np.int64)
        np.add.at(total, self.home[member], values[member])
        return total

    @cached_property
    def size(self) -> np.ndarray:
        """Per home: n, the members who live as far as any source knows; one where none does."""
        return np.maximum(self.in_home(self.living), 1)

    @cached_property
    def home_out(self) -> np.ndarray:
        """Homes not on the register, in our county."""
        return self.in_home(self.out) > 0

    @cached_property
    def home_rural(self) -> np.ndarray:
        """Per home: 农村, by SA-ARCH.urban_rural on the register, else by the type of registration."""
        rural = np.where(
            self.of_register("urban_rural") == NONE, self.world.rural, self.of_register("urban_rural")
        )
        return self.in_home((rural == 1) & self.living) * 2 > self.size

    @cached_property
    def line(self) -> np.ndarray:
        """Per home: L, monthly, fen."""
        return np.array(self.world.standards.lines())[self.home_rural.astype(int)]

    # -- money -------------------------------------------------------------------------------------

    def year_sum(
        self, contract: str, amount: np.ndarray, keep: np.ndarray | None = None, month: str = "month"
    ) -> np.ndarray:
        """Per person: sum over the last twelve complete months."""
        when = self.ledgers.column(contract, month)
        inside = (when > self.clock.last_month - 12) & (when <= self.clock.last_month)
        if keep is not None:
            inside &= keep
        total = np.zeros(self.world.people, dtype=np.int64)
        np.add.at(total, self.ledgers.column(contract, "id_no")[inside], amount[inside])
        return total

    @cached_property
    def wages(self) -> np.ndarray:
        """DI26 after tax, twelve months."""
        income, tax = self.ledgers.columns("DI26", "income", "tax")
        return self.year_sum("DI26", income - tax, month="period")

    @cached_property
    def pensions(self) -> np.ndarray:
        """DI11, and DI12 less the central basic pension, twelve months."""
        amount, central = self.ledgers.columns("DI12", "amount", "central_basic")
        return self.year_sum("DI11", self.ledgers.column("DI11", "amount")) + self.year_sum(
            "DI12", amount - central
        )

    @cached_property
    def farming(self) -> np.ndarray:
        """DI38 of this year: subsidies and rent of transferred land."""
        year, amount, rent = self.ledgers.columns("DI38", "year", "amount", "transfer_rent")
        this = year == self.clock.year
        total = np.zeros(self.world.people, dtype=np.int64)
        np.add.at(
            total,
            self.ledgers.column("DI38", "id_no")[this],
            (amount + np.where(rent == NONE, 0, rent))[this],
        )
        return total

    @cached_property
    def visible(self) -> np.ndarray:
        """Per person: what EPCI counts, twelve months (facts.md §9)."""
        regular = self.ledgers.word("DI13", "kind", "伤残津贴", "供养亲属抚恤金", "遗属补助")
        injury = self.year_sum("DI13", self.ledgers.column("DI13", "amount"), regular)
        jobless = self.year_sum("DI16", self.ledgers.column("DI16", "amount"))
        return self.wages + self.pensions + injury + jobless + self.farming

    def poor(self, percent: int) -> np.ndarray:
        """Per home: EPCI below so many percent of L, exactly."""
        return self.sum_home(self.visible) * 100 < self.line * percent * 12 * self.size

    # -- events ------------------------------------------------------------------------------------

    def first_day(self, *sources: str) -> np.ndarray:
        """Per person: the earliest death day that the named sources (police, health, funeral) give, NEVER none."""
        days = np.stack([getattr(self.crowd, f"dead_{name}") for name in sources])
        days = np.where(days == NEVER, np.iinfo(np.int64).max, days).min(axis=0)
        return np.where(days == np.iinfo(np.int64).max, NEVER, days)

    @cached_property
    def level(self) -> np.ndarray:
        """Level of the valid disability certificate, 0 none."""
        return self._certificate("level")

    @cached_property
    def category(self) -> np.ndarray:
        """Category (position) of the valid certificate, 0 where there is none: read with `level`."""
        return self._certificate("category")

    def _certificate(self, name: str) -> np.ndarray:
        found = np.zeros(self.world.people, dtype=np.int64)
        valid = self.ledgers.word("DI41", "status", "有效")
        found[self.ledgers.column("DI41", "id_no")[valid]] = self.ledgers.column("DI41", name)[valid]
        return found

    @cached_property
    def mental(self) -> np.ndarray:
        """The certificate is for an intellectual or mental disability."""
        valid = self.ledgers.word("DI41", "status", "有效") & self.ledgers.word(
            "DI41", "category", "智力", "精神"
        )
        return self.mark(self.ledgers.column("DI41", "id_no")[valid])

    @cached_property
    def owed_this_year(self) -> np.ndarray:
        """DI31.oop_total of this year."""
        this = self.ledgers.column("DI31", "year") == self.clock.year
        found = np.zeros(self.world.people, dtype=np.int64)
        found[self.ledgers.column("DI31", "id_no")[this]] = self.ledgers.column("DI31", "oop_total")[this]
        return found
