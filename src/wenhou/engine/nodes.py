"""The tree a formula builds: immutable, comparable, free of any backend.

A tree is read from one subject's row. Inside an aggregate, bare references are the element's (a member's, a
child's) and `Mine` is the row of whoever aggregates.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from wenhou.engine.units import Unit

Value = bool | int | float | Decimal | str | date | None


@dataclass(frozen=True, slots=True)
class Lit:
    """A value written in the formula; None is unknown."""

    value: Value
    unit: Unit


@dataclass(frozen=True, slots=True)
class Ref:
    """A declared fact, standard or rule, of the row's person or of the household."""

    name: str
    entity: str
    unit: Unit


@dataclass(frozen=True, slots=True)
class Op:
    """An operator over the same row."""

    op: str
    args: tuple["Node", ...]
    unit: Unit


@dataclass(frozen=True, slots=True)
class Agg:
    """An aggregate over a group: sum, any, all, count, max, min. `empty` answers for nobody."""

    how: str
    group: str
    value: "Node | None"
    where: "Node | None"
    unit: Unit
    empty: Value = None


@dataclass(frozen=True, slots=True)
class Get:
    """The named value of the person a link points to; unknown where nobody is found."""

    link: str
    item: Ref
    unit: Unit


@dataclass(frozen=True, slots=True)
class Found:
    """Whether the link points to somebody we know; always yes or no."""

    link: str
    unit: Unit = "bool"


@dataclass(frozen=True, slots=True)
class Together:
    """Whether the person linked, or (link None) the element of the group, lives in the subject's household."""

    link: str | None
    unit: Unit = "bool"


@dataclass(frozen=True, slots=True)
class Is:
    """Inside a group: the element is the very person that the subject's link points to."""

    link: str
    unit: Unit = "bool"


@dataclass(frozen=True, slots=True)
class Mine:
    """Inside a group: a value of the one who aggregates."""

    node: "Node"
    unit: Unit


Node = Lit | Ref | Op | Agg | Get | Found | Together | Is | Mine


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly beneath."""
    match node:
        case Op(args=args):
            return args
        case Agg(value=value, where=where):
            return tuple(part for part in (value, where) if part is not None)
        case Get(item=item):
            return (item,)
        case Mine(node=inner):
            return (inner,)
    return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and everything beneath it, from the top."""
    yield node
    for child in children(node):
        yield from walk(child)


def names(node: Node) -> frozenset[str]:
    """Declared names (facts, standards, rules) the tree reads."""
    return frozenset(part.name for part in walk(node) if isinstance(part, Ref))
