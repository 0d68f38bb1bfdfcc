"""A formula laid out for a rule's page: what is long stands line under line, what is short in one. Pure."""

from collections import Counter
from dataclasses import dataclass, replace

from wenhou.desk.policy.sayings import NUMBERS, Speaker, is_one
from wenhou.engine import nodes, phrases
from wenhou.engine.nodes import Agg, Lit, Mine, Node, Op
from wenhou.policy.telling.wording import Words

TOGETHER = {"and": "同时满足", "or": "满足其一"}
NONE_OF = {"and": "下面各条没有全部满足", "or": "下面各条一条也不满足"}
BRANCHES = ("若", "否则若", "则", "否则")
NAMES = "甲乙丙丁戊己庚辛壬癸"
WORTH = 8  # nodes a repeated part must have to be named
SHORT = 56  # characters of a line that need no laying out


@dataclass(frozen=True)
class Formula:
    """Lays out the nodes of one formula."""

    speaker: Speaker

    def whole(self, node: Node) -> list[Words]:
        """The formula from its top, and after it what is told once because it comes again and again."""
        named = dict(zip(repeated(node), NAMES, strict=False))
        parts = [
            Words(f"{name}是", (self._without(named, part).told(part),), "") for part, name in named.items()
        ]
        return [self._without(named, None).top(node), *parts]

    def _without(self, named: dict[Node, str], part: Node | None) -> "Formula":
        others = {one: f"{name}（见下）" for one, name in named.items() if one != part}
        return Formula(replace(self.speaker, named=others))

    def top(self, node: Node) -> Words:
        """A bare yes, no or unknown is a sentence; cases stand under each other however short."""
        if isinstance(node, Op) and node.op == "when":
            return Words("分情形", self._cases(node))
        if isinstance(node, Lit) and node.value is None:
            return Words("没有查到当地的规定：一律不知道，不当作否")
        if isinstance(node, Lit) and isinstance(node.value, bool):
            return Words("一律为是" if node.value else "一律为否：当时、当地没有这一条")
        return self.told(node)

    def told(self, node: Node, lead: str = "") -> Words:
        """Lines within lines. lead: the word before the first."""
        if node in self.speaker.named:
            return Words(self.speaker.say(node), (), lead)
        match node:
            case Mine(node=inner) if self._branches(inner):
                return self.told(inner, lead)
            case Op():
                return self._op(node, lead)
            case Agg() if self._is_long(node):
                return self._group(node, lead)
        return Words(self.speaker.say(node), (), lead)

    def _op(self, node: Op, lead: str) -> Words:
        if node.op in TOGETHER:
            return Words(TOGETHER[node.op], self._each(_flat(node, node.op)), lead)
        if node.op == "when":
            said = "" if lead in BRANCHES else self._in_one(node)
            return Words(said, (), lead) if said else Words("分情形", self._cases(node), lead)
        if not self._is_long(node):
            return Words(self.speaker.say(node), (), lead)
        if node.op == "not":
            return self._not(node.args[0], lead)
        if node.op in phrases.COMPARE:
            left, right = node.args
            verb = NUMBERS[node.op]
            if isinstance(right, Lit):
                return Words(f"下面的数{verb}{self.speaker.value(left, right)}", (self.told(left),), lead)
            return Words(f"前一项{verb}后一项", (self.told(left, "前"), self.told(right, "后")), lead)
        return self._reckoned(node, lead)

    def _not(self, node: Node, lead: str) -> Words:
        if isinstance(node, Op) and node.op in NONE_OF:
            return Words(NONE_OF[node.op], self._each(_flat(node, node.op)), lead)
        return Words("下面这一条不成立", (self.told(node),), lead)

    def _reckoned(self, node: Op, lead: str) -> Words:
        if node.op in ("+", "-"):
            terms = _terms(node)
            head = "下面各项相加" if all(sign == "加" for sign, _ in terms) else "下面各项加减"
            return Words(head, tuple(self.told(one, sign) for sign, one in terms), lead)
        if node.op == "*":
            known = [one for one in _flat(node, "*") if not is_one(one)]
            if len(known) == 1:
                return self.told(known[0], lead)
            return Words("下面各项相乘", self._each(known), lead)
        if node.op in phrases.BETWEEN:
            over, under = node.args
            rounded = phrases.rounded_to(node)
            if is_one(under):
                return (
                    Words(f"下面的数{rounded}", (self.told(over),), lead)
                    if rounded
                    else self.told(over, lead)
                )
            return Words(f"相除{rounded}", (self.told(over, "用"), self.told(under, "除以")), lead)
        if node.op in ("least", "greatest"):
            return self._extreme(node, lead)
        return Words(self.speaker.say(node), (), lead)

    def _extreme(self, node: Op, lead: str) -> Words:
        known = _flat(node, node.op)
        floor = [one for one in known if isinstance(one, Lit) and one.value == 0]
        if node.op == "greatest" and floor and len(known) == 2:
            rest = next(one for one in known if one not in floor)
            return Words("按下面算，低于零的按零", (self.told(rest),), lead)
        if node.unit == "date":
            return Words("取最早的" if node.op == "least" else "取最晚的", self._each(known), lead)
        return Words("取最小的" if node.op == "least" else "取最大的", self._each(known), lead)

    def _group(self, node: Agg, lead: str) -> Words:
        """Of whom, and what of each, on lines of their own."""
        whose = phrases.group(self.speaker.book, node.group)
        under = [] if node.where is None else [self.told(node.where, "其中")]
        if node.value is None:
            return Words(f"数{whose}的人数", tuple(under), lead)
        if node.how in ("any", "all"):
            head = f"{whose}中{'有一人' if node.how == 'any' else '人人'}符合"
        else:
            head = f"{whose}每人的数{'合计' if node.how == 'sum' else '取' + self.speaker.extreme(node)}"
        return Words(head, (*under, self.told(node.value, "每人")), lead)

    def _in_one(self, node: Op) -> str:
        """'若能自主吃饭，则0；否则1' where all three are short; '' elsewhere."""
        if any(self._is_long(one) for one in node.args):
            return ""
        condition, then, rest = (self.speaker.say(one) for one in node.args)
        said = f"若{condition}，则{then}；否则{rest}"
        return said if len(said) <= SHORT else ""

    def _cases(self, node: Op) -> tuple[Words, ...]:
        """若…则…；否则若…则…；否则… on one level."""
        lines: list[Words] = []
        rest: Node = node
        while isinstance(rest, Op) and rest.op == "when":
            condition, then, rest = rest.args
            lines.append(self.told(condition, "若" if not lines else "否则若"))
            lines.append(self.told(then, "则"))
        lines.append(self.told(rest, "否则"))
        return tuple(lines)

    def _each(self, nodes: list[Node]) -> tuple[Words, ...]:
        return tuple(self.told(one) for one in nodes)

    def _branches(self, node: Node) -> bool:
        return _has_branches(node, frozenset(self.speaker.named))

    def _is_long(self, node: Node) -> bool:
        return self._branches(node) or len(self.speaker.say(node)) > SHORT


def repeated(node: Node) -> list[Node]:
    """Branching parts of some size that stand in a formula more than once, in the order they come."""
    counted = Counter(one for one in nodes.walk(node) if _has_branches(one))
    found: list[Node] = []

    def look(part: Node, above: int) -> None:
        often = counted[part]
        if often > above and part is not node and sum(1 for _ in nodes.walk(part)) >= WORTH:
            found.append(part) if part not in found else None
            above = often
        for one in nodes.children(part):
            look(one, above)

    look(node, 1)
    return found


def _has_branches(node: Node, named: frozenset[Node] = frozenset()) -> bool:
    """Whether anything in it stands line under line; what is named stands elsewhere."""
    if node in named:
        return False
    if isinstance(node, Op) and (node.op in TOGETHER or node.op == "when"):
        return True
    return any(_has_branches(one, named) for one in nodes.children(node))


def _flat(node: Node, op: str) -> list[Node]:
    """a 且 (b 且 c) is one list."""
    if isinstance(node, Op) and node.op == op:
        return [one for arg in node.args for one in _flat(arg, op)]
    return [node]


def _terms(node: Node, sign: str = "加") -> list[tuple[str, Node]]:
    """A sum as its terms, each with its sign."""
    if not isinstance(node, Op) or node.op not in ("+", "-"):
        return [(sign, node)]
    other = {"加": "减", "减": "加"}[sign] if node.op == "-" else sign
    return [*_terms(node.args[0], sign), *_terms(node.args[1], other)]
