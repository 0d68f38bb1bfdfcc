"""What is said of this room's tables (base.trust)."""

from wenhou.base.trust import DELETE, INSERT, STAFF, UPDATE, Kept, place
from wenhou.linkage.models import IdentityDecision, IdentityDoubt, LinkedLine, Mention, PersonMerge, Sighting

KEPT = {
    LinkedLine: Kept(STAFF, DELETE),
    Mention: Kept(STAFF),
    Sighting: Kept(STAFF),
    IdentityDoubt: Kept(place("division"), UPDATE),
    IdentityDecision: Kept(STAFF, INSERT),
    PersonMerge: Kept(STAFF, INSERT | UPDATE),
}
