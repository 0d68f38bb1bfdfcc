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
    Run: Kept(place("division", reaching=True), INSERT | UPDATE, passing=frozenset({"stage", "progress"})),
    Judgement: Kept(STAFF, digested=frozenset({"tree", "evidence"})),
    Alert: Kept(place("division", "copy_division"), UPDATE),
    AlertEvent: Kept(through("alert"), INSERT),
    GapRun: Kept(place("division", reaching=True)),
    Gap: Kept(place("division", "copy_division"), UPDATE),
    GapEvent: Kept(through("gap"), INSERT),
    GapReview: Kept(through("gap"), INSERT | UPDATE, digested=frozenset({"tree"})),
    Learned: Kept(STAFF, digested=frozenset({"reliability", "groups", "content"})),
    Expectation: Kept(through("alert"), unaudited="每次排序由机器整批重算，不影响任何认定"),
    ThresholdTrial: Kept(place("division", reaching=True), INSERT | UPDATE, digested=frozenset({"found"})),
}
