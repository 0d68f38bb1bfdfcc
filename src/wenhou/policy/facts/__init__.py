"""What sources and the registry tell us of a person or a household: the facts and links that rules name.

Importing this package declares them all. A date is unknown both where nothing happened and where nothing covers
it; its companion (`has_…`, `is_…`) tells the two apart, so write `has_x & (x_on > …)`. Events after the day
asked about are not seen. `…_12m` is the twelve complete months before the month asked about (facts §18); dated
events `within` a span are reckoned by day in the rules.

How each is filled, and from which rows, stands in `linkage.fills`; docs/reference/facts.md lists both.
"""

from wenhou.policy.facts import (
    application,
    family,
    handling,
    health,
    income,
    jobs,
    justice,
    living,
    means,
    needs,
    people,
    received,
    register,
    wealth,
)

__all__ = [
    "application", "family", "handling", "health", "income", "jobs", "justice", "living", "means", "needs",
    "people", "received", "register", "wealth",
]  # fmt: skip
