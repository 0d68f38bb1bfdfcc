"""From trees to columns: every crossing between people and households becomes a column of its own, once."""

from collections.abc import Mapping

from wenhou.engine.columns import KEYS, MINE, Beside, Column, Fold, Given, Made, Met, Pick, Row, Spread
from wenhou.engine.nodes import Agg, Found, Get, Is, Lit, Mine, Node, Op, Ref, Together, walk
from wenhou.engine.units import Unit

Tree = tuple[str, Node]  # the rule's entity and its tree


class Lowering:
    """Columns of both tables, made on demand. Equal trees are the same column."""

    def __init__(self, trees: Mapping[str, Tree]) -> None:
        self._trees = trees
        self.columns: dict[tuple[str, str], Column] = {}
        self._made: dict[tuple[str, Made], str] = {}

    def column(self, name: str, entity: str, unit: Unit = None) -> Column:
        """The column of a declared name (or a link's key) in one of the two tables."""
        known = self.columns.get((entity, name))
        if known is not None:
            return known
        home, tree = self._trees.get(name, (None, None))
        if tree is not None and home == entity:
            if isinstance(tree, Agg | Get | Found | Together):
                made = self._crossing(tree, entity, name)
                if (entity, name) in self.columns:
                    return self.columns[entity, name]
                return self._keep(name, entity, tree.unit, Row(made))
            return self._keep(name, entity, tree.unit or unit, Row(self.lower(tree, entity)))
        return self._keep(name, entity, unit, Given())

    def spread(self, name: str, unit: Unit) -> Column:
        """A household column among the persons' columns."""
        if ("person", name) not in self.columns:
            self.column(name, "household", unit)
            self._keep(name, "person", unit, Spread())
        return self.columns["person", name]

    def lower(self, node: Node, entity: str) -> Node:
        """The tree as a row expression over columns of the entity's table."""
        match node:
            case Lit():
                return node
            case Ref(name=name, entity=home, unit=unit):
                here = self.spread(name, unit) if home != entity else self.column(name, entity, unit)
                return Ref(here.name, entity, unit)
            case Op(op=op, args=args, unit=unit):
                return Op(op, tuple(self.lower(arg, entity) for arg in args), unit)
            case Mine(node=inner, unit=unit):  # in a member's row: the household's own value
                return inner if isinstance(inner, Lit) else self._spread_node(inner, unit)
            case Agg(group="members") if entity == "person":
                return self._spread_node(node, node.unit)
        return self._crossing(node, entity)

    def _spread_node(self, node: Node, unit: Unit) -> Node:
        """Compute in the household's table, read in the person's."""
        if isinstance(node, Ref):
            return Ref(self.spread(node.name, node.unit).name, "person", unit)
        held = self.named(node, "household")
        return Ref(self.spread(held, unit).name, "person", unit)

    def named(self, node: Node, entity: str) -> str:
        """The column that holds a part of a tree, made if need be."""
        lowered = self.lower(node, entity)
        return lowered.name if isinstance(lowered, Ref) else self._anonymous(entity, Row(lowered), node.unit)

    def _crossing(self, node: Node, entity: str, called: str | None = None) -> Ref:
        made: Made
        match node:
            case Get(link=link, item=item):
                source = self.lower(item, "person")
                assert isinstance(source, Ref)
                made = Pick(self._key(link), source.name)
            case Found(link=link):
                made = Met(self._key(link))
            case Together(link=str(link)):
                made = Beside(self._key(link))
            case Agg():
                made = self._fold(node)
            case _:
                raise AssertionError(f"{node} stands outside its group")
        name = self._anonymous(entity, made, node.unit, called)
        return Ref(name, entity, node.unit)

    def _key(self, link: str) -> str:
        return self.column(link, "person", "count").name

    def _fold(self, node: Agg) -> Fold:
        lower = self._member if node.group == "members" else self._pair
        value = None if node.value is None else lower(node.value)
        where = None if node.where is None else lower(node.where)
        return Fold(node.how, node.group, value, where, node.unit, node.empty)

    def _member(self, node: Node) -> Node:
        return self.lower(node, "person")

    def _pair(self, node: Node) -> Node:
        """Over pairs: bare references are the element's, MINE the row of the one who folds."""
        match node:
            case Op(op=op, args=args, unit=unit):
                return Op(op, tuple(self._pair(arg) for arg in args), unit)
            case Mine(node=Lit() as inner):
                return inner
            case Mine(node=inner, unit=unit):
                return Ref(self.named(inner, "person"), MINE, unit)
            case Together(link=None):
                return _equal("household", "household")
            case Is(link=link):
                return _equal("person", self._key(link))
        return self.lower(node, "person")

    def _anonymous(self, entity: str, made: Made, unit: Unit, called: str | None = None) -> str:
        known = self._made.get((entity, made))
        if known is None:
            known = called or f"_{len(self._made) + 1}"
            self._keep(known, entity, unit, made)
            self._made[entity, made] = known
        return known

    def _keep(self, name: str, entity: str, unit: Unit, made: Made) -> Column:
        column = Column(name, entity, unit, made, self._round(name, entity, made))
        self.columns[entity, name] = column
        return column

    def _round(self, name: str, entity: str, made: Made) -> int:
        match made:
            case Given():
                return 0
            case Spread():
                return self.columns["household", name].round
            case Row(node=node):
                refs = (ref for ref in walk(node) if isinstance(ref, Ref))
                return max((self.columns[entity, ref.name].round for ref in refs), default=0)
        return 1 + max((self.columns["person", read].round for read in self._read(made)), default=0)

    def _read(self, made: Made) -> set[str]:
        match made:
            case Pick(link=link, source=source):
                return {link, source}
            case Met(link=link) | Beside(link=link):
                return {link}
            case Fold(value=value, where=where):
                parts = [part for part in (value, where) if part is not None]
                refs = (ref for part in parts for ref in walk(part) if isinstance(ref, Ref))
                return {ref.name for ref in refs} - KEYS
        return set()


def _equal(element: str, mine: str) -> Node:
    return Op("==", (Ref(element, "person", "count"), Ref(mine, MINE, "count")), "bool")
