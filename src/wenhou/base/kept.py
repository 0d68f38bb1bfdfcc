"""What is said of this room's tables (base.trust)."""

from wenhou.base.models import News
from wenhou.base.trust import INSERT, STAFF, Kept

KEPT = {
    News: Kept(STAFF, INSERT),
}
