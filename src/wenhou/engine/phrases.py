"""How values and formulas read in Chinese: amounts in yuan whatever parts they are counted in, and no raw number."""

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction

from wenhou.base.money import format_yuan
from wenhou.engine import units
from wenhou.engine.declared import Link
from wenhou.engine.nodes import Agg, Found, Get, Is, Lit, Mine, Node, Op, Ref, Together, Value
from wenhou.engine.units import Unit
from wenhou.engine.words import Book

WORDING = 2
"""Raised with every change of these words, so that what was told in earlier ones is still known for the same."""
SUFFIX = {
    "fen": "元",
    "times": "次",
    "days": "天",
    "workdays": "个工作日",
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
ROUNDED = {"floor_div": "（舍去余数）", "ceil_div": "（有余数的进一）", "round_half_up": "（四舍五入）"}
TO_THE = {"floor_div": "（舍至{0}）", "ceil_div": "（向上到{0}）", "round_half_up": "（四舍五入到{0}）"}
SMALLEST = {Fraction(1): "分", Fraction(1, 10): "角", Fraction(1, 100): "元"}
SCALING = frozenset({"*", "/", "floor_div", "ceil_div", "round_half_up"})
SENTENCES = {
    "and": "同时满足：{all}",
    "or": "满足其一：{all}",
    "neg": "负的{0}",
    "isin": "{0}属于{others}",
    "startswith": "{0}以{others}开头",
    "is_known": "已知{0}",
    "fill": "{0}（不知道时按{1}）",
    "when": "若{0}则{1}，否则{2}",
    "least": "取最小的：{list}",
    "greatest": "取最大的：{list}",
    "months_after": "{0}加上{1}",
    "days_after": "{0}加上{1}",
    "days_between": "{0}到{1}的天数",
    "full_years": "按{0}算到{1}的周岁",
    "month_of": "{0}所在的月",
    "year_of": "{0}所在的年",
}
OPPOSITES = (("没有", "有"), ("有", "没有"), ("不是", "是"), ("是", "不是"), ("无", "有"), ("未满", "已满"))
"""How a condition begins, and how its opposite does."""
WITHIN = (("不符合", "符合"), ("没有履行", "有履行"), ("有履行", "没有履行"), ("无履行", "有履行"))
"""The same of what is said further on."""
_ASIDE = re.compile("（.*?）")
EXTREMES = frozenset({"least", "greatest"})
LONGEST, LONGEST_OF_PEOPLE = 120, 60
"""A part of a formula, or what is read of people, with more words than this is told by its own line, beneath."""
HOW = {"sum": "合计", "any": "有一人", "all": "人人", "count": "人数", "max": "最大", "min": "最小"}
OF_PEOPLE = {
    "sum": "{0}的“{1}”合计",
    "any": "{0}中有人“{1}”",
    "all": "{0}人人“{1}”",
    "count": "{0}中“{1}”的人数",
    "max": "{0}中最大的“{1}”",
    "min": "{0}中最小的“{1}”",
}
BENEATH = {
    "sum": "{0}按下列算法的合计",
    "any": "{0}中有人符合下列条件",
    "all": "{0}人人符合下列条件",
    "count": "{0}中符合下列条件的人数",
    "max": "{0}按下列算法最大的",
    "min": "{0}按下列算法最小的",
}
GROUPS = {"members": "成员", "housemates": "同住人"}


def shown(value: Value, unit: Unit, *, bare: bool = False) -> str:
    """A value for reading; bare leaves the unit off."""
    if value is None:
        return "不知道"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date | str):
        return "没有日期" if value == date.max else str(value)
    base, scale, per = units.parts(unit)
    end = "" if bare else SUFFIX.get(base, "") + (f"/{PER[per]}" if per else "")
    if scale != 1:
        return _scaled(Fraction(value) / scale, base) + end
    return _number(value, base) + end


def _number(value: int | float | Decimal, base: str) -> str:
    if base == "fen":
        return format_yuan(int(value))
    if base in ("year", "level"):
        return str(value)
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.4f}".rstrip("0").rstrip(".")


def _scaled(amount: Fraction, base: str) -> str:
    """What was counted in parts: money to the fen, or to the parts of it that are; 约 where even those are not all."""
    if amount.denominator == 1:
        return _number(amount.numerator, base)
    if base != "fen":
        return _number(Decimal(amount.numerator) / amount.denominator, base)
    yuan = amount / 100
    if (yuan * 10_000).denominator != 1:
        return f"约{format_yuan(round(amount))}"
    whole, _, rest = f"{Decimal(yuan.numerator) / yuan.denominator:,.4f}".partition(".")
    return f"{whole}.{rest.rstrip('0'):0<2}"


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
            return f"{book[link].label}{'' if item.unit == 'bool' else '的'}{label(book, item)}"
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
        where = label(book, node.where)
        whose = f"{whose}（{where}）" if len(where) <= LONGEST_OF_PEOPLE else f"符合条件的{whose}"
    if node.value is None:
        return f"{whose}人数"
    what = label(book, node.value)
    return (OF_PEOPLE if len(what) <= LONGEST_OF_PEOPLE else BENEATH)[node.how].format(whose, what)


def _operator(book: Book, node: Op) -> str:
    op = node.op
    if op == "not":
        return negated(book, node.args[0])
    if op in BETWEEN:
        return _reckoned(book, node)
    args = _several(node) if op in EXTREMES else node.args
    said = [_short(_beside(book, node, arg), arg) for arg in args]
    if op in COMPARE:
        other = f"本人的{said[1]}" if said[0] == said[1] and isinstance(args[1], Mine) else said[1]
        return f"{said[0]} {COMPARE[op]} {other}"
    if op == "greatest" and len(said) == 2 and _is_nothing(args[1]):
        return f"{_held(said[0], args[0])}（不足零的按零计）"
    listed = "、".join(_held(one, arg) for one, arg in zip(said, args, strict=True))
    if op == "fill":
        said[0] = _held(said[0], args[0])
    return SENTENCES[op].format(*said, others="、".join(said[1:]), all="；".join(said), list=listed)


def _several(node: Op) -> tuple[Node, ...]:
    """The greatest of a and of the greatest of b and c is the greatest of three."""
    same = [_several(arg) if isinstance(arg, Op) and arg.op == node.op else (arg,) for arg in node.args]
    return tuple(arg for args in same for arg in args)


def negated(book: Book, node: Node) -> str:
    """That a condition does not hold, in plain words and without a second negation."""
    said = label(book, node)
    if isinstance(node, Op) and node.op == "fill":
        return f"{negated(book, node.args[0])}（不知道时按{_turned(node.args[1])}）"
    if isinstance(node, Op):
        return f"没有“{said}”的情形"
    return opposite(said)


def opposite(said: str) -> str:
    """That a condition called so does not hold; of one that joins several, that it does not hold as a whole."""
    joins = any(word in _ASIDE.sub("", said) for word in "，、并或")
    for start, turned in () if joins else OPPOSITES:
        if said.startswith(start):
            return turned + said.removeprefix(start)
    for part, turned in WITHIN[:1] if joins else WITHIN:
        if part in said:
            return said.replace(part, turned, 1)
    return f"不属于“{said}”"


def _turned(node: Node) -> str:
    return shown(not node.value, "bool") if isinstance(node, Lit) and node.value is not None else "不知道"


def _reckoned(book: Book, node: Op) -> str:
    """A sum, a product or a quotient; factors that only tell parts from wholes are left out."""
    kept, rounded = _kept(node), rounded_to(node)
    said = [_short(_beside(book, node, arg), arg) for arg in kept]
    if not said:
        return shown(1, None)
    if len(said) == 1:
        inner = core(kept[0])
        is_sum = rounded and isinstance(inner, Op) and inner.op in ("+", "-")
        return f"（{said[0]}）{rounded}" if is_sum else f"{said[0]}{rounded}"
    first, second = (_held(one, arg, node, first=arg is kept[0]) for one, arg in zip(said, kept, strict=True))
    return f"{first} {BETWEEN[node.op]} {second}{rounded}"


def _kept(node: Op) -> list[Node]:
    """The parts that are read."""
    return [arg for arg in node.args if node.op not in SCALING or not is_silent(arg, node)]


def core(node: Node) -> Node:
    """The part of which alone a product or quotient is told."""
    while isinstance(node, Op) and node.op in SCALING and len(_kept(node)) == 1:
        (node,) = _kept(node)
    return node


def is_silent(arg: Node, node: Op) -> bool:
    """One, one month or one year as a factor, or as what is divided by."""
    if not isinstance(arg, Lit) or (node.op != "*" and arg is node.args[0]):
        return False
    return arg.value == units.scale(arg.unit) and units.parts(arg.unit).base in ("", *units.PER.values())


def rounded_to(node: Op) -> str:
    """To what a quotient is rounded; nothing where it is only told in other parts, too fine to be read."""
    if node.op not in ROUNDED:
        return ""
    base, scale, _ = units.parts(node.unit)
    if scale == 1 and base != "fen":
        return ROUNDED[node.op]
    return TO_THE[node.op].format(SMALLEST[scale]) if base == "fen" and scale in SMALLEST else ""


def _short(said: str, node: Node) -> str:
    """A part that is told beneath on lines of its own is only named here."""
    told_beneath = isinstance(node, Op) and node.op in ("when", *EXTREMES)
    return "下面算得的数" if told_beneath and len(said) > LONGEST else said


def _beside(book: Book, node: Op, arg: Node) -> str:
    """A plain number reads in the unit of what it is compared with or added to."""
    if not isinstance(arg, Lit) or arg.unit is not None or node.op in SCALING:
        return label(book, arg)
    unit = next((other.unit for other in node.args if other.unit not in (None, "bool")), node.unit)
    return shown(arg.value, unit if unit not in ("bool", "date") else None)


def _is_nothing(node: Node) -> bool:
    return isinstance(node, Lit) and not isinstance(node.value, bool) and node.value == 0


def _held(said: str, node: Node, within: Op | None = None, *, first: bool = False) -> str:
    """In brackets where it would be read otherwise."""
    inner = core(node)
    if not isinstance(inner, Op) or inner.op not in (*BETWEEN, *EXTREMES, "when") or _is_bracketed(said):
        return said
    if within is not None and inner.op in BETWEEN and _flows(inner.op, within.op, first=first):
        return said
    return f"（{said}）"


def _is_bracketed(said: str) -> bool:
    """Whether one pair of brackets holds all of it."""
    depth, ends = 0, []
    for at, one in enumerate(said):
        depth += {"（": 1, "）": -1}.get(one, 0)
        if depth == 0:
            ends.append(at)
    return said.startswith("（") and ends[:1] == [len(said) - 1]


def _flows(inner: str, outer: str, *, first: bool) -> bool:
    """a + b − c and a × b × c need no brackets, nor a × b within a sum."""
    if outer in ("+", "-"):
        return inner == "*" or (inner in ("+", "-") and (first or outer == "+"))
    return inner == "*" and (first or outer == "*")


def compared(op: str, left: Value, right: Value, unit: Unit) -> str:
    """A comparison with both its sides: 43,186.40 ≥ 20,000.00元; unit: of both, whatever parts they are counted in."""
    bare = left is not None and right is not None
    return f"{shown(left, unit, bare=bare)} {COMPARE[op]} {shown(right, unit)}"
