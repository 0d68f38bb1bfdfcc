"""Which error of the deliveries a wrong answer comes from: the oracle reads the world again as the spoiled files tell it.

Who gets another answer then is a miss or a false alert foretold. It is named after the errors near the subject: their
own rows, those of the people they live with, of parents, spouse and children, in the sources of the indicator.
"""

from dataclasses import replace
from functools import cache

import numpy as np

from wenhou.sandbox.crowd import NEVER, Crowd
from wenhou.sandbox.faults import Faults
from wenhou.sandbox.oracle import READINGS
from wenhou.sandbox.oracle.subjects import SOURCES
from wenhou.sandbox.oracle.view import Finding, View
from wenhou.sandbox.world import World

NOT_SENT = ("late_file", "missing_file")
"""Errors after which a source may be silent about a subject, so that the answer is unknown."""


class Blame:
    """The findings of a world as its files tell them after the errors."""

    def __init__(self, view: View, faults: Faults) -> None:
        self.view = view
        self.crowd = view.crowd
        self.lost = faults.lost_rows
        told = View(_as_told(view.world, faults))
        self.findings: dict[str, Finding] = {indicator: read(told) for indicator, read in READINGS.items()}
        self._near = cache(self._near_lost)

    def turned(self, indicator: str, clean: Finding) -> tuple[np.ndarray, np.ndarray]:
        """Subjects who lose their yes, and subjects who get one they should not have."""
        told = self.findings[indicator].rows
        return np.setdiff1d(clean.rows, told), np.setdiff1d(told, clean.rows)

    def of(self, indicator: str, subject: int, *, turned: bool) -> list[tuple[str, str]]:
        """(contract, error) near a subject; of a subject whose answer stays, only of what never came."""
        there = [
            (contract, error)
            for contract in SOURCES.get(indicator, ())
            for error in self.lost.get(contract, {})
            if turned or error in NOT_SENT
        ]
        person = self.findings[indicator].kind == "person"
        near = [pair for pair in there if self._near(*pair)[0 if person else 1][subject]]
        return near or (there if turned else [])

    def _near_lost(self, contract: str, error: str) -> tuple[np.ndarray, np.ndarray]:
        """Masks of people and of homes near a lost row."""
        rows = self.lost[contract][error]
        person = self.view.ledgers.column(contract, "id_no")[rows]
        own = self.view.mark(person)
        kin = own.copy()
        for parent in (self.crowd.father, self.crowd.mother, self.crowd.spouse):
            known = parent >= 0
            kin[known] |= own[parent[known]]
            kin[parent[known & own]] = True
        if contract == "SA-VISIT":
            kin |= self._at_home(self._visited(rows))
        homes = self.view.in_home(kin) > 0
        return kin | self._at_home(self.view.in_home(own) > 0), homes

    def _visited(self, rows: np.ndarray) -> np.ndarray:
        return np.isin(self.view.home_codes, self.view.ledgers.column("SA-VISIT", "household_no")[rows])

    def _at_home(self, homes: np.ndarray) -> np.ndarray:
        return np.asarray(np.r_[homes, False][self.view.home])


def _as_told(world: World, faults: Faults) -> World:
    """The world without the rows that got lost on their way."""
    ledgers, crowd = world.ledgers, world.crowd
    for contract, by_error in faults.lost_rows.items():
        if contract == "DI45":
            crowd = _without_cremations(world, np.concatenate(list(by_error.values())))
        ledgers = ledgers.without(contract, np.concatenate(list(by_error.values())))
    return replace(world, ledgers=ledgers, crowd=crowd)


def _without_cremations(world: World, rows: np.ndarray) -> Crowd:
    died = world.crowd.dead_funeral.copy()
    died[world.ledgers.column("DI45", "id_no")[rows]] = NEVER
    return replace(world.crowd, dead_funeral=died)
