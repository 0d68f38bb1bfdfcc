"""The register of low-income people: whom the county has admitted, and SA-ARCH (在册档案)."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from wenhou.sandbox.catalogue import code
from wenhou.sandbox.crowd import RELATIONS
from wenhou.sandbox.days import first_of_month, month_of_days
from wenhou.sandbox.lives.reckoned import Reckoned
from wenhou.sandbox.people import SHAPE
from wenhou.sandbox.tables import NONE, numbered, register_house, words
from wenhou.sandbox.world import World

CATEGORIES = ("DB", "TK", "BY", "GX", "JC", "QT", "申请中", "未获批")
DB, TK, BY, GX, JC, QT, APPLYING, REFUSED = range(8)
EXITED = 8  # DB households that have left
_SHARES = {
    DB: 0.026,
    BY: 0.008,
    GX: 0.003,
    JC: 0.004,
    QT: 0.001,
    APPLYING: 0.001,
    REFUSED: 0.001,
    EXITED: 0.002,
}


WELL_OFF = 1.6
"""Of the line: what refused households and most that left have for certain, a head."""


@dataclass(frozen=True)
class Admitted:
    """Drawn register households: per person the register row (-1 none), per register household its fields."""

    register: np.ndarray
    category: np.ndarray
    house: np.ndarray
    confirmed: np.ndarray
    reviewed: np.ndarray
    pci: np.ndarray

    def of_people(self, *wanted: int) -> np.ndarray:
        """Which people are on the register in one of the categories."""
        category = np.r_[self.category, -1][self.register]
        return np.isin(category, wanted)


def admit(
    world: World, epci: np.ndarray, illness: np.ndarray, level: np.ndarray, reckoned: Reckoned
) -> Admitted:
    """Choose register households by visible income a head, illness and disability (all per person but `epci`,
    per household). Nobody is taken whose place would turn on how income is reckoned."""
    crowd, rng = world.crowd, world.rng
    line = np.where(crowd.rural, world.standards.line(True), world.standards.line(False))
    ratio = epci / line
    weight = np.bincount(crowd.house, weights=(level > 0) * (3 - level * 0.5), minlength=crowd.houses)
    weight += np.bincount(crowd.house, weights=(illness > 1_500_000) * 1.0, minlength=crowd.houses)
    drawn = np.bincount(crowd.house, weights=crowd.planted, minlength=crowd.houses) == 0
    alive = np.bincount(crowd.house, weights=world.alive & world.bulk, minlength=crowd.houses)
    incomer = np.array([not c.startswith(world.places.county) for c in world.places.codes])[crowd.place]
    free = drawn & (alive > 0) & world.house_here & ~incomer & ~_open_support(world, level)
    score = ratio - 0.5 * weight + rng.random(crowd.houses) * 0.8
    category = np.full(crowd.houses, -1)
    _take_tekun(world, free, ratio, category)
    total = alive.sum()
    limits = {DB: 1.0, BY: 1.5, GX: 3.0, JC: 2.0, QT: 3.0, APPLYING: 2.0, REFUSED: 4.0, EXITED: 4.0}
    for kind, share in _SHARES.items():
        fits = free & (category < 0) & (ratio < limits[kind]) & _clear(reckoned, line, kind)
        if kind == JC:
            fits &= crowd.rural
        if kind == REFUSED:
            fits &= weight == 0
        order = np.flatnonzero(fits)
        order = order[np.argsort(score[order], kind="stable")]
        reached = np.cumsum(alive[order]) <= share * total
        category[order[reached]] = kind
    return _admitted(world, category, epci, reckoned, level)


def _clear(reckoned: Reckoned, line: np.ndarray, kind: int) -> np.ndarray:
    """Below the line for Dibao, above it for those near it, and where work was lost above it too, by any reading."""
    above = reckoned.least >= line * 1.1
    if kind == DB:
        return reckoned.most < line * 0.97
    if kind == BY:
        return above
    if kind in (REFUSED, EXITED):
        return reckoned.least >= line * WELL_OFF
    return above | ~reckoned.idle if kind in (GX, JC) else np.ones(len(line), dtype=bool)


def _open_support(world: World, level: np.ndarray) -> np.ndarray:
    """Households of elders all of whose grown children may lack capacity by §8 (disabled, seventy, in custody): that
    turns on assets nobody may look at, so no drawn elder on the register depends on it."""
    crowd, age = world.crowd, world.age
    held = np.zeros(world.people, dtype=bool)
    for contract in ("DI08", "DI09"):
        held[world.ledgers.column(contract, "id_no")] = True
    grown = world.alive & (age >= 18)
    sure = grown & ~np.isin(level, (1, 2, 3)) & (age < 70) & ~held
    children = np.zeros((2, world.people), dtype=np.int64)
    for parent in (crowd.father, crowd.mother):
        for row, mask in enumerate((grown, sure)):
            np.add.at(children[row], parent[(parent >= 0) & mask], 1)
    open_elder = (age >= 60) & (children[0] > 0) & (children[1] == 0)
    return np.bincount(crowd.house, weights=open_elder, minlength=crowd.houses) > 0


def _take_tekun(world: World, free: np.ndarray, ratio: np.ndarray, category: np.ndarray) -> None:
    """Elders alone without children, about 0.25 % of people."""
    crowd = world.crowd
    parents = np.zeros(world.people, dtype=bool)
    for column in (crowd.father, crowd.mother):
        parents[column[column >= 0]] = True
    lonely = (
        world.bulk
        & world.alive
        & (crowd.shape[crowd.house] == SHAPE["alone_old"])
        & ~parents
        & (crowd.spouse < 0)
    )
    houses = crowd.house[lonely & free[crowd.house] & (ratio[crowd.house] < 1)]
    category[houses[: max(1, int(world.bulk.sum() * 0.0025))]] = TK


def _admitted(
    world: World, category: np.ndarray, epci: np.ndarray, reckoned: Reckoned, level: np.ndarray
) -> Admitted:
    crowd, rng = world.crowd, world.rng
    houses = np.flatnonzero(category >= 0)
    row_of_house = np.full(crowd.houses, -1)
    row_of_house[houses] = np.arange(len(houses))
    register = np.where(world.bulk, row_of_house[crowd.house], -1)
    _leave_out_grandparents(world, register)
    today = world.clock.today
    confirmed = today - rng.integers(90, 2400, len(houses))
    reviewed = np.maximum(confirmed, today - rng.integers(20, 330, len(houses)))
    # Where an employer pays the bureau looks often: that somebody works there is no news to it.
    reviewed = np.where(reckoned.employed[houses], today - 20 - houses % 10, reviewed)
    # For a year only, and again on application.
    confirmed = np.where(category[houses] == GX, today - 90 - houses % 210, confirmed)
    reviewed = np.where(category[houses] == GX, confirmed, reviewed)
    reviewed = _in_time(world, houses, confirmed, reviewed, level)
    return Admitted(register, category[houses], houses, confirmed, reviewed, epci[houses])


def _in_time(
    world: World, houses: np.ndarray, confirmed: np.ndarray, reviewed: np.ndarray, level: np.ndarray
) -> np.ndarray:
    """Last reviews: of those able to work within half a year, of a few nearly fourteen months ago."""
    today, able = world.clock.today, _able(world, level)
    houses_able = np.bincount(world.crowd.house, weights=able, minlength=world.crowd.houses)[houses] > 0
    soon = np.where(houses_able, np.maximum(reviewed, today - 20 - houses % 130), reviewed)
    late = (houses % 211 == 5) & (confirmed < today - 450)
    return np.where(late, today - 410, soon)


def _able(world: World, level: np.ndarray) -> np.ndarray:
    return (world.age >= 18) & (world.age < 60) & (level == 0)


def _leave_out_grandparents(world: World, register: np.ndarray) -> None:
    """A tenth of the households with a single grandparent were admitted without the grandparent."""
    crowd = world.crowd
    shape = crowd.shape[crowd.house]
    outside = (shape == SHAPE["three_generations"]) & (crowd.slot == 3) & (crowd.house % 10 == 0)
    register[outside] = -1


def record(world: World, admitted: Admitted, level: np.ndarray, kept_dead: np.ndarray) -> None:
    """SA-ARCH rows of the drawn households; the dead of the last two months are still on it (`kept_dead`).

    What they declared `lives.declared` writes in.
    """
    rows = np.flatnonzero(admitted.register >= 0)
    recent = world.crowd.died[rows] > world.clock.today - 400
    rows = rows[world.alive[rows] | kept_dead[rows] | recent]
    reg = admitted.register[rows]
    kind = admitted.category[reg]
    gone = ~world.alive[rows] & ~kept_dead[rows]
    workable = _able(world, level)[rows]
    world.ledgers.add(
        "SA-ARCH",
        as_of=world.clock.today,
        household_no=register_house(reg + len(world.cast.registers)),
        id_no=rows,
        authorised=(reg % 10 < 9).astype(np.int64),
        work_able=workable.astype(np.int64),
        category=np.where(kind == EXITED, DB, kind),
        single_person=0,
        dibao_class=np.where(kind == DB, np.where(workable, 2, world.rng.integers(0, 2, len(rows))), -1),
        kin_of_staff=0,
        refusals_of_work=0,
        **_standing(world, admitted, rows, gone),
        **_means(world, admitted, rows),
        **_care(world, admitted, rows),
        **_whereabouts(world, rows, reg),
    )


def _standing(world: World, admitted: Admitted, rows: np.ndarray, gone: np.ndarray) -> dict[str, Any]:
    """Dates of application, confirmation, review and exit."""
    today, reg = world.clock.today, admitted.register[rows]
    kind, confirmed = admitted.category[reg], admitted.confirmed[reg]
    pending = np.isin(kind, (APPLYING, REFUSED))
    exited = np.where(kind == EXITED, np.maximum(today - 300, confirmed + 30), NONE)
    died = np.where(gone, world.crowd.died[rows], 0)
    return {
        "applied_on": np.select(
            [kind == APPLYING, kind == REFUSED], [today - 12, today - 180], confirmed - 25
        ),
        "is_covered": (~pending).astype(np.int64),
        "confirmed_on": np.where(pending, NONE, confirmed),
        "valid_until": np.where(kind == GX, confirmed + 365, NONE),
        "last_review_on": np.where(pending, NONE, admitted.reviewed[reg]),
        "next_review_on": np.where(pending, NONE, admitted.reviewed[reg] + 365),
        "exit_on": np.where(gone, died + 30, exited),
        "exit_reason": words(np.where(gone, 0, np.where(kind == EXITED, 1, -1)), ("死亡", "收入超过标准")),
        "refused_on": np.where(kind == REFUSED, today - 150, NONE),
        "refused_reason": words(np.where(kind == REFUSED, 0, -1), ("收入超过标准",)),
        "status": np.where(pending, -1, np.where(gone | (kind == EXITED), 2, 0)),
    }


def _means(world: World, admitted: Admitted, rows: np.ndarray) -> dict[str, Any]:
    reg = admitted.register[rows]
    return {
        "pci_determined": np.where(admitted.category[reg] == APPLYING, NONE, admitted.pci[reg]),
        "income_items": "{}",
        "assets_determined": "{}",
        "supporters": "[]",
    }


def _care(world: World, admitted: Admitted, rows: np.ndarray) -> dict[str, Any]:
    reg = admitted.register[rows]
    kind = admitted.category[reg]
    care = _self_care(world, rows, kind)
    return {
        "self_care": care,
        "self_care_on": np.where(care >= 0, admitted.reviewed[reg], NONE),
        "care_mode": np.where(kind == TK, 1, -1),
        "care_colour": np.where(kind == TK, world.rng.integers(1, 3, len(rows)), -1),
        "family_colour": np.where(kind == DB, 2, -1),
    }


def _whereabouts(world: World, rows: np.ndarray, reg: np.ndarray) -> dict[str, Any]:
    crowd = world.crowd
    first = np.r_[True, reg[1:] != reg[:-1]]
    return {
        "relation_to_head": words(np.where(first, 0, np.maximum(crowd.relation[rows], 1)), RELATIONS),
        "division_code": crowd.place[crowd.house[rows]],
        "resides_division": crowd.lives[crowd.house[rows]],
        "urban_rural": world.rural[rows].astype(np.int64),
    }


def _self_care(world: World, rows: np.ndarray, kind: np.ndarray) -> np.ndarray:
    """Graded for 特困; elders of other categories only where they depend on others wholly."""
    draw = world.rng.random(len(rows))
    tekun = np.where(draw < 0.6, 0, np.where(draw < 0.85, 1, 2))
    frail = (world.age[rows] >= 80) & (draw < 0.05)
    return np.where(kind == TK, tekun, np.where(frail, 2, -1))


def record_planted(world: World) -> None:
    """SA-ARCH rows of the planted registers."""
    rows = [
        _planted_row(world, register, person)
        for register in world.cast.registers
        for person in register.members
    ]
    world.ledgers.add_rows("SA-ARCH", rows)


def _planted_row(world: World, register: Any, person: Any) -> dict[str, Any]:
    clock, house = world.clock, register.house
    pending = register.category in ("申请中", "未获批")
    # 刚性支出困难 holds for a year.
    confirmed = clock.date_back(8 if register.category == "GX" else 20)
    base = {
        "as_of": clock.as_of,
        "household_no": register_house(register.index),
        "id_no": person,
        "applied_on": clock.date_back(6 if pending else 21),
        "authorised": True,
        "work_able": 18 <= clock.age(person.born) < 60,
        "category": register.category,
        "is_covered": not pending,
        "relation_to_head": RELATIONS[0 if person is register.members[0] else max(person.relation, 1)],
        "dibao_class": "B" if register.category == "DB" else None,
        "single_person": False,
        "confirmed_on": None if pending else confirmed,
        "valid_until": clock.date_back(-4) if register.category == "GX" else None,
        "last_review_on": None if pending else clock.date_back(5),
        "next_review_on": None if pending else clock.date_back(-7),
        "pci_determined": None if pending else 20_000,
        "income_items": "{}",
        "assets_determined": "{}",
        "supporters": "[]",
        "care_mode": "分散" if register.category == "TK" else None,
        "self_care": "自理" if register.category == "TK" else None,
        "self_care_on": clock.date_back(5) if register.category == "TK" else None,
        "division_code": house.place,
        "resides_division": house.lives,
        "urban_rural": "农村" if register.rural else "城市",
        "kin_of_staff": False,
        "refusals_of_work": 0,
        "status": None if pending else "在保",
    }
    shared = {k: v for k, v in register.extra.items() if not isinstance(v, dict)}
    own = {k: v[person] for k, v in register.extra.items() if isinstance(v, dict) and person in v}
    return base | shared | own


def current(world: World, *categories: str) -> np.ndarray:
    """Which people stand on the register (在保 or 暂停) in one of the categories."""
    found = np.zeros(world.people, dtype=bool)
    held = world.ledgers.word("SA-ARCH", "status", "在保", "暂停")
    held &= world.ledgers.word("SA-ARCH", "category", *categories)
    found[world.ledgers.column("SA-ARCH", "id_no")[held]] = True
    return found


def pay(world: World) -> None:
    """SA-PAY of sixteen months for everybody covered by 低保 or 特困; the dead are paid to the month of death."""
    rng, (person, house, confirmed, pci, category, rural) = world.rng, _paid(world)
    line = np.array(world.standards.lines())[rural]
    tekun = category == code("SA-ARCH", "category", "TK")
    amount = np.where(tekun, -(-line * 13 // 1000) * 100, -(-np.maximum(line - pci, 3000) // 100) * 100)
    months = world.months(16)
    position = np.repeat(np.arange(len(person)), len(months))
    month = np.tile(months, len(person))
    extra = np.zeros(world.people, dtype=np.int64)
    for planted in world.cast.people:
        extra[planted.index] = planted.paid_months_after_death
    until = world.last_alive_month[person] + extra[person]
    since = month_of_days(confirmed)
    due = (month > since[position]) & (month <= until[position])
    position, month = position[due], month[due]
    failed = (rng.random(len(position)) < 0.002) & world.bulk[person[position]]
    sent = (month * 0) + np.array([first_of_month(int(m)) + 9 for m in months])[month - months[0]]
    payments = {
        "household_no": house[position],
        "id_no": person[position],
        "item": tekun[position].astype(np.int64),
        "month": month,
        "amount": amount[position],
    }
    every = np.arange(len(position))
    status = np.where(failed, code("SA-PAY", "pay_status", "失败"), code("SA-PAY", "pay_status", "成功"))
    reason = words(np.where(failed, 0, -1), ("账户状态异常",))
    _send(world, "FF", every, payments, sent, days=2, pay_status=status, reason=reason)
    again = np.flatnonzero(failed & (rng.random(len(failed)) < 0.97))
    _send(world, "FB", again, payments, sent + 3, days=2, pay_status="成功")


def _paid(world: World) -> tuple[np.ndarray, ...]:
    """Person, household, day of confirmation, PCI, category and kind of place of everybody our county pays."""
    ledgers = world.ledgers
    held = ledgers.word("SA-ARCH", "status", "在保") & ledgers.word("SA-ARCH", "category", "DB", "TK")
    held &= ledgers.column("SA-ARCH", "is_covered") == 1
    person = ledgers.column("SA-ARCH", "id_no")
    held &= world.here[person] & ~_without_benefit(world)[person] & _of_our_county(world)
    names = ("id_no", "household_no", "confirmed_on", "pci_determined", "category", "urban_rural")
    return tuple(c[held] for c in ledgers.columns("SA-ARCH", *names))


def _send(
    world: World,
    series: str,
    rows: np.ndarray,
    payments: dict[str, np.ndarray],
    sent: np.ndarray,
    *,
    days: int,
    **told: Any,
) -> None:
    """SA-PAY rows of the chosen payments, answered so many days after they were sent."""
    chosen = {name: values[rows] for name, values in payments.items()}
    world.ledgers.add(
        "SA-PAY",
        payment_no=numbered(series, rows, 9),
        fund="JZZJ01",
        account_masked="6217****0000",
        sent_on=sent[rows],
        status_on=sent[rows] + days,
        **chosen | {"item": words(chosen["item"], ("YL01", "YL02"))},
        **told,
    )


def _without_benefit(world: World) -> np.ndarray:
    """Planted people whom no monthly benefit reaches."""
    found = np.zeros(world.people, dtype=bool)
    found[[p.index for p in world.cast.people if "YL01" in p.unpaid]] = True
    return found


def _of_our_county(world: World) -> np.ndarray:
    """Rows of SA-ARCH kept by our county."""
    own = np.array([code.startswith(world.places.county) for code in world.places.codes])
    return own[world.ledgers.column("SA-ARCH", "division_code")]


def heads(world: World) -> dict[int, int]:
    """First member row of each household number on the register."""
    houses, people = world.ledgers.columns("SA-ARCH", "household_no", "id_no")
    found: dict[int, int] = {}
    for house, person in zip(houses.tolist(), people.tolist(), strict=True):
        found.setdefault(house, person)
    return found
