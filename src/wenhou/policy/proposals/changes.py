"""How what a proposed value changes comes about: by category, from which to which, at the line, in casework. Pure.

These are frozen with a dry run. Whoever reckons has the same fields by the same names; `of` reads them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any, Protocol, TypeVar

from wenhou.base.errors import Refused

UNKNOWN = "不知道"


@dataclass(frozen=True)
class CategoryEffect:
    """One county and the category its households had before; fen a month, and what those who gain gain, who lose lose."""

    county: str
    category: str
    households: int
    gaining: int
    losing: int
    before: int
    after: int
    gained: int
    lost: int

    @property
    def more(self) -> int:
        """Fen a month more; negative where less."""
        return self.after - self.before


@dataclass(frozen=True)
class Move:
    """Households that go from one category to another (不知道 where it cannot be told)."""

    before: str
    after: str
    households: int


@dataclass(frozen=True)
class Cliff:
    """Households whose income a head lies in [from_fen, to_fen) above the line (negative: below); fen a month in all."""

    from_fen: int
    to_fen: int
    households: int
    before: int
    after: int


@dataclass(frozen=True)
class Casework:
    """Cases that open, close, are adjusted; reviews a year before and after."""

    opened: int
    closed: int
    adjusted: int
    reviews_before: int
    reviews_after: int

    @property
    def more_reviews(self) -> int:
        return self.reviews_after - self.reviews_before


Kind = TypeVar("Kind", CategoryEffect, Move, Cliff, Casework)


class Reckoned(Protocol):
    """What a reckoning tells of how its effects come about."""

    @property
    def categories(self) -> Iterable[Any]: ...
    @property
    def moves(self) -> Iterable[Any]: ...
    @property
    def cliff(self) -> Iterable[Any]: ...
    @property
    def casework(self) -> Any: ...


@dataclass(frozen=True)
class Changes:
    """All four. casework is None, and the others empty, in what was frozen before they were kept."""

    categories: tuple[CategoryEffect, ...] = ()
    moves: tuple[Move, ...] = ()
    cliff: tuple[Cliff, ...] = ()
    casework: Casework | None = None


def of(found: Reckoned) -> Changes:
    """The same in the form that is frozen."""
    return Changes(
        categories=tuple(_read(CategoryEffect, vars(one)) for one in found.categories),
        moves=tuple(_read(Move, vars(one)) for one in found.moves),
        cliff=tuple(_read(Cliff, vars(one)) for one in found.cliff),
        casework=_read(Casework, vars(found.casework)),
    )


def from_json(told: Mapping[str, Any]) -> Changes:
    """Back from the database."""
    casework = told.get("casework")
    return Changes(
        categories=tuple(_read(CategoryEffect, one) for one in told.get("categories", ())),
        moves=tuple(_read(Move, one) for one in told.get("moves", ())),
        cliff=tuple(_read(Cliff, one) for one in told.get("cliff", ())),
        casework=_read(Casework, casework) if casework else None,
    )


def _read(kind: type[Kind], told: Mapping[str, Any]) -> Kind:
    return kind(**{field.name: told[field.name] for field in fields(kind)})


def check(found: Changes, counties: Mapping[str, int]) -> None:
    """Raises Refused where they cannot be right: a county unlooked at or fuller than it is, bins that leave gaps."""
    looked: dict[str, int] = {}
    for one in found.categories:
        looked[one.county] = looked.get(one.county, 0) + one.households
    if any(number > counties.get(county, 0) for county, number in looked.items()):
        raise Refused("试算的结果对不上：分类别的户数多于看过的户数。")
    if any(one.before == one.after for one in found.moves):
        raise Refused("试算的结果对不上：类别没有变的，不该列入去向。")
    ends = [one.to_fen for one in found.cliff[:-1]]
    if ends != [one.from_fen for one in found.cliff[1:]]:
        raise Refused("试算的结果不完整：临界处的各段要首尾相接。")
