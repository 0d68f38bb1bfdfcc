"""Pupils and students, aid and keeping children at school (DI34–DI36)."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from wenhou.sandbox.days import day
from wenhou.sandbox.tables import numbered, words
from wenhou.sandbox.world import World

_SCHOOLS = ("沙箱第一学校", "沙箱第二学校", "沙箱镇中心学校", "沙箱实验学校")


@dataclass(frozen=True)
class Stage:
    """Ages of a stage, share at school, yearly tuition and boarding in yuan, and the kind of aid."""

    name: str
    ages: tuple[int, int]
    share: float
    tuition: int
    boarding: int
    aid: str


_STAGES = (
    Stage("学前", (3, 5), 0.85, 4200, 0, "学前资助"),
    Stage("小学", (6, 11), 0.998, 0, 0, "营养改善"),
    Stage("初中", (12, 14), 0.994, 0, 300, "生活补助"),
    Stage("普高", (15, 17), 0.6, 1400, 600, "普高助学金"),
    Stage("中职", (15, 17), 0.75, 0, 600, "中职助学金"),
    # Who is late, or left early and came back, still sits in the last year of junior school.
    Stage("初中", (15, 15), 0.97, 0, 300, "生活补助"),
    Stage("本科", (18, 21), 0.35, 5000, 900, "国家助学金"),
    Stage("高职专科", (18, 21), 0.25, 6000, 900, "国家助学金"),
)


def teach(world: World, poor: np.ndarray) -> None:
    """Everybody of school age; planted children too up to fourteen, older ones have their own rows."""
    rng = world.rng
    free = world.here & world.alive & world.crowd.listed
    free[[p.index for p in world.cast.people if not p.schooled]] = False
    for stage in _STAGES:
        low, high = stage.ages
        fits = free & (world.age >= low) & (world.age <= high)
        if low >= 15 and stage.name != "初中":
            fits &= ~world.crowd.planted
        rows = world.choose(fits, stage.share)
        free[rows] = False
        _enrol(world, stage, rows, poor)
        aided = rows[rng.random(len(rows)) < np.where(poor[rows], 0.95, 0.05)]
        _aid(world, stage, aided, poor)
    compulsory = world.bulk & world.alive & (world.age >= 6) & (world.age <= 14)
    _keep(world, free & compulsory)
    _report(world, world.choose(~free & compulsory, 0.03), np.array([0]))


def _enrol(world: World, stage: Stage, rows: np.ndarray, poor: np.ndarray) -> None:
    rng, count = world.rng, len(rows)
    private = rng.random(count) < (0.15 if stage.name == "学前" else 0.05)
    # Of the poor only a few study privately, and then dearly: nobody's fees lie near a year's income.
    grown = poor[rows] & (stage.ages[0] >= 15)
    dear = grown & (rng.random(count) < 0.01)
    private = (private & ~grown) | dear
    world.ledgers.add(
        "DI34",
        id_no=rows,
        student_no=numbered("XJ", rows, 9),
        stage=stage.name,
        school=words(rng.integers(0, len(_SCHOOLS), count), _SCHOOLS),
        school_kind=np.where(private, 1, 0),
        grade=words(np.clip(world.age[rows] - stage.ages[0], 0, 5), ("1", "2", "3", "4", "5", "6")),
        full_time=1,
        tuition=np.where(dear, 60_000, np.where(private, 2 * stage.tuition + 1000, stage.tuition)) * 100,
        boarding=stage.boarding * 100,
        enter_date=_autumns(world)[np.maximum(world.age[rows] - stage.ages[0], 0)],
        status="在读",
    )


def _autumns(world: World) -> np.ndarray:
    """1 September of this school year and of those before it."""
    year = world.clock.year - (world.clock.as_of.month < 9)
    return np.array([day(date(year - back, 9, 1)) for back in range(25)])


def _terms(world: World) -> tuple[str, str]:
    year = world.clock.year
    if world.clock.as_of.month >= 9:
        return f"{year}春", f"{year}秋"
    return f"{year - 1}秋", f"{year}春"


def _aid(world: World, stage: Stage, rows: np.ndarray, poor: np.ndarray) -> None:
    """The poor term by term, others this term only: what a year's aid is, is the same by any count."""
    amount = 50_000 if stage.name == "中职" else 75_000
    before, now = _terms(world)
    for term, aided in ((before, rows[poor[rows]]), (now, rows)):
        world.ledgers.add("DI35", id_no=aided, term=term, kind=stage.aid, amount=amount, granted=1)


def _keep(world: World, absent: np.ndarray) -> None:
    """Children of compulsory age without a school: taught at home, or doubtful."""
    _report(world, np.flatnonzero(absent), np.array([3, 1, 4]))


def _report(world: World, rows: np.ndarray, states: np.ndarray) -> None:
    world.ledgers.add(
        "DI36",
        id_no=rows,
        term=_terms(world)[1],
        state=states[rows % len(states)],
        report_date=world.clock.today - 30,
    )
