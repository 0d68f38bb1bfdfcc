"""A part of a formula in one line of plain Chinese, as a rule's page says it. Pure.

The engine's own phrases stand in reasons, where every sign has a figure beside it; here nobody's figures are known, so
signs become words, the day asked about is 判定日, and a standard is followed by what it is at the reader's place.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeGuard

from wenhou.engine import phrases, units
from wenhou.engine.declared import Standard
from wenhou.engine.nodes import Agg, Found, Get, Is, Lit, Mine, Node, Op, Ref, Together
from wenhou.engine.words import Book
from wenhou.policy import answers
from wenhou.policy.facts.choices import CHOICES
from wenhou.policy.telling import codes

CODES = {"household_category": answers.SHORT | answers.REGISTERED, "sex": codes.SEX}
assert all(set(words) == set(CHOICES[name]) for name, words in CODES.items())
NUMBERS = {"<": "低于", "<=": "不超过", ">": "超过", ">=": "达到", "==": "等于", "!=": "不等于"}
DAYS = {"<": "早于", "<=": "不晚于", ">": "晚于", ">=": "不早于", "==": "就是", "!=": "不是"}
TEXTS = {"==": "是", "!=": "不是"}
SINCE = {"<": "已超过", "<=": "已满", ">": "未满", ">=": "没有超过"}
TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
PEOPLE = ("人", "成员", "人员", "人口", "对象", "儿童", "子女", "孤儿")
NEVER = date(9999, 12, 31)
PLUS = {"+": "加", "-": "减"}
EXTREMES = {("max", "date"): "最晚的", ("min", "date"): "最早的"}


@dataclass(frozen=True)
class Speaker:
    """Says nodes of one formula. day: the day it was traced for; held: standard's name → its value in words.

    named: parts that are told once, elsewhere, and here by a name (甲, 乙).
    """

    book: Book
    day: date
    held: Mapping[str, str] = field(default_factory=dict)
    named: Mapping[Node, str] = field(default_factory=dict)

    def say(self, node: Node) -> str:
        """One line, however long."""
        if node in self.named:
            return self.named[node]
        match node:
            case Lit(value=value, unit=unit):
                return self._day(value) if isinstance(value, date) else phrases.shown(value, unit)
            case Ref(name=name):
                told = self.held.get(name)
                return self.book[name].label + (f"〔{told}〕" if told else "")
            case Mine(node=inner):
                return self._mine(inner)
            case Get(link=link, item=item):
                return f"{self.book[link].label}的“{self.say(item)}”"
            case Found() | Together() | Is():
                return phrases.label(self.book, node)
            case Agg():
                return self._group(node)
            case Op():
                return self._op(node)

    def _mine(self, node: Node) -> str:
        """Only what differs from person to person is anybody's own."""
        own = isinstance(node, Get) or (
            isinstance(node, Ref)
            and node.entity == "person"
            and not isinstance(self.book[node.name], Standard)
        )
        return f"本人的{self.say(node)}" if own else self.say(node)

    def quoted(self, node: Node) -> str:
        """A name that would run into what stands before it: “父母失联的期限”〔6个月〕."""
        if not isinstance(node, Ref):
            return self.say(node)
        name, bracket, told = self.say(node).partition("〔")
        return f"“{name}”{bracket}{told}"

    def _day(self, value: date) -> str:
        if value == self.day:
            return "判定日"
        if value == NEVER:
            return "没有日期（排在最后）"
        if (value.month, value.day) in ((1, 1), (12, 31)) and value.year in (
            self.day.year - 1,
            self.day.year,
        ):
            year = "当年" if value.year == self.day.year else "上一年"
            return f"{year}{value.month}月{value.day}日"
        return value.isoformat()

    def whose(self, node: Agg) -> str:
        """Of whom an aggregate is: 'members' or those of them who answer to a condition."""
        group = phrases.group(self.book, node.group)
        match node.where:
            case None:
                return group
            case Ref() if self.say(node.where).endswith(PEOPLE):
                return self.say(node.where)
        return f"{group}（{self.say(node.where)}）"

    def _group(self, node: Agg) -> str:
        whose = self.whose(node)
        if node.value is None:
            return f"“{whose}”的人数"
        value = self.say(node.value)
        if node.how == "count":
            return f"{whose}中符合“{value}”的人数"
        if node.how in ("any", "all"):
            return f"{whose}中{'有一人' if node.how == 'any' else '人人'}符合“{value}”"
        if node.how == "sum":
            return f"{whose}的“{value}”合计"
        return f"{whose}的“{value}”中{self.extreme(node)}"

    def extreme(self, node: Agg) -> str:
        """'最晚的' of days, '最大的' of numbers."""
        return EXTREMES.get((node.how, str(node.unit)), f"{phrases.HOW[node.how]}的")

    def _op(self, node: Op) -> str:
        op, args = node.op, node.args
        if op in phrases.COMPARE:
            return self._since(node) or self._compared(node)
        if op in ("+", "-"):
            return f"{self.held_in(args[0], op)}{PLUS[op]}{self.held_in(args[1], op)}"
        if op == "*":
            known = [one for one in args if not is_one(one)] or [args[0]]
            return " × ".join(self.held_in(one, op) for one in known)
        if op in phrases.BETWEEN:
            if is_one(args[1]):
                return f"{self.held_in(args[0], op)}{phrases.rounded_to(node)}"
            sign = f" ÷ {self.held_in(args[1], op)}"
            return f"{self.held_in(args[0], op)}{sign}{phrases.rounded_to(node)}"
        return self._sentence(op, args)

    def _sentence(self, op: str, args: tuple[Node, ...]) -> str:
        said = [self.say(one) for one in args]
        match op:
            case "isin":
                return f"{said[0]}是{'或'.join(self.value(args[0], one) for one in args[1:])}"
            case "months_after" | "days_after":
                if isinstance(args[1], Op) and args[1].op == "neg":
                    return f"{said[0]}往前{self.quoted(args[1].args[0])}的那一天"
                return f"{said[0]}满{self.quoted(args[1])}的那一天"
            case "full_years":
                return f"按{said[0]}算到{said[1]}的周岁"
            case "days_between":
                return f"{said[0]}到{said[1]}的天数"
            case "month_of" | "year_of":
                return f"{said[0]}所在的{'月' if op == 'month_of' else '年'}"
            case "least" | "greatest":
                return f"{'、'.join(said)}中{'最小' if op == 'least' else '最大'}的"
            case "not":
                return f"并非：{said[0]}"
        return phrases.SENTENCES[op].format(*said, others="、".join(said[1:]), all="；".join(said))

    def _since(self, node: Op) -> str:
        """'失联起始日期起已满6个月', '入监日期在判定日以前6个月以内'; '' for what is no day and length beside today."""
        then, now = node.args
        if _is_later(then) and self._is_today(now) and node.op in SINCE:
            return f"{self.say(then.args[0])}起{SINCE[node.op]}{self.quoted(then.args[1])}"
        if not (_is_later(now) and self._is_today(now.args[0]) and node.op == ">="):
            return ""
        back = now.args[1]
        if not (isinstance(back, Op) and back.op == "neg"):
            return ""
        return f"{self.say(then)}在判定日以前{self.quoted(back.args[0])}以内"

    def _is_today(self, node: Node) -> bool:
        return isinstance(node, Lit) and node.value == self.day

    def _compared(self, node: Op) -> str:
        left, right = node.args
        op = node.op
        if isinstance(left, Lit) and not isinstance(right, Lit):
            left, right, op = right, left, TURNED[op]
        first, second = self.held_in(left, op), self.value(left, right)
        if second.partition("〔")[0] == first:
            second = f"规定的{second}"
        if isinstance(left, Op) and left.op in PLUS:
            return f"{first}，{self.verb(op, left, right)}{second}"
        gap = " " if " × " in first or " ÷ " in first else ""
        return f"{first}{gap}{self.verb(op, left, right)}{gap}{second}"

    def verb(self, op: str, left: Node, right: Node) -> str:
        """How two sides compare, in the words of what they are; degrees of disability keep their sign."""
        unit = left.unit or right.unit
        if unit == "level":
            return {"==": "是", "!=": "不是"}.get(op, f" {phrases.COMPARE[op]} ")
        if unit == "date":
            return DAYS[op]
        return TEXTS[op] if unit in ("text", "code", "bool") and op in TEXTS else NUMBERS[op]

    def value(self, beside: Node, node: Node) -> str:
        """A value as it reads beside what it is compared with: 低保 for DB, 0.00元 for a bare 0."""
        if isinstance(node, Lit) and isinstance(node.value, str):
            codes = CODES.get(beside.name, {}) if isinstance(beside, Ref) else {}
            said = codes.get(node.value, node.value)
            return f"“{said}”" if said in ("无", "其他") else said
        if isinstance(node, Lit) and node.unit is None and beside.unit not in (None, "bool", "date"):
            return phrases.shown(node.value, beside.unit)
        return self.held_in(node, "==")

    def held_in(self, node: Node, op: str) -> str:
        """Bracketed where it would run into what stands beside it."""
        said, node = self.say(node), phrases.core(node)
        if not isinstance(node, Op) or node.op not in phrases.BETWEEN:
            return said
        together = op in phrases.COMPARE or (op in PLUS and node.op == op == "+") or (op == node.op == "*")
        return said if together else f"（{said}）"


def _is_later(node: Node) -> TypeGuard[Op]:
    return isinstance(node, Op) and node.op in ("months_after", "days_after")


def is_one(node: Node) -> bool:
    """A plain one, which only turns an amount a year into an amount, or tells in what parts it is counted."""
    return isinstance(node, Lit) and not isinstance(node.value, bool) and node.value == units.scale(node.unit)
