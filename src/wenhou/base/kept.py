"""What is said of this room's tables (base.trust)."""

from wenhou.base.models import AuditEntry, AuditSeal, DataKey, News, SealMark
from wenhou.base.trust import INSERT, NOBODY, PUBLIC, STAFF, Kept

_ITSELF = "审计自身：由封印和签名保护"

KEPT = {
    DataKey: Kept(
        PUBLIC, digested=frozenset({"wrapped"})
    ),  # wrapped by the master key; kept in memory for all readers alike
    News: Kept(STAFF, INSERT, unaudited="消息由动作在同一事务里写，动作改动的行已有记录"),
    AuditEntry: Kept(NOBODY, unaudited=_ITSELF),
    AuditSeal: Kept(NOBODY, unaudited=_ITSELF),
    SealMark: Kept(NOBODY, unaudited=_ITSELF),
}
