"""What is said of this room's tables (base.trust)."""

from wenhou.base.trust import DELETE, INSERT, LOCK, UPDATE, About, Kept, behind, person, place, through
from wenhou.linkage.models import IdentityDecision, IdentityDoubt, LinkedLine, Mention, PersonMerge, Sighting

_ARRIVED = "随部门来件成批写入，每行带来件号，来件有记录"

KEPT = {
    LinkedLine: Kept(
        person("person"),
        DELETE,
        about=About(
            "identity", "按相像归入的来件行", {"person": "归到谁", "bits": "把握"}, people=("person",)
        ),
    ),
    # whose a mention is is not known: it is nobody's copy
    Mention: Kept(
        behind("linkage.IdentityDoubt", "mention"),
        LOCK,
        unaudited=_ARRIVED,
        about=About(
            "identity",
            "来件中号码有误的提及",
            {
                "number": "来件所写号码",
                "name": "姓名",
                "birth": "出生日期",
                "sex": "性别",
                "division": "区划",
                "phone": "手机号",
            },
        ),
    ),
    Sighting: Kept(through("mention"), unaudited=_ARRIVED),
    IdentityDoubt: Kept(
        place("division"),
        UPDATE,
        about=About(
            "identity",
            "身份疑点",
            {"person": "疑似是谁", "why": "相像之处", "bits": "把握"},
            people=("person",),
            since="closed_on",
        ),
    ),
    IdentityDecision: Kept(
        through("mention"),
        INSERT,
        about=About(
            "identity",
            "身份认定",
            {"person": "认定是不是谁", "verdict": "结论", "reason": "理由"},
            people=("person",),
        ),
    ),
    PersonMerge: Kept(
        person("kept", "absorbed"),
        INSERT | UPDATE,
        about=About(
            "identity",
            "人员归并",
            {"kept": "归并到谁", "absorbed": "归并了谁", "reason": "理由", "undone_reason": "撤销理由"},
            people=("kept", "absorbed"),
        ),
    ),
}
