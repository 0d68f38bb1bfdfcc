"""Parts that SQL would write more than once: each becomes a column of a layer below, and is reckoned once."""

from collections import Counter

from wenhou.engine import units
from wenhou.engine.nodes import Node, Op, Ref, walk
from wenhou.engine.units import Unit

SMALL = 3  # nodes that are cheaper written out again than kept for a layer
WEIGHTS = {
    "full_years": 12,
    "floor_div": 4,
    "ceil_div": 4,
    "round_half_up": 6,
    "least": 3,
    "greatest": 3,
    "when": 3,
}
TIMES = WEIGHTS | {
    "ceil_div": 2,
    "floor_div": 2,
    "round_half_up": 2,
    "months_after": 3,
    "days_after": 3,
    "startswith": 2,
}
"""How often an operator writes what it reads, where more than once."""


class Sharing:
    """Counts the parts of several trees over the same rows, then takes them apart. entity: whose rows; called: what its
    columns' names begin with, which nobody else's may."""

    def __init__(self, entity: str, called: str) -> None:
        self._entity, self._called = entity, called
        self._times: Counter[Node] = Counter()
        self._names: dict[Node, str] = {}
        self._taken: list[tuple[str, Op]] = []

    def count(self, node: Node, written: int = 1) -> None:
        """How often each part is written; the parts of what is met again are not, for it will be a column."""
        if not isinstance(node, Op):
            return
        met = self._times[node]
        self._times[node] += written
        if not met:
            for arg in node.args:
                self.count(arg, TIMES.get(node.op, 1))

    def within(self, node: Node) -> Node:
        """The tree with what it shares read from columns; itself it stays."""
        if not isinstance(node, Op):
            return node
        return Op(node.op, tuple(self.apart(arg) for arg in node.args), node.unit)

    def apart(self, node: Node) -> Node:
        """The same, where the tree itself may be such a column."""
        if not isinstance(node, Op) or self._times[node] < 2 or not _columnar(node):
            return self.within(node)
        if node not in self._names:
            made = Op(node.op, tuple(self.apart(arg) for arg in node.args), node.unit)
            self._names[node] = f"_{self._called}_{len(self._names) + 1}"
            self._taken.append((self._names[node], made))
        return Ref(self._names[node], self._entity, node.unit)

    def taken(self) -> list[tuple[str, Op]]:
        """The columns taken apart since last asked, each after those that it reads."""
        taken, self._taken = self._taken, []
        return taken


def weight(node: Node) -> int:
    """About how much a tree costs."""
    return sum(WEIGHTS.get(part.op, 1) if isinstance(part, Op) else 1 for part in walk(node))


def _columnar(node: Op) -> bool:
    """Neither too small nor of decimals, which a column would round."""
    return _kept(node.unit) and weight(node) > SMALL


def _kept(unit: Unit) -> bool:
    return units.parts(unit).base != "" and units.storage(unit) != "decimal"
