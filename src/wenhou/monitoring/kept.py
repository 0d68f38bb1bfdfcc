"""What is said of this room's tables (base.trust)."""

from wenhou.base.trust import INSERT, PUBLIC, UPDATE, Kept, behind, own, place, through
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
    Override: Kept(place("division") | behind("monitoring.Alert", "override"), INSERT | UPDATE),
    Run: Kept(place("division", reaching=True) | behind("monitoring.Alert", "run"), INSERT | UPDATE),
    Judgement: Kept(behind("monitoring.Alert", "judgement")),
    Alert: Kept(place("division", "copy_division"), UPDATE),
    AlertEvent: Kept(through("alert"), INSERT),
    GapRun: Kept(place("division", reaching=True) | behind("monitoring.Gap", "run")),
    Gap: Kept(place("division", "copy_division"), UPDATE),
    GapEvent: Kept(through("gap"), INSERT),
    GapReview: Kept(through("gap"), INSERT | UPDATE),
    Learned: Kept(PUBLIC),
    Expectation: Kept(through("alert")),
    ThresholdTrial: Kept(own("by"), INSERT | UPDATE),
}
