"""What is said of this room's tables (base.trust)."""

from wenhou.base.trust import DELETE, INSERT, STAFF, UPDATE, Kept, place
from wenhou.linkage.models import IdentityDecision, IdentityDoubt, LinkedLine, Mention, PersonMerge, Sighting

_ARRIVED = "随部门来件成批写入，每行带来件号，来件有记录"

KEPT = {
    LinkedLine: Kept(STAFF, DELETE),
    Mention: Kept(STAFF, unaudited=_ARRIVED),
    Sighting: Kept(STAFF, unaudited=_ARRIVED),
    IdentityDoubt: Kept(place("division"), UPDATE),
    IdentityDecision: Kept(STAFF, INSERT),
    PersonMerge: Kept(STAFF, INSERT | UPDATE),
}
