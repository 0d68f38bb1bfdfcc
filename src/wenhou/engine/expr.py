"""What a formula holds in its hands: values that remember how they are reckoned.

Operators build a tree (`nodes`) and check units while the module that declares the rule is imported. Three
answers throughout: an unknown part makes the whole unknown unless the known parts already decide (否 ∧ 未知 = 否).
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, NoReturn

from wenhou.engine import scales, units
from wenhou.engine.faults import DeclarationFault
from wenhou.engine.nodes import Agg, Lit, Mine, Node, Op, Value
from wenhou.engine.units import Unit

Operand = Any  # an Expr or a Python value: bool, int, Decimal, str, date

OWN = "own"  # the subject's row; other scopes are names of groups


class Expr:
    """A value reckoned from one subject's row, or for each element of a group."""

    __slots__ = ("node", "scope", "where_node")

    def __init__(self, node: Node, scope: str | None = OWN, where: Node | None = None) -> None:
        self.node, self.scope, self.where_node = node, scope, where

    @property
    def unit(self) -> Unit:
        return self.node.unit

    def __repr__(self) -> str:
        return f"Expr({self.node!r})"

    __hash__ = object.__hash__

    # Python's and/or/not/if would decide now, on nobody's data.
    def __bool__(self) -> NoReturn:
        raise DeclarationFault(
            "公式里不能用 and、or、not、if 或连续比较，请用 &、|、~ 和 when(…)，每个比较加括号。"
        )

    def __iter__(self) -> NoReturn:
        raise DeclarationFault("公式里的值不能逐个取用；成员请用 members.…sum()、any() 等。")

    # numbers
    def __add__(self, other: Operand) -> "Expr":
        return _sum("+", self, other)

    def __radd__(self, other: Operand) -> "Expr":
        return _sum("+", other, self)

    def __sub__(self, other: Operand) -> "Expr":
        return _sum("-", self, other)

    def __rsub__(self, other: Operand) -> "Expr":
        return _sum("-", other, self)

    def __mul__(self, other: Operand) -> "Expr":
        left, right = lift(self), lift(other)
        return build("*", (left, right), units.times(left.unit, right.unit))

    __rmul__ = __mul__

    def __neg__(self) -> "Expr":
        _need_number(self.unit, "-")
        return build("neg", (self,), self.unit)

    def __truediv__(self, other: Operand) -> "Expr":
        return _ratio(self, lift(other))

    def __rtruediv__(self, other: Operand) -> "Expr":
        return _ratio(lift(other), self)

    def __floordiv__(self, other: Operand) -> "Expr":
        from wenhou.engine.functions import floor_div  # functions are built upon this module

        return floor_div(self, other)

    # comparisons
    def __eq__(self, other: object) -> "Expr":  # type: ignore[override]
        return _compare("==", self, other)

    def __ne__(self, other: object) -> "Expr":  # type: ignore[override]
        return _compare("!=", self, other)

    def __lt__(self, other: Operand) -> "Expr":
        return _compare("<", self, other)

    def __le__(self, other: Operand) -> "Expr":
        return _compare("<=", self, other)

    def __gt__(self, other: Operand) -> "Expr":
        return _compare(">", self, other)

    def __ge__(self, other: Operand) -> "Expr":
        return _compare(">=", self, other)

    # yes and no
    def __and__(self, other: Operand) -> "Expr":
        return _logic("and", self, other)

    def __rand__(self, other: Operand) -> "Expr":
        return _logic("and", other, self)

    def __or__(self, other: Operand) -> "Expr":
        return _logic("or", self, other)

    def __ror__(self, other: Operand) -> "Expr":
        return _logic("or", other, self)

    def __invert__(self) -> "Expr":
        need(self.unit, "bool", "~")
        return build("not", (self,), "bool")

    def isin(self, values: Iterable[Value]) -> "Expr":
        """Whether the value is one of these; unknown where it is unknown."""
        several = [lift(value) for value in values]
        if not several or any(_nothing(value) for value in several):
            raise DeclarationFault("isin([…]) 里要有值，且不能有 None。")
        for value in several:
            agree(self, value, doing="isin")
        return build("isin", (self, *several), "bool")

    def startswith(self, *prefixes: str) -> "Expr":
        """Whether a text begins with one of the prefixes (ICD-10 chapters, divisions)."""
        need(self.unit, "text", "startswith")
        if not prefixes or not all(prefixes):
            raise DeclarationFault("startswith(…) 至少要写一个不为空的前缀。")
        return build("startswith", (self, *(lift(prefix) for prefix in prefixes)), "bool")

    def is_known(self) -> "Expr":
        """Yes where the value is known, no where it is not; itself never unknown."""
        return build("is_known", (self,), "bool")

    def fill(self, value: Operand) -> "Expr":
        """The value, or this where it is unknown: only where the law says what absence means."""
        left, right, unit = agree(self, lift(value), doing="fill")
        return build("fill", (left, right), unit)

    # aggregates, for values of a group
    def sum(self) -> "Expr":
        """Sum over the group; nobody is 0; unknown if an included value or an inclusion is unknown."""
        _need_number(self.unit, "sum")
        return self._aggregate("sum", self.unit, empty=0)

    def any(self) -> "Expr":
        """Yes if it holds of somebody for certain; nobody is no."""
        need(self.unit, "bool", "any")
        return self._aggregate("any", "bool", empty=False)

    def all(self) -> "Expr":
        """No if it fails of somebody for certain; nobody is yes."""
        need(self.unit, "bool", "all")
        return self._aggregate("all", "bool", empty=True)

    def count(self) -> "Expr":
        """Of how many it holds; unknown if it is unknown of anybody."""
        need(self.unit, "bool", "count")
        return self._aggregate("count", "count", empty=0)

    def max(self, *, empty: Value = None) -> "Expr":
        """The greatest; for nobody `empty`, which is unknown unless said."""
        _need_order(self.unit, "max")
        return self._aggregate("max", self.unit, empty=empty)

    def min(self, *, empty: Value = None) -> "Expr":
        """The least; for nobody `empty`, which is unknown unless said."""
        _need_order(self.unit, "min")
        return self._aggregate("min", self.unit, empty=empty)

    def _aggregate(self, how: str, unit: Unit, *, empty: Value) -> "Expr":
        if self.scope in (None, OWN):
            raise DeclarationFault(f"{how}() 只能用于 members.… 或 children.… 的值。")
        if empty is not None:
            units.same(unit, units.of_literal(empty), doing="empty=")
        assert self.scope is not None
        return Expr(Agg(how, self.scope, self.node, self.where_node, unit, empty))


def lift(value: Operand) -> Expr:
    """A Python value as an expression; an expression as it is."""
    if isinstance(value, Expr):
        return value
    if isinstance(value, float):
        value = Decimal(str(value))
    if value is None or not isinstance(value, bool | int | Decimal | str | date):
        kind = "None" if value is None else type(value).__name__
        raise DeclarationFault(f"公式里不能用 {kind}；是否已知请用 .is_known()，不知道请用 unknown。")
    return Expr(Lit(value, units.of_literal(value)), scope=None)


unknown = Expr(Lit(None, None), scope=None)
"""The answer of one who cannot know; takes the unit of what stands beside it."""


def build(op: str, args: tuple[Expr, ...], unit: Unit) -> Expr:
    """One operator over parts of one scope; parts of the owner's row enter a group as `Mine`."""
    scope = _scope(args)
    _whole_stays_whole(op, args)
    nodes = tuple(_into(arg, scope) for arg in args)
    wheres = {arg.where_node for arg in args if arg.scope == scope and arg.where_node is not None}
    if len(wheres) > 1:
        raise DeclarationFault("两个不同的 where(…) 不能在一个式子里相遇，请把条件合在一个 where 里。")
    return Expr(Op(op, nodes, unit), scope, next(iter(wheres), None))


def agree(left: Expr, right: Expr, *, doing: str) -> tuple[Expr, Expr, Unit]:
    """Both sides of what is added, compared or chosen between, in their common unit.

    Where one is scaled, plain numbers of the other that make up the difference are read as its scale.
    """
    if units.differ_in_scale(left.unit, right.unit):
        if units.scale(left.unit) == 1:
            left = read_as(left, right.unit)
            right = read_as(right, left.unit)
        else:
            right = read_as(right, left.unit)
            left = read_as(left, right.unit)
    unit = units.same(left.unit, right.unit, doing=doing)
    for one in (left, right):
        if one.unit is None and units.scale(unit) != 1 and not _is_nothing(one):
            raise DeclarationFault(f"{doing} 的一边是 {unit}，另一边是没有单位的数：请写明单位。")
    return left, right, unit


def read_as(one: Expr, unit: Unit) -> Expr:
    """The expression in the unit where plain numbers account for its scale; else as it is."""
    found = scales.read_as(one.node, unit)
    return one if found is None else Expr(found, one.scope, one.where_node)


def _is_nothing(one: Expr) -> bool:
    """Zero and unknown are so in every unit."""
    return isinstance(one.node, Lit) and (one.node.value is None or one.node.value == 0)


def _whole_stays_whole(op: str, args: tuple[Expr, ...]) -> None:
    """A fraction beside whole numbers (fen, count) would leave the integers."""
    fraction = any(isinstance(arg.node, Lit) and isinstance(arg.node.value, Decimal) for arg in args)
    if fraction and any(arg.unit is not None and units.storage(arg.unit) == "int" for arg in args):
        raise DeclarationFault(
            f"{op}：整数单位（分、人、天）不能与小数同算，请改成整数，例如 ×3÷2 用 floor_div。"
        )


def _scope(args: tuple[Expr, ...]) -> str | None:
    groups = {arg.scope for arg in args} - {None, OWN}
    if len(groups) > 1:
        raise DeclarationFault(f"不同的人群不能在一个式子里相遇：{'、'.join(sorted(map(str, groups)))}。")
    if groups:
        return groups.pop()
    return OWN if any(arg.scope == OWN for arg in args) else None


def _into(arg: Expr, scope: str | None) -> Node:
    mine = arg.scope == OWN and scope not in (None, OWN)
    return Mine(arg.node, arg.node.unit) if mine else arg.node


def need(unit: Unit, wanted: str, doing: str) -> None:
    """Refuse an operand of another unit."""
    if unit != wanted:
        hint = "；比较要加括号" if doing in ("and", "or", "~") else ""
        raise DeclarationFault(f"{doing} 需要 {wanted}，这里是 {units.shown(unit)}{hint}。")


def _need_number(unit: Unit, doing: str) -> None:
    if not units.numeric(unit):
        raise DeclarationFault(f"{doing} 需要数，这里是 {units.shown(unit)}。")


def _need_order(unit: Unit, doing: str) -> None:
    if not (units.numeric(unit) or unit == "date"):
        raise DeclarationFault(f"{doing} 需要数或日期，这里是 {units.shown(unit)}。")


def _nothing(expr: Expr) -> bool:
    return isinstance(expr.node, Lit) and expr.node.value is None


def _sum(op: str, a: Operand, b: Operand) -> Expr:
    left, right, unit = agree(lift(a), lift(b), doing=op)
    if not units.numeric(unit):
        raise DeclarationFault(
            f"{units.shown(unit)} 不能{op}；日期请用 days_between、days_after、months_after。"
        )
    return build(op, (left, right), unit)


def _ratio(left: Expr, right: Expr) -> Expr:
    left, right, unit = agree(left, right, doing="/")
    if unit is not None and not units.numeric(unit):
        raise DeclarationFault(f"{unit} 不能相除。")
    if left.unit is None or right.unit is None:
        raise DeclarationFault(
            "除以一个数要说明怎样取整：floor_div、ceil_div、round_half_up；比较请两边相乘。"
        )
    return build("/", (left, right), "ratio")


def _compare(op: str, a: Operand, b: Operand) -> Expr:
    left, right, unit = agree(lift(a), lift(b), doing=op)
    if unit in ("bool", "text") and op not in ("==", "!="):
        raise DeclarationFault(f"{unit} 不能比大小。")
    return build(op, (left, right), "bool")


def _logic(op: str, a: Operand, b: Operand) -> Expr:
    left, right = lift(a), lift(b)
    need(left.unit, "bool", op)
    need(right.unit, "bool", op)
    parts = (*_flat(op, left, right), *_flat(op, right, left))
    return build(op, parts, "bool")


def _flat(op: str, expr: Expr, beside: Expr) -> tuple[Expr, ...]:
    """(a & b) & c is one conjunction of three, as people read it; kept whole where scopes differ."""
    if isinstance(expr.node, Op) and expr.node.op == op and expr.scope in (beside.scope, None):
        return tuple(Expr(arg, expr.scope, expr.where_node) for arg in expr.node.args)
    return (expr,)
