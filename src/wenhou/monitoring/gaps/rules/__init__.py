"""Rules that say what the law owes and what is had, item by item, for those items where the law's own names do not."""

from wenhou.monitoring.gaps.rules import allowances, departments, screening, standing

__all__ = ["allowances", "departments", "screening", "standing"]
