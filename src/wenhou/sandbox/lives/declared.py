"""What households told the bureau when it last asked, kept in SA-ARCH: in step with what everybody lives on.

The format is that of docs/discussions/the-law.md. Most of it is silence, which is none where people were asked; what
departments know is theirs to tell. Nothing here is drawn: a life says what there is to declare.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from wenhou.engine.words import DEFAULT
from wenhou.policy import facts
from wenhou.sandbox.cast import Register
from wenhou.sandbox.crowd import HUSBAND, OTHER, WIFE
from wenhou.sandbox.lives import disability
from wenhou.sandbox.lives.earned import Earned, yuan
from wenhou.sandbox.lives.kept import LEFT, Kept
from wenhou.sandbox.tables import register_house
from wenhou.sandbox.world import World

__all__ = ["declare", "facts"]

ASKED = "已核对"
OF_PEOPLE, OF_HOMES, OF_KIN = (
    ["申报", "SA-VISIT"],
    ["申报", "评定", "SA-VISIT", "SA-CHK", "SA-CLUE"],
    ["申报", "评定"],
)
APPLYING, REFUSED = "申请中", "未获批"
NOBODYS = (HUSBAND, WIFE, OTHER)
"""Relations that count without a duty of support, or have none."""
MONTHS = 12
ESSENTIALS = 240_000
"""Fen a head and year that nobody can do without: water, power, heating, getting about."""
HEATING = 160_000
UNHEARD = 5
"""Of every so manieth drawn person the bureau has not heard what unemployment insurance and the farm office pay."""
SUPPORT = 10_000
"""Fen a month: the least that all children together have promised; by fifties of yuan up to 300."""
FOUND = {
    "BY": (120, 125, 130, 135),
    "GX": (160, 175, 190, 205),
    "JC": (110, 120, 130, 140),
    "QT": (160, 180, 200, 220),
    REFUSED: (130, 160, 190, 220),
    LEFT: (110, 120, 130, 140),
}
"""Income a head that the bureau found, in percent of the line: at least so much, of whom it put in no lower place."""
ACTS = ("can_eat", "can_dress", "can_get_up", "can_use_toilet", "can_walk_indoors", "can_bathe")
FAILS = {"自理": 0, "部分丧失": 2, "完全丧失": 5}
"""Acts of daily life, from the last on, that fail whoever was graded so."""

Told = dict[str, Any]


def declare(world: World) -> None:
    """Write income_items, assets_determined and supporters of every row of SA-ARCH."""
    teller = _Teller(world)
    rows = range(len(teller.kept.person))
    empty = {"income_items": "{}", "assets_determined": "{}", "supporters": "[]"}
    told: dict[str, list[str]] = {name: [] for name in empty}
    for row in rows:
        for name, text in (empty | teller.row(row)).items():
            told[name].append(text)
    for name, texts in told.items():
        world.ledgers.rewrite("SA-ARCH", name, texts)


@dataclass
class _Teller:
    world: World

    @cached_property
    def kept(self) -> Kept:
        return Kept(self.world)

    @cached_property
    def earned(self) -> Earned:
        return Earned(self.world)

    @cached_property
    def level(self) -> np.ndarray:
        return disability.levels(self.world)

    def row(self, row: int) -> dict[str, str]:
        """The columns that a row says something in; the dead have nothing to declare."""
        person = int(self.kept.person[row])
        if not self.world.alive[person] or row in self.kept.outdated:
            return {}
        found = {"income_items": _json(self._person(row, person))}
        if row in self.kept.speakers:
            members = self.kept.members(row)
            found["assets_determined"] = _json(self._home(row, members))
            found["supporters"] = _json(list(self._supporters(row, members)))
        return found

    def _person(self, row: int, person: int) -> Told:
        applying = self.kept.category[row] == APPLYING
        told: Told = {ASKED: ["申报"] if applying else OF_PEOPLE}
        told |= _labels(self.earned.told(person))
        told |= _labels({"has_support_duty": True} if self._owes(row, person) else {})
        told |= _labels(self._wants(row, person))
        if not applying:
            told |= _labels(self._graded(row, person))
        if self.kept.stands[row]:
            told |= self._counted(row, person)
        if row in self.kept.speakers:
            told |= _labels(self._found(row, person))
        return told

    def _owes(self, row: int, person: int) -> bool:
        """Who is neither applicant nor spouse and lives along: parents, children, grandchildren, siblings."""
        return row not in self.kept.speakers and int(self.world.crowd.relation[person]) not in NOBODYS

    def _wants(self, row: int, person: int) -> Told:
        told: Told = {}
        if person in self.kept.protected:
            told["chooses_child_protection"] = True
        if person in self.kept.cancers:
            told["has_eligible_cancer"] = True
        if self.kept.category[row] == "TK" and not self.world.rural[person]:
            told["heating_cost"] = yuan(HEATING)
        return told

    def _graded(self, row: int, person: int) -> Told:
        """The six acts of whoever's self-care was assessed; of the other old, that nothing is on record."""
        grade = self.kept.self_care[row]
        if grade is not None:
            return {act: len(ACTS) - number > FAILS[grade] for number, act in enumerate(ACTS)}
        return {"has_incapacity_record": False} if self.world.age[person] >= 60 else {}

    @cached_property
    def _planted(self) -> dict[int, Register]:
        return {register_house(register.index): register for register in self.world.cast.registers}

    def _counted(self, row: int, person: int) -> Told:
        """What departments paid when the bureau last looked: as now, but for what it did not hear of."""
        register = self._planted.get(int(self.kept.house[row]))
        items = {item: int(fen[person]) for item, fen in self.earned.by_item.items()}
        if register is None and person % UNHEARD == 0:
            items |= {"失业保险金": 0, "惠农补贴": 0}
        if register is not None:
            items |= {
                k: v for who, told in register.counted.items() if who.index == person for k, v in told.items()
            }
        return {item: yuan(fen) for item, fen in items.items() if fen > 0}

    def _found(self, row: int, person: int) -> Told:
        """Why their place was no lower: work that nobody withholds tax for, or money from relatives."""
        shares = FOUND.get(self.kept.place(row))
        register = self._planted.get(int(self.kept.house[row]))
        if shares is None or (register and register.quiet):
            return {}
        members = self.kept.members(row)
        line = self.world.standards.line(bool(self.world.rural[person]))
        wanted = line * shares[person % len(shares)] * len(members) * MONTHS // 100
        lacking = wanted - sum(int(self.earned.counted[member]) for member in members)
        if lacking <= 0:
            return {}
        if not 18 <= self.world.age[person] < 60:
            return {"other_transfers_12m": yuan(lacking)}
        paid = max(int(self.earned.wages[person]), int(self.earned.odd_jobs[person]))
        return {"wages_12m": yuan(paid - -lacking * 10 // 9)}

    def _home(self, row: int, members: list[int]) -> Told:
        told: Told = {ASKED: ["申报"] if self.kept.category[row] == APPLYING else OF_HOMES}
        told |= _labels({"essential_living_spending_12m": yuan(ESSENTIALS * len(members))})
        if any(person in self.kept.traders for person in members):
            told |= _labels({"hires_workers": False})
        register = self._planted.get(int(self.kept.house[row]))
        told |= _labels(register.assets if register else {})
        return told

    def _supporters(self, row: int, members: list[int]) -> Iterable[Told]:
        """Grown children elsewhere, and parents elsewhere of minors and the gravely disabled."""
        register = self._planted.get(int(self.kept.house[row]))
        if register is not None and register.supporters is not None:
            yield from (self._as_planted(told, members) for told in register.supporters)
            return
        here = self.kept.home[members[0]]
        owed: dict[tuple[int, str], list[int]] = {}
        for person in members:
            for child in self.kept.children(person):
                if self.kept.lives_apart(child, here) and self.world.age[child] >= 18:
                    owed.setdefault((child, "子女"), []).append(person)
            if self._depends(person):
                for parent in self.kept.parents(person):
                    if self.kept.lives_apart(parent, here):
                        owed.setdefault((parent, "父母"), []).append(person)
        for (who, kin), whom in owed.items():
            yield self._supporter(row, who, kin, whom, len(owed))

    def _depends(self, person: int) -> bool:
        return bool(self.world.age[person] < 18 or self.level[person] in (1, 2))

    def _supporter(self, row: int, who: int, kin: str, whom: list[int], among: int) -> Told:
        """Where the family has more than the line, what was agreed before the village, shared among all who owe."""
        family = self.kept.family(who)
        income = sum(int(self.earned.whole[person]) for person in family)
        told: Told = {"supporter_kinship": kin, "supporter_household_income_12m": yuan(income)}
        if kin == "父母":
            told["supported_people"] = min(10, max(1, sum(map(self._depends, self.kept.children(who)))))
        line = self.world.standards.line(bool(self.world.rural[whom[0]]))
        able = not self._exempt[who] and self.kept.category[row] not in (APPLYING, REFUSED)
        if able and income > line * MONTHS * len(family):
            agreed = (SUPPORT + who % 5 * 5_000) // among // 100 * 100
            told |= dict.fromkeys(("judged_support", "paid_support"), yuan(agreed))
            told["has_support_judgement"] = True
        names = {"id_no": self._number(who), "of": [self._number(person) for person in whom[:3]]}
        return names | {ASKED: OF_KIN} | _labels(told)

    def _as_planted(self, told: Told, members: list[int]) -> Told:
        names = {"id_no": self._number(told["id_no"].index), "of": [self._number(members[0])]}
        return names | {ASKED: OF_KIN} | _labels({k: v for k, v in told.items() if k != "id_no"})

    @cached_property
    def _exempt(self) -> np.ndarray:
        """Owes nobody anything: gravely disabled, in prison, or poor by the register."""
        ledgers, found = self.world.ledgers, np.isin(self.level, (1, 2))
        found[ledgers.column("DI08", "id_no")] = True
        found[self.kept.person[self.kept.stands]] = True
        return found

    def _number(self, person: int) -> str:
        return str(self.world.crowd.numbers[person].decode())


def _labels(told: Told) -> Told:
    return {DEFAULT[name].label: value for name, value in told.items()}


def _json(told: Any) -> str:
    return json.dumps(told, ensure_ascii=False)
