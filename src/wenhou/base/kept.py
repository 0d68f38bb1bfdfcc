"""What is said of this room's tables (base.trust)."""

from wenhou.base.models import AuditEntry, AuditSeal, DataKey, News, SealMark
from wenhou.base.trust import INSERT, NOBODY, PUBLIC, STAFF, Kept, duty, overseen

_ADMINISTRATORS = duty("system_admin", "security_admin", "audit_admin")
_ITSELF = "审计自身：由封印和签名保护"

KEPT = {
    DataKey: Kept(
        PUBLIC, digested=frozenset({"wrapped"})
    ),  # wrapped by the master key; kept in memory for all readers alike
    News: Kept(STAFF | _ADMINISTRATORS, INSERT, unaudited="消息由动作在同一事务里写，动作改动的行已有记录"),
    # who did what and when; what changed tells of people
    AuditEntry: Kept(
        overseen("account"),
        unaudited=_ITSELF,
        reads=frozenset(
            {
                "number",
                "at",
                "transaction",
                "account",
                "actor",
                "db_role",
                "act",
                "table_name",
                "row_key",
                "request",
            }
        ),
    ),
    AuditSeal: Kept(duty("audit_admin"), unaudited=_ITSELF),
    SealMark: Kept(NOBODY, unaudited=_ITSELF),
}
