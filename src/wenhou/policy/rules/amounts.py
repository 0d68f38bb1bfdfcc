"""What is paid upon a verdict."""

from wenhou.engine import unknown, when
from wenhou.engine.expr import Expr


def paid(verdict: Expr, amount: Expr) -> Expr:
    """Nothing where the verdict is no, unknown where it is unknown: even an amount that would be 0 in any case."""
    return when(verdict, amount, when(~verdict, 0, unknown))
