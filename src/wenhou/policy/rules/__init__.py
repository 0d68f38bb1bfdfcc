"""Formulas of the law, dated and explained. Pure. Facts and standards are declared before any of them."""

from wenhou.policy import facts, parameters
from wenhou.policy.rules import (
    categories,
    family,
    income,
    kin,
    layers,
    price_subsidy,
    procedure,
    seen,
    verified,
)

__all__ = [
    "categories",
    "facts",
    "family",
    "income",
    "kin",
    "layers",
    "parameters",
    "price_subsidy",
    "procedure",
    "seen",
    "verified",
]
