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
    for share, use, first in ((0.84, "住宅", 1), (0.09, "住宅", 2), (0.02, "商业", 3)):
        owns = heads[rng.random(len(heads)) < share * np.where(poor[heads] & (first > 1), 0.1, 1)]
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
    _contracts(world, heads[~poor[heads]])
    _public_housing(world, heads[poor[heads] & ~world.rural[heads]])
    _danger(world, heads[world.rural[heads]], poor)


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


def _contracts(world: World, heads: np.ndarray) -> None:
    rows = heads[world.choose(heads >= 0, 0.03)]
    world.ledgers.add(
        "DI19",
        id_no=rows,
        contract_no=numbered("WQ", rows, 9),
        location="沙箱新区",
        use="住宅",
        area=world.rng.integers(7000, 14000, len(rows)),
        total_price=world.rng.integers(40, 120, len(rows)) * 1_000_000,
        sign_date=world.clock.today - world.rng.integers(30, 1500, len(rows)),
        status="有效",
    )


def _public_housing(world: World, heads: np.ndarray) -> None:
    rows = heads[world.choose(heads >= 0, 0.25)]
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
    rows = heads[world.rng.random(len(heads)) < np.where(poor[heads], 0.08, 0.01)]
    world.ledgers.add(
        "DI21",
        household_no=world.crowd.house[rows],
        id_no=rows,
        danger_level=world.rng.choice(4, len(rows), p=(0.2, 0.3, 0.35, 0.15)),
        identify_date=world.clock.today - world.rng.integers(40, 900, len(rows)),
        rebuild_status=world.rng.integers(0, 4, len(rows)),
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
    registered = world.clock.today - rng.integers(100, 4000, count)
    world.ledgers.add(
        "DI06",
        id_no=rows,
        plate_no=numbered("宁X", rows, 7),
        vehicle_type=kind,
        use_nature=np.where(kind == 3, 2, 0),
        brand=words(rng.integers(0, 4, count), _BRANDS),
        first_reg_date=registered,
        reg_date=registered,
        status=np.where(rng.random(count) < 0.95, 0, 4),
        price=np.where(
            kind == 4, rng.integers(3, 9, count) * 100_000, rng.integers(30, 260, count) * 100_000
        ),
    )
    sold = rows[world.choose(rows >= 0, 0.03)]
    world.ledgers.add(
        "DI07",
        id_no=sold,
        plate_no=numbered("宁X", sold, 7),
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
    _monitored(world, np.flatnonzero(free), np.full(int(free.sum()), 3), False)


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
        percap_income=world.crowd.house[rows] % 40 * 10_000 + 780_000,
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
        aid_kind=np.where(level < 4, 4, 0),
        aid_amount=np.where(level < 4, 0, loss * (2 + level) // 20),
    )
