"""What the civil-affairs office itself has done: its work (`handled`, `care`), authorisations, and what
banks and the border answered within them (SA-*, DI05, DI47, DI48).
"""

import numpy as np
import pyarrow as pa

from wenhou.sandbox.lives import care, handled
from wenhou.sandbox.tables import NONE, numbered, words
from wenhou.sandbox.world import World


def serve(world: World) -> None:
    """Fill the office's own ledgers."""
    desk = handled.Desk(world)
    care.visit(desk)
    handled.handle(desk)
    people, numbers = _authorisations(world)
    _banks(world, people, numbers)
    _border(world, people, numbers)


def _authorisations(world: World) -> tuple[np.ndarray, pa.Array]:
    """SA-AUTH for every authorised member living here; returns the drawn people and their numbers."""
    person, authorised, applied = world.ledgers.columns("SA-ARCH", "id_no", "authorised", "applied_on")
    signed = {id(row["id_no"]): row for row in world.cast.rows.get("SA-AUTH", [])}
    planted = [p.index for p in world.cast.people if id(p) in signed]
    rows = np.flatnonzero((authorised == 1) & world.here[person] & ~np.isin(person, planted))
    number = numbered("SQ", rows, 9)
    world.ledgers.add(
        "SA-AUTH",
        auth_no=number,
        id_no=person[rows],
        scope="全部核对项目",
        purpose="低收入家庭经济状况核对",
        valid_from=applied[rows],
        valid_until=world.clock.today + 700,
    )
    drawn = world.bulk[person[rows]] & world.alive[person[rows]]
    return person[rows][drawn], number.filter(pa.array(drawn))


def _banks(world: World, people: np.ndarray, numbers: pa.Array) -> None:
    rng, count = world.rng, len(people)
    balance = (np.exp(rng.normal(7.2, 1.3, count)) * 100).astype(np.int64)
    bank = words(rng.integers(0, 16, count), [f"BANK{n:02d}" for n in range(1, 17)])
    world.ledgers.add(
        "DI47",
        bank_code=bank,
        id_no=people,
        account_kind=np.where(rng.random(count) < 0.8, 3, 1),
        balance=balance,
        avg_balance_6m=balance * 9 // 10,
        as_of=world.clock.today - 20,
        account_count=rng.integers(1, 4, count),
        auth_no=numbers,
    )
    some = world.choose(people >= 0, 0.05)
    kind = rng.choice((0, 5, 6, 7, 8), len(some))
    world.ledgers.add(
        "DI48",
        bank_code=bank.take(pa.array(some)),
        record_no=numbered("JR", some, 9),
        id_no=people[some],
        product=kind,
        market_value=rng.integers(1, 60, len(some)) * 100_000,
        annual_premium=np.where(kind == 5, 120_000, NONE),
        event_date=world.clock.today - rng.integers(20, 300, len(some)),
        as_of=world.clock.today - 20,
        auth_no=numbers.take(pa.array(some)),
    )


def _border(world: World, people: np.ndarray, numbers: pa.Array) -> None:
    """A short journey by a few; never a second one, so that drawn travellers stay below both thresholds."""
    rng = world.rng
    some = world.choose(people >= 0, 0.004)
    out = world.clock.today - rng.integers(40, 300, len(some))
    world.ledgers.add(
        "DI05",
        id_no=people[some],
        exit_date=out,
        entry_date=out + rng.integers(3, 12, len(some)),
        destination="THA",
        doc_type="护照",
        auth_no=numbers.take(pa.array(some)),
    )
