"""Cases, checks, services, clues and alerts as offices handle them: nearly all in time (SA-CASE, SA-CHK, SA-SVC, SA-CLUE,
SA-ALERT)."""

from typing import Any

import numpy as np

from wenhou.sandbox.tables import NONE, numbered, words
from wenhou.sandbox.world import World

CASES_KEPT = 400
"""Days back to which applications that were granted are on file: within the months that payments are."""
ITEMS = ("YL01", "YL02", "YL03", "YL04")
LEFT_LYING = 40
"""One in so many is left lying."""


class Desk:
    """Register households of the drawn people living here: number, head, place, category, dates, row of SA-ARCH."""

    def __init__(self, world: World) -> None:
        house, person, category, confirmed, applied, place = world.ledgers.columns(
            "SA-ARCH", "household_no", "id_no", "category", "confirmed_on", "applied_on", "resides_division"
        )
        held = world.ledgers.word("SA-ARCH", "status", "在保") & world.bulk[person] & world.alive[person]
        rows = np.flatnonzero(held)
        _, first = np.unique(house[rows], return_index=True)
        rows = rows[first]
        self.world, self.rows = world, rows
        self.house, self.head, self.category = house[rows], person[rows], category[rows]
        self.confirmed, self.applied, self.place = confirmed[rows], applied[rows], place[rows]

    def __len__(self) -> int:
        return len(self.house)


def handle(desk: Desk) -> None:
    """Fill the ledgers of work done."""
    granted(desk)
    pending(desk.world)
    removals(desk.world)
    checks(desk)
    services(desk)
    clues(desk.world)
    alerts(desk)


def add_case(world: World, rows: dict[str, Any]) -> None:
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


def granted(desk: Desk) -> None:
    """The application of households confirmed in the last year or so, in two steps. A complaint brings the county."""
    world = desk.world
    recent = np.flatnonzero((desk.confirmed > world.clock.today - CASES_KEPT) & (desk.category < len(ITEMS)))
    confirmed = desk.confirmed[recent]
    accepted = confirmed - 25
    complained = recent % 97 == 0
    for step, begun, done in (("入户调查", accepted + 2, accepted + 8), ("确认", accepted + 16, confirmed)):
        add_case(
            world,
            {
                "case_no": numbered("BJ", recent, 8),
                "kind": "申请",
                "item": words(desk.category[recent], ITEMS),
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
                "complained": complained.astype(np.int64),
            },
        )
    seen = recent[complained & (recent // 97 % 10 != 9)]
    world.ledgers.add(
        "SA-VISIT",
        visit_no=numbered("ZFX", seen, 8),
        division_code=desk.place[seen],
        household_no=desk.house[seen],
        id_no=desk.head[seen],
        purpose="入户调查",
        visited_on=desk.confirmed[seen] - 7,
        met=1,
        out_of_contact=0,
        visitors=2,
        county_level=1,
    )


def pending(world: World) -> None:
    """Applications under way, and refused ones: surveyed, checked, told, but for one in so many."""
    house, person, place, applied, refused = world.ledgers.columns(
        "SA-ARCH", "household_no", "id_no", "resides_division", "applied_on", "refused_on"
    )
    drawn = world.bulk[person] & world.alive[person]
    for category, prefix in (("申请中", "SQ"), ("未获批", "BY")):
        rows = np.flatnonzero(drawn & world.ledgers.word("SA-ARCH", "category", category))
        _, first = np.unique(house[rows], return_index=True)
        rows = rows[first]
        told = np.flatnonzero(np.arange(len(rows)) % LEFT_LYING != 3)
        done = category == "未获批"
        begun = applied[rows] + 2
        case = {
            "case_no": numbered(f"BJ{prefix}", rows, 8),
            "kind": "申请",
            "household_no": house[rows],
            "applicant_id": person[rows],
            "division_code": place[rows],
            "accepted_on": applied[rows],
            "step": "入户调查",
            "step_started_on": begun if done else _only(begun, told),
            "step_due_on": begun + 10,
            "step_done_on": refused[rows] if done else NONE,
            "decision": "不予确认" if done else None,
            "decided_on": refused[rows],
            "notified_on": _only(refused[rows] + 1, told) if done else NONE,
        }
        add_case(world, case)
        asked = applied[rows] + 2
        world.ledgers.add(
            "SA-CHK",
            check_no=numbered(f"HD{prefix}", rows, 8),
            case_no=numbered(f"BJ{prefix}", rows, 8),
            household_no=house[rows],
            requested_on=asked,
            started_on=asked + 1,
            reported_on=asked + 6 if done else NONE,
            authorised_until=asked + 180,
            sources_unanswered=0,
            result="不符" if done else None,
        )


def _only(days: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Days of the chosen rows, NONE of the others."""
    found = np.full(len(days), NONE)
    found[rows] = days[rows]
    return found


def removals(world: World) -> None:
    """The case that took a dead or departed member off the register."""
    house, person, left, place = world.ledgers.columns(
        "SA-ARCH", "household_no", "id_no", "exit_on", "resides_division"
    )
    rows = np.flatnonzero((left != NONE) & world.bulk[person])
    when = np.minimum(left[rows], world.clock.today)
    add_case(
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


def checks(desk: Desk) -> None:
    """Checks of households on the register, of no case."""
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


def services(desk: Desk) -> None:
    """Needs of every seventh household; older ones are matched but for a few."""
    world, rng = desk.world, desk.world.rng
    rows = world.choose(desk.house != NONE, 0.15)
    ago = rng.integers(5, 200, len(rows))
    since = world.clock.today - ago
    matched = rng.random(len(rows)) < np.where(ago <= 15, 0.5, 0.98)
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


def clues(world: World) -> None:
    """Hardship that was looked into, and the accidents of the day."""
    rng = world.rng
    grown = world.bulk & world.alive & (world.age > 20)
    for prefix, share, kinds, urgent in (("XS", 0.0006, (5, 6), 0), ("XSJ", 0.00002, (0, 1, 2, 3, 4), 1)):
        rows = world.choose(grown, share)
        since = world.clock.today - (
            np.zeros(len(rows), np.int64) if urgent else rng.integers(20, 300, len(rows))
        )
        world.ledgers.add(
            "SA-CLUE",
            clue_no=numbered(prefix, rows, 9),
            channel=rng.integers(0, 7, len(rows)),
            kind=rng.choice(kinds, len(rows)),
            subject_id=rows,
            subject_name_masked="某＊",
            division_code=world.crowd.lives[world.crowd.house[rows]],
            urgent=urgent,
            reported_on=since,
            assigned_on=since if urgent else since + 1,
            answered_on=NONE if urgent else since + 6,
            outcome=None if urgent else "已核实",
        )


def alerts(desk: Desk) -> None:
    """A little history from before the platform, all closed."""
    world, rng = desk.world, desk.world.rng
    rows = world.choose(desk.house != NONE, 0.01)
    raised = world.clock.today - rng.integers(120, 400, len(rows))
    world.ledgers.add(
        "SA-ALERT",
        alert_no=numbered("YJ", rows, 8),
        indicator=words(rng.integers(0, 3, len(rows)), ("D01", "A01", "D10")),
        subject=numbers(world)[desk.head[rows]].astype(str).tolist(),
        division_code=desk.place[rows],
        raised_on=raised,
        severity=rng.integers(20, 80, len(rows)),
        assigned_on=raised + 1,
        due_on=raised + 14,
        answered_on=raised + 9,
        outcome=rng.integers(0, 8, len(rows)),
        status="销号",
    )


def numbers(world: World) -> np.ndarray:
    """Everybody's identity number."""
    return world.crowd.numbers


def name_subjects(world: World) -> None:
    """Planted alerts name a person; the file holds the number."""
    planted = world.cast.rows.get("SA-ALERT", [])
    known = numbers(world) if planted else np.empty(0)
    for row in planted:
        row["subject"] = known[row["subject"].index].decode()
