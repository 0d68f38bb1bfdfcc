"""Disability certificates in two deliveries, rehabilitation and the allowances that follow (DI41, DI42, DI46)."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from wenhou.sandbox.catalogue import code
from wenhou.sandbox.tables import EARLIER_DI41, NONE, words
from wenhou.sandbox.world import World

EARLIER_MONTHS = 4  # how long ago the earlier full delivery was made


def certify(world: World) -> np.ndarray:
    """Draw certificates for the bulk; returns each person's level, 0 for none (planted people too)."""
    rng, age = world.rng, world.age
    chance = np.where(age < 18, 0.006, np.where(age < 60, 0.022, 0.06)) * world.bulk * world.alive
    rows = np.flatnonzero(rng.random(world.people) < chance)
    count = len(rows)
    level = rng.choice((1, 2, 3, 4), count, p=(0.12, 0.22, 0.31, 0.35))
    category = rng.choice(7, count, p=(0.13, 0.18, 0.02, 0.45, 0.09, 0.09, 0.04))
    oldest = np.minimum(5000, world.clock.today - world.crowd.birth[rows] - 30)
    issued = world.clock.today - np.minimum(rng.integers(220, 5000, count), np.maximum(oldest, 40))
    previous = np.where(rng.random(count) < 0.012, np.minimum(level + 1, 4), level)
    status = np.where(rng.random(count) < 0.97, 0, 1 + rng.integers(0, 2, count))
    columns: dict[str, Any] = {
        "id_no": rows,
        "category": category,
        "issue_date": issued,
        "valid_to": issued + 3652 * (1 + (world.clock.today - issued) // 3652),
        "status": status,
    }
    world.ledgers.add("DI41", level=level, cert_no=words(np.full(count, -1), [""]), **columns)
    world.ledgers.add(EARLIER_DI41, level=previous, cert_no=words(np.full(count, -1), [""]), **columns)
    return levels(world)


def levels(world: World) -> np.ndarray:
    """Level of the valid certificate of every person, 0 for none."""
    found = np.zeros(world.people, dtype=np.int64)
    valid = world.ledgers.word("DI41", "status", "有效")
    found[world.ledgers.column("DI41", "id_no")[valid]] = world.ledgers.column("DI41", "level")[valid]
    return found


def number_certificates(world: World, people: pa.Array) -> None:
    """Certificate numbers: identity number, category, level (twenty characters)."""
    for contract in ("DI41", EARLIER_DI41):
        for chunk in world.ledgers.chunks(contract):
            tail = pa.array((chunk["category"] + 1) * 10 + chunk["level"]).cast(pa.string())
            chunk["cert_no"] = pc.binary_join_element_wise(people.take(pa.array(chunk["id_no"])), tail, "")


def rehabilitate(world: World, level: np.ndarray) -> None:
    """Services of the last two years; most disabled children have had theirs within the year."""
    rng = world.rng
    for mask, share, service in (
        ((level > 0) & (world.age < 16) & world.bulk, 0.9, "儿童康复"),
        ((level > 0) & (world.age >= 16), 0.12, "成人康复"),
        ((level > 0) & (level <= 2) & (world.age >= 16), 0.15, "辅助器具"),
    ):
        rows = world.choose(mask, share)
        world.ledgers.add(
            "DI42",
            id_no=rows,
            service=service,
            service_date=world.clock.today - rng.integers(40, 330, len(rows)),
            self_pay=rng.integers(0, 300, len(rows)) * 1000,
            status="已服务",
        )


def allow(world: World, level: np.ndarray, on_dibao: np.ndarray, on_tekun: np.ndarray) -> None:
    """DI46: the two allowances for the disabled, old-age allowances; a few are left out."""
    rng = world.rng
    refused = {
        kind: np.array([p.index for p in world.cast.people if kind in p.refused], dtype=np.int64)
        for kind in ("困难残疾人生活补贴", "重度残疾人护理补贴")
    }
    eligible = {
        "困难残疾人生活补贴": (level > 0) & on_dibao & ~on_tekun,
        "重度残疾人护理补贴": (level > 0) & (level <= 2) & ~on_tekun,
        "高龄津贴": (world.age >= 80) & world.bulk,
    }
    amounts = {"困难残疾人生活补贴": 11_500, "重度残疾人护理补贴": 13_000, "高龄津贴": 27_000}
    for kind, mask in eligible.items():
        keeps = mask & world.alive & world.here & ((rng.random(world.people) < 0.97) | world.crowd.planted)
        if kind in refused:
            keeps[refused[kind]] = False
        pay_allowance(world, np.flatnonzero(keeps), kind, amounts[kind])


def pay_allowance(world: World, rows: np.ndarray, kind: str, amount: int) -> None:
    """Sixteen months of an allowance still paid."""
    _, person, month = world.spread(rows, world.months(16))
    world.ledgers.add(
        "DI46",
        id_no=person,
        kind=np.full(len(person), code("DI46", "kind", kind)),
        month=month,
        amount=amount,
        start=world.clock.last_month - 30,
        stop=NONE,
        status="发放",
    )
