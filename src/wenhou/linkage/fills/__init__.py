"""How each fact is filled: a selection of one contract's rows and one aggregate. Importing declares them all.

The selection is the evidence: `linkage.evidence.evidence` gives exactly the rows that a fact was made of.
"""

from wenhou.linkage.fills import (
    application,
    care,
    delays,
    disability,
    family,
    handling,
    health,
    income,
    jobs,
    justice,
    living,
    means,
    needs,
    overlaps,
    people,
    received,
    register,
    standing,
    wealth,
)
from wenhou.linkage.fills.declare import FILLS
from wenhou.policy import facts as declared

__all__ = [
    "FILLS", "application", "care", "declared", "delays", "disability", "family", "handling", "health",
    "income", "jobs", "justice", "living", "means", "needs", "overlaps", "people", "received", "register", "standing",
    "wealth",
]  # fmt: skip
