"""In which round and layer each row column is reckoned.

Every layer carries what later ones need, and an engine pays for each column of each layer, however few the rows. So a
row column stands as late as it may, and a small one is written out where it is used instead of having a layer.
"""

from collections import Counter
from dataclasses import replace

from wenhou.engine.columns import KEYS, Column, Fold, Met, Row, same_row
from wenhou.engine.nodes import Node, Op, Ref, walk
from wenhou.engine.render import sure
from wenhou.engine.schedule import Columns
from wenhou.engine.sharing import SMALL, Sharing, weight

At = tuple[str, str]


def placed(columns: Columns) -> dict[At, Column]:
    """The columns with their final depths; they come, and go, in an order in which each reads those before it."""
    return _assured(_deepened(_shared(_flattened(dict(columns)))))


def _flattened(columns: dict[At, Column]) -> dict[At, Column]:
    """Small row columns of the same round written out in those that read them."""
    found: dict[At, Column] = {}
    for at, column in columns.items():
        if isinstance(column.made, Row):
            uses = Counter(part.name for part in walk(column.made.node) if isinstance(part, Ref))
            small = {name: node for name in uses if (node := _small(found, column, name, uses[name]))}
            column = replace(column, made=Row(_written_out(column.made.node, small)))
        found[at] = column
    return found


def _small(columns: dict[At, Column], reader: Column, name: str, times: int) -> Node | None:
    other = columns[reader.entity, name]
    if not isinstance(other.made, Row) or other.round != reader.round:
        return None
    return other.made.node if times * weight(other.made.node) <= SMALL else None


def _written_out(node: Node, small: dict[str, Node]) -> Node:
    match node:
        case Ref(name=name, unit=unit) if name in small:
            return Op("as", (small[name],), unit)  # a column's type, without the column
        case Op(op=op, args=args, unit=unit):
            return Op(op, tuple(_written_out(arg, small) for arg in args), unit)
    return node


def _shared(columns: dict[At, Column]) -> dict[At, Column]:
    """What formulas of the same stage write more than once, as columns of their own before whoever reads them."""
    sharing: dict[tuple[str, int], Sharing] = {}
    for column in columns.values():
        if isinstance(column.made, Row):
            called = f"part_{column.round}"
            own = sharing.setdefault((column.entity, column.round), Sharing(column.entity, called))
            own.count(column.made.node)
    found: dict[At, Column] = {}
    for at, column in columns.items():
        if isinstance(column.made, Row):
            own = sharing[column.entity, column.round]
            node = own.within(column.made.node)
            for name, part in own.taken():
                found[column.entity, name] = replace(column, name=name, unit=part.unit, made=Row(part))
            column = replace(column, made=Row(node))
        found[at] = column
    return found


def _deepened(columns: dict[At, Column]) -> dict[At, Column]:
    """Depth within the round: before whatever reads it, and no earlier."""
    height = dict.fromkeys(columns, 0)
    found: dict[At, Column] = {}
    for at, column in reversed(list(columns.items())):
        found[at] = replace(column, depth=-height[at])
        for name in same_row(column):
            other = (column.entity, name)
            if columns[other].round == column.round:
                height[other] = max(height[other], height[at] + 1)
    return {at: found[at] for at in columns}


def _assured(columns: dict[At, Column]) -> dict[At, Column]:
    """Which columns are known in every row: guards against the unknown cost more than what they guard."""
    found: dict[At, Column] = {}
    for at, column in columns.items():
        found[at] = replace(column, sure=_is_sure(found, column))
    return found


def _is_sure(columns: dict[At, Column], column: Column) -> bool:
    def known(ref: Ref) -> bool:
        home = "person" if isinstance(column.made, Fold) else column.entity
        return ref.name == home or (ref.name not in KEYS and columns[home, ref.name].sure)

    match column.made:
        case Row(node=node):
            return sure(node, known)
        case Fold(value=value, where=where, empty=empty):
            return empty is not None and all(sure(part, known) for part in (value, where) if part is not None)
    return isinstance(column.made, Met)
