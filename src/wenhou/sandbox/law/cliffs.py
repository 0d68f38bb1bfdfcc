"""The breaks between categories: where a fen more a head changes what a family is, and what that costs or brings it.

    python -m wenhou.sandbox.law.cliffs > docs/reference/cliffs.md

Found by search, not by knowing the law: income runs from nothing to six lines a head, and each change of category
or of what a person is is narrowed down to the fen.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from wenhou.base.money import format_yuan as yuan
from wenhou.engine import plan, run
from wenhou.engine.declared import Rule
from wenhou.engine.words import DEFAULT
from wenhou.policy import answers
from wenhou.policy.applications.vocabulary import none_of
from wenhou.sandbox.law import lines
from wenhou.sandbox.law.health import ACTIONS

DAY = date(2025, 10, 15)
COUNTY = "640104"
TOP, STEPS = 6, 120
"""Lines a head up to which is looked, and grid points until there; a category narrower than two of them is overlooked."""

HOUSEHOLD_CASH = ("dibao_amount",)
PERSON_CASH = (
    "single_dibao_amount",
    "tekun_living_allowance",
    "disability_living_allowance",
    "disability_care_allowance",
    "orphan_allowance",
    "child_without_care_allowance",
)
PERSON_STATE = ("qualifies_for_tekun", "qualifies_for_single_dibao")
ITEMS = tuple(f"item_yl{number:02}" for number in range(1, 44))
CATEGORIES = {
    "TK": "特困",
    "DB": "低保",
    "BY": "低保边缘",
    "GX": "刚性支出困难",
    "QT": "其他",
    None: "不知道",
}

Row = dict[str, Any]


@dataclass(frozen=True)
class Family:
    """A family of the page: who is in it, beside nothing else. The first has the income that is turned up."""

    label: str
    people: tuple[Mapping[str, Any], ...]
    home: Mapping[str, Any]


@dataclass(frozen=True)
class Seen:
    """What the law says at one income a head. cash: fen a month of the household and its people, None unknown."""

    per_head: int
    category: str | None
    people: tuple[Any, ...]
    cash: int | None
    items: Mapping[str, bool | None]

    @property
    def state(self) -> Any:
        return self.category, self.people


@dataclass(frozen=True)
class Cliff:
    """A break: the last fen a head below it, and the first beyond."""

    family: Family
    urban_rural: str
    below: Seen
    beyond: Seen

    @property
    def jump(self) -> int | None:
        known = self.below.cash is not None and self.beyond.cash is not None
        return self.beyond.cash - self.below.cash if known else None  # type: ignore[operator]


def _adult(kinship: str, born: date, **facts: Any) -> Row:
    return {"kinship": kinship, "birth_date": born, "sex": "1"} | facts


_DISABLED = {"disability_level": 1, "disability_category": "肢体"}
FAMILIES = (
    Family("一名健康成年人", (_adult("申请人", date(1985, 5, 1)),), {}),
    Family(
        "夫妻和一名小学生",
        (
            _adult("申请人", date(1985, 5, 1)),
            _adult("配偶", date(1986, 5, 1)),
            _adult(
                "子女", date(2015, 5, 1), school_stage="小学", is_full_time_student=True, father=1, mother=2
            ),
        ),
        {},
    ),
    Family(
        "夫妻，一方肢体残疾一级",
        (_adult("申请人", date(1985, 5, 1)), _adult("配偶", date(1986, 5, 1), **_DISABLED)),
        {},
    ),
    Family(
        "夫妻，一方重病，年自付3万元，必需生活支出4万元",
        (
            _adult("申请人", date(1985, 5, 1)),
            _adult("配偶", date(1986, 5, 1), has_serious_illness=True, medical_self_paid_12m=3_000_000),
        ),
        {"essential_living_spending_12m": 4_000_000},
    ),
    Family(
        "两位老人与成年无业重度残疾子女",
        (
            _adult("申请人", date(1948, 5, 1)),
            _adult("配偶", date(1951, 5, 1)),
            _adult("子女", date(1980, 5, 1), is_dependent_adult=True, father=1, mother=2, **_DISABLED),
        ),
        {},
    ),
    Family("一位七十岁老人，没有义务人", (_adult("申请人", date(1955, 5, 1)),), {}),
)


def rows(family: Family, urban_rural: str, per_head: int, standards: Mapping[str, Any]) -> run.Rows:
    """The family with so many fen a head and month, all of it the first one's other transfers; everything else none."""
    silent = {
        entity: {fact.name: none_of(fact) for fact in DEFAULT.facts if fact.entity == entity}
        for entity in ("person", "household")
    }
    persons: list[Row] = []
    for at, told in enumerate(family.people):
        belongs = {
            "is_supporter": False,
            "lives_with_family": True,
            "is_authorised": True,
            "has_support_duty": True,
        }
        keys = {"person": at + 1, "household": 1}
        persons.append(silent["person"] | keys | belongs | dict.fromkeys(ACTIONS, True) | dict(told))
    persons[0]["other_transfers_12m"] = per_head * len(persons) * 12
    home = {"household": 1, "county": COUNTY, "urban_rural": urban_rural, "is_local_hukou": True}
    return run.Rows(
        persons, [silent["household"] | home | dict(family.home)], [{"county": COUNTY} | dict(standards)]
    )


@cache
def _made() -> plan.Plan:
    wanted = ("category", *HOUSEHOLD_CASH, *PERSON_CASH, *PERSON_STATE, *ITEMS)
    return plan.make(as_of=DAY, region=COUNTY, wanted=wanted)


def seen(family: Family, urban_rural: str, per_head: int, standards: Mapping[str, Any]) -> Seen:
    told = run.one(_made(), rows(family, urban_rural, per_head, standards))
    home, people = told.households[1], list(told.persons.values())
    parts = [home[name] for name in HOUSEHOLD_CASH] + [row[name] for row in people for name in PERSON_CASH]
    return Seen(
        per_head,
        home["category"],
        tuple(tuple(row[name] for name in PERSON_STATE) for row in people),
        None if None in parts else sum(parts),
        {name: home[name] for name in ITEMS},
    )


def cliffs(family: Family, urban_rural: str, standards: Mapping[str, Any]) -> Iterator[Cliff]:
    """Every break from nothing to six lines a head, lowest first."""
    line = standards["dibao_rural" if urban_rural == "农村" else "dibao_urban"]
    grid = [line * TOP * step // STEPS for step in range(STEPS + 1)]
    low = seen(family, urban_rural, grid[0], standards)
    for at in grid[1:]:
        high = seen(family, urban_rural, at, standards)
        while low.state != high.state:
            cliff = _narrowed(family, urban_rural, low, high, standards)
            yield cliff
            low = cliff.beyond
        low = high


def _narrowed(family: Family, urban_rural: str, low: Seen, high: Seen, standards: Mapping[str, Any]) -> Cliff:
    """The first break between two incomes of different states, to the fen."""
    while high.per_head - low.per_head > 1:
        middle = seen(family, urban_rural, (low.per_head + high.per_head) // 2, standards)
        low, high = (middle, high) if middle.state == low.state else (low, middle)
    return Cliff(family, urban_rural, low, high)


@cache
def standards() -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Of the page's county and day: what is published, and what is only made up so that the rest can be shown."""
    published = {
        name: row.value for name, row in lines.standards.resolve(lines.published(), COUNTY, DAY).items()
    }
    given = {
        name: value
        for name, value in lines.made_up(DAY).items()
        if name.startswith("disposable_income") and name not in published
    }
    return published, given


@cache
def found() -> tuple[Cliff, ...]:
    """All cliffs of the page's families, in town and country."""
    published, given = standards()
    return tuple(
        cliff
        for family in FAMILIES
        for urban_rural in ("城市", "农村")
        for cliff in cliffs(family, urban_rural, {**published, **given})
    )


_HEAD = """# Cliffs: where a fen more changes what a family gets

Generated: `python -m wenhou.sandbox.law.cliffs > docs/reference/cliffs.md`. Published standards of {county} on {day};
{given}. Each family has nothing but the income named (all of it its first member's other transfers), every source was
asked, everybody has authorised. The law is applied as it stands: a cliff is shown here, not smoothed.

A row is one break: the income a head and month up to which the left side holds, and a fen beyond it the right side.
现金 is what the household and its people get a month in all: 低保、单人保、特困基本生活费、残疾两项补贴、儿童基本生活费,
but not 特困照料护理费, whose standard nobody published.

| 家庭 | 城乡 | 人均月收入至 | 类别 | 现金 | 差 | 失去 | 新得 |
|---|---|---|---|---|---|---|---|
"""


def page() -> str:
    """The page, as it must stand in docs/reference/cliffs.md."""
    _, given = standards()
    said = (
        "、".join(f"`{name}` {yuan(value)}元（没有公布，虚构）" for name, value in given.items())
        or "nothing made up"
    )
    return _HEAD.format(county=COUNTY, day=DAY, given=said) + "".join(_line(cliff) for cliff in found())


def _line(cliff: Cliff) -> str:
    below, beyond = cliff.below, cliff.beyond
    jump = "不知道" if cliff.jump is None else ("+" if cliff.jump > 0 else "") + yuan(cliff.jump)
    cells = (
        cliff.family.label,
        cliff.urban_rural,
        yuan(below.per_head),
        f"{_what(below)} → {_what(beyond)}",
        f"{_cash(below)} → {_cash(beyond)}",
        jump,
        _items(below, beyond),
        _items(beyond, below),
    )
    return f"| {' | '.join(cells)} |\n"


def _what(seen_: Seen) -> str:
    singles = sum(bool(single) for _, single in seen_.people)
    tekun = sum(bool(tekun) for tekun, _ in seen_.people) if seen_.category != "TK" else 0
    more = (f"，单人保{singles}人" if singles else "") + (f"，特困{tekun}人" if tekun else "")
    return CATEGORIES[seen_.category] + more


def _cash(seen_: Seen) -> str:
    return "不知道" if seen_.cash is None else yuan(seen_.cash)


def _items(had: Seen, has: Seen) -> str:
    """Items open on the one side and surely not on the other."""
    names = [name for name in ITEMS if had.items[name] is True and has.items[name] is False]
    return "、".join(_label(name) for name in names) or "–"


def _label(name: str) -> str:
    declared = DEFAULT[name]
    assert isinstance(declared, Rule)
    return declared.label


answers.declare()


if __name__ == "__main__":
    print(page(), end="")
