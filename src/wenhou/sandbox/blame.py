"""Which error of the deliveries a wrong answer comes from: the oracle reads the world again as the spoiled files tell it.

Who gets another answer then is a miss or a false alert foretold. It is named after the errors near the subject: their
own rows, those of the people they live with, of parents, spouse and children, in the sources of the indicator.
"""

from dataclasses import replace
from functools import cache

import numpy as np

from wenhou.sandbox.crowd import NEVER
from wenhou.sandbox.faults import Faults
from wenhou.sandbox.oracle import READINGS
from wenhou.sandbox.oracle.subjects import SOURCES
from wenhou.sandbox.oracle.view import Finding, View
from wenhou.sandbox.world import World

NOT_SENT = "late_file"
"""The error after which a source may be silent about anybody, so that the answer is unknown."""
_OF_DEATHS = {"DI03": "dead_police", "DI33": "dead_health", "DI45": "dead_funeral"}


class Blame:
    """The findings of a world as its files tell them after the errors."""

    def __init__(self, view: View, faults: Faults) -> None:
        self.view = view
        self.crowd = view.crowd
        self.lost = faults.lost_rows
        self.late = faults.late_contracts
        told = View(_as_told(view.world, faults))
        self.findings: dict[str, Finding] = {indicator: read(told) for indicator, read in READINGS.items()}
        self._near = cache(self._near_lost)

    def turned(self, indicator: str, clean: Finding) -> tuple[np.ndarray, np.ndarray]:
        """Subjects who lose their yes, and subjects who get one they should not have."""
        told = self.findings[indicator].rows
        return np.setdiff1d(clean.rows, told), np.setdiff1d(told, clean.rows)

    def of(self, indicator: str, subject: int, *, turned: bool) -> list[tuple[str, str]]:
        """(contract, error) near a subject: of lost rows, and of late files that the indicator rests on at all."""
        sources = SOURCES.get(indicator, ())
        there = [(contract, error) for contract in sources for error in self.lost.get(contract, {})]
        at = 0 if self.findings[indicator].kind == "person" else 1
        near = [pair for pair in there if pair[1] != NOT_SENT and self._near(*pair)[at][subject]]
        near += self.not_sent(indicator)
        return near or (there if turned else [])

    def not_sent(self, indicator: str) -> list[tuple[str, str]]:
        """(contract, error) of late files that the indicator rests on: months are then counted up to an earlier one, which may
        give a yes to somebody of whom it holds no longer."""
        return [(contract, NOT_SENT) for contract in SOURCES.get(indicator, ()) if contract in self.late]

    def _near_lost(self, contract: str, error: str) -> tuple[np.ndarray, np.ndarray]:
        """Masks of people and of homes near a lost row."""
        rows = self.lost[contract][error]
        own = self.view.mark(_about(self.view.world, contract)[rows])
        kin = own.copy()
        for parent in (self.crowd.father, self.crowd.mother, self.crowd.spouse):
            known = parent >= 0
            kin[known] |= own[parent[known]]
            kin[parent[known & own]] = True
        return kin | self._at_home(self.view.in_home(own) > 0), self.view.in_home(kin) > 0

    def _at_home(self, homes: np.ndarray) -> np.ndarray:
        return np.asarray(np.r_[homes, False][self.view.home])


def _about(world: World, contract: str) -> np.ndarray:
    return world.ledgers.column(contract, "deceased_id" if contract == "DI33" else "id_no")


def _as_told(world: World, faults: Faults) -> World:
    """The world without the rows that got lost on their way."""
    ledgers, crowd = world.ledgers, world.crowd
    for contract, by_error in faults.lost_rows.items():
        rows = np.unique(np.concatenate([*by_error.values(), np.empty(0, dtype=np.int64)])).astype(np.int64)
        if contract in _OF_DEATHS:
            died = getattr(crowd, _OF_DEATHS[contract]).copy()
            person = _about(world, contract)[rows]
            died[person[person >= 0]] = NEVER
            crowd = replace(crowd, **{_OF_DEATHS[contract]: died})
        ledgers = ledgers.without(contract, rows)
    return replace(world, ledgers=ledgers, crowd=crowd)
