"""Wages, contributions, pensions, unemployment, business and farming (DI10–16, DI22–27, DI38, DI40)."""

from dataclasses import dataclass

import numpy as np

from wenhou.sandbox.days import first_of_month
from wenhou.sandbox.employers import codes
from wenhou.sandbox.tables import NONE, Ledgers, numbered, words
from wenhou.sandbox.world import World

MONTHS = 16
STOPPED = 0.004
"""Share of casual workers who have found nothing for a quarter."""
DIVIDENDS = 0.95
"""Share of households of old resident pensioners to whom the village pays dividends."""
EMPLOYEE, FLEXIBLE, TRADER, FARMER, PENSIONER, RESIDENT_PENSIONER, JOBLESS, NOTHING = range(8)


@dataclass(frozen=True)
class Work:
    """What each person does: one of the kinds above, and the monthly pay in fen."""

    kind: np.ndarray
    pay: np.ndarray


def settle(world: World, level: np.ndarray) -> Work:
    """Give every drawn adult a way of living and write what departments see of it."""
    work = Work(_kinds(world), _pay(world))
    severe = (level == 1) | (level == 2)
    # The gravely disabled do not work on their own account: whether such work is work is thus never open.
    work.kind[severe & np.isin(work.kind, (FLEXIBLE, TRADER))] = NOTHING
    work.kind[severe & (work.kind == EMPLOYEE) & (world.rng.random(world.people) < 0.8)] = NOTHING
    _employees(world, work)
    _casual(world, work)
    _traders(world, work)
    _farmers(world, work)
    _pensioners(world, work)
    _jobless(world, work)
    _occupational(world)
    return work


def _kinds(world: World) -> np.ndarray:
    rng, age, sex = world.rng, world.age, world.crowd.sex
    draw = rng.random(world.people)
    kind = np.full(world.people, NOTHING)
    retired = age >= np.where(sex == 1, 60, 55)
    working = world.bulk & (age >= 19) & ~retired
    rural = world.rural
    bounds = np.where(rural[:, None], (0.24, 0.42, 0.46, 0.86, 0.88), (0.52, 0.72, 0.80, 0.80, 0.86))
    for limit, name in zip(range(4, -1, -1), (JOBLESS, FARMER, TRADER, FLEXIBLE, EMPLOYEE), strict=True):
        kind[working & (draw < bounds[:, limit])] = name
    old = world.bulk & retired
    employee_pension = np.where(rural, 0.14, 0.72)
    kind[old & (draw < employee_pension)] = PENSIONER
    kind[old & (draw >= employee_pension) & (age >= 60)] = RESIDENT_PENSIONER
    return kind


def _pay(world: World) -> np.ndarray:
    factor = np.exp(world.rng.normal(0, 0.42, world.people))
    yuan = np.where(world.rural, 3300, 4700) * factor
    return (np.clip(yuan, 1950, 45000).astype(np.int64) // 10) * 1000


def tax_of(income: np.ndarray) -> np.ndarray:
    """A rough withholding in fen: 3 % above 5,000 yuan a month."""
    return np.maximum(income - 500_000, 0) * 3 // 100


def _employees(world: World, work: Work) -> None:
    rng, ledgers, division = world.rng, world.ledgers, world.places.county
    rows = np.flatnonzero(work.kind == EMPLOYEE)
    months = world.months(MONTHS)
    started = np.where(rng.random(len(rows)) < 0.05, months[rng.integers(2, 14, len(rows))], 0)
    stopped = np.where(rng.random(len(rows)) < 0.03, months[rng.integers(3, 15, len(rows))], 10**6)
    serial = rng.integers(1, 40 + world.people // 120, len(rows))
    position, person, month = world.spread(rows, months)
    held = (month >= started[position]) & (month <= stopped[position])
    position, person, month = position[held], person[held], month[held]
    pay = work.pay[person]
    firm = codes(serial[position], division)
    ledgers.add(
        "DI26",
        id_no=person,
        withholder_uscc=firm,
        period=month,
        income_item="工资薪金",
        income=pay,
        tax=tax_of(pay),
    )
    public = serial % 9 == 0
    kind = np.where(public[position], 1, 0)
    ledgers.add(
        "DI10",
        id_no=person,
        insure_kind=kind,
        employer_uscc=firm,
        identity="单位职工",
        month=month,
        pay_base=pay,
        paid=1,
    )
    _housing_fund(world, work, rows, serial, (position, person, month))
    _employment(world, rows, serial, started, stopped, work)


def _housing_fund(world: World, work: Work, rows: np.ndarray, serial: np.ndarray, spread: tuple) -> None:
    position, person, month = spread
    joins = (serial % 5 < 3)[position]
    position, person, month = position[joins], person[joins], month[joins]
    amount = work.pay[person] * 24 // 100
    since = month - (world.clock.last_month - MONTHS)
    start = world.rng.integers(10, 400, len(rows))[position] * 10_000
    world.ledgers.add(
        "DI22",
        id_no=person,
        employer_uscc=codes(serial[position], world.places.county),
        month=month,
        base=work.pay[person],
        amount=amount,
        balance=start + since * amount,
        status="正常",
    )
    drawn = world.choose(serial % 5 < 3, 0.03)
    world.ledgers.add(
        "DI23",
        id_no=rows[drawn],
        event=world.rng.integers(0, 6, len(drawn)),
        event_date=world.clock.today - world.rng.integers(40, 800, len(drawn)),
        amount=world.rng.integers(5, 300, len(drawn)) * 100_000,
    )


def _employment(
    world: World, rows: np.ndarray, serial: np.ndarray, started: np.ndarray, stopped: np.ndarray, work: Work
) -> None:
    first = np.array([first_of_month(m) for m in world.months(MONTHS + 1)])
    origin = world.clock.last_month - MONTHS
    earlier = world.clock.today - world.rng.integers(600, 4000, len(rows))
    start = np.where(started > 0, first[np.clip(started - origin, 0, MONTHS)], earlier)
    gone = stopped < 10**6
    end = np.where(gone, first[np.clip(stopped - origin, 0, MONTHS)] + 27, NONE)
    world.ledgers.add(
        "DI14",
        id_no=rows,
        employer_uscc=codes(serial, world.places.county),
        job_kind="单位就业",
        start=start,
        end=end,
        wage=work.pay[rows],
        status=np.where(gone, 1, 0),
    )


def _casual(world: World, work: Work) -> None:
    rng, ledgers = world.rng, world.ledgers
    rows = np.flatnonzero((work.kind == FLEXIBLE) & world.alive)
    insured = rows[rng.random(len(rows)) < 0.5]
    _, person, month = world.spread(insured, world.months(MONTHS))
    ledgers.add(
        "DI10",
        id_no=person,
        insure_kind="职工养老",
        identity="灵活就业",
        month=month,
        pay_base=438_000,
        paid=1,
    )
    ledgers.add("DI14", id_no=rows, job_kind="灵活就业", start=world.clock.today - 700, status="在岗")
    seen = np.r_[
        rows[rng.random(len(rows)) < 0.85],
        np.flatnonzero((work.kind == FARMER) & (rng.random(world.people) < 0.55)),
    ]
    pay_casual_work(world, np.sort(seen), work.pay * 6 // 10)


def pay_casual_work(world: World, rows: np.ndarray, monthly: np.ndarray) -> None:
    """劳务报酬 in two months of three, so that a quarter is like the year; a few found none of late."""
    _, person, month = world.spread(rows, world.months(MONTHS))
    idle_since = np.full(world.people, world.clock.month)
    stopped = rows[world.choose(rows >= 0, STOPPED)]
    idle_since[stopped] = world.clock.last_month - world.rng.integers(2, 5, len(stopped))
    worked = ((month + person) % 3 != 0) & (month < idle_since[person])
    person, month = person[worked], month[worked]
    firm = codes(person % 37 + 5000, world.places.county)
    world.ledgers.add(
        "DI26",
        id_no=person,
        withholder_uscc=firm,
        period=month,
        income_item="劳务报酬",
        income=monthly[person],
        tax=0,
    )


def _traders(world: World, work: Work) -> None:
    rng, ledgers, county = world.rng, world.ledgers, world.places.county
    rows = np.flatnonzero((work.kind == TRADER) & world.alive)
    count = len(rows)
    serial = 100_000 + np.arange(count)
    firm = codes(serial, county)
    name = numbered("沙箱", serial, 7)
    ledgers.add(
        "DI24",
        id_no=rows,
        uscc=firm,
        ent_name=name,
        ent_kind=np.where(rng.random(count) < 0.15, 0, 1),
        reg_capital=rng.integers(1, 50, count) * 1_000_000,
        est_date=world.clock.today - rng.integers(500, 5000, count),
        status=np.where(rng.random(count) < 0.96, 0, 3),
    )
    ledgers.add(
        "DI25",
        id_no=rows,
        uscc=firm,
        role="股东",
        subscribed=rng.integers(1, 9, count) * 1_000_000,
        ratio=10_000,
        start=world.clock.today - 499,
    )
    position, person, month = world.spread(rows, world.months(MONTHS))
    sales = (rng.integers(30, 900, count)[position] * 10_000) * (rng.random(len(position)) < 0.9)
    ledgers.add(
        "DI27",
        uscc=codes(serial[position], county),
        id_no=person,
        period=month,
        sales=sales,
        invoice_amount=sales * 6 // 10,
        tax_paid=sales // 100,
        zero_declare=(sales == 0).astype(np.int64),
    )
    quarter = month % 3 == 0
    earned = np.maximum(work.pay[person[quarter]] * 2, 600_000)
    ledgers.add(
        "DI26",
        id_no=person[quarter],
        withholder_uscc=codes(serial[position[quarter]], county),
        period=month[quarter],
        income_item="经营所得",
        income=earned,
        tax=earned // 200,
    )


def _farmers(world: World, work: Work) -> None:
    rng = world.rng
    rows = np.flatnonzero(
        (
            (work.kind == FARMER)
            | ((work.kind == RESIDENT_PENSIONER) & (rng.random(world.people) < 0.4) & world.rural)
        )
        & world.alive
    )
    mu = rng.integers(200, 2500, len(rows))
    world.ledgers.add(
        "DI38",
        id_no=rows,
        subsidy_kind="耕地地力保护补贴",
        year=world.clock.year,
        amount=mu * 110,
        land_mu=mu,
    )
    machine = rows[world.choose(rows >= 0, 0.06)]
    world.ledgers.add(
        "DI39",
        id_no=machine,
        machine_kind=np.where(rng.random(len(machine)) < 0.15, 0, 2),
        price=rng.integers(20, 900, len(machine)) * 10_000,
        buy_date=world.clock.today - rng.integers(300, 3000, len(machine)),
        status="在册",
    )


def _pensioners(world: World, work: Work) -> None:
    rng = world.rng
    months = world.months(MONTHS)
    rows = np.flatnonzero(work.kind == PENSIONER)
    amount = rng.integers(2300, 5200, len(rows)) * 100 + rng.integers(0, 100, len(rows))
    started = world.clock.last_month - rng.integers(20, 200, len(rows))
    position, person, month = world.spread(rows, months)
    world.ledgers.add(
        "DI11",
        id_no=person,
        month=month,
        amount=amount[position],
        start_month=started[position],
        status="发放",
    )
    rows = np.flatnonzero(work.kind == RESIDENT_PENSIONER)
    personal = rng.integers(20, 160, len(rows)) * 100
    pay_resident_pension(world.ledgers, world.spread(rows, months), personal)
    _dividends(world, rows)
    _, person, _ = world.spread(
        np.flatnonzero(np.isin(work.kind, (FARMER, NOTHING, JOBLESS)) & (world.age >= 20) & world.bulk),
        months[-1:],
    )
    world.ledgers.add(
        "DI10",
        id_no=person,
        insure_kind="城乡居民养老",
        identity="居民",
        month=world.clock.last_month - 2,
        pay_base=20_000,
        paid=(rng.random(len(person)) < 0.86).astype(np.int64),
    )


def _dividends(world: World, rows: np.ndarray) -> None:
    """A little each quarter from the village's common property, to most households of the old."""
    shares = world.rng.random(world.crowd.houses) < DIVIDENDS
    # Whether a dead partner's pension still counts is thus never open.
    shares[world.crowd.house[~world.alive]] = True
    rows = rows[shares[world.crowd.house[rows]] & (world.age[rows] >= 70)]
    quarters = world.clock.last_month - np.arange(0, MONTHS, 3)[::-1]
    _, person, month = world.spread(rows, quarters)
    world.ledgers.add(
        "DI26",
        id_no=person,
        withholder_uscc=codes(person % 31 + 6000, world.places.county),
        period=month,
        income_item="利息股息红利",
        income=3_000 + person % 7 * 1_000,
        tax=0,
    )


CENTRAL_BASIC = 14_300
LOCAL_BASIC = 8_700


def pay_resident_pension(ledgers: Ledgers, spread: tuple, personal: np.ndarray) -> None:
    """DI12 rows: central and local basic pension and the personal part."""
    position, person, month = spread
    ledgers.add(
        "DI12",
        id_no=person,
        month=month,
        amount=CENTRAL_BASIC + LOCAL_BASIC + personal[position],
        central_basic=CENTRAL_BASIC,
        local_basic=LOCAL_BASIC,
        personal=personal[position],
        status="发放",
    )


def _jobless(world: World, work: Work) -> None:
    rng, ledgers = world.rng, world.ledgers
    rows = np.flatnonzero((work.kind == JOBLESS) & world.alive)
    count = len(rows)
    since = rng.integers(60, 500, count)
    ledgers.add(
        "DI15",
        id_no=rows,
        reg_date=world.clock.today - since,
        reason=words(rng.integers(0, 3, count), ("合同期满", "用人单位裁员", "未就业")),
        difficult_flag=(rng.random(count) < 0.2).astype(np.int64),
        offers=rng.integers(0, 5, count),
        refusals_in_row=rng.integers(0, 4, count) * (rng.random(count) < 0.3),
        status="登记",
    )
    paid = np.flatnonzero((rng.random(count) < 0.3) & (since > 120))
    last = world.clock.last_month
    end = last + rng.integers(-1, 10, len(paid))
    position, person, month = world.spread(rows[paid], world.months(6))
    due = month <= end[position]
    ledgers.add(
        "DI16",
        id_no=person[due],
        kind="失业保险金",
        month=month[due],
        amount=160_200,
        entitle_end=end[position[due]],
    )


def _occupational(world: World) -> None:
    """Injury, survivors' and veterans' regular payments (DI13, DI40): few, and their households seldom ill."""
    rng, months = world.rng, world.months(MONTHS)
    adult = world.bulk & world.alive & (world.age >= 45)
    rows = world.choose(adult, 0.003)
    kind = rng.integers(0, 4, len(rows))
    amount = rng.integers(400, 2200, len(rows)) * 100
    position, person, month = world.spread(rows, months)
    world.ledgers.add("DI13", id_no=person, kind=kind[position], month=month, amount=amount[position])
    rows = world.choose(world.bulk & world.alive & (world.age >= 60) & (world.crowd.sex == 1), 0.03)
    kind = rng.integers(0, 6, len(rows))
    amount = rng.integers(300, 1500, len(rows)) * 100
    position, person, month = world.spread(rows, months)
    world.ledgers.add(
        "DI40", id_no=person, kind=kind[position], month=month, amount=amount[position], status="发放"
    )
