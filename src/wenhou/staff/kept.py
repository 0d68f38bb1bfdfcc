"""What is said of this room's tables (base.trust)."""

from wenhou.base.trust import DELETE, INSERT, STAFF, UPDATE, Kept, own
from wenhou.staff.models import Account, Look, OldPassword, Post, SecondFactor, Submission

KEPT = {
    Account: Kept(STAFF | own("id"), UPDATE, written=own("id"), digested=frozenset({"password"})),
    OldPassword: Kept(
        own("account"), INSERT, secret=frozenset({"password"}), personal={"password": "用过的密码，散列"}
    ),
    SecondFactor: Kept(
        own("account"),
        INSERT | UPDATE | DELETE,
        secret=frozenset({"secret"}),
        personal={"secret": "动态口令的密钥"},
    ),
    Look: Kept(own("account"), INSERT),
    Post: Kept(STAFF),
    Submission: Kept(
        own("account"), INSERT | UPDATE | DELETE, unaudited="只记一张表单收过没有，它办的事另有记录"
    ),
}
