"""What is said of this room's tables (base.trust)."""

from wenhou.base.trust import INSERT, PUBLIC, UPDATE, Kept, Wall, behind, own, place, through
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

_WALL = Wall("wall", ("division", "copy_division"))

KEPT = {
    Override: Kept(
        place("division") | behind("monitoring.Alert", "override"),
        INSERT | UPDATE,
        wall=Wall("wall", ("division",)),
    ),
    Run: Kept(
        place("division", reaching=True) | behind("monitoring.Alert", "run"),
        INSERT | UPDATE,
        passing=frozenset({"stage", "progress"}),
    ),
    Judgement: Kept(behind("monitoring.Alert", "judgement"), digested=frozenset({"tree", "evidence"})),
    Alert: Kept(place("division", "copy_division"), UPDATE, wall=_WALL),
    AlertEvent: Kept(through("alert"), INSERT),
    GapRun: Kept(place("division", reaching=True) | behind("monitoring.Gap", "run")),
    Gap: Kept(place("division", "copy_division"), UPDATE, wall=_WALL),
    GapEvent: Kept(through("gap"), INSERT),
    GapReview: Kept(through("gap"), INSERT | UPDATE, digested=frozenset({"tree"})),
    Learned: Kept(PUBLIC, digested=frozenset({"reliability", "groups", "content"})),
    Expectation: Kept(through("alert"), unaudited="每次排序由机器整批重算，不影响任何认定"),
    ThresholdTrial: Kept(own("by"), INSERT | UPDATE, digested=frozenset({"found"})),
}
