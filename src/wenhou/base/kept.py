"""What is said of this room's tables (base.trust)."""

from wenhou.base.models import DataKey, News
from wenhou.base.trust import INSERT, STAFF, Kept

KEPT = {
    DataKey: Kept(STAFF),
    News: Kept(STAFF, INSERT),
}
