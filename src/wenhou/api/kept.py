"""What is said of this room's tables (base.trust)."""

from wenhou.api.models import SourceKey
from wenhou.base.trust import NOBODY, Kept

KEPT = {
    SourceKey: Kept(NOBODY),
}
