"""What the civil-affairs office itself has done: visits, cases, checks, clues, services, alerts, authorisations, and
what banks and the border answered within them (SA-*, DI05, DI47, DI48).
"""

from typing import Any

import numpy as np
import pyarrow as pa

from wenhou.sandbox.tables import NONE, numbered, words
from wenhou.sandbox.world import World


class Desk:
    """Register households of the drawn people living here: number, head, place, category, dates."""

    def __init__(self, world: World) -> None:
        house, person, category, confirmed, applied, place = world.ledgers.columns(
            "SA-ARCH", "household_no", "id_no", "category", "confirmed_on", "applied_on", "resides_division"
        )
        held = world.ledgers.word("SA-ARCH", "status", "在保") & world.bulk[person] & world.alive[person]
        rows = np.flatnonzero(held)
        _, first = np.unique(house[rows], return_index=True)
        rows = rows[first]
        self.world = world
        self.house, self.head, self.category = house[rows], person[rows], category[rows]
        self.confirmed, self.applied, self.place = confirmed[rows], applied[rows], place[rows]

    def __len__(self) -> int:
        return len(self.house)


def serve(world: World) -> None:
    """Fill the office's own ledgers."""
    desk = Desk(world)
    _visits(desk)
    _cases(desk)
    _removals(world)
    _checks(desk)
    _services(desk)
    _clues(world)
    _alerts(desk)
    people, numbers = _authorisations(world)
    _banks(world, people, numbers)
    _border(world, people, numbers)


def _visits(desk: Desk) -> None:
    """Three visits within the year; nearly everybody is met."""
    world, rng = desk.world, desk.world.rng
    for turn in range(3):
        went = np.flatnonzero(rng.random(len(desk)) < 0.9)
        count = len(went)
        colour = np.where(desk.category[went] == 1, rng.integers(0, 3, count), -1)
        world.ledgers.add(
            "SA-VISIT",
            visit_no=numbered(f"ZF{turn}", went, 8),
            division_code=desk.place[went],
            household_no=desk.house[went],
            id_no=desk.head[went],
            purpose=rng.integers(0, 4, count),
            visited_on=world.clock.today - 15 - 110 * turn - rng.integers(0, 90, count),
            met=(rng.random(count) < 0.97).astype(np.int64),
            out_of_contact=0,
            visitors=2,
            county_level=(rng.random(count) < 0.1).astype(np.int64),
            care_colour=colour,
            hazards=words(np.where(colour == 0, 0, -1), ('["用电"]',)),
            hazard_due_on=np.where(colour == 0, world.clock.today + 10, NONE),
        )


def _case(world: World, rows: dict[str, Any]) -> None:
    base = {
        "item": "YL01",
        "suspended_days": 0,
        "extended": 0,
        "delegated": 0,
        "objection": 0,
        "decision": "确认",
        "kin_of_staff": 0,
        "complained": 0,
    }
    world.ledgers.add("SA-CASE", **(base | rows))


def _cases(desk: Desk) -> None:
    """The application of households confirmed within two years, in two steps."""
    world = desk.world
    recent = np.flatnonzero(desk.confirmed > world.clock.today - 700)
    confirmed = desk.confirmed[recent]
    accepted = confirmed - 25
    for step, begun, done in (("入户调查", accepted + 2, accepted + 8), ("确认", accepted + 16, confirmed)):
        _case(
            world,
            {
                "case_no": numbered("BJ", recent, 8),
                "kind": "申请",
                "household_no": desk.house[recent],
                "applicant_id": desk.head[recent],
                "division_code": desk.place[recent],
                "accepted_on": accepted,
                "step": step,
                "step_started_on": begun,
                "step_due_on": begun + 10,
                "step_done_on": done,
                "publicity_from": accepted + 9,
                "publicity_to": accepted + 16,
                "decided_on": confirmed,
                "notified_on": confirmed + 1,
            },
        )


def _removals(world: World) -> None:
    """The case that took a dead or departed member off the register."""
    house, person, left, place = world.ledgers.columns(
        "SA-ARCH", "household_no", "id_no", "exit_on", "resides_division"
    )
    rows = np.flatnonzero((left != NONE) & world.bulk[person])
    when = np.minimum(left[rows], world.clock.today)
    _case(
        world,
        {
            "case_no": numbered("TC", rows, 8),
            "kind": np.where(world.alive[person[rows]], 4, 3),
            "household_no": house[rows],
            "applicant_id": person[rows],
            "division_code": place[rows],
            "accepted_on": when - 6,
            "step": "确认",
            "step_started_on": when - 6,
            "step_done_on": when,
            "decided_on": when,
            "notified_on": when,
        },
    )


def _checks(desk: Desk) -> None:
    world, rng = desk.world, desk.world.rng
    rows = world.choose(desk.house != NONE, 0.6)
    asked = world.clock.today - rng.integers(40, 360, len(rows))
    world.ledgers.add(
        "SA-CHK",
        check_no=numbered("HD", rows, 8),
        household_no=desk.house[rows],
        requested_on=asked,
        started_on=asked + 1,
        reported_on=asked + 6,
        authorised_until=asked + 180,
        sources_unanswered=rng.integers(0, 2, len(rows)),
        result=rng.choice(3, len(rows), p=(0.93, 0.03, 0.04)),
    )


def _services(desk: Desk) -> None:
    world, rng = desk.world, desk.world.rng
    rows = world.choose(desk.house != NONE, 0.15)
    since = world.clock.today - rng.integers(5, 200, len(rows))
    matched = rng.random(len(rows)) < 0.8
    world.ledgers.add(
        "SA-SVC",
        need_no=numbered("XQ", rows, 8),
        household_no=desk.house[rows],
        id_no=desk.head[rows],
        kind=words(rng.integers(0, 4, len(rows)), ("助洁", "助医", "心理疏导", "学习用品")),
        registered_on=since,
        matched_on=np.where(matched, since + 4, NONE),
        status=np.where(matched, 1, 0),
    )


def _clues(world: World) -> None:
    rng = world.rng
    rows = world.choose(world.bulk & world.alive & (world.age > 20), 0.0006)
    since = world.clock.today - rng.integers(20, 300, len(rows))
    world.ledgers.add(
        "SA-CLUE",
        clue_no=numbered("XS", rows, 9),
        channel=rng.integers(0, 7, len(rows)),
        kind=rng.integers(4, 7, len(rows)),
        subject_id=rows,
        subject_name_masked="某＊",
        division_code=world.crowd.lives[world.crowd.house[rows]],
        urgent=0,
        reported_on=since,
        assigned_on=since + 1,
        answered_on=since + 6,
        outcome="已核实",
    )


def _alerts(desk: Desk) -> None:
    """A little history from before the platform, all closed."""
    world, rng = desk.world, desk.world.rng
    rows = world.choose(desk.house != NONE, 0.01)
    raised = world.clock.today - rng.integers(120, 400, len(rows))
    world.ledgers.add(
        "SA-ALERT",
        alert_no=numbered("YJ", rows, 8),
        indicator=words(rng.integers(0, 3, len(rows)), ("D01", "A01", "D10")),
        subject=numbered("历史", rows, 8),
        division_code=desk.place[rows],
        raised_on=raised,
        severity=rng.integers(20, 80, len(rows)),
        assigned_on=raised + 1,
        due_on=raised + 14,
        answered_on=raised + 9,
        outcome=rng.integers(0, 8, len(rows)),
        status="销号",
    )


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
    kind = rng.choice((0, 5, 7, 8), len(some))
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
