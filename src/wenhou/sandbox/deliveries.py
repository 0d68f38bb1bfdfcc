"""What is handed over: one delivery per contract for our county, and the little that came from two neighbours."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from wenhou.base.month import Month
from wenhou.sandbox.catalogue import contracts
from wenhou.sandbox.formats import Delivery, write
from wenhou.sandbox.lives.disability import EARLIER_MONTHS, number_certificates
from wenhou.sandbox.numbers import as_strings
from wenhou.sandbox.tables import EARLIER_DI41, Printer, numbered
from wenhou.sandbox.world import World

# Contracts that speak for complete months or years only as far back as they are written; the rest since 2000.
_WINDOWED = {"DI10", "DI11", "DI12", "DI13", "DI16", "DI22", "DI26", "DI27", "DI40", "DI46", "SA-PAY"}
_YEARLY = {"DI28", "DI30", "DI31", "DI34", "DI35", "DI36", "DI38"}
_TWO_YEARS = {"DI29"}
_LONGER = {"SA-VISIT", "SA-CASE", "SA-CHK", "SA-CLUE", "SA-SVC", "SA-ALERT"}
# From the first neighbour came residence and register, from the second the register only.
_ABOUT = ("id_no", "subject_id", "applicant_id")
NEIGHBOURLY = ({"DI01", "DI02", "DI04", "SA-ARCH"}, {"SA-ARCH"})


def printer(world: World) -> Printer:
    """Numbers for people and households; register numbers are dealt out by chance."""
    people = as_strings(world.crowd.numbers)
    houses = numbered("H" + world.places.county, np.arange(world.crowd.houses) + 1, 7)
    registers = numbered("R" + world.places.county, world.rng.permutation(_registers(world)) + 1, 7)
    number_certificates(world, people)
    return Printer(people=people, houses=houses, registers=registers, places=pa.array(world.places.codes))


def _registers(world: World) -> int:
    used = world.ledgers.column("SA-ARCH", "household_no")
    return int(-used.min(initial=-2) - 2) + 1


def all_deliveries(world: World, printer: Printer) -> Iterator[Delivery]:
    """Every delivery in the order of the contracts; DI41 twice, first as it stood before."""
    earlier = world.clock.date_back(EARLIER_MONTHS)
    for contract in contracts():
        if contract == "DI41":
            table, rows = _sorted(world, EARLIER_DI41, printer)
            yield _delivery(world, "DI41-1", contract, table, until=earlier, rows=rows)
            table, rows = _sorted(world, contract, printer)
            yield _delivery(world, "DI41-2", contract, table, rows=rows)
            continue
        table, rows = _sorted(world, contract, printer)
        if contract not in NEIGHBOURLY[0]:
            yield _delivery(world, contract, contract, table, rows=rows)
            continue
        yield from _by_county(world, contract, table)


def _sorted(world: World, contract: str, printer: Printer) -> tuple[pa.Table, np.ndarray]:
    """Rows in order of the person they are about, planted ones among the drawn; and their places in the ledger."""
    table = printer.table(contract, world.ledgers.chunks(contract))
    about = next((name for name in _ABOUT if name in table.column_names), None)
    if about is None or table.num_rows == 0:
        return table, np.arange(table.num_rows)
    order = np.argsort(world.ledgers.column(contract, about), kind="stable")
    return table.take(pa.array(order)), order


def _by_county(world: World, contract: str, table: pa.Table) -> Iterator[Delivery]:
    county = np.array([code[:6] for code in world.places.codes])
    of_row = county[_where_rows_live(world, contract)]
    own = np.ones(len(of_row), dtype=bool)
    for neighbour, known in zip(world.places.neighbours, NEIGHBOURLY, strict=True):
        theirs = of_row == neighbour
        own &= ~theirs
        if contract in known:
            part = table.filter(pa.array(theirs))
            yield _delivery(world, f"{contract}-{neighbour}", contract, part, division=neighbour)
    yield _delivery(world, contract, contract, table.filter(pa.array(own)))


def _where_rows_live(world: World, contract: str) -> np.ndarray:
    person = world.ledgers.column(contract, "id_no")
    if contract == "SA-ARCH":
        # An archive is kept by its county, wherever the person lives.
        return world.ledgers.column(contract, "division_code")[np.argsort(person, kind="stable")]
    person = np.sort(person)
    return world.crowd.lives[world.crowd.house[person]]


def _delivery(
    world: World,
    name: str,
    contract: str,
    table: pa.Table,
    *,
    until: date | None = None,
    division: str | None = None,
    rows: np.ndarray | None = None,
) -> Delivery:
    until = until or world.clock.as_of
    return Delivery(
        name=name,
        contract=contract,
        number=until.isoformat(),
        division=division or world.places.county,
        since=since(world, contract),
        until=until,
        table=table,
        rows=rows,
    )


def since(world: World, contract: str) -> date:
    """The first day a delivery of the contract speaks for."""
    if contract in _WINDOWED:
        return (Month.of(world.clock.as_of) - 16).first
    if contract in _YEARLY:
        return date(world.clock.year - 1, 1, 1)
    if contract in _TWO_YEARS:
        return world.clock.as_of - timedelta(days=730)
    if contract in _LONGER:
        return world.clock.as_of - timedelta(days=800)
    return date(1950, 1, 1)


def hand_over(deliveries: Iterable[Delivery], folder: Path) -> list[dict[str, Any]]:
    """Write deliveries; returns contract, file and rows of each."""
    folder.mkdir(parents=True, exist_ok=True)
    return [{"contract": d.contract, "file": write(folder, d), "rows": d.table.num_rows} for d in deliveries]
