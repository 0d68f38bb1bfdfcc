"""A formula in words, laid out as a clerk would write it down: conditions under each other, cases told apart. Pure."""

from dataclasses import dataclass

from wenhou.engine import phrases
from wenhou.engine.nodes import Node, Op
from wenhou.engine.words import Book

TOGETHER = {"and": "同时满足", "or": "满足其一"}


@dataclass(frozen=True)
class Words:
    """One line, and what stands under it. lead: the word before it (若, 则, 否则), or nothing."""

    text: str
    under: tuple["Words", ...] = ()
    lead: str = ""


def told(book: Book, node: Node, *, lead: str = "") -> Words:
    """The formula as lines within lines."""
    if isinstance(node, Op):
        if node.op in TOGETHER:
            return Words(TOGETHER[node.op], tuple(told(book, one) for one in _flat(node, node.op)), lead)
        if node.op == "when":
            return Words("分情形", _cases(book, node), lead)
        if node.op == "not" and _is_long(node.args[0]):
            return Words("下面这一条不成立", (told(book, node.args[0]),), lead)
        if node.op in phrases.BETWEEN and any(_is_long(arg) for arg in node.args):
            sign = phrases.BETWEEN[node.op] + phrases.ROUNDED.get(node.op, "")
            return Words(f"下面各项依次“{sign}”", tuple(told(book, one) for one in node.args), lead)
        if node.op in ("least", "greatest"):
            kind = "取最小的" if node.op == "least" else "取最大的"
            return Words(kind, tuple(told(book, one) for one in node.args), lead)
    return Words(phrases.label(book, node), (), lead)


def _flat(node: Node, op: str) -> list[Node]:
    """a 且 (b 且 c) is one list."""
    if isinstance(node, Op) and node.op == op:
        return [one for arg in node.args for one in _flat(arg, op)]
    return [node]


def _cases(book: Book, node: Op) -> tuple[Words, ...]:
    """若…则…；否则若…则…；否则… on one level."""
    lines: list[Words] = []
    rest: Node = node
    while isinstance(rest, Op) and rest.op == "when":
        condition, then, rest = rest.args
        lines.append(told(book, condition, lead="若" if not lines else "否则若"))
        lines.append(told(book, then, lead="则"))
    lines.append(told(book, rest, lead="否则"))
    return tuple(lines)


def _is_long(node: Node) -> bool:
    return isinstance(node, Op) and (node.op in TOGETHER or node.op in ("when", "least", "greatest"))
