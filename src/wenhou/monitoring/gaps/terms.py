"""By when a review is due (facts §13, §18): a determination within the term of an alert, a screen with the next review.

The next review is the last one and 12 months, or 6 where income is not steady; never sooner than the alert's term.
"""

from datetime import date

from wenhou.base.month import months_before
from wenhou.divisions import calendar
from wenhou.monitoring.gaps.enums import Confidence


def due_on(
    *, on: date, confidence: str, workdays: int, reviewed_on: date | None, review_months: int | None
) -> date:
    """The day. workdays: the alert's answer-by term. reviewed_on, review_months: None where not known."""
    soonest = calendar.add_working_days(on, workdays)
    if confidence == Confidence.DETERMINED or reviewed_on is None or review_months is None:
        return soonest
    return max(soonest, months_before(reviewed_on, -review_months))
