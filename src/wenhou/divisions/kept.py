"""What is said of this room's tables (base.trust)."""

from wenhou.base.trust import STAFF, Kept
from wenhou.divisions.models import Division, PlaceList

KEPT = {
    PlaceList: Kept(STAFF),
    Division: Kept(STAFF),
}
