"""What the departments know: one module per walk of life, each adding rows of its contracts to the world."""

import numpy as np

from wenhou.sandbox.lives import (
    civil,
    declared,
    disability,
    handled,
    health,
    homes,
    office,
    reckoned,
    register,
    relief,
    schools,
    turns,
    work,
)
from wenhou.sandbox.standards import rows as standard_rows
from wenhou.sandbox.world import World


def live(world: World) -> None:
    """Fill every ledger: planted rows as they are, the drawn people's lives layer by layer."""
    level = disability.certify(world)
    handled.name_subjects(world)
    for contract, rows in world.cast.rows.items():
        world.ledgers.add_rows(contract, rows)
    level = disability.levels(world)
    done = work.settle(world, level)
    civil.reside(world)
    civil.bury(world)
    civil.births(world)
    civil.marriages(world)
    civil.confine(world)
    visible = _visible(world)
    odd = _odd_income(world)
    ill = health.fall_ill(world, odd)
    owed = np.zeros(world.people, dtype=np.int64)
    stays = ill.stays
    np.add.at(owed, stays.person, stays.total - stays.basic - stays.serious)
    admitted = register.admit(world, visible, owed, level, reckoned.reckon(world, owed))
    recent = ~world.alive & (world.crowd.died > world.clock.today - 60) & world.bulk
    register.record(world, admitted, level, recent)
    register.record_planted(world)
    turns.turn(world)
    _aid(world, ill, admitted)
    health.total_up(world)
    poor = register.current(world, "DB", "TK", "BY", "GX", "JC", "QT")
    health.insure(world, poor, done.kind == work.EMPLOYEE)
    dibao = register.current(world, "DB")
    disability.allow(world, level, dibao, register.current(world, "TK"))
    disability.rehabilitate(world, level)
    register.pay(world)
    relief.relieve(world)
    homes.house(world, poor)
    homes.drive(world, poor)
    homes.watch(world, admitted)
    homes.flood(world)
    schools.teach(world, poor)
    office.serve(world)
    declared.declare(world)
    _standards(world)


def _visible(world: World) -> np.ndarray:
    """Per household: visible income a head and month, roughly, to choose the register by."""
    ledgers, total = world.ledgers, np.zeros(world.people, dtype=np.int64)
    for contract, name in (("DI26", "income"), ("DI11", "amount"), ("DI12", "personal"), ("DI16", "amount")):
        month = ledgers.column(contract, "period" if contract == "DI26" else "month")
        recent = month > world.clock.last_month - 12
        np.add.at(total, ledgers.column(contract, "id_no")[recent], ledgers.column(contract, name)[recent])
    np.add.at(total, ledgers.column("DI38", "id_no"), ledgers.column("DI38", "amount"))
    house = world.crowd.house
    living = world.alive & world.here
    heads = np.bincount(house, weights=living, minlength=world.crowd.houses)
    return np.bincount(house, weights=total * living, minlength=world.crowd.houses).astype(np.int64) // (
        12 * np.maximum(heads, 1).astype(np.int64)
    )


def _odd_income(world: World) -> np.ndarray:
    """People of households with DI13 or DI16: spending shares there would depend on which incomes are counted."""
    rows = np.concatenate([world.ledgers.column(c, "id_no") for c in ("DI13", "DI16")])
    houses = np.zeros(world.crowd.houses, dtype=bool)
    houses[world.crowd.house[rows]] = True
    return houses[world.crowd.house]


def _aid(world: World, ill: health.Health, admitted: register.Admitted) -> None:
    line = np.full(world.people, -1)
    line[admitted.of_people(register.DB, register.TK)] = 0
    line[admitted.of_people(register.BY, register.GX)] = 300_000
    line[admitted.of_people(register.JC, register.QT)] = 500_000
    health.settle_stays(world, ill, line, admitted.of_people(register.TK))
    health.recognise_chronic(world, ill, line >= 0)


def _standards(world: World) -> None:
    county = world.places.row(f"{world.places.county}000000")
    region = world.places.row("640000000000")
    world.ledgers.add_rows("SA-STD", standard_rows(world.standards, county, region))
