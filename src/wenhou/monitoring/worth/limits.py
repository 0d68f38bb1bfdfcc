"""What we chose where no document says (facts §9: 自拟). All provisional; told as 暂定 wherever they decide what is shown."""

CONFIDENCE = 0.95
"""Of the interval around a share."""

WRONG_BELOW = 0.5
"""Often wrong: even the upper end of the interval of the precision lies below this."""

UNKNOWN_ABOVE = 0.5
"""Mostly unknown: more than this share of the last run's answers."""

SPAN_DAYS = 365
"""What a page and a command look back on where no day is given."""
