"""The watch's declared conditions, one module per class of indicators.csv. Pure: formulas over facts and
standards, nothing else. Importing the package declares them all.
"""

from wenhou.monitoring.indicators import (
    a_population,
    b_income,
    b_jobs,
    c_assets,
    c_outlays,
    d_health,
    e_living,
    e_urgent,
    f_again,
    f_entitlement,
    f_handling,
)

__all__ = [
    "a_population", "b_income", "b_jobs", "c_assets", "c_outlays", "d_health", "e_living", "e_urgent",
    "f_again", "f_entitlement", "f_handling",
]  # fmt: skip
