"""What a drawn household may be reckoned to have a head and month, at most and at least, however the texts are read.

So that no drawn family on the register lies between two readings of its income: its twelve months, its last quarter, its
last months, with or without what illness, work and the law take off.
"""

from dataclasses import dataclass

import numpy as np

from wenhou.sandbox.lives.earned import COSTS_PER_MU, ODD_JOBS, PER_MU, STEPS, TRADERS_COSTS
from wenhou.sandbox.world import World

_MONTHS = 13
_MONTHLY = (
    ("DI26", "income", "period"),
    ("DI11", "amount", "month"),
    ("DI12", "amount", "month"),
    ("DI13", "amount", "month"),
    ("DI16", "amount", "month"),
    ("DI40", "amount", "month"),
)
_UNSURE = ("DI13", "DI16", "DI40")
"""Of which a reading may leave out a part."""
_SUPPORT = 30_000
_DIVIDED = 12


@dataclass(frozen=True)
class Reckoned:
    """Per household, fen a head and month. `idle`: a member lost work or is registered as jobless. `employed`: somebody
    is insured by an employer or pays into the housing fund."""

    most: np.ndarray
    least: np.ndarray
    idle: np.ndarray
    employed: np.ndarray


def reckon(world: World, illness: np.ndarray) -> Reckoned:
    """illness: own payments of the year, per person."""
    house = world.crowd.house
    living = world.alive & world.here
    heads = np.maximum(np.bincount(house, weights=living, minlength=world.crowd.houses), 1)
    all_of, sure, central = (_by_month(world, contracts) for contracts in ("most", "least", "central"))
    steady = np.minimum(all_of[:, -1], all_of[:, -2])
    most = np.maximum.reduce(
        [all_of[:, 1:].mean(1), all_of[:, :-1].mean(1), all_of[:, -3:].mean(1), steady]
    ) + _seldom(world)
    least = np.minimum(sure[:, 1:].mean(1), sure[:, -3:].mean(1)) * 9 / 10 - central[:, 1:].mean(1)
    least -= np.bincount(house, weights=illness * living, minlength=world.crowd.houses) / _DIVIDED
    return Reckoned(most / heads, least / heads, *_work(world))


def _by_month(world: World, which: str) -> np.ndarray:
    """Households × the last thirteen complete months."""
    crowd, last = world.crowd, world.clock.last_month
    total = np.zeros(crowd.houses * _MONTHS)
    for contract, amount, month in (("DI12", "central_basic", "month"),) if which == "central" else _MONTHLY:
        if which == "least" and contract in _UNSURE:
            continue
        person, fen, when = world.ledgers.columns(contract, "id_no", amount, month)
        at = when - (last - _MONTHS + 1)
        rows = (at >= 0) & (at < _MONTHS) & (world.alive & world.here)[person]
        place = crowd.house[person[rows]] * _MONTHS + at[rows]
        total += np.bincount(place, weights=fen[rows], minlength=len(total))
    return total.reshape(crowd.houses, _MONTHS)


def _seldom(world: World) -> np.ndarray:
    """What comes by the year or is only declared: land and its subsidies, trade, odd jobs, support of grown children."""
    ledgers, crowd = world.ledgers, world.crowd
    of_person = np.zeros(world.people)
    person, amount, mu = ledgers.columns("DI38", "id_no", "amount", "land_mu")
    np.add.at(of_person, person, (amount + np.maximum(mu, 0) * (PER_MU - COSTS_PER_MU) // 100) / _DIVIDED)
    person, sales, when = ledgers.columns("DI27", "id_no", "sales", "period")
    year = when > world.clock.last_month - _DIVIDED
    np.add.at(of_person, person[year], sales[year] * (100 - TRADERS_COSTS) / 100 / _DIVIDED)
    casual = ledgers.column("DI14", "id_no")[ledgers.word("DI14", "job_kind", "灵活就业")]
    of_person[casual] += ODD_JOBS + STEPS * 5_000
    for parent in (crowd.father, crowd.mother):
        grown = (parent >= 0) & (world.age >= 18) & world.alive
        apart = grown & (crowd.house[parent] != crowd.house)
        of_person[np.unique(parent[apart])] += _SUPPORT
    return np.bincount(crowd.house, weights=of_person * world.alive, minlength=crowd.houses)


def _work(world: World) -> tuple[np.ndarray, np.ndarray]:
    ledgers, last = world.ledgers, world.clock.last_month
    person, month = ledgers.columns("DI10", "id_no", "month")
    unit = ledgers.word("DI10", "identity", "单位职工") & (ledgers.column("DI10", "paid") == 1)
    paid, now = (np.zeros(world.people, dtype=bool) for _ in range(2))
    paid[person[unit]] = True
    now[person[unit & (month > last - 3)]] = True
    jobless = np.zeros(world.people, dtype=bool)
    jobless[ledgers.column("DI15", "id_no")] = True
    fund, when = ledgers.columns("DI22", "id_no", "month")
    employed = now.copy()
    employed[fund[when > last - 3]] = True
    idle = (jobless | (paid & ~now)) & world.alive
    houses = world.crowd.houses
    return (
        np.bincount(world.crowd.house, weights=idle, minlength=houses) > 0,
        np.bincount(world.crowd.house, weights=employed, minlength=houses) > 0,
    )
