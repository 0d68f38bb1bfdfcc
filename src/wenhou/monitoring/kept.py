"""What is said of this room's tables (base.trust)."""

from wenhou.base.trust import INSERT, STAFF, UPDATE, Kept, place, through
from wenhou.monitoring.models import (
    Alert,
    AlertEvent,
    Expectation,
    Gap,
    GapEvent,
    GapReview,
    GapRun,
    Judgement,
    Learned,
    Override,
    Run,
    ThresholdTrial,
)

KEPT = {
    Override: Kept(place("division"), INSERT | UPDATE),
    Run: Kept(place("division", reaching=True), INSERT | UPDATE),
    Judgement: Kept(STAFF),
    Alert: Kept(place("division", "copy_division"), UPDATE),
    AlertEvent: Kept(through("alert"), INSERT),
    GapRun: Kept(place("division", reaching=True)),
    Gap: Kept(place("division", "copy_division"), UPDATE),
    GapEvent: Kept(through("gap"), INSERT),
    GapReview: Kept(through("gap"), INSERT | UPDATE),
    Learned: Kept(STAFF),
    Expectation: Kept(through("alert")),
    ThresholdTrial: Kept(place("division", reaching=True), INSERT | UPDATE),
}
