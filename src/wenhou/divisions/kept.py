"""What is said of this room's tables (base.trust)."""

from wenhou.base.trust import PUBLIC, Kept
from wenhou.divisions.models import Division, PlaceList

KEPT = {
    PlaceList: Kept(PUBLIC),
    Division: Kept(PUBLIC, unaudited="由区划表成批装入，区划表本身有记录"),
}
