"""The watch's declared conditions, one module per class of indicators.csv. Pure: formulas over facts and
standards, nothing else. Importing the package declares them all.
"""

from wenhou.monitoring.indicators import a_population, d_health

__all__ = ["a_population", "d_health"]
