"""The watch's declared conditions, one module per class of indicators.csv. Pure: formulas over facts and
standards, nothing else.
"""
