"""Insurance, hospital stays, chronic diseases, yearly totals (DI28–DI32), made to agree with each other."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from wenhou.sandbox.days import Clock, day, first_of_month, month_of_days
from wenhou.sandbox.tables import numbered, words
from wenhou.sandbox.world import World

# Acute diagnoses stand outside the list of chronic diseases of facts.md §18, D16.
ACUTE = ("J18.9", "K35.8", "K80.2", "H40.1", "N20.1", "O80.0", "H25.9", "M51.2")
CHRONIC = ("I10.X", "E11.9", "I25.1", "C34.9", "N18.5", "J44.9", "F20.0", "I63.9", "K74.6", "C50.9")
_LISTED = (True, True, True, True, True, True, True, False, True, True)
HOSPITALS = ("沙箱县第一医院", "沙箱县中医院", "沙箱市人民医院", "沙箱大学附属医院", "沙箱镇卫生院")


@dataclass
class Stays:
    """Settlements before medical aid, in fen."""

    person: np.ndarray
    discharge: np.ndarray
    admit: np.ndarray
    diagnosis: pa.Array
    total: np.ndarray
    in_policy: np.ndarray
    basic: np.ndarray
    serious: np.ndarray


@dataclass
class Health:
    """Drawn illness: a chronic disease (position in CHRONIC, -1 none), and stays awaiting aid."""

    disease: np.ndarray
    stays: Stays


def quiet_days(clock: Clock) -> np.ndarray:
    """Days on which drawn stays may end: of the last 730, none in the month of the scan (the medical-insurance
    push covers complete months) and none where 'twelve months' by day and by month would differ."""
    first = first_of_month(clock.last_month - 11)
    edges = sorted((first, clock.back(12)))
    days = np.arange(clock.today - 730, first_of_month(clock.month))
    return days[(days < edges[0]) | (days > edges[1])]


def safe_day(clock: Clock, back: int) -> date:
    """A discharge day about so many days ago that both readings of 'twelve months' include."""
    last = min(clock.today - back, first_of_month(clock.month) - 1)
    earliest = max(first_of_month(clock.last_month - 11), clock.back(12)) + 1
    return date(1970, 1, 1) + timedelta(days=max(last, earliest))


def fall_ill(world: World, frail_income: np.ndarray) -> Health:
    """Chronic disease and hospital stays of the bulk. `frail_income`: people whose households should not have
    bills, because the share of spending in income would depend on which incomes are counted."""
    rng, age = world.rng, world.age
    sick = (
        world.bulk
        & ~frail_income
        & (rng.random(world.people) < np.where(age < 40, 0.012, np.where(age < 60, 0.10, 0.24)))
    )
    disease = np.where(sick, rng.integers(0, len(CHRONIC), world.people), -1)
    rate = np.where(age < 18, 0.07, np.where(age < 60, 0.14, 0.38)) * np.where(sick, 2.2, 1.0)
    times = rng.poisson(rate * world.bulk * ~frail_income)
    person = np.repeat(np.arange(world.people), times)
    discharge = rng.choice(quiet_days(world.clock), len(person))
    while_alive = (discharge <= np.where(world.alive[person], discharge, world.crowd.died[person])) & (
        discharge > world.crowd.birth[person] + 3
    )
    person, discharge = person[while_alive], discharge[while_alive]
    return Health(disease, _bills(world, disease, person, discharge))


def _bills(world: World, disease: np.ndarray, person: np.ndarray, discharge: np.ndarray) -> Stays:
    rng, count = world.rng, len(person)
    chronic = (disease[person] >= 0) & (rng.random(count) < 0.7)
    choices = (*ACUTE, *CHRONIC)
    picked = np.where(chronic, len(ACUTE) + disease[person], rng.integers(0, len(ACUTE), count))
    total = (np.exp(rng.normal(8.75, 0.85, count) + 0.35 * chronic) * 100).astype(np.int64)
    in_policy = total * rng.integers(82, 97, count) // 100
    basic = in_policy * rng.integers(58, 76, count) // 100
    serious = np.maximum(in_policy - basic - 1_400_000, 0) * 6 // 10
    length = 2 + rng.poisson(7, count)
    return Stays(
        person, discharge, discharge - length, words(picked, choices), total, in_policy, basic, serious
    )


def settle_stays(world: World, health: Health, deductible: np.ndarray, aided: np.ndarray) -> None:
    """Apply medical aid above each person's line (fen; -1 for people aid is not for) and write DI29."""
    stays, rng = health.stays, world.rng
    rest = stays.in_policy - stays.basic - stays.serious
    line = deductible[stays.person]
    above = np.maximum(rest - line, 0) * (line >= 0)
    forgotten = (rng.random(len(rest)) < 0.02) & (stays.discharge > world.clock.today - 300)
    aid = np.where(forgotten, 0, above * np.where(aided[stays.person], 100, 70) // 100)
    aid = np.where((above > 0) & ~forgotten, np.maximum(aid, 1), aid)
    count = len(rest)
    world.ledgers.add(
        "DI29",
        id_no=stays.person,
        visit_no=numbered("ZY", np.arange(count), 9),
        hospital=words(rng.integers(0, len(HOSPITALS), count), HOSPITALS),
        hosp_designated=1,
        admit=stays.admit,
        discharge=stays.discharge,
        diag_code=stays.diagnosis,
        total=stays.total,
        in_policy=stays.in_policy,
        basic_pay=stays.basic,
        serious_pay=stays.serious,
        aid_pay=aid,
        supp_pay=0,
        self_pay=stays.total - stays.basic - stays.serious - aid,
    )


def recognise_chronic(world: World, health: Health, on_register: np.ndarray) -> None:
    """DI30 for most chronic patients whose disease is listed; DI32 for the gravest."""
    rng = world.rng
    listed = (health.disease >= 0) & np.array((*_LISTED, False))[health.disease]
    rows = np.flatnonzero(listed & (rng.random(world.people) < np.where(on_register, 0.96, 0.75)))
    clock = world.clock
    months = np.arange((clock.year - 1) * 12, clock.last_month + 1)
    position, person, month = world.spread(rows, months)
    total = rng.integers(120, 900, len(rows))[position] * 100
    fund = total * rng.integers(55, 80, len(rows))[position] // 100
    recognised = clock.today - rng.integers(800, 3000, len(rows))
    world.ledgers.add(
        "DI30",
        id_no=person,
        disease_code=words(health.disease[person], CHRONIC),
        recog_date=recognised[position],
        month=month,
        total=total,
        fund_pay=fund,
        self_pay=total - fund,
        status="有效",
    )
    grave = np.flatnonzero(np.isin(health.disease, (3, 4, 9)) & (rng.random(world.people) < 0.8))
    register_grave(
        world, grave, words(health.disease[grave], CHRONIC), np.where(health.disease[grave] == 4, 1, 0)
    )
    mad = np.flatnonzero((health.disease == 6) & (rng.random(world.people) < 0.5))
    register_grave(world, mad, words(np.zeros(len(mad), np.int64), ("F20.0",)), np.full(len(mad), 3))


def register_grave(world: World, rows: np.ndarray, disease: pa.Array, kind: np.ndarray) -> None:
    world.ledgers.add(
        "DI32",
        id_no=rows,
        disease_code=disease,
        disease_class=kind,
        diag_date=world.clock.today - world.rng.integers(220, 2500, len(rows)),
        status=np.where(world.rng.random(len(rows)) < 0.95, 0, 1),
    )


def total_up(world: World) -> None:
    """DI31 of this year and last: exactly what DI29 and DI30 add up to."""
    ledgers = world.ledgers
    person, discharge = ledgers.columns("DI29", "id_no", "discharge")
    in_policy, basic, serious, aid, own = ledgers.columns(
        "DI29", "in_policy", "basic_pay", "serious_pay", "aid_pay", "self_pay"
    )
    visitor, month, paid = ledgers.columns("DI30", "id_no", "month", "self_pay")
    for year in (world.clock.year - 1, world.clock.year):
        first = (year == month_of_days(discharge) // 12) if len(discharge) else np.zeros(0, bool)
        second = month // 12 == year
        own_total = _sum(world, person[first], own[first]) + _sum(world, visitor[second], paid[second])
        aid_total = _sum(world, person[first], aid[first])
        own_policy = _sum(world, person[first], (in_policy - basic - serious - aid)[first])
        own_policy += _sum(world, visitor[second], paid[second])
        rows = np.flatnonzero((own_total > 0) | (aid_total > 0))
        updated = min(day(date(year, 12, 31)), first_of_month(world.clock.month) + 1, world.clock.today)
        ledgers.add(
            "DI31",
            id_no=rows,
            year=year,
            aid_paid=aid_total[rows],
            oop_total=own_total[rows],
            oop_in_policy=own_policy[rows],
            updated=updated,
        )


def _sum(world: World, person: np.ndarray, amount: np.ndarray) -> np.ndarray:
    found = np.zeros(world.people, dtype=np.int64)
    np.add.at(found, person, amount)
    return found


def insure(world: World, on_register: np.ndarray, employed: np.ndarray) -> None:
    """DI28 of this year and last for everybody; a planted person's own wish is kept."""
    rng = world.rng
    rows = np.flatnonzero(
        world.here & world.alive & (world.crowd.birth < day(date(world.clock.year, 1, 1)) + 330)
    )
    wants = np.ones(world.people, dtype=bool)
    wants[[p.index for p in world.cast.people if not p.insured]] = False
    lapse = (rng.random(world.people) < np.where(on_register, 0.004, 0.035)) & ~world.crowd.planted
    for year in (world.clock.year - 1, world.clock.year):
        paid = (wants & ~lapse)[rows]
        world.ledgers.add(
            "DI28",
            id_no=rows,
            insure_kind=np.where(employed[rows], 0, 1),
            year=year,
            paid=paid.astype(np.int64),
            subsidy_kind=np.where(on_register[rows], 2, 0),
            subsidy_amount=np.where(on_register[rows], 20_000, 0),
            status=np.where(paid, 0, 1),
        )
