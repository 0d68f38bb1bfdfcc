"""The faults that are tried: each one small change of a formula's source, never of its declaration or its words."""

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass

COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
}
COMBINED: dict[type[ast.operator], type[ast.operator]] = {
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
}
CALLED = {
    "floor_div": "ceil_div",
    "ceil_div": "floor_div",
    "round_half_up": "floor_div",
    "ceil_to": "floor_to",
    "floor_to": "ceil_to",
    "greatest": "least",
    "least": "greatest",
}
FOLDED = {"any": "all", "all": "any", "sum": "max", "max": "min", "min": "max"}
DROPPED = frozenset({"where", "fill"})
"""Methods of which the object alone is left."""


@dataclass(frozen=True)
class Fault:
    """One changed module: where, what was there, what stands there now, and the tree to run."""

    module: str
    line: int
    was: str
    now: str
    tree: ast.Module
    rule: str


Changed = tuple[ast.AST, Callable[[], ast.AST]]


def of_module(module: str, source: str) -> Iterator[Fault]:
    """Every fault of a module, one at a time, in the order of its lines."""
    tree = ast.parse(source)
    for place, path in _places(tree):
        for changed in _changes(place):
            mutated = copy.deepcopy(tree)
            _put(mutated, path, changed)
            # a constant alone says nothing: shown with what it stands in
            shown = path[:-1] if isinstance(place, ast.Constant) and len(path) > 2 else path
            was, now = ast.unparse(_at(tree, shown)), ast.unparse(_at(mutated, shown))
            yield Fault(
                module, getattr(place, "lineno", 0), was, now, mutated, _named(tree.body[path[0][1] or 0])
            )


def _named(statement: ast.stmt) -> str:
    """The function or the constant."""
    return (
        statement.name if isinstance(statement, ast.FunctionDef) else ast.unparse(statement).partition(" ")[0]
    )


Path = tuple[tuple[str, int | None], ...]


def _places(tree: ast.Module) -> Iterator[tuple[ast.AST, Path]]:
    for at, statement in enumerate(tree.body):
        start: Path = (("body", at),)
        if isinstance(statement, ast.FunctionDef):
            body = statement.body[1:] if ast.get_docstring(statement) is not None else statement.body
            skipped = len(statement.body) - len(body)
            for number, one in enumerate(body):
                yield from _below(one, (*start, ("body", number + skipped)))
        elif isinstance(statement, ast.Assign) and not _is_public_list(statement):
            yield from _below(statement.value, (*start, ("value", None)))


def _is_public_list(statement: ast.Assign) -> bool:
    return any(isinstance(target, ast.Name) and target.id == "__all__" for target in statement.targets)


def _below(node: ast.AST, path: Path) -> Iterator[tuple[ast.AST, Path]]:
    yield node, path
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "ctx"):
            continue
        if isinstance(value, ast.AST):
            yield from _below(value, (*path, (name, None)))
        elif isinstance(value, list):
            for at, one in enumerate(value):
                if isinstance(one, ast.AST):
                    yield from _below(one, (*path, (name, at)))


def _at(tree: ast.AST, path: Path) -> ast.AST:
    for name, at in path:
        tree = getattr(tree, name) if at is None else getattr(tree, name)[at]
    return tree


def _put(tree: ast.AST, path: Path, changed: ast.AST) -> None:
    tree = _at(tree, path[:-1])
    name, at = path[-1]
    if at is None:
        setattr(tree, name, changed)
    else:
        getattr(tree, name)[at] = changed
    ast.fix_missing_locations(tree)


def _changes(node: ast.AST) -> Iterator[ast.expr]:
    match node:
        case ast.Compare(left=left, ops=[op], comparators=comparators):
            for other in COMPARED.get(type(op), ()):
                yield ast.Compare(left, [other()], comparators)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in COMBINED:
            yield ast.BinOp(left, COMBINED[type(op)](), right)
            if isinstance(op, ast.BitAnd | ast.BitOr):
                yield from (left, right)
        case ast.UnaryOp(op=ast.Invert() | ast.USub(), operand=operand):
            yield operand
        case ast.Constant(value=value):
            yield from _constants(value)
        case ast.Call():
            yield from _calls(node)


def _constants(value: object) -> Iterator[ast.expr]:
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int):
        yield ast.Constant(value + 1)
        yield ast.Constant(value - 1)
    elif isinstance(value, str) and value:
        yield ast.Constant(f"{value}×")


def _calls(node: ast.Call) -> Iterator[ast.expr]:
    match node.func:
        case ast.Name(id="when") if len(node.args) == 3:
            cond, one, other = node.args
            yield ast.Call(node.func, [cond, other, one], node.keywords)
        case ast.Name(id=name) if name in CALLED:
            yield ast.Call(ast.Name(CALLED[name], ast.Load()), node.args, node.keywords)
        case ast.Attribute(value=value, attr=attr) if attr in FOLDED:
            yield ast.Call(ast.Attribute(value, FOLDED[attr], ast.Load()), node.args, node.keywords)
        case ast.Attribute(value=value, attr=attr) if attr in DROPPED:
            yield value
