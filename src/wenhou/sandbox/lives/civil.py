"""Residence, deaths, births, marriages, border crossings and prison (DI01–DI05, DI08, DI09, DI33, DI44, DI45)."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from wenhou.sandbox.crowd import NEVER, RELATIONS
from wenhou.sandbox.names import full_names
from wenhou.sandbox.people import SHAPE
from wenhou.sandbox.tables import numbered, words
from wenhou.sandbox.world import World


def reside(world: World) -> None:
    """DI01 for everybody known to the residence records, DI02 memberships, DI04 where people live elsewhere."""
    crowd, places = world.crowd, world.places
    names = full_names(crowd.surname, crowd.hui[crowd.house], crowd.sex, world.rng)
    known = np.ones(world.people, dtype=bool)
    known[[p.index for p in world.cast.people if not (p.known and p.house.known)]] = False
    rows = np.flatnonzero(known)
    place_names = words(crowd.hukou[rows], places.names).cast(pa.string())
    door = pa.array(crowd.house[rows] % 900 + 1).cast(pa.string())
    world.ledgers.add(
        "DI01",
        id_no=rows,
        name=names.take(pa.array(rows)),
        sex=words(crowd.sex[rows] - 1, ("1", "2")),
        nation=words(crowd.hui[crowd.house[rows]].astype(np.int64), ("01", "03")),
        birth_date=crowd.birth[rows],
        division_code=crowd.hukou[rows],
        hukou_addr=pc.binary_join_element_wise(place_names, door, pa.scalar("号"), ""),
        hukou_type=world.rural[rows].astype(np.int64),
        household_no=crowd.house[rows],
        relation_to_head=words(crowd.relation[rows], RELATIONS),
        father_id=crowd.father[rows],
        mother_id=crowd.mother[rows],
        spouse_id=crowd.spouse[rows],
        guardian_id=np.where(
            world.age[rows] < 18,
            np.where(crowd.mother[rows] >= 0, crowd.mother[rows], crowd.father[rows]),
            -1,
        ),
        status=np.where(crowd.listed[rows], 0, 1),
    )
    _memberships(world, rows)
    _permits(world)


def _memberships(world: World, rows: np.ndarray) -> None:
    """One row of DI02 for each listed member, from birth or the founding of the household."""
    crowd = world.crowd
    own_rows = {p.index for p in world.cast.people if p.hukou is not None}
    listed = rows[crowd.listed[rows] & ~np.isin(rows, list(own_rows))]
    founded = world.clock.today - (crowd.house[listed] * 7919 % 5000) - 400
    world.ledgers.add(
        "DI02",
        household_no=crowd.house[listed],
        id_no=listed,
        relation_to_head=words(crowd.relation[listed], RELATIONS),
        move_in_date=np.maximum(founded, crowd.birth[listed]),
    )


def _permits(world: World) -> None:
    crowd = world.crowd
    apart = (crowd.lives != crowd.place)[crowd.house] & world.bulk & world.alive
    rows = np.flatnonzero(apart)
    since = world.clock.today - (crowd.house[rows] * 104729 % 1200) - 60
    world.ledgers.add(
        "DI04",
        id_no=rows,
        permit_no=numbered("JZ", rows, 9),
        reside_addr=words(crowd.lives[crowd.house[rows]], world.places.names),
        division_code=crowd.lives[crowd.house[rows]],
        reg_date=since,
        valid_to=np.maximum(since + 1800, world.clock.today + 90),
        status="有效",
    )


def bury(world: World) -> None:
    """DI03, DI33 and DI45 for the dead, each source as far as it knows."""
    crowd = world.crowd
    for name, contract in (("dead_police", "DI03"), ("dead_health", "DI33"), ("dead_funeral", "DI45")):
        days = getattr(crowd, name)
        rows = np.flatnonzero((days != NEVER) & (days <= world.clock.today))
        _BURIAL[contract](world, rows, days[rows])


def _cancelled(world: World, rows: np.ndarray, days: np.ndarray) -> None:
    world.ledgers.add(
        "DI03",
        id_no=rows,
        death_date=days,
        cancel_date=np.minimum(days + 5, world.clock.today),
        cancel_reason="死亡",
    )


def _certified(world: World, rows: np.ndarray, days: np.ndarray) -> None:
    world.ledgers.add(
        "DI33",
        cert_no=numbered("SW", rows, 9),
        kind="死亡",
        deceased_id=rows,
        event_date=days,
        cause_code=words(rows % 3, ("I63.9", "C34.9", "J44.9")),
    )


def _cremated(world: World, rows: np.ndarray, days: np.ndarray) -> None:
    world.ledgers.add("DI45", id_no=rows, cremation_date=days, funeral_home="沙箱殡仪馆", fee_waived=120_000)


_BURIAL = {"DI03": _cancelled, "DI33": _certified, "DI45": _cremated}


def births(world: World) -> None:
    """DI33 for children born in the last three years."""
    crowd = world.crowd
    rows = np.flatnonzero(world.bulk & (crowd.birth > world.clock.today - 1095) & (crowd.mother >= 0))
    world.ledgers.add(
        "DI33",
        cert_no=numbered("CS", rows, 9),
        kind="出生",
        mother_id=crowd.mother[rows],
        newborn_id=rows,
        event_date=crowd.birth[rows],
    )


def marriages(world: World) -> None:
    """DI44: weddings of the younger couples, divorces between people who live alone; both partners have a row.

    No drawn wedding is younger than three years, so that it never falls between a review and the scan.
    """
    crowd, rng = world.crowd, world.rng
    wives = np.flatnonzero(world.bulk & (crowd.sex == 2) & (crowd.spouse >= 0) & (world.age < 65))
    youngest = world.clock.today - crowd.birth[wives]
    when = world.clock.today - np.clip(youngest - 22 * 365 - rng.integers(0, 900, len(wives)), 1100, 12_000)
    _registered(world, wives, crowd.spouse[wives], "结婚", when)
    alone = crowd.shape[crowd.house] == SHAPE["single"]
    men = world.choose(world.bulk & alone & (crowd.sex == 1) & (world.age > 26), 0.25)
    women = world.choose(world.bulk & alone & (crowd.sex == 2) & (world.age > 25), 0.25)
    pairs = min(len(men), len(women))
    men, women = rng.permuted(men)[:pairs], rng.permuted(women)[:pairs]
    _registered(world, women, men, "离婚", world.clock.today - rng.integers(40, 2500, pairs))


def _registered(world: World, women: np.ndarray, men: np.ndarray, event: str, when: np.ndarray) -> None:
    for person, other in ((women, men), (men, women)):
        world.ledgers.add(
            "DI44", id_no=person, spouse_id=other, event=event, event_date=when, reg_office="沙箱婚姻登记处"
        )


def confine(world: World) -> None:
    """DI08 and DI09 among adults who live alone: whether a drawn prisoner's family is in need is thus never open."""
    crowd, rng, today = world.crowd, world.rng, world.clock.today
    alone = crowd.shape[crowd.house] == SHAPE["single"]
    rows = world.choose(world.bulk & alone & (world.age < 60) & (crowd.sex == 1), 0.012)
    start = today - rng.integers(30, 1500, len(rows))
    world.ledgers.add(
        "DI08",
        id_no=rows,
        prison="沙箱监狱",
        term_start=start,
        term_end=np.maximum(start, today) + rng.integers(200, 2000, len(rows)),
        status=rng.choice(3, len(rows), p=(0.8, 0.1, 0.1)),
    )
    rows = world.choose(world.bulk & alone & (world.age < 60), 0.006)
    start = today - rng.integers(30, 600, len(rows))
    world.ledgers.add(
        "DI09",
        id_no=rows,
        kind=rng.integers(0, 2, len(rows)),
        start=start,
        end=np.maximum(start, today) + rng.integers(100, 700, len(rows)),
        status="执行中",
    )
