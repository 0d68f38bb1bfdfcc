"""What we chose where no document says (facts §9: 自拟). All provisional; told as 暂定 wherever they decide what is shown."""

CONFIDENCE = 0.95
"""Of the interval around a share."""

WRONG_BELOW = 0.5
"""Often wrong: even the upper end of the interval of the precision lies below this."""

UNKNOWN_ABOVE = 0.5
"""Mostly unknown: more than this share of the last run's answers."""

SPAN_DAYS = 365
"""What a page and a command look back on where no day is given."""

FEWEST = 200
"""Alerts concluded after a visit, without which no order is learnt."""

FEWEST_EACH = 20
"""Of them at least so many newly helped, and so many not."""

LEARN_EVERY_DAYS = 7
"""How old what was learnt may be before it is learnt anew."""

LEAST_GROUP = 10
"""Alerts a group must have to be told: of fewer, a row would tell what became of persons."""

PRIOR_WEIGHT = 5
"""Outcomes that everybody's share counts for in an indicator's own, so that its first two do not settle it."""

STEADINESS = (0.1, 0.3, 1.0, 3.0)
"""Inverse strengths of the regularisation (scikit-learn's C) to choose from, by how well unseen outcomes are told."""

FOLDS = 5
"""Into how many parts outcomes are put, families kept whole, so that chances are judged on what was not seen."""

PAGE_DAYS = 3
"""Days a job tries another threshold on: one is at work at a time. The command takes any."""

TRIAL_HOURS = 1
"""After which a trial that has not come to an end is taken for dead, and the same may be asked again."""
