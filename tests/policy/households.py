"""Applications drawn by Hypothesis over the whole fact space: small and plain at first, then anything, also unknown.

A family is drawn by its shape, then a handful of facts are changed from their none. Amounts stand on the law's
boundaries or a fen beside them, dates on its anniversaries or a day beside them; sources may be silent.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from hypothesis import strategies as st

from policy.answers import ANSWERS, DEFAULT
from wenhou.base.month import months_before
from wenhou.engine import plan, units
from wenhou.engine.declared import Fact, Link
from wenhou.engine.run import Rows
from wenhou.policy.applications.vocabulary import COMPANIONS, PARTS, none_of
from wenhou.policy.facts.application import ASSESSED
from wenhou.policy.facts.choices import CHOICES, NONE
from wenhou.sandbox.law import lines
from wenhou.sandbox.law.health import ACTIONS

DAY = date(2025, 10, 15)
PLACE = "640104"
Row = dict[str, Any]

SHAPE = frozenset(
    {
        "kinship",
        "is_supporter",
        "supports_first",
        "supports_second",
        "supports_third",
        "father",
        "mother",
        "spouse",
        "supporter_rank",
        "birth_date",
        "urban_rural",
    }
)
"""Drawn with the family, not among the facts that are changed afterwards."""

_YEARS = (0, 3, 6, 7, 15, 16, 18, 35, 59, 60, 70, 80)
_MONTHS = (0, 1, 6, 12, 24, 36, 60)
_PLAIN = (0, 1, 100, 14_300, 100_000, 1_999_999, 2_000_000, 3_000_000, 5_000_000)


@dataclass(frozen=True)
class Place:
    """Where and when, with the standards there, by name."""

    day: date
    county: str
    standards: Mapping[str, Any]

    def line(self, urban_rural: str) -> int:
        return self.standards["dibao_rural" if urban_rural == "农村" else "dibao_urban"] or 50_000


def place(county: str = PLACE, day: date = DAY, **changed: Any) -> Place:
    """The published standards of a county, made-up ones where nobody published, and what is changed."""
    row = lines.rows((county,), day)[0]
    return Place(day, county, {name: value for name, value in row.items() if name != "county"} | changed)


@cache
def needed(names: tuple[str, ...] = ANSWERS) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Facts and links the answers rest on, of persons and of households."""
    made = plan.make(as_of=DAY, region=PLACE, wanted=names)
    return made.needs["persons"], made.needs["households"]


@cache
def facts_of(entity: str) -> tuple[Fact, ...]:
    """Facts that some answer rests on and that a family's shape does not tell."""
    names = needed()[0 if entity == "person" else 1]
    found = [DEFAULT[name] for name in names if name not in SHAPE]
    return tuple(fact for fact in found if isinstance(fact, Fact))


def none(fact: Fact) -> Any:
    """What a fact says where its sources were asked and had nothing; who is not known to be frail is not."""
    return True if fact.name in ACTIONS else none_of(fact)


def edges(of: Place, people: int) -> tuple[int, ...]:
    """Amounts in fen on the boundaries that follow from the standards, for so many people."""
    found = set(_PLAIN)
    for urban_rural in ("城市", "农村"):
        line = of.line(urban_rural)
        for heads in {1, 2, people}:
            yearly = line * heads * 12
            found |= {
                line * heads,
                yearly,
                yearly * 3 // 2,
                line * heads * 36,
                yearly * 10 // 9,
                yearly * 5 // 3,
            }
    for name in ("disposable_income_urban", "disposable_income_rural"):
        income = of.standards.get(name)
        found |= {income, income * people} if income else set()
    return tuple(sorted(found))


def money(of: Place, people: int) -> st.SearchStrategy[int]:
    near = st.builds(
        lambda edge, beside: max(edge + beside, 0), st.sampled_from(edges(of, people)), st.integers(-1, 1)
    )
    return st.one_of(near, st.integers(0, 10_000_000))


def days(of: Place, spans: Iterable[int]) -> st.SearchStrategy[date]:
    """Anniversaries so many months before the day asked about, or a day beside; never later than the day."""
    edges_ = [months_before(of.day, span) for span in spans]
    near = st.builds(
        lambda day, beside: min(day + timedelta(days=beside), of.day),
        st.sampled_from(edges_),
        st.integers(-1, 1),
    )
    return st.one_of(near, st.integers(0, 4000).map(lambda past: of.day - timedelta(days=past)))


def births(of: Place, low: int = 0, high: int = 99) -> st.SearchStrategy[date]:
    spans = [years * 12 for years in _YEARS if low <= years <= high] or [low * 12]
    near = days(of, spans)
    anywhere = st.integers(low * 366, max(high * 365, low * 366)).map(
        lambda past: of.day - timedelta(days=past)
    )
    return st.one_of(near.filter(lambda day: day >= date(1920, 1, 1)), anywhere)


def value(fact: Fact, of: Place, people: int) -> st.SearchStrategy[Any]:
    """Anything the fact may say."""
    if fact.name in CHOICES:
        return st.sampled_from(CHOICES[fact.name])
    if fact.name in _NUMBERS:
        return st.integers(*_NUMBERS[fact.name])
    match units.storage(fact.unit):
        case "bool":
            return st.booleans()
        case "date":
            return days(of, _MONTHS)
        case "decimal":
            near = st.builds(
                lambda at, beside: Decimal(3000 * at + beside) / 100, st.integers(1, 5), st.integers(-1, 1)
            )
            return st.one_of(near, st.integers(0, 300).map(Decimal))
        case "text":
            return st.sampled_from(("甲", "乙", of.county, "640202"))
    if fact.unit == "fen/month":
        return st.one_of(st.integers(0, 200_000), st.sampled_from((0, of.line("城市"), of.line("农村"))))
    return money(of, people) if fact.unit == "fen" else st.integers(0, 6)


_NUMBERS = {
    "disability_level": (0, 4),
    "supported_people": (1, 10),
    "supporter_household_size": (1, 6),
    "homes": (0, 3),
    "relief_times_this_year": (0, 4),
}

Member = tuple[str, tuple[int, int], dict[str, int]]
_FAMILIES: tuple[tuple[Member, ...], ...] = (
    (("申请人", (0, 99), {}),),
    (("申请人", (18, 95), {"spouse": 1}), ("配偶", (18, 95), {"spouse": 0})),
    (("申请人", (20, 59), {}), ("子女", (0, 25), {"father": 0})),
    (
        ("申请人", (20, 59), {"spouse": 1}),
        ("配偶", (20, 59), {"spouse": 0}),
        ("子女", (0, 25), {"father": 0, "mother": 1}),
    ),
    (
        ("申请人", (0, 17), {"father": 2, "mother": 3}),
        ("祖父母", (50, 90), {}),
        ("父母", (22, 50), {"spouse": 3}),
        ("父母", (22, 50), {"spouse": 2}),
    ),
    (("申请人", (16, 60), {"father": 1, "mother": 2}), ("父母", (50, 90), {"spouse": 2}), ("父母", (50, 90), {"spouse": 1})),
    (("申请人", (18, 80), {}), ("兄弟姐妹", (10, 80), {}), ("其他", (0, 90), {}), ("孙子女", (0, 20), {})),
    (
        ("申请人", (20, 59), {"spouse": 1}),
        ("配偶", (20, 59), {"spouse": 0}),
        ("子女", (0, 25), {"father": 0, "mother": 1}),
        ("子女", (0, 25), {"father": 0, "mother": 1}),
        ("父母", (50, 90), {}),
    ),
)  # fmt: skip


class Drawn(Rows):
    """Rows that show only what is not none."""

    def __repr__(self) -> str:
        people = [self._told(row, "person") for row in self.persons]
        return f"Rows({people}, {[self._told(row, 'household') for row in self.households]})"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(repr(self))

    @staticmethod
    def _told(row: Mapping[str, Any], entity: str) -> Row:
        plain = {fact.name: none(fact) for fact in facts_of(entity)}
        return {name: value for name, value in row.items() if name not in plain or plain[name] != value}


@st.composite
def applications(
    draw: st.DrawFn,
    of: Place | None = None,
    *,
    home: int = 1,
    unknowns: bool = True,
    changes: int = 14,
    families: Sequence[tuple[Member, ...]] = _FAMILIES,
) -> Rows:
    """One application. unknowns: sources may be silent and any fact unknown. changes: how many facts differ from none."""
    where = of or draw(places())
    family = draw(st.sampled_from(families))
    supporters = draw(st.integers(0, 3))
    people = [_member(draw, where, home, at, one) for at, one in enumerate(family)]
    people += [_supporter(draw, where, home, len(family), at) for at in range(supporters)]
    row: Row = {
        "household": home,
        "county": where.county,
        "urban_rural": draw(st.sampled_from(("城市", "农村"))),
    }
    asked = _asked(draw) if unknowns else (lambda _: True)
    row |= {fact.name: none(fact) for fact in facts_of("household") if asked(fact)}
    for person in people:
        person |= {fact.name: none(fact) for fact in facts_of("person") if asked(fact)} | {
            name: kept for name, kept in person.items() if kept is not None
        }
    _change(draw, where, row, "household", draw(st.integers(0, changes // 2)), unknowns, len(family))
    for _ in range(draw(st.integers(0, changes))):
        _change(draw, where, draw(st.sampled_from(people)), "person", 1, unknowns, len(family))
    for one in people:
        settle(one)
    return Drawn(people, [row], [{"county": where.county} | dict(where.standards)])


def _member(draw: st.DrawFn, of: Place, home: int, at: int, member: Member) -> Row:
    kinship, (low, high), links = member
    row: Row = {"person": home * 16 + at, "household": home, "kinship": kinship, "is_supporter": False}
    row |= {name: home * 16 + to for name, to in links.items()}
    return row | {
        "birth_date": draw(births(of, low, high)),
        "lives_with_family": True,
        "is_authorised": True,
        "has_support_duty": kinship != "其他",
        "sex": draw(st.sampled_from(("1", "2"))),
    }


def _supporter(draw: st.DrawFn, of: Place, home: int, members: int, at: int) -> Row:
    size = draw(st.integers(1, 5))
    edge = of.line("城市") * size * 12
    income = draw(st.one_of(st.sampled_from((0, edge, edge + 1)), st.integers(0, 20_000_000)))
    row: Row = {
        "person": home * 16 + members + at,
        "household": home,
        "is_supporter": True,
        "supporter_rank": at + 1,
    }
    row["supports_first"] = home * 16
    row["supports_second"] = home * 16 + 1 if members > 1 and draw(st.booleans()) else None
    return row | {
        "birth_date": draw(births(of, 18, 90)),
        "supporter_kinship": draw(st.sampled_from(CHOICES["supporter_kinship"])),
        "supporter_household": draw(st.sampled_from(("甲", "乙"))),
        "supporter_household_size": size,
        "supporter_household_income_12m": income,
        "supported_people": draw(st.integers(1, 4)),
    }


def _asked(draw: st.DrawFn) -> Callable[[Fact], bool]:
    """Mostly every source answered; else some are silent."""
    every = sorted(
        {source for entity in ("person", "household") for fact in facts_of(entity) for source in fact.sources}
    )
    silent = draw(
        st.one_of(
            st.just(frozenset()),
            st.just(frozenset({ASSESSED})),
            st.frozensets(st.sampled_from(every), max_size=6),
        )
    )
    return lambda fact: not silent.intersection(fact.sources)


def _change(
    draw: st.DrawFn, of: Place, row: Row, entity: str, times: int, unknowns: bool, people: int
) -> None:
    known = facts_of(entity)
    for _ in range(times):
        fact = draw(st.sampled_from(known))
        chosen = draw(value(fact, of, people))
        row[fact.name] = None if unknowns and draw(st.integers(0, 4)) == 4 else chosen


def settle(row: Row) -> None:
    """What follows: no event, no date; no level, no category; a part within its whole; a supporter's facts are theirs."""
    for day, flag in COMPANIONS.items():
        if row.get(flag) is False and day in row:
            row[day] = False if row[day] in (True, False) else None
    for day in EVENTS:
        if row.get(day) is not None and row.get("birth_date") is not None and row[day] < row["birth_date"]:
            row[day] = row["birth_date"]
    if row.get("disability_level") == 0 or row.get("disability_category") == NONE:
        row |= {name: none for name, none in _ABLE.items() if name in row}
    for part, whole in PARTS:
        if row.get(part) is not None and row.get(whole) is not None:
            row[part] = min(row[part], row[whole])
    if row.get("is_supporter") is False:
        row |= {name: None for name in row if name.startswith("supporter_") or name == "supported_people"}


_ABLE = {"disability_level": 0, "disability_category": NONE}
EVENTS = tuple(
    fact.name
    for fact in DEFAULT.facts
    if fact.entity == "person" and fact.unit == "date" and fact.name != "birth_date"
)


@st.composite
def places(draw: st.DrawFn) -> Place:
    """A county and a day, with the standards there; sometimes one of them is missing or another number."""
    county = draw(st.sampled_from(("640104", "640104", "640202", "610305", "640402")))
    day = draw(
        st.sampled_from(
            (DAY, DAY, date(2025, 9, 30), date(2025, 11, 30), date(2026, 1, 1), date(2024, 12, 31))
        )
    )
    there = place(county, day)
    names = sorted(name for name in there.standards if there.standards[name] is not None)
    lacking = draw(st.one_of(st.just([]), st.lists(st.sampled_from(names), max_size=2))) if names else []
    return Place(day, county, dict(there.standards) | dict.fromkeys(lacking))


def together(several: Sequence[Rows], *, start: int = 1) -> Rows:
    """Applications of one place as one batch, with keys of their own from start × 1000. Each has a county of its own."""
    persons: list[Row] = []
    households: list[Row] = []
    standards: list[Row] = []
    for number, rows in enumerate(several, start=start):
        shift = number * 1000
        persons += [_moved(row, shift) for row in rows.persons]
        households += [
            _moved(row, shift) | {"county": f"{row['county']}-{number}"} for row in rows.households
        ]
        standards += [dict(row) | {"county": f"{row['county']}-{number}"} for row in rows.standards]
    return Rows(persons, households, standards)


def _moved(row: Mapping[str, Any], shift: int) -> Row:
    keys = {name for name in row if isinstance(DEFAULT.declared.get(name), Link)} | {"person", "household"}
    return {name: kept + shift if name in keys and kept is not None else kept for name, kept in row.items()}
