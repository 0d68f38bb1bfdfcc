"""Formulas of the law, dated and explained. Pure."""
