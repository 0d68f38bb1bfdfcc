"""Formulas of the law, dated and explained. Pure. Facts and standards are declared before any of them."""

from wenhou.policy import facts, parameters

__all__ = ["facts", "parameters"]
