"""Heating in November and the temporary subsidy for prices, paid to all but a few (SA-PAY)."""

from datetime import date

import numpy as np

from wenhou.sandbox.days import day, first_of_month, month_of_days
from wenhou.sandbox.tables import NONE, numbered
from wenhou.sandbox.world import World

HEATING, SUBSIDY = "YL11", "JG01"
FORGOTTEN = 0.001


def relieve(world: World) -> None:
    """Heating, and what prices made due."""
    warm(world)
    subsidise(world)


def _standing(world: World, *categories: str) -> np.ndarray:
    ledgers = world.ledgers
    held = ledgers.word("SA-ARCH", "status", "在保") & ledgers.word("SA-ARCH", "category", *categories)
    return held & (ledgers.column("SA-ARCH", "confirmed_on") != NONE)


def _without(world: World, item: str) -> np.ndarray:
    """People whom an item never reaches: planted ones, and one drawn in a thousand."""
    none = (world.rng.random(world.people) < FORGOTTEN) & world.bulk
    none[[person.index for person in world.cast.people if item in person.unpaid]] = True
    return none


def warm(world: World) -> None:
    """One payment a household of DB, BY, 特困 at home or an orphan, on 20 November of the last winter begun."""
    ledgers, today = world.ledgers, world.clock.as_of
    year = today.year if today > date(today.year, 11, 30) else today.year - 1
    house, person, confirmed = ledgers.columns("SA-ARCH", "household_no", "id_no", "confirmed_on")
    opens = day(date(year, 11, 1))
    at_home = ledgers.word("SA-ARCH", "category", "TK") & ledgers.word("SA-ARCH", "care_mode", "分散")
    due = ledgers.word("SA-ARCH", "category", "DB", "BY") | at_home
    left = ledgers.column("SA-ARCH", "exit_on")
    due &= (confirmed != NONE) & (confirmed <= opens) & ((left == NONE) | (left > opens))
    due &= world.here[person] & (world.last_alive_month[person] >= year * 12 + 10)
    orphans = ledgers.word("DI46", "kind", "孤儿") & (ledgers.column("DI46", "month") == year * 12 + 10)
    child = np.unique(ledgers.column("DI46", "id_no")[orphans])
    houses = np.r_[house[due], world.crowd.house[child]]
    payees = np.r_[person[due], child]
    none = _without(world, HEATING)
    houses, first = np.unique(houses, return_index=True)
    payees = payees[first]
    kept = ~none[payees]
    _pay(world, payees[kept], houses[kept], HEATING, year * 12 + 10, 160_000, day(date(year, 11, 20)))


def subsidise(world: World) -> None:
    """For the month before the last complete one, in the last complete one (`standards.rows` says it started)."""
    ledgers = world.ledgers
    index, published = world.clock.last_month - 1, world.clock.last_month
    house, person, confirmed = ledgers.columns("SA-ARCH", "household_no", "id_no", "confirmed_on")
    due = _standing(world, "DB", "TK") & (ledgers.column("SA-ARCH", "is_covered") == 1) & world.here[person]
    due[due] &= month_of_days(confirmed[due]) < published
    kinds = ledgers.word("DI46", "kind", "孤儿", "事实无人抚养") & (
        ledgers.column("DI46", "month") == published
    )
    child = np.unique(ledgers.column("DI46", "id_no")[kinds])
    payees = np.r_[person[due], child]
    houses = np.r_[house[due], world.crowd.house[child]]
    payees, first = np.unique(payees, return_index=True)
    houses = houses[first]
    kept = ~_without(world, SUBSIDY)[payees] & (world.last_alive_month[payees] >= index)
    _pay(world, payees[kept], houses[kept], SUBSIDY, index, 2_907, first_of_month(published) + 19)


def _pay(
    world: World, payees: np.ndarray, houses: np.ndarray, item: str, month: int, amount: int, sent: int
) -> None:
    world.ledgers.add(
        "SA-PAY",
        payment_no=numbered("FF" + item, np.arange(len(payees)), 8),
        household_no=houses,
        id_no=payees,
        item=item,
        month=month,
        amount=amount,
        fund="JZZJ02",
        account_masked="6217****0000",
        sent_on=sent,
        pay_status="成功",
        status_on=sent + 1,
    )
