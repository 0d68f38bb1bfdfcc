"""Visits to households on the register, and closer ones to the old and frail who live alone (SA-VISIT)."""

import numpy as np

from wenhou.sandbox.lives.handled import Desk
from wenhou.sandbox.tables import NONE, numbered, words
from wenhou.sandbox.world import World

YELLOW = 1
NEGLECTED = 0.02
"""Share of those to be visited often whom nobody has visited of late."""


def visit(desk: Desk) -> None:
    """Three visits within the year; nearly everybody is met, nearly every hazard is gone a week later."""
    world, rng = desk.world, desk.world.rng
    colours = world.ledgers.column("SA-ARCH", "care_colour")[desk.rows]
    for turn in range(3):
        went = np.flatnonzero(rng.random(len(desk)) < 0.9)
        count = len(went)
        when = world.clock.today - 15 - 110 * turn - rng.integers(0, 90, count)
        colour = colours[went]
        hazard = (colour >= 0) & (colour <= YELLOW) & (rng.random(count) < 0.1)
        lasting = hazard & (turn == 0) & (rng.random(count) < 0.05)
        world.ledgers.add(
            "SA-VISIT",
            visit_no=numbered(f"ZF{turn}", went, 8),
            division_code=desk.place[went],
            household_no=desk.house[went],
            id_no=desk.head[went],
            purpose=rng.integers(0, 4, count),
            visited_on=when,
            met=(rng.random(count) < 0.97).astype(np.int64),
            out_of_contact=0,
            visitors=2,
            county_level=(rng.random(count) < 0.1).astype(np.int64),
            care_colour=colour,
            hazards=words(np.where(hazard, 0, -1), ('["用电"]',)),
            hazard_due_on=np.where(hazard, when + 15, NONE),
            hazard_closed_on=np.where(hazard & ~lasting, when + 8, NONE),
        )
    look_in(world)


def look_in(world: World) -> None:
    """Within the last days, to whoever lives alone and is eighty or frail; planted people with visits of their own are
    left to them."""
    ledgers = world.ledgers
    house, person, place, care = ledgers.columns(
        "SA-ARCH", "household_no", "id_no", "resides_division", "self_care"
    )
    held = ledgers.word("SA-ARCH", "status", "在保", "暂停") & world.alive[person] & world.here[person]
    _, position, members = np.unique(house[held], return_inverse=True, return_counts=True)
    rows = np.flatnonzero(held)[members[position] == 1]
    often = ledgers.word("SA-ARCH", "category", "DB", "TK", "BY")[rows]
    often &= (world.age[person[rows]] >= 80) | (care[rows] > 0)
    planted = [row["id_no"].index for row in world.cast.rows.get("SA-VISIT", []) if row.get("id_no")]
    rows = rows[often & ~np.isin(person[rows], planted) & ~np.isin(house[rows], _dangerous(world))]
    coloured = ledgers.column("SA-ARCH", "care_colour")[rows] >= 0
    forgotten = (world.rng.random(len(rows)) < NEGLECTED) & coloured & world.bulk[person[rows]]
    rows = rows[~forgotten]
    ledgers.add(
        "SA-VISIT",
        visit_no=numbered("ZFT", rows, 8),
        division_code=place[rows],
        household_no=house[rows],
        id_no=person[rows],
        purpose="探访",
        visited_on=world.clock.today - 1 - rows % 5,
        met=1,
        out_of_contact=0,
        visitors=2,
        county_level=0,
        care_colour=ledgers.column("SA-ARCH", "care_colour")[rows],
    )


def _dangerous(world: World) -> np.ndarray:
    """Households whose hazards are not gone: the visit that found them stays the last."""
    due, closed = world.ledgers.columns("SA-VISIT", "hazard_due_on", "hazard_closed_on")
    return world.ledgers.column("SA-VISIT", "household_no")[(due != NONE) & (closed == NONE)]
