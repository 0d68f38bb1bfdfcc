"""What has turned in families on the register since the bureau last looked: work, a workshop, a flat, money moved.

A few each, so that every such need also occurs by itself; always beyond the line by any reading of it.
"""

import numpy as np

from wenhou.sandbox.days import first_of_month, month_of_days
from wenhou.sandbox.employers import codes
from wenhou.sandbox.lives.register import current
from wenhou.sandbox.tables import NONE, numbered
from wenhou.sandbox.world import World

SHARE = 0.01
JOB_MONTHS = 4
PAY = 500_000
"""Fen a head of the family: even a third of it, spread over a year, is more than the line."""
POST_PAY = 170_000


def turn(world: World) -> None:
    """Rows of DI10, DI14, DI22–DI27 for members of drawn families on the register."""
    known = current(world, "DB", "BY", "GX") & world.bulk & world.alive
    adult = known & (world.age >= 22) & (world.age < 55)
    reviewed = _reviewed(world)
    _find_work(world, adult & ~_insured(world), reviewed)
    traders = np.zeros(world.people, dtype=bool)
    traders[world.ledgers.column("DI24", "id_no")] = True
    _open_shop(world, world.choose(adult & ~traders, SHARE / 3))
    _draw_fund(world, world.choose(adult, SHARE / 3))
    helped = current(world, "BY", "GX", "JC") & world.bulk & world.alive
    busy = np.zeros(world.people, dtype=bool)
    busy[world.ledgers.column("DI14", "id_no")] = True
    _public_posts(world, world.choose(helped & ~busy & (world.age >= 30) & (world.age < 55), 0.03))


def _reviewed(world: World) -> np.ndarray:
    found = np.full(world.people, NONE)
    person, last = world.ledgers.columns("SA-ARCH", "id_no", "last_review_on")
    found[person] = last
    return found


def _insured(world: World) -> np.ndarray:
    """Known to employers in any way within the months that are told."""
    found = np.zeros(world.people, dtype=bool)
    unit = world.ledgers.word("DI10", "identity", "单位职工")
    for rows in (
        world.ledgers.column("DI10", "id_no")[unit],
        *(world.ledgers.column(contract, "id_no") for contract in ("DI14", "DI15", "DI22")),
    ):
        found[rows] = True
    return found


def _find_work(world: World, free: np.ndarray, reviewed: np.ndarray) -> None:
    """A job since four months, in families that were reviewed before."""
    begun = world.clock.last_month - JOB_MONTHS + 1
    before = free & (month_of_days(np.where(reviewed == NONE, world.clock.today, reviewed)) < begun)
    rows = world.choose(before, 2 * SHARE)
    _, first = np.unique(world.crowd.house[rows], return_index=True)
    rows = rows[first]
    heads = np.bincount(world.crowd.house[world.alive], minlength=world.crowd.houses)
    pay = PAY * heads[world.crowd.house]
    _, person, month = world.spread(rows, world.months(JOB_MONTHS))
    firm = codes(person % 41 + 7000, world.places.county)
    ledgers, wage = world.ledgers, pay[person]
    ledgers.add(
        "DI26", id_no=person, withholder_uscc=firm, period=month, income_item="工资薪金", income=wage, tax=0
    )
    ledgers.add(
        "DI10",
        id_no=person,
        insure_kind="职工养老",
        employer_uscc=firm,
        identity="单位职工",
        month=month,
        pay_base=wage,
        paid=1,
    )
    amount = wage * 12 // 100
    ledgers.add(
        "DI22",
        id_no=person,
        employer_uscc=firm,
        month=month,
        base=wage,
        amount=amount,
        balance=amount * (month - begun + 1),
        status="正常",
    )
    ledgers.add(
        "DI14",
        id_no=rows,
        employer_uscc=codes(rows % 41 + 7000, world.places.county),
        job_kind="单位就业",
        start=first_of_month(begun),
        wage=pay[rows],
        status="在岗",
    )


def _open_shop(world: World, rows: np.ndarray) -> None:
    """Registered since the last review; nothing declared to the tax office yet."""
    serial = 500_000 + rows
    firm = codes(serial, world.places.county)
    since = world.clock.today - 4 - rows % 12
    world.ledgers.add(
        "DI24",
        id_no=rows,
        uscc=firm,
        ent_name=numbered("沙箱新", serial, 7),
        ent_kind="个体工商户",
        reg_capital=2_000_000,
        est_date=since,
        status="存续",
    )
    world.ledgers.add(
        "DI25", id_no=rows, uscc=firm, role="股东", subscribed=11_000_000, ratio=10_000, start=since
    )


def _draw_fund(world: World, rows: np.ndarray) -> None:
    world.ledgers.add(
        "DI23",
        id_no=rows,
        event="购房提取",
        event_date=world.clock.today - 4 - rows % 12,
        amount=4_000_000,
    )


def _public_posts(world: World, rows: np.ndarray) -> None:
    """公益性岗位, most of them for a while yet; paid as wages."""
    left = np.where(rows % 4 == 0, 5 + rows % 20, 60 + rows % 400)
    start = world.clock.today - 500
    world.ledgers.add(
        "DI14",
        id_no=rows,
        job_kind="公益性岗位",
        start=start,
        end=world.clock.today + left,
        wage=POST_PAY,
        status="在岗",
    )
    _, person, month = world.spread(rows, world.months(13))
    world.ledgers.add(
        "DI26",
        id_no=person,
        withholder_uscc=codes(person % 7 + 8000, world.places.county),
        period=month,
        income_item="工资薪金",
        income=POST_PAY,
        tax=0,
    )
