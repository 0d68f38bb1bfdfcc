"""What is said of this room's tables (base.trust)."""

from wenhou.base.trust import DELETE, INSERT, STAFF, UPDATE, Kept, duty, overseen, own
from wenhou.staff.enums import DUTIES, Role
from wenhou.staff.models import Account, Delegation, Look, OddLooks, OldPassword, Post, SecondFactor

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
        personal={"password": "密码，散列"},
    ),
    OldPassword: Kept(
        own("account"), INSERT, secret=frozenset({"password"}), personal={"password": "用过的密码，散列"}
    ),
    SecondFactor: Kept(
        own("account"),
        INSERT | UPDATE | DELETE,
        secret=frozenset({"secret"}),
        personal={"secret": "动态口令的密钥"},
    ),
    Look: Kept(own("account") | overseen("account"), INSERT, written=own("account")),
    OddLooks: Kept(overseen("account")),
    # proposed by one administrator, approved by another: held to it by the trigger staff_post_guard
    Post: Kept(
        STAFF | _ADMINISTRATORS,
        INSERT | UPDATE,
        written={"insert": _SYSTEM, "update": _SYSTEM | _SECURITY},
        updates=_ENDED | {"approved_at", "approved_by", "matters", "until"},
    ),
    # within what the lender has: held to it by the trigger staff_delegation_guard
    Delegation: Kept(
        STAFF | _ADMINISTRATORS,
        INSERT | UPDATE,
        written={"insert": own("lender"), "update": own("lender") | _SECURITY},
        updates=_ENDED,
    ),
}
