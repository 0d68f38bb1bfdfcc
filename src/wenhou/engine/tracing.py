"""From a formula to its tree: hand it what its parameters name, and take what it builds."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from wenhou.engine import nodes, scales, units
from wenhou.engine.declared import Fact, Link, Rule, Standard, Version
from wenhou.engine.expr import Expr
from wenhou.engine.faults import DeclarationFault, nearest
from wenhou.engine.groups import Group, Linked, plain
from wenhou.engine.nodes import Agg, Get, Is, Lit, Mine, Node, Op, Ref

GROUPS = frozenset({"members", "housemates"})  # groups that are no links

if TYPE_CHECKING:
    from wenhou.engine.words import Book


def trace(
    book: "Book", name: str, entity: str, version: Version, *, as_of: date, unit: str | None = None
) -> Node:
    """The tree of one formula for one day, in its rule's unit: the one given, else the one declared.

    Raises DeclarationFault naming the rule and what is wrong.
    """
    try:
        given = {parameter: _argument(book, entity, parameter, as_of) for parameter in version.parameters}
        tree = plain(version.formula(**given)).node
    except DeclarationFault as fault:
        raise DeclarationFault(f"“{name}”：{fault.message}") from fault
    known = book.declared.get(name)
    unit = unit or (known.unit if isinstance(known, Rule) else None)
    return tree if unit is None else _in_unit(name, unit, tree)


def _argument(book: "Book", entity: str, parameter: str, as_of: date) -> Any:
    if parameter == "as_of":
        return as_of
    group = {"members": "household", "housemates": "person"}.get(parameter)
    if group is not None:
        if group != entity:
            other = "housemates" if parameter == "members" else "members"
            raise DeclarationFault(f"{entity} 的规则不能用 {parameter}，请用 {other}。")
        return Group(parameter, lambda item: reference(book, item))
    known = _find(book, parameter)
    if isinstance(known, Link):
        return _linked(book, known, entity)
    if entity == "household" and known.entity == "person":
        raise DeclarationFault(f"“{parameter}”是个人的，户的规则里请写 members.{parameter}。")
    return Expr(reference(book, parameter))


def _find(book: "Book", name: str) -> Fact | Standard | Rule | Link:
    if name not in book:
        hint = nearest(name, (*book.declared, "members", "housemates", "as_of"))
        raise DeclarationFault(f"参数“{name}”没有声明过。{hint}")
    return book[name]


def _linked(book: "Book", link: Link, entity: str) -> Group | Linked:
    if entity != "person":
        raise DeclarationFault(f"“{link.name}”是人与人的关系，只能用于 person 的规则。")
    if link.inverse_of:
        return Group(link.name, lambda item: reference(book, item))
    return Linked(link.name, lambda item: reference(book, item))


def reference(book: "Book", name: str) -> Ref:
    """A reference to a declared value."""
    known = book[name]
    if isinstance(known, Link):
        raise DeclarationFault(f"“{name}”是关系，不能在别人身上再取；请先立一条 person 的规则。")
    return Ref(name, known.entity, known.unit)


def _in_unit(name: str, unit: str, answer: Node) -> Node:
    """The formula in its rule's unit, which a plain number or unknown takes. Raises DeclarationFault."""
    if answer.unit == unit or (answer.unit is None and _takes(answer, unit)):
        return answer
    found = scales.read_as(answer, unit)
    if found is not None:
        return found
    hint = "；倍数不同，是漏乘了还是漏除了？" if units.differ_in_scale(answer.unit, unit) else "。"
    raise DeclarationFault(f"“{name}”声明的单位是 {unit}，公式算出来是 {units.shown(answer.unit)}{hint}")


def _takes(answer: Node, unit: str) -> bool:
    """Whether a plain number may stand for the unit; of a scaled unit only nothing may."""
    if _nothing(answer) or (isinstance(answer, Lit) and answer.value == 0):
        return _nothing(answer) or units.numeric(unit)
    return units.numeric(unit) and units.scale(unit) == 1


def _nothing(answer: Node) -> bool:
    return isinstance(answer, Lit) and answer.value is None


def direct(version: Version, tree: Node) -> frozenset[str]:
    """Names that one formula uses itself: facts, standards, rules and links."""
    return nodes.names(tree) | (links(tree) | set(version.parameters)) - GROUPS - {"as_of"}


def behind(
    book: "Book", parameters: Iterable[str], version: Version, entity: str, *, as_of: date
) -> frozenset[str]:
    """Every name a formula rests on, through all versions of the rules between."""
    return book.rests_on(nodes.names(trace(book, "", entity, version, as_of=as_of)) | set(parameters))


def links(node: Node) -> frozenset[str]:
    """Links and groups the tree goes through."""
    found: set[str] = set()
    for part in nodes.walk(node):
        match part:
            case Get(link=link) | nodes.Found(link=link) | Is(link=link):
                found.add(link)
            case nodes.Together(link=str(link)):
                found.add(link)
            case Agg(group=group):
                found.add(group)
            case Op() | Lit() | Ref() | Mine():
                pass
    return frozenset(found)
