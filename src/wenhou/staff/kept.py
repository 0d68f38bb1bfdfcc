"""What is said of this room's tables (base.trust)."""

from wenhou.base.trust import INSERT, STAFF, UPDATE, Kept, own
from wenhou.staff.models import Account, Look, Post

KEPT = {
    Account: Kept(STAFF | own("id"), UPDATE, written=own("id")),
    Look: Kept(own("account"), INSERT),
    Post: Kept(STAFF),
}
