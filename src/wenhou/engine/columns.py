"""What a plan computes, as columns of two tables: persons and households."""

from collections.abc import Iterator
from dataclasses import dataclass

from wenhou.engine import nodes
from wenhou.engine.nodes import Node, Ref, Value
from wenhou.engine.units import Unit

MINE = "mine"  # entity of a reference, inside a fold over pairs, to the row of the one who folds


@dataclass(frozen=True, slots=True)
class Given:
    """Comes with the input: a fact, a standard or a link's key."""


@dataclass(frozen=True, slots=True)
class Row:
    """Reckoned from other columns of the same row: references, literals and operators only."""

    node: Node


@dataclass(frozen=True, slots=True)
class Spread:
    """The household's column of the same name, given to each of its people."""


@dataclass(frozen=True, slots=True)
class Pick:
    """A column of the person whom a link points to."""

    link: str
    source: str


@dataclass(frozen=True, slots=True)
class Met:
    """Whether the link points to somebody in the table."""

    link: str


@dataclass(frozen=True, slots=True)
class Beside:
    """Whether the person linked lives in the same household."""

    link: str


@dataclass(frozen=True, slots=True)
class Fold:
    """An aggregate over a group; value and where are row expressions of the element (and MINE)."""

    how: str
    group: str
    value: Node | None
    where: Node | None
    unit: Unit
    empty: Value


Made = Given | Row | Spread | Pick | Met | Beside | Fold


@dataclass(frozen=True, slots=True)
class Column:
    """A column, the round in which it can be computed, and its depth among the row columns of that round.

    Round 0 sees the input and the household's row-wise columns; each crossing from persons to a household, or
    from a person to another, takes one round more. sure: known in every row.
    """

    name: str
    entity: str
    unit: Unit
    made: Made
    round: int
    depth: int = 0
    sure: bool = False


def same_row(column: Column) -> frozenset[str]:
    """Columns of the same table that a row column reads."""
    return nodes.names(column.made.node) if isinstance(column.made, Row) else frozenset()


def across(column: Column, forward: dict[str, tuple[str, ...]]) -> frozenset[str]:
    """Columns of the earlier persons table that a crossing column reads, keys of links among them.

    forward: for each inverse link, the links it turns round.
    """
    match column.made:
        case Pick(link=link, source=source):
            return frozenset({link, source})
        case Met(link=link) | Beside(link=link):
            return frozenset({link})
        case Fold(group=group):
            return frozenset(ref.name for ref in fold_refs(column.made)) - KEYS | set(forward.get(group, ()))
    return frozenset()


KEYS = frozenset({"person", "household", "county"})  # carried by every stage


def fold_refs(fold: Fold) -> Iterator[Ref]:
    """References of a fold's value and condition."""
    for part in (fold.value, fold.where):
        if part is not None:
            yield from (node for node in nodes.walk(part) if isinstance(node, Ref))
