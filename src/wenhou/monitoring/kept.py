"""What is said of this room's tables (base.trust)."""

from wenhou.base.trust import INSERT, PUBLIC, UPDATE, About, Kept, Wall, behind, own, place, through
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

_WHO = {
    "name_masked": "遮盖的姓名",
    "id_masked": "遮盖的号码",
    "sex": "性别",
    "age": "年龄",
    "household_size": "家庭人口",
    "standing": "身份类别",
}
"""Of whom an alert or a gap tells, as a list row shows them."""

KEPT = {
    Override: Kept(
        place("division") | behind("monitoring.Alert", "override"),
        INSERT | UPDATE,
        wall=Wall("wall", ("division",)),
        about=About(
            "watch",
            "不再提示",
            {"reason": "不再提示的理由"},
            people=("alert__person",),
            households=("alert__household",),
            since="ended_on",
        ),
    ),
    Run: Kept(
        place("division", reaching=True) | behind("monitoring.Alert", "run"),
        INSERT | UPDATE,
        passing=frozenset({"stage", "progress"}),
    ),
    Judgement: Kept(
        behind("monitoring.Alert", "judgement"),
        digested=frozenset({"tree", "evidence"}),
        about=About(
            "watch",
            "判断",
            {"tree": "逐项判断", "evidence": "所据来件"},
            people=("alert__person",),
            households=("alert__household",),
            since="alert__closed_on",
        ),
    ),
    Alert: Kept(
        place("division", "copy_division"),
        UPDATE,
        wall=_WALL,
        about=About(
            "watch",
            "预警",
            {
                **_WHO,
                "headline": "情况",
                "raised_on": "提出日期",
                "closed_on": "办结日期",
                "outcome": "办理结果",
            },
            people=("person",),
            households=("household",),
            since="closed_on",
        ),
    ),
    AlertEvent: Kept(
        through("alert"),
        INSERT,
        about=About(
            "watch",
            "预警办理",
            {"at": "何时", "note": "情况"},
            people=("alert__person",),
            households=("alert__household",),
            since="alert__closed_on",
        ),
    ),
    GapRun: Kept(place("division", reaching=True) | behind("monitoring.Gap", "run")),
    Gap: Kept(
        place("division", "copy_division"),
        UPDATE,
        wall=_WALL,
        about=About(
            "gaps",
            "应享差额",
            {
                **_WHO,
                "amount": "差额",
                "reason": "理由",
                "conclusion": "结论",
            },
            people=("person",),
            households=("household",),
            since="closed_on",
        ),
    ),
    GapEvent: Kept(
        through("gap"),
        INSERT,
        about=About(
            "gaps",
            "差额办理",
            {"at": "何时", "note": "情况"},
            people=("gap__person",),
            households=("gap__household",),
            since="gap__closed_on",
        ),
    ),
    GapReview: Kept(
        through("gap"),
        INSERT | UPDATE,
        digested=frozenset({"tree"}),
        about=About(
            "gaps",
            "差额核查",
            {"reason": "核查理由", "tree": "逐项判断"},
            people=("gap__person",),
            households=("gap__household",),
            since="closed_on",
        ),
    ),
    Learned: Kept(PUBLIC, digested=frozenset({"reliability", "groups", "content"})),
    Expectation: Kept(
        through("alert"),
        unaudited="每次排序由机器整批重算，不影响任何认定",
        about=About(
            "watch",
            "先后次序估计",
            {"chance": "先看谁的估计", "reasons": "为什么"},
            people=("alert__person",),
            households=("alert__household",),
            since="alert__closed_on",
        ),
    ),
    ThresholdTrial: Kept(own("by"), INSERT | UPDATE, digested=frozenset({"found"})),
}
