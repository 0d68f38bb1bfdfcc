"""What is said of this room's tables (base.trust)."""

from wenhou.base.trust import INSERT, STAFF, UPDATE, About, Kept, place
from wenhou.supervision.models import Destruction, PersonalRequest

KEPT = {
    Destruction: Kept(STAFF),
    PersonalRequest: Kept(
        place("division"),
        INSERT | UPDATE,
        secret=frozenset({"wish", "answer"}),
        about=About(
            "rights",
            "个人信息请求",
            {
                "kind": "请求什么",
                "asker": "谁提出",
                "shown": "怎样核实身份",
                "wish": "请求内容",
                "answer": "答复",
                "taken_on": "受理日期",
                "closed_on": "办结日期",
            },
            people=("person",),
            since="closed_on",
        ),
    ),
}
