"""Houses, cars, farms in danger, the watched against falling back, disaster (DI06, DI07, DI17–DI21, DI37, DI43)."""

import numpy as np

from wenhou.sandbox.lives.register import JC, Admitted
from wenhou.sandbox.tables import numbered, words
from wenhou.sandbox.world import World

_BRANDS = ("沙箱牌甲型", "沙箱牌乙型", "沙箱牌丙型", "沙箱牌丁型")


def house(world: World, poor: np.ndarray) -> None:
    """Property of heads of household: most own a home, few a second one, fewer a shop."""
    rng, crowd = world.rng, world.crowd
    heads = np.flatnonzero((crowd.slot == 0) & world.here & world.alive & (world.age >= 18))
    heads = np.setdiff1d(heads, [person.index for person in world.cast.people if not person.housed])
    dwelling = heads[:0]
    for share, use, first in ((0.84, "住宅", 1), (0.09, "住宅", 2), (0.02, "商业", 3)):
        owns = heads[rng.random(len(heads)) < share * np.where(poor[heads] & (first > 1), 0.1, 1)]
        dwelling = owns if first == 1 else dwelling
        # Of the poor nobody lives in a shop: whether it is their only home is thus never open.
        owns = owns[~poor[owns] | np.isin(owns, dwelling)]
        count = len(owns)
        world.ledgers.add(
            "DI17",
            id_no=owns,
            cert_no=numbered(f"宁沙不动产权{first}", owns, 9),
            unit_no=numbered(f"{world.places.county}00000{first}GB", owns, 14),
            location=words(crowd.lives[crowd.house[owns]], world.places.names),
            use=use,
            area=rng.integers(4500, 13500, count),
            share=np.where(rng.random(count) < 0.3, 5000, 10000),
            obtain=rng.integers(0, 5, count),
            reg_date=world.clock.today - rng.integers(900, 7000, count),
            status="现势",
        )
        _transfers(world, owns, first)
    _contracts(world, heads, poor)
    _public_housing(world, poor, dwelling)
    _danger(world, dwelling[world.rural[dwelling]], poor)


def _transfers(world: World, owners: np.ndarray, first: int) -> None:
    rows = owners[world.choose(owners >= 0, 0.02)]
    world.ledgers.add(
        "DI18",
        id_no=rows,
        unit_no=numbered(f"{world.places.county}00000{first}GB", rows, 14),
        event=world.rng.integers(0, 7, len(rows)),
        event_date=world.clock.today - world.rng.integers(30, 800, len(rows)),
        amount=world.rng.integers(20, 90, len(rows)) * 1_000_000,
    )


def _contracts(world: World, heads: np.ndarray, poor: np.ndarray) -> None:
    """Flats bought from builders; of the poor hardly any, and then of late."""
    rows = heads[world.rng.random(len(heads)) < np.where(poor[heads], 0.003, 0.03)]
    world.ledgers.add(
        "DI19",
        id_no=rows,
        contract_no=numbered("WQ", rows, 9),
        location="沙箱新区",
        use="住宅",
        area=world.rng.integers(7000, 14000, len(rows)),
        total_price=world.rng.integers(40, 120, len(rows)) * 1_000_000,
        sign_date=world.clock.today
        - np.where(poor[rows], 5 + rows % 14, world.rng.integers(30, 1500, len(rows))),
        status="有效",
    )


def _public_housing(world: World, poor: np.ndarray, dwelling: np.ndarray) -> None:
    """Most of the poor of the towns who own no home have one of these, and a few who do; of the planted and
    of those who died and are still registered all."""
    among = (world.crowd.slot == 0) & world.here & (world.age >= 18) & poor & ~world.rural
    among[[person.index for person in world.cast.people if not person.sheltered]] = False
    heads = np.flatnonzero(among)
    share = np.where(
        np.isin(heads, dwelling), 0.1, np.where(world.crowd.planted[heads] | ~world.alive[heads], 1.0, 0.85)
    )
    rows = heads[world.rng.random(len(heads)) < share]
    kind = world.rng.integers(0, 2, len(rows))
    world.ledgers.add(
        "DI20",
        id_no=rows,
        kind=kind,
        start=world.clock.today - world.rng.integers(300, 2500, len(rows)),
        monthly_amount=np.where(kind == 1, 24_000, 9_000),
        status="在保",
    )


def _danger(world: World, heads: np.ndarray, poor: np.ndarray) -> None:
    """Assessments; who is not poor has, where the house was rebuilt, been found safe since."""
    rows = heads[world.rng.random(len(heads)) < np.where(poor[heads], 0.08, 0.01)]
    rebuilt = world.rng.integers(0, 4, len(rows))
    level = world.rng.choice(4, len(rows), p=(0.2, 0.3, 0.35, 0.15))
    world.ledgers.add(
        "DI21",
        household_no=world.crowd.house[rows],
        id_no=rows,
        danger_level=np.where((rebuilt == 3) & ~poor[rows], level // 2, level),
        identify_date=world.clock.today - world.rng.integers(40, 900, len(rows)),
        rebuild_status=rebuilt,
        subsidy=world.rng.integers(0, 4, len(rows)) * 500_000,
    )


def drive(world: World, poor: np.ndarray) -> None:
    """Cars for a third of households, hardly any where the register knows them; motorcycles in the country."""
    rng, crowd = world.rng, world.crowd
    heads = np.flatnonzero(
        (crowd.slot == 0) & world.bulk & world.alive & (world.age >= 20) & (world.age < 75)
    )
    rows = heads[
        rng.random(len(heads)) < np.where(poor[heads], 0.015, np.where(world.rural[heads], 0.3, 0.4))
    ]
    count = len(rows)
    kind = rng.choice(8, count, p=(0.72, 0.06, 0.0, 0.05, 0.12, 0.01, 0.03, 0.01))
    # The poor bought theirs after the bureau's last visit, and neither lorry nor tractor, which may be exempt.
    kind = np.where(poor[rows] & np.isin(kind, (3, 7)), 0, kind)
    registered = world.clock.today - np.where(poor[rows], 5 + rows % 14, rng.integers(100, 4000, count))
    sold = world.choose(~poor[rows], 0.03)
    world.ledgers.add(
        "DI06",
        id_no=rows,
        plate_no=numbered("宁X", rows, 7),
        vehicle_type=kind,
        use_nature=np.where(kind == 3, 2, 0),
        brand=words(rng.integers(0, 4, count), _BRANDS),
        first_reg_date=registered,
        reg_date=registered,
        status=np.where(np.isin(np.arange(count), sold), 1, np.where(rng.random(count) < 0.95, 0, 4)),
        price=np.where(
            kind == 4, rng.integers(3, 9, count) * 100_000, rng.integers(30, 260, count) * 100_000
        ),
    )
    world.ledgers.add(
        "DI07",
        id_no=rows[sold],
        plate_no=numbered("宁X", rows[sold], 7),
        event="转移",
        event_date=world.clock.today - rng.integers(20, 600, len(sold)),
    )


def watch(world: World, admitted: Admitted) -> None:
    """DI37: everybody on the register as JC, and some households once lifted out of poverty."""
    rng, crowd = world.rng, world.crowd
    rows = np.flatnonzero(admitted.of_people(JC) & world.alive)
    _monitored(world, rows, rng.integers(0, 3, len(rows)), True)
    houses = (rng.random(crowd.houses) < 0.04) & crowd.rural
    free = houses[crowd.house] & world.bulk & world.alive & (admitted.register < 0)
    forgotten = free & _untouched(world, admitted)[crowd.house] & (crowd.house % 50 == 7)
    _monitored(world, np.flatnonzero(free & ~forgotten), np.full(int((free & ~forgotten).sum()), 3), False)
    _monitored(world, np.flatnonzero(forgotten), np.zeros(int(forgotten.sum()), np.int64), True)


def _untouched(world: World, admitted: Admitted) -> np.ndarray:
    """Households nobody of whom is on the register or had bills: watched, and known to nobody else."""
    busy = np.zeros(world.crowd.houses, dtype=bool)
    for contract in ("DI29", "DI30"):
        busy[world.crowd.house[world.ledgers.column(contract, "id_no")]] = True
    busy[world.crowd.house[admitted.register >= 0]] = True
    return ~busy


def _monitored(world: World, rows: np.ndarray, kind: np.ndarray, still: bool) -> None:
    enrolled = world.clock.today - (world.crowd.house[rows] * 31 % 900) - 90
    world.ledgers.add(
        "DI37",
        household_no=world.crowd.house[rows],
        id_no=rows,
        kind=kind,
        risk=world.crowd.house[rows] % 8,
        enroll_date=enrolled,
        risk_removed=np.full(len(rows), np.iinfo(np.int64).min) if still else enrolled + 60,
        percap_income=np.where(
            still & (world.crowd.house[rows] % 29 == 0),
            480_000,
            world.crowd.house[rows] % 40 * 10_000 + 780_000,
        ),
        status="监测中" if still else "风险消除",
    )


def flood(world: World) -> None:
    """One flood of last summer in a few rural households (DI43)."""
    crowd = world.crowd
    heads = world.bulk & world.alive & world.rural & (crowd.slot == 0)
    houses = crowd.house[world.choose(heads, 0.004)]
    rows = np.flatnonzero(np.isin(crowd.house, houses) & world.bulk & world.alive)
    level = (crowd.house[rows] * 13) % 10
    loss = (1 + crowd.house[rows] % 9) * 200_000
    world.ledgers.add(
        "DI43",
        disaster_no=f"SX{world.clock.year}01",
        household_no=crowd.house[rows],
        id_no=rows,
        kind="洪涝",
        occur_date=world.clock.today - 95,
        house_damage=np.where(level < 6, 0, np.where(level < 8, 1, np.where(level < 9, 2, 3))),
        loss=loss,
        aid_kind=np.where(level < 1, 4, 0),
        aid_amount=np.where(level < 1, 0, loss * (6 + level) // 20),
    )
