"""What is said of this room's tables (base.trust)."""

from wenhou.base.trust import DELETE, INSERT, STAFF, UPDATE, About, Kept, duty, overseen, own
from wenhou.staff.enums import DUTIES, Role
from wenhou.staff.models import (
    Account,
    Delegation,
    Look,
    OddLooks,
    OldPassword,
    Post,
    SecondFactor,
    Submission,
)

_SYSTEM, _SECURITY = duty(Role.SYSTEM_ADMINISTRATOR.value), duty(Role.SECURITY_ADMINISTRATOR.value)
_ADMINISTRATORS = duty(*sorted(role.value for role in DUTIES))
_ENDED = frozenset({"ended_at", "ended_by"})

KEPT = {
    Account: Kept(
        STAFF | own("id") | _ADMINISTRATORS,
        INSERT | UPDATE,
        written={"insert": _SYSTEM, "update": own("id")},
        updates=frozenset({"password", "password_set_at", "last_login"}),
        passing=frozenset({"last_login"}),  # every sign-in is in axes_accesslog
        secret=frozenset({"password"}),
        about=About(
            "accounts",
            "账号",
            {"full_name": "姓名", "person": "是登记的哪个人", "username": "用户名", "password": "密码，散列"},
            people=("person",),
        ),
    ),
    OldPassword: Kept(
        own("account"),
        INSERT,
        secret=frozenset({"password"}),
        about=About(
            "accounts",
            "用过的密码",
            {"password": "用过的密码，散列"},
            people=("account__person",),
            since="until",
        ),
    ),
    SecondFactor: Kept(
        own("account"),
        INSERT | UPDATE | DELETE,
        secret=frozenset({"secret"}),
        about=About(
            "accounts",
            "第二因素",
            {"secret": "动态口令的密钥", "name": "哪部手机"},
            people=("account__person",),
        ),
    ),
    Look: Kept(
        own("account") | overseen("account"),
        INSERT,
        written=own("account"),
        about=About(
            "looks",
            "查看留痕",
            {
                "account": "谁看的",
                "purpose": "用途",
                "at": "何时",
            },
            people=("person",),
            since="at",
        ),
    ),
    OddLooks: Kept(
        overseen("account"),
        about=About(
            "looks",
            "不寻常的查看",
            {"kind": "哪一种", "why": "为什么列出"},
            people=("account__person",),
            since="day",
        ),
    ),
    # within what the lender has: held to it by the trigger staff_delegation_guard
    Delegation: Kept(
        STAFF | _ADMINISTRATORS,
        INSERT | UPDATE,
        written={"insert": own("lender"), "update": own("lender") | _SECURITY},
        updates=_ENDED,
        about=About(
            "accounts",
            "委托",
            {"since": "自何日", "until": "至何日", "reason": "为什么委托"},
            people=("lender__person", "borrower__person"),
            since="until",
        ),
    ),
    # proposed by one administrator, approved by another: held to it by the trigger staff_post_guard
    Post: Kept(
        STAFF | _ADMINISTRATORS,
        INSERT | UPDATE,
        written={"insert": _SYSTEM, "update": _SYSTEM | _SECURITY},
        updates=_ENDED | {"approved_at", "approved_by", "matters", "until"},
        about=About(
            "accounts",
            "岗位",
            {"role": "岗位", "division": "在哪里", "since": "自何日", "until": "至何日"},
            people=("account__person",),
            since="until",
        ),
    ),
    Submission: Kept(
        own("account"), INSERT | UPDATE | DELETE, unaudited="只记一张表单收过没有，它办的事另有记录"
    ),
}
