"""Formulas of the law, dated and explained. Pure. Facts and standards are declared before any of them."""

from wenhou.policy import facts, parameters
from wenhou.policy.rules import categories, family, procedure

__all__ = ["categories", "facts", "family", "parameters", "procedure"]
