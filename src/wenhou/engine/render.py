"""Row expressions in SQL. The traps are met here: unknown in CASE, LEAST and IN, types that drift, division.

What is surely known needs no guard: most of what a formula costs are guards.
"""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from wenhou.engine import nodes, units
from wenhou.engine.columns import Fold
from wenhou.engine.dialects import Dialect
from wenhou.engine.nodes import Lit, Node, Op, Ref
from wenhou.engine.units import Unit

EXACT = 2**53  # floor of a floating division is exact for whole numbers below this, on every backend


class Part(NamedTuple):
    """SQL, whether it is known in every row, and the node it was written of."""

    sql: str
    sure: bool
    node: Node

    @property
    def constant(self) -> bool:
        return isinstance(self.node, Lit)

    def says(self, value: bool | None) -> bool:
        return isinstance(self.node, Lit) and self.node.value is value


Write = Callable[..., str]
Read = Callable[[Ref], str]


def sure(node: Node, known: Callable[[Ref], bool]) -> bool:
    """Whether the value is known in every row. known: whether a column is."""
    match node:
        case Ref():
            return known(node)
        case Lit(value=value):
            return value is not None
        case Op(op="is_known"):
            return True
        case Op(op="fill", args=args):
            return any(sure(arg, known) for arg in args)
        case Op(op=op, args=args):
            return op not in MAY_LACK and all(sure(arg, known) for arg in args)
    return False


class Renderer:
    """Writes expressions in one dialect. read: a column's SQL; known: whether a column is known in every row."""

    def __init__(self, dialect: Dialect, read: Read, known: Callable[[Ref], bool]) -> None:
        self.dialect, self.read, self.known = dialect, read, known

    def column(self, node: Node, unit: Unit) -> str:
        """A whole column: the expression with its type made sure."""
        return self._typed(node, self.expression(node, unit), unit)

    def _typed(self, node: Node, sql: str, unit: Unit) -> str:
        safe = isinstance(node, Ref) or units.storage(unit) in ("bool", "text")
        return sql if safe else self.force(sql, unit)

    def force(self, sql: str, unit: Unit) -> str:
        return f"CAST({sql} AS {self.dialect.type(units.storage(unit))})"

    def expression(self, node: Node, unit: Unit = None) -> str:
        """A row expression; `unit` is taken by literals that have none."""
        match node:
            case Ref():
                return self.read(node)
            case Lit(value=value):
                return self.dialect.literal(value, node.unit or unit)
            case Op(op=op, args=args):
                beside = next((arg.unit for arg in args if arg.unit is not None), unit)
                if op in ("when", "as"):
                    beside = node.unit or unit
                parts = [self._part(arg, arg.unit or beside) for arg in args]
                if op == "as":
                    return self._typed(args[0], parts[0].sql, node.unit)
                return (
                    OPERATORS[op](*parts) if op in OPERATORS else self._foreign(op, *(p.sql for p in parts))
                )
        raise AssertionError(f"{node} was not lowered")

    def _part(self, node: Node, unit: Unit) -> Part:
        return Part(self.expression(node, unit), sure(node, self.known), node)

    def _foreign(self, op: str, first: str, *others: str) -> str:
        if op == "startswith":
            return "(" + " OR ".join(self.dialect.starts_with(first, other) for other in others) + ")"
        if op == "days_between":
            return self.dialect.days_between(first, others[0])
        return self._clipped(self.dialect.later(first, others[0], op.removesuffix("_after")))

    def _clipped(self, later: str) -> str:
        """Clipped to the days that Python's calendar has."""
        first, last = (self.dialect.literal(day, "date") for day in (date.min, date.max))
        return f"CASE WHEN {later} > {last} THEN {last} WHEN {later} < {first} THEN {first} ELSE {later} END"

    def aggregate(self, fold: Fold, key: str) -> str:
        """One aggregate over the rows of a group, honouring the unknown. key: the group's column, never null.

        No FILTER: DuckDB spends a third of a millisecond on each, however few the rows. Something is unknown where
        fewer values are known than there are people, so that one COUNT serves all.
        """
        where, value = self._of_each(fold.where, key, "bool"), self._of_each(fold.value, key, fold.unit)
        if fold.how in ("any", "all"):
            assert value is not None
            return _quantified(fold.how, value, where, key)
        if fold.how == "count":
            held = _both(where, value)
            return f"COUNT({key})" if held is None else _counted(held, key)
        assert value is not None
        return self._amount(fold, value, where, key)

    def _of_each(self, node: Node | None, key: str, unit: Unit) -> Part | None:
        """A constant as a column, for it is counted like one."""
        if node is None:
            return None
        part = self._part(node, node.unit or unit)
        if any(isinstance(one, Ref) for one in nodes.walk(node)):
            return part
        return Part(f"CASE WHEN {key} IS NOT NULL THEN {part.sql} END", part.sure, Op("as", (node,), unit))

    def _amount(self, fold: Fold, value: Part, where: Part | None, key: str) -> str:
        needed = counted = value.sql
        if where is not None:
            zero = self.dialect.literal(_zero(fold.unit), fold.unit)
            needed = _chosen(where, value.sql, zero)
            counted = needed if fold.how == "sum" else f"CASE WHEN {where.sql} THEN {value.sql} END"
        total = self.force(f"{fold.how.upper()}({counted})", fold.unit)
        if fold.empty is not None:
            total = f"COALESCE({total}, {self.dialect.literal(fold.empty, fold.unit)})"
        known = value.sure and (where is None or where.sure)
        return total if known else _if_known(needed, key, total)


def _zero(unit: Unit) -> date | int:
    return date(1970, 1, 1) if units.storage(unit) == "date" else 0


def _both(where: Part | None, value: Part | None) -> Part | None:
    if where is None or value is None:
        return where or value
    return Part(f"({where.sql} AND {value.sql})", where.sure and value.sure, value.node)


def _counted(held: Part, key: str) -> str:
    total = f"COUNT(CASE WHEN {held.sql} THEN 1 END)"
    return total if held.sure else _if_known(held.sql, key, total)


def _if_known(needed: str, key: str, total: str) -> str:
    return f"CASE WHEN COUNT({needed}) = COUNT({key}) THEN {total} END"


def _quantified(how: str, value: Part, where: Part | None, key: str) -> str:
    """One surely yes decides any, one surely no decides all; otherwise something unknown makes it unknown."""
    held, known = value.sql, value.sure and (where is None or where.sure)
    if where is not None:
        held = f"({where.sql} AND {held})" if how == "any" else f"((NOT {where.sql}) OR {held})"
    if known:
        return f"BOOL_{'OR' if how == 'any' else 'AND'}({held})"
    decided = f"WHEN BOOL_OR({held}) THEN TRUE" if how == "any" else f"WHEN NOT BOOL_AND({held}) THEN FALSE"
    return f"CASE {decided} WHEN COUNT({held}) = COUNT({key}) THEN {str(how == 'all').upper()} END"


def _chosen(cond: Part, then: str, otherwise: str) -> str:
    if cond.sure:
        return f"CASE WHEN {cond.sql} THEN {then} ELSE {otherwise} END"
    return f"CASE WHEN {cond.sql} THEN {then} WHEN NOT {cond.sql} THEN {otherwise} END"


def _when(cond: Part, then: Part, otherwise: Part) -> str:
    """CASE takes ELSE for an unknown condition; here it stays unknown unless both branches agree."""
    if then.says(True) or otherwise.says(False):
        return f"({cond.sql} {'OR' if then.says(True) else 'AND'} {(otherwise if then.says(True) else then).sql})"
    if then.says(False) or otherwise.says(True):
        other = otherwise if then.says(False) else then
        return f"((NOT {cond.sql}) {'AND' if then.says(False) else 'OR'} {other.sql})"
    if otherwise.says(None):
        return f"CASE WHEN {cond.sql} THEN {then.sql} END"
    if then.says(None):
        return f"CASE WHEN NOT {cond.sql} THEN {otherwise.sql} END"
    chosen = _chosen(cond, then.sql, otherwise.sql)
    if cond.sure or (then.constant and otherwise.constant and then.node != otherwise.node):
        return chosen
    return f"{chosen.removesuffix(' END')} WHEN {then.sql} = {otherwise.sql} THEN {then.sql} END"


def _extreme(pick: str) -> Write:
    """LEAST and GREATEST pass over NULL; here any unknown makes all unknown."""

    def several(*parts: Part) -> str:
        picked = f"{pick}({', '.join(part.sql for part in parts)})"
        unsure = [f"{part.sql} IS NOT NULL" for part in parts if not part.sure]
        return f"CASE WHEN {' AND '.join(unsure)} THEN {picked} END" if unsure else picked

    return several


def _floor_div(a: Part, b: Part) -> str:
    return _floored(a.sql, b.sql, b.node)


def _floored(a: str, b: str, divisor: Node) -> str:
    """Rounded down; unknown for a zero divisor and beyond what is exact."""
    if isinstance(divisor, Lit) and divisor.value and abs(divisor.value) < EXACT // 2:  # type: ignore[arg-type,operator]
        return f"CASE WHEN ABS({a}) < {EXACT} THEN CAST(FLOOR({a} / {b}) AS BIGINT) END"
    exact = f"ABS({a}) < {EXACT} AND ABS({b}) < {EXACT}"
    return f"CASE WHEN {exact} THEN CAST(FLOOR({a} / NULLIF({b}, 0)) AS BIGINT) END"


def _half_up(a: Part, b: Part) -> str:
    return _floored(f"(2 * {a.sql} + {b.sql})", f"(2 * {b.sql})", b.node)


def _age(born: Part, on: Part) -> str:
    a, b = (
        tuple(f"EXTRACT({what} FROM {day.sql})" for what in ("YEAR", "MONTH", "DAY")) for day in (born, on)
    )
    before = f"{b[1]} < {a[1]} OR ({b[1]} = {a[1]} AND {b[2]} < {a[2]})"
    return f"({b[0]} - {a[0]} - CAST({before} AS BIGINT))"


def _between(sign: str) -> Write:
    return lambda *parts: "(" + f" {sign} ".join(part.sql for part in parts) + ")"


def _product(*parts: Part) -> str:
    """A count beside an area is narrowed: two wide factors leave no room for decimals, and a sum would be rounded twice."""
    kept = [units.storage(part.node.unit) for part in parts]
    if "decimal" not in kept:
        return _between("*")(*parts)
    narrow = (
        part._replace(sql=f"CAST({part.sql} AS DECIMAL(12, 0))")
        if one == "int" and not part.constant
        else part
        for part, one in zip(parts, kept, strict=True)
    )
    return _between("*")(*narrow)


MAY_LACK = {"/", "floor_div", "ceil_div", "round_half_up"}
"""Operators that may be unknown though all they read is known."""

OPERATORS: dict[str, Write] = {
    **{sign: _between(sign) for sign in ("+", "-", "<", "<=", ">", ">=")},
    "*": _product,
    "==": _between("="),
    "!=": _between("<>"),
    "and": _between("AND"),
    "or": _between("OR"),
    "/": lambda a, b: f"(CAST({a.sql} AS DOUBLE) / NULLIF({b.sql}, 0))",
    "neg": lambda a: f"(-{a.sql})",
    "floor_div": _floor_div,
    "ceil_div": lambda a, b: f"(-{_floored(f'(-{a.sql})', b.sql, b.node)})",
    "round_half_up": _half_up,
    "not": lambda a: f"(NOT {a.sql})",
    "isin": lambda a, *several: f"({a.sql} IN ({', '.join(one.sql for one in several)}))",
    "is_known": lambda a: "TRUE" if a.sure else f"({a.sql} IS NOT NULL)",
    "fill": lambda a, b: a.sql if a.sure else f"COALESCE({a.sql}, {b.sql})",
    "when": _when,
    "least": _extreme("LEAST"),
    "greatest": _extreme("GREATEST"),
    "full_years": _age,
    "month_of": lambda day: f"CAST(DATE_TRUNC('MONTH', {day.sql}) AS DATE)",
    "year_of": lambda day: f"CAST(EXTRACT(YEAR FROM {day.sql}) AS BIGINT)",
}
