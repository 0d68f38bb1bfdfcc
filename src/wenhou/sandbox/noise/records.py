"""Records about people, wrong at the rates of a grade, and what is true of each: `made(people=..., records=..., ...)`.

people    person BIGINT · id_no, name, birth_date (2001-02-03), sex 1|2, division (12 digits), phone
records   record BIGINT · the same, as told; empty where nothing was told
truth     record · person (NULL: not registered) · registered · own_number · typed · number, called, birth, sex, place, phone:
          the kind of mistake in each, '' where there is none
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from wenhou.sandbox.days import date_of
from wenhou.sandbox.noise import characters, digits, lunar
from wenhou.sandbox.noise.grades import GRADES, Grade
from wenhou.sandbox.noise.registry import Registry, new_phones, peopled

_OLD = 50 * 365
# Over these a formula runs; an empty cell, 无 or zeros make whoever types write the date by hand.
_RECKONED = ("mistyped", "swapped", "dropped_or_doubled", "two_mistakes", "family", "dragged")


@dataclass(frozen=True)
class Made:
    """The three tables."""

    people: pa.Table
    records: pa.Table
    truth: pa.Table


def made(*, people: int, records: int, grade: str = "usual", seed: int = 1) -> Made:
    """A registry of so many people and so many records, the same for the same arguments."""
    rng = np.random.default_rng((seed, people, records))
    registry = peopled(people, rng)
    who = _about(registry, records, GRADES[grade], rng)
    sheet = Sheet(registry, who, GRADES[grade], rng)
    return Made(_people(registry, rng), sheet.records(), sheet.truth())


def _about(registry: Registry, count: int, grade: Grade, rng: np.random.Generator) -> np.ndarray:
    """Whom the records are about: registered people and others, some of them twice, in no order."""
    known, others = np.flatnonzero(registry.registered), np.flatnonzero(~registry.registered)
    twice = int(count * grade.second_record)
    of_known = min(int((count - twice) * grade.known), len(known))
    of_others = min(count - twice - of_known, len(others))
    first = np.r_[rng.permutation(known)[:of_known], rng.permutation(others)[:of_others]]
    return rng.permutation(np.r_[first, rng.choice(first, count - len(first))])


def _people(registry: Registry, rng: np.random.Generator) -> pa.Table:
    rows = np.flatnonzero(registry.registered)
    families = registry.families
    return pa.table(
        {
            "person": pa.array(rows),
            "id_no": pa.array(registry.number[rows]).cast(pa.string()),
            "name": pa.array(families.name[rows], pa.string()),
            "birth_date": pa.array(families.birth[rows].astype("datetime64[D]")).cast(pa.string()),
            "sex": pa.array(families.sex[rows]).cast(pa.string()),
            "division": pa.array(registry.places.codes[families.village[rows]], pa.string()),
            "phone": _phones(registry.phone[rows]),
        }
    ).take(pa.array(rng.permutation(len(rows))))


def _phones(numbers: np.ndarray) -> pa.Array:
    return pa.array(numbers, mask=numbers == 0).cast(pa.string())


class Sheet:
    """The records while they are being written; every column begins right and is then made wrong."""

    def __init__(self, registry: Registry, who: np.ndarray, grade: Grade, rng: np.random.Generator) -> None:
        self.registry, self.who, self.grade, self.rng = registry, who, grade, rng
        self.typed = rng.random(len(who)) < grade.typed
        self.more = np.where(self.typed, grade.typed_more, grade.read_less)
        self.by_formula = self.typed & (rng.random(len(who)) < grade.by_formula)
        families = registry.families
        self.relative = self._relatives()
        self.kind = {
            "number": self._kinds(grade.number),
            "called": self._kinds(grade.called),
            "birth": self._kinds(grade.birth),
            "sex": self._kinds(grade.sex),
            "place": self._kinds(grade.place, even=True),
            "phone": self._kinds(grade.phone, even=True),
        }
        self.name = families.name[who].copy()
        self.birth = families.birth[who].astype("datetime64[D]").astype(object)
        self.sex = families.sex[who].astype(object)
        self.number = registry.number[who].astype("U18").astype(object)
        self._spoil_births()
        self._spoil_sexes()
        self._spoil_numbers()
        self._spoil_names()

    def records(self) -> pa.Table:
        """What was told."""
        return pa.table(
            {
                "record": pa.array(np.arange(1, len(self.who) + 1)),
                "id_no": pa.array(self.number, pa.string()),
                "name": pa.array(self.name, pa.string()),
                "birth_date": pa.array(self.birth, pa.date32()).cast(pa.string()),
                "sex": pa.array(self.sex, pa.int64()).cast(pa.string()),
                "division": pa.array(self._divisions(), pa.string()),
                "phone": self._told_phones(),
            }
        )

    def truth(self) -> pa.Table:
        """What is true of each record."""
        registered = self.registry.registered[self.who]
        own = pa.array(self.registry.number[self.who]).cast(pa.string())
        kinds = {name: pa.array(kinds, pa.string()) for name, kinds in self.kind.items()}
        return pa.table(
            {
                "record": pa.array(np.arange(1, len(self.who) + 1)),
                "person": pa.array(self.who, mask=~registered),
                "registered": pa.array(registered),
                "own_number": own,
                "typed": pa.array(self.typed),
                "by_formula": pa.array(self.by_formula),
                **kinds,
            }
        )

    def _kinds(self, rates: dict[str, float], *, even: bool = False) -> np.ndarray:
        """At most one kind of mistake a record; `even`: what does not depend on who typed it."""
        more = 1.0 if even else self.more
        drawn = self.rng.random(len(self.who)) / more
        bounds = np.cumsum(list(rates.values()))
        return np.array([*rates, ""], dtype=object)[np.searchsorted(bounds, drawn, side="right")]

    def _relatives(self) -> np.ndarray:
        """Another member of the family, the person where there is none."""
        house = self.registry.families.house
        mine = house[self.who]
        first = np.searchsorted(house, mine, side="left")
        size = np.searchsorted(house, mine, side="right") - first
        step = 1 + (self.rng.random(len(self.who)) * np.maximum(size - 1, 0)).astype(int)
        return first + (self.who - first + step % np.maximum(size, 1)) % size

    def _spoil_births(self) -> None:
        families = self.registry.families
        young = families.birth[self.who] > families.birth.max() - _OLD
        kinds = self.kind["birth"]
        # Who is under fifty seldom names the farmers' date.
        kinds[(kinds == "lunar") & young & (self.rng.random(len(kinds)) < 0.85)] = ""
        kinds[self.by_formula] = ""
        rows = np.flatnonzero(kinds != "")
        moons = lunar.told_as_solar(families.birth[self.who[rows]])
        for row, moon in zip(rows, moons, strict=True):
            told = digits.wrong_birth(kinds[row], self.birth[row], date_of(moon), self.rng)
            kinds[row] = kinds[row] if told != self.birth[row] else ""
            self.birth[row] = told

    def _spoil_sexes(self) -> None:
        kinds = self.kind["sex"]
        wrong = kinds == "wrong"
        self.sex[wrong] = 3 - self.sex[wrong]
        self.sex[kinds == "missing"] = None

    def _spoil_numbers(self) -> None:
        kinds = self.kind["number"]
        for row in np.flatnonzero(kinds != "").tolist():
            told = self._wrong_number(row, kinds[row])
            kinds[row] = kinds[row] if told is not None else ""
            if told is None:
                continue
            self.number[row] = told or None
            if self.by_formula[row] and kinds[row] in _RECKONED:
                self._reckon(row, told)

    def _wrong_number(self, row: int, kind: str) -> str | None:
        if kind == "family":
            other = self.relative[row]
            return None if other == self.who[row] else self.registry.number[other].decode()
        if kind == "dragged":
            return digits.wrong(kind, self.registry.number[self.who[row - 1]].decode(), self.rng)
        return digits.wrong(kind, self.number[row], self.rng)

    def _reckon(self, row: int, number: str) -> None:
        """Birth date and sex by a formula over the number as it stands there."""
        birth = digits.date_in(number[6:14])
        if birth != self.birth[row]:
            self.birth[row], self.kind["birth"][row] = birth, "by_formula"
        if len(number) == 18 and number[16].isdigit() and (2 - int(number[16]) % 2) != self.sex[row]:
            self.sex[row], self.kind["sex"][row] = 2 - int(number[16]) % 2, "by_formula"

    def _spoil_names(self) -> None:
        kinds, names = self.kind["called"], self.registry.families.name
        heads = np.searchsorted(
            self.registry.families.house, self.registry.families.house[self.who], side="left"
        )
        for row in np.flatnonzero(kinds != ""):
            sex = int(self.registry.families.sex[self.who[row]])
            if kinds[row] == "the_heads":
                told = names[heads[row]] if names[heads[row]] != self.name[row] else None
            else:
                told = characters.wrong(kinds[row], self.name[row], sex, self.rng)
            kinds[row] = kinds[row] if told else ""
            self.name[row] = told or self.name[row]
        short = np.array([len(name) == 2 for name in self.name])
        for row in np.flatnonzero(short & (self.rng.random(len(short)) < self.grade.blank_within)):
            self.name[row] = (
                self.name[row][0] + (" ", "　", "  ")[int(self.rng.integers(3))] + self.name[row][1]
            )
        dotted = np.array(["·" in name for name in self.name])
        for row in np.flatnonzero(dotted & (self.rng.random(len(dotted)) < self.grade.dot_lost)):
            self.name[row] = characters.without_dot(self.name[row], self.rng)

    def _divisions(self) -> np.ndarray:
        kinds, places = self.kind["place"], self.registry.places
        village = self.registry.families.village[self.who]
        moved = kinds == "moved"
        village[moved] = places.moved(village[moved], self.rng)
        told = np.where(kinds == "old_code", places.before[village], places.codes[village])
        drawn = self.rng.random(len(told))
        county = drawn < self.grade.to_the_county
        town = ~county & (drawn < self.grade.to_the_county + self.grade.to_the_township)
        padded = self.rng.random(len(told)) < 0.5
        for rows, length in ((county, 6), (town, 9)):
            for row in np.flatnonzero(rows):
                told[row] = told[row][:length].ljust(12, "0") if padded[row] else told[row][:length]
        told[kinds == "missing"] = None
        return told

    def _told_phones(self) -> pa.Array:
        kinds, registry, rng = self.kind["phone"], self.registry, self.rng
        told = registry.phone[self.who].copy()
        members = kinds == "a_members"
        told[members] = registry.phone[self.relative[members]]
        changed = kinds == "changed"
        told[changed] = new_phones(int(changed.sum()), rng)
        officers = kinds == "officers"
        told[officers] = registry.officers[registry.families.village[self.who[officers]]]
        digit = (kinds == "digit") & (told > 0)
        told[digit] += 10 ** rng.integers(0, 8, int(digit.sum()))
        told[kinds == "missing"] = 0
        return _phones(told)
