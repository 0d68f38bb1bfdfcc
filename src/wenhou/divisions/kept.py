"""What is said of this room's tables (base.trust)."""

from wenhou.base.trust import STAFF, Kept
from wenhou.divisions.models import Division, PlaceList

KEPT = {
    PlaceList: Kept(STAFF),
    Division: Kept(STAFF, unaudited="由区划表成批装入，区划表本身有记录"),
}
