"""One rule for each of the 43 items of the menu: may this household, or somebody in it, have it. By department."""

from wenhou.policy.rules.items import civil, countryside, health, homes, schooling, special, work

__all__ = ["civil", "countryside", "health", "homes", "schooling", "special", "work"]
