"""Plain numbers read as scales: beside `fen×100`, or declared so, `wages * 100` is wages in hundredths of a fen.

Nothing is reckoned otherwise for it; only the units change, and with them what people read.
"""

from dataclasses import replace
from fractions import Fraction

from wenhou.engine import units
from wenhou.engine.nodes import Agg, Lit, Mine, Node, Op

_ALIKE = frozenset({"+", "-", "neg", "least", "greatest", "fill"})
_DIVIDED = frozenset({"floor_div", "ceil_div", "round_half_up"})
_TOGETHER = frozenset({"sum", "max", "min"})


def read_as(node: Node, unit: units.Unit) -> Node | None:
    """The node in this unit, where plain numbers in it account for the scale; else None."""
    if node.unit == unit:
        return node
    if not units.differ_in_scale(node.unit, unit):
        return None
    return _finer(node, units.scale(unit) / units.scale(node.unit))


def _finer(node: Node, by: Fraction) -> Node | None:
    """The node as counted in parts so many times as fine."""
    match node:
        case _ if by == 1:
            return node
        case Lit(value=value) if value is None or value == 0:
            return node if node.unit is None else Lit(value, units.scaled(node.unit, by))
        case Op(op="*", args=(one, other)):
            return _product(node, one, other, by)
        case Op(op=op, args=(above, below)) if op in _DIVIDED:
            return _made(node, (_factor(above, by), below), by) or _made(
                node, (above, _factor(below, 1 / by)), by
            )
        case Op(op="when", args=(condition, then, otherwise)):
            return _made(node, (condition, _finer(then, by), _finer(otherwise, by)), by)
        case Op(op=op, args=args) if op in _ALIKE:
            return _made(node, tuple(_finer(arg, by) for arg in args), by)
        case Agg(how=how, value=value, empty=empty) if value is not None and how in _TOGETHER and not empty:
            inner = _finer(value, by)
            return None if inner is None else replace(node, value=inner, unit=units.scaled(node.unit, by))
        case Mine(node=held):
            inner = _finer(held, by)
            return None if inner is None else Mine(inner, inner.unit)
    return None


def _product(node: Op, one: Node, other: Node, by: Fraction) -> Node | None:
    """A plain number is the scale, or part of it; else one side carries it all."""
    for number, rest in ((other, one), (one, other)):
        scale = plain(number)
        if scale:
            read = {id(number): as_scale(scale), id(rest): _factor(rest, by / scale)}
            found = _made(node, (read[id(one)], read[id(other)]), by)
            if found is not None:
                return found
    return _made(node, (_factor(one, by), other), by) or _made(node, (one, _factor(other, by)), by)


def _factor(node: Node, by: Fraction) -> Node | None:
    number = plain(node)
    if number is None or by == 1:
        return _finer(node, by)
    return as_scale(number) if number == by else None


def _made(node: Op, args: tuple[Node | None, ...], by: Fraction) -> Node | None:
    whole = tuple(arg for arg in args if arg is not None)
    return Op(node.op, whole, units.scaled(node.unit, by)) if len(whole) == len(args) else None


def plain(node: Node) -> int | None:
    """A whole number that says no unit; nothing for any other part."""
    if isinstance(node, Lit) and node.unit is None and type(node.value) is int and node.value > 0:
        return node.value
    return None


def as_scale(number: int) -> Lit:
    """The number one, counted in so many parts."""
    return Lit(number, units.scaled(None, Fraction(number)))
