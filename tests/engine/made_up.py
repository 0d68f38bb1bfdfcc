"""Laws made up at random: every operator, every kind of crossing, every kind of value, over rows with unknowns."""

import inspect
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from wenhou.engine import (
    Book,
    ceil_div,
    days_after,
    days_between,
    floor_div,
    full_years,
    greatest,
    household,
    least,
    month_of,
    months,
    months_after,
    on_day,
    person,
    quantity,
    round_half_up,
    unknown,
    when,
    year_of,
)
from wenhou.engine.declared import Link
from wenhou.engine.expr import lift
from wenhou.engine.run import Rows

FACTS = {
    "alive": (person, "bool"), "ill": (person, "bool"), "wage": (person, "fen"), "cost": (person, "fen"),
    "visits": (person, "count"), "born": (person, "date"), "died": (person, "date"), "kind": (person, "text"),
    "share": (person, "sqm"), "listed": (household, "bool"), "income": (household, "fen"),
    "rooms": (household, "count"), "since": (household, "date"), "place": (household, "text"), "area": (household, "sqm"),
}  # fmt: skip
STANDARDS = {"line": "fen/month", "cap": "fen", "least_area": "sqm/person", "rate": "percent"}
UNITS = (
    "bool",
    "bool",
    "bool",
    "fen",
    "fen",
    "count",
    "sqm",
    "date",
    "text",
    "years",
    "days",
    "year",
    "fen/month",
    "ratio",
)
WORDS = ("甲", "甲乙", "丁", "")
DAYS = (date(1936, 2, 29), date(2000, 1, 31), date(2024, 2, 29), date(2026, 1, 31), date(9999, 12, 31))


def book(seed: int, *, rules: int = 8) -> Book:
    """A book of rules, some resting upon others."""
    made, choose = Book(), Random(seed)
    for name, (entity, unit) in FACTS.items():
        made.fact(name, entity, unit=unit, label=name)
    for name, unit in STANDARDS.items():
        made.standard(name, unit=unit, label=name)
    for name in ("father", "spouse"):
        made.link(name, label=name)
    made.link("children", label="children", inverse_of=("father", "spouse"))
    for number in range(rules):
        _rule(made, choose, f"r{number}")
    return made


def _rule(made: Book, choose: Random, name: str) -> None:
    entity, unit, seed = choose.choice((person, household)), choose.choice(UNITS), choose.random()
    kin = [known.name for known in made.links if entity is person]
    values = [
        known.name
        for known in made.declared.values()
        if not isinstance(known, Link) and (entity is person or known.entity == "household")
    ]
    before = [known for known in made.declared.values() if not isinstance(known, Link)]
    given = [*values, *kin, "housemates" if entity is person else "members"]

    def formula(**told: Any) -> Any:
        return _Maker(Random(seed), before, {one: told[one] for one in values}, told).make(unit, 3)

    formula.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [inspect.Parameter(one, inspect.Parameter.KEYWORD_ONLY) for one in given]
    )
    made.rule(entity, name=name, label=name, unit=unit)(formula)


class _Maker:
    """Expressions of a unit, over the values of one row or of one element of a group."""

    def __init__(
        self, choose: Random, before: list[Any], values: dict[str, Any], told: dict[str, Any]
    ) -> None:
        self._choose, self._before, self._values, self._told = choose, before, values, told

    def make(self, unit: str, depth: int) -> Any:
        if depth == 0 or self._choose.random() < 0.15:
            return self._leaf(unit)
        grouped = GROUPED.get(unit, []) if self._told else []
        ways = [*COMMON, *WAYS.get(unit, []) * 2, *grouped * 8]
        return self._choose.choice(ways)(self, unit, depth - 1)

    def _leaf(self, unit: str) -> Any:
        several = [value for value in self._values.values() if value.unit == unit]
        if several and self._choose.random() < 0.85:
            return self._choose.choice(several)
        return LITERALS[unit](self._choose)

    def whole(self, low: int, high: int) -> int:
        return self._choose.randint(low, high)

    def pick(self, *several: Any) -> Any:
        return self._choose.choice(several)

    def group(self) -> tuple[Any, "_Maker"]:
        """A group, with a condition or without, and a maker of values of its people (and of one's own)."""
        name = self.pick(*(one for one in ("members", "housemates", "children") if one in self._told))
        group = self._told[name]
        if self._choose.random() < 0.5:
            group = group.where(self._inside(group).make("bool", 1))
        return group, self._inside(group)

    def _inside(self, group: Any) -> "_Maker":
        theirs = {
            known.name: getattr(group, known.name)
            for known in self._before
            if known.entity == "person" or group._name == "children"
        }
        mine = {f"my_{name}": value for name, value in self._values.items()}
        if "father" in self._told:
            mine |= {
                f"his_{name}": getattr(self._told["father"], name) for name in ("alive", "wage", "income")
            }
        return _Maker(self._choose, self._before, theirs | mine, {})

    def linked(self) -> Any:
        return self._told[self.pick("father", "spouse")]

    def of_linked(self, unit: str) -> Any:
        other = self.linked() if "father" in self._told else None
        names = [known.name for known in self._before if known.unit == unit]
        return getattr(other, self._choose.choice(names)) if other is not None and names else self._leaf(unit)

    def about_people(self) -> Any:
        """Who is known, who lives where, who is whom."""
        if "father" not in self._told:
            return self._told["members"].count() > self.whole(0, 3)
        others, children = self._told["housemates"], self._told["children"]
        return self.pick(
            lambda: self.linked().is_known(),
            lambda: self.linked().same_household(),
            lambda: others.are(self.linked()).any(),
            lambda: children.same_household().all(),
            lambda: children.where(children.same_household()).are(self.linked()).count() > 0,
        )()


def _compared(maker: _Maker, _: str, depth: int) -> Any:
    unit = maker.pick("fen", "count", "sqm", "date", "ratio", "years", "fen/month", "days")
    left, right = maker.make(unit, depth), maker.make(unit, depth)
    return maker.pick(
        lambda: left < right, lambda: left <= right, lambda: left > right,
        lambda: left >= right, lambda: left == right, lambda: left != right,
    )()  # fmt: skip


def _among(maker: _Maker, _: str, depth: int) -> Any:
    unit = maker.pick("fen", "count", "date", "text", "sqm")
    return maker.make(unit, depth).isin([LITERALS[unit](maker), maker.make(unit, 0)])


def _divided(maker: _Maker, unit: str, depth: int) -> Any:
    by = maker.pick(maker.make("count", depth), maker.whole(-7, 7), 100)
    return maker.pick(floor_div, ceil_div, round_half_up)(maker.make(unit, depth), by)


def _aggregated(maker: _Maker, unit: str, depth: int) -> Any:
    _, inside = maker.group()
    value = inside.make(unit, min(depth, 1))
    if value.scope not in ("members", "housemates", "children"):  # no value of theirs was chosen
        return maker.make(unit, depth)
    if unit == "bool":
        return maker.pick(value.any, value.all)()
    if unit == "date" or maker.whole(0, 1):
        return maker.pick(value.max, value.min)(empty=maker.pick(None, EMPTY[unit]))
    return value.sum()


def _counted(maker: _Maker, _: str, depth: int) -> Any:
    group, inside = maker.group()
    value = inside.make("bool", min(depth, 1))
    grouped = value.scope in ("members", "housemates", "children")
    return value.count() if grouped and maker.whole(0, 1) else group.count()


Way = Callable[[_Maker, str, int], Any]
COMMON: list[Way] = [
    lambda m, u, d: when(m.make("bool", d), m.make(u, d), m.make(u, d)),
    lambda m, u, d: when(m.make("bool", d), m.make(u, d), unknown),
    lambda m, u, d: m.make(u, d).fill(m.make(u, 0)),
    lambda m, u, d: m.of_linked(u),
]
EXTREME: list[Way] = [
    lambda m, u, d: least(m.make(u, d), m.make(u, d)),
    lambda m, u, d: greatest(m.make(u, d), m.make(u, d), m.make(u, 0)),
]
ADDED: list[Way] = [
    *EXTREME,
    lambda m, u, d: m.make(u, d) + m.make(u, d),
    lambda m, u, d: m.make(u, d) - m.make(u, d),
    lambda m, u, d: -m.make(u, d),
]
SCALED: list[Way] = [*ADDED, _divided, lambda m, u, d: m.make(u, 0) * m.whole(-3, 3)]
WAYS: dict[str, list[Way]] = {
    "bool": [
        lambda m, u, d: m.make(u, d) & m.make(u, d),
        lambda m, u, d: m.make(u, d) | m.make(u, d),
        lambda m, u, d: ~m.make(u, d),
        lambda m, u, d: m.make(u, d) == m.make(u, d),
        lambda m, u, d: m.make(m.pick(*UNITS), d).is_known(),
        lambda m, u, d: m.make("text", d).startswith("甲", "丁"),
        lambda m, u, d: m.make("text", d) == m.make("text", d),
        lambda m, u, d: m.make("ratio", d) > Decimal("0.3333"),
        _compared, _compared, _compared, _among,
    ],
    "fen": [
        *SCALED,
        lambda m, u, d: m.make("fen/month", 0) * months(m.whole(-2, 13)),
        lambda m, u, d: round_half_up(m.make(u, 0) * m.make("percent", 0), 100),
    ],
    "count": [*SCALED, lambda m, u, d: floor_div(m.make("fen", d), m.make("fen", 0))],
    "fen/month": [*ADDED, lambda m, u, d: floor_div(m.make("fen", d), months(m.whole(0, 12)))],
    "sqm": [
        *ADDED,
        lambda m, u, d: m.make(u, 0) * m.pick(Decimal("0.3333"), Decimal("-1.5"), 2),
        lambda m, u, d: m.make("sqm/person", 0) * m.make("count", 0),
    ],
    "date": [
        *EXTREME,
        lambda m, u, d: months_after(m.make(u, d), m.whole(-14, 25)),
        lambda m, u, d: days_after(m.make(u, d), m.whole(-40, 400)),
        lambda m, u, d: month_of(m.make(u, d)),
    ],
    "years": [*ADDED, lambda m, u, d: full_years(m.make("date", d), m.make("date", d))],
    "days": [*ADDED, lambda m, u, d: days_between(m.make("date", d), m.make("date", d))],
    "year": [lambda m, u, d: year_of(m.make("date", d))],
    "ratio": [lambda m, u, d: m.make("fen", d) / m.make("fen", d), lambda m, u, d: m.make("sqm", 0) / m.make("sqm", 0)],
}  # fmt: skip
GROUPED: dict[str, list[Way]] = {
    "bool": [_aggregated, _aggregated, lambda m, u, d: m.about_people()],
    "fen": [_aggregated, _aggregated],
    "sqm": [_aggregated],
    "date": [_aggregated],
    "count": [_counted, _counted],
}
EMPTY = {"fen": 0, "sqm": Decimal("1.5"), "date": date(2020, 2, 29)}
LITERALS: dict[str, Callable[[Any], Any]] = {
    "bool": lambda c: lift(_of(c, True, False)),
    "text": lambda c: lift(_of(c, *WORDS)),
    "date": lambda c: on_day(_of(c, *DAYS)),
    "sqm": lambda c: quantity(_of(c, Decimal("0.5"), Decimal("-3.1234"), 12), "sqm"),
    "sqm/person": lambda c: quantity(_of(c, 30, 15), "sqm/person"),
    "ratio": lambda c: quantity(1, "fen") / quantity(_of(c, 3, 7, -2), "fen"),
    **{
        unit: lambda c, unit=unit: quantity(_of(c, -101, 0, 7, 150), unit)
        for unit in ("fen", "count", "fen/month", "years", "days", "year", "percent")
    },
}


def _of(choose: Any, *several: Any) -> Any:
    return choose.pick(*several) if isinstance(choose, _Maker) else choose.choice(several)


def rows(seed: int, *, homes: int = 12) -> Rows:
    """Households of none to four people, links anywhere, an unknown in five, counties with and without standards."""
    choose = Random(seed)
    keys = [(home, home * 10 + at) for home in range(1, homes + 1) for at in range(choose.randint(0, 4))]
    people = [None, None, 9999, *(key for _, key in keys)]
    persons = [
        {
            "person": key,
            "household": choose.choice([home] * 12 + [None, 777]),
            "father": choose.choice(people),
            "spouse": choose.choice(people),
        }
        | _facts(choose, "person")
        for home, key in keys
    ]
    households = [
        {"household": home, "county": choose.choice(["A", "B", "C", None])} | _facts(choose, "household")
        for home in range(1, homes + 1)
    ]
    standards = [
        {"county": county} | {name: _value(choose, unit) for name, unit in STANDARDS.items()}
        for county in ("A", "B")
    ]
    return Rows(persons, households, standards)


def _facts(choose: Random, entity: str) -> dict[str, Any]:
    return {name: _value(choose, unit) for name, (of, unit) in FACTS.items() if of.name == entity}


def _value(choose: Random, unit: str) -> Any:
    if choose.random() < 0.2:
        return None
    if unit == "bool":
        return choose.random() < 0.5
    if unit == "text":
        return choose.choice(WORDS)
    if unit == "date":
        return choose.choice([*DAYS[:-1], date(1990, 1, 1) + timedelta(days=choose.randint(-9000, 13_000))])
    if unit in ("sqm", "sqm/person"):
        return Decimal(choose.randint(-20_000, 900_000)).scaleb(-4)
    return choose.choice([0, 1, 7, 100, -150, choose.randint(-500, 90_000)])
