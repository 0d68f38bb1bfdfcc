"""How values and formulas read in Chinese."""

from datetime import date
from decimal import Decimal

from wenhou.base.money import format_yuan
from wenhou.engine.declared import Link
from wenhou.engine.nodes import Agg, Found, Get, Is, Lit, Mine, Node, Op, Ref, Together, Value
from wenhou.engine.units import Unit
from wenhou.engine.words import Book

SUFFIX = {
    "fen": "元",
    "times": "次",
    "days": "天",
    "months": "个月",
    "years": "岁",
    "year": "年",
    "hours": "小时",
    "level": "级",
    "percent": "%",
    "permille": "‰",
    "bp": "‱",
    "points": "分",
    "sqm": "平方米",
    "mu": "亩",
    "kwh": "千瓦时",
    "tons": "吨",
}
PER = {"month": "月", "year": "年", "day": "日", "person": "人", "household": "户"}
COMPARE = {"==": "＝", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}
BETWEEN = {"+": "+", "-": "−", "*": "×", "/": "÷", "floor_div": "÷", "ceil_div": "÷", "round_half_up": "÷"}
ROUNDED = {"floor_div": "（舍去余数）", "ceil_div": "（进一）", "round_half_up": "（四舍五入）"}
SCALING = frozenset({"*", "/", "floor_div", "ceil_div", "round_half_up"})
SENTENCES = {
    "and": "同时满足：{all}",
    "or": "满足其一：{all}",
    "not": "并非：{0}",
    "neg": "负的{0}",
    "isin": "{0}属于{others}",
    "startswith": "{0}以{others}开头",
    "is_known": "已知{0}",
    "fill": "{0}（不知道时按{1}）",
    "when": "若{0}则{1}，否则{2}",
}
NAMED = {
    "least": "最小者：",
    "greatest": "最大者：",
    "months_after": "若干月之后：",
    "days_after": "若干日之后：",
    "days_between": "相隔日数：",
    "full_years": "周岁：",
    "month_of": "所在月：",
    "year_of": "所在年：",
}
HOW = {"sum": "合计", "any": "有一人", "all": "人人", "count": "人数", "max": "最大", "min": "最小"}
GROUPS = {"members": "成员", "housemates": "同住人"}


def shown(value: Value, unit: Unit, *, bare: bool = False) -> str:
    """A value for reading; bare leaves the unit off."""
    if value is None:
        return "不知道"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date | str):
        return str(value)
    base, _, per = (unit or "").partition("/")
    end = "" if bare else SUFFIX.get(base, "") + (f"/{PER[per]}" if per else "")
    return _number(value, base) + end


def _number(value: int | float | Decimal, base: str) -> str:
    if base == "fen":
        return format_yuan(int(value))
    if base in ("year", "level"):
        return str(value)
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.4f}".rstrip("0").rstrip(".")


def label(book: Book, node: Node) -> str:
    """What a part of a formula is called."""
    match node:
        case Lit(value=value, unit=unit):
            return shown(value, unit)
        case Ref(name=name):
            return book[name].label
        case Mine(node=inner):
            return label(book, inner)
        case Get(link=link, item=item):
            return f"{book[link].label}的{label(book, item)}"
        case Found(link=link):
            return f"知道{book[link].label}是谁"
        case Together(link=link):
            return "同住" if link is None else f"与{book[link].label}同住"
        case Is(link=link):
            return f"就是本人的{book[link].label}"
        case Agg():
            return _aggregate(book, node)
        case Op():
            return _operator(book, node)


def group(book: Book, name: str) -> str:
    """What the people of a group are called."""
    known = book.declared.get(name)
    return known.label if isinstance(known, Link) else GROUPS[name]


def _aggregate(book: Book, node: Agg) -> str:
    whose = group(book, node.group)
    if node.where is not None:
        whose += f"（{label(book, node.where)}）"
    return f"{whose}{HOW[node.how]}" + ("" if node.value is None else f"“{label(book, node.value)}”")


def _operator(book: Book, node: Op) -> str:
    said = [_beside(book, node, arg) for arg in node.args]
    op = node.op
    if op in COMPARE:
        return f"{said[0]} {COMPARE[op]} {said[1]}"
    if op in BETWEEN:
        return f"{_held(said[0], node.args[0])} {BETWEEN[op]} {_held(said[1], node.args[1])}{ROUNDED.get(op, '')}"
    if op in SENTENCES:
        return SENTENCES[op].format(*said, others="、".join(said[1:]), all="；".join(said))
    return NAMED[op] + "、".join(said)


def _beside(book: Book, node: Op, arg: Node) -> str:
    """A plain number reads in the unit of what it is compared with or added to."""
    if not isinstance(arg, Lit) or arg.unit is not None or node.op in SCALING:
        return label(book, arg)
    unit = next((other.unit for other in node.args if other.unit not in (None, "bool")), node.unit)
    return shown(arg.value, unit if unit not in ("bool", "date") else None)


def _held(said: str, node: Node) -> str:
    return f"({said})" if isinstance(node, Op) and node.op in BETWEEN else said


def compared(op: str, left: Value, right: Value, unit: Unit) -> str:
    """A comparison with both its sides: 43,186.40 ≥ 20,000.00元."""
    bare = left is not None and right is not None
    return f"{shown(left, unit, bare=bare)} {COMPARE[op]} {shown(right, unit)}"
