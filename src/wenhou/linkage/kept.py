"""What is said of this room's tables (base.trust)."""

from wenhou.base.trust import DELETE, INSERT, LOCK, UPDATE, Kept, behind, person, place, through
from wenhou.linkage.models import IdentityDecision, IdentityDoubt, LinkedLine, Mention, PersonMerge, Sighting

KEPT = {
    LinkedLine: Kept(person("person"), DELETE),
    Mention: Kept(behind("linkage.IdentityDoubt", "mention"), LOCK),
    Sighting: Kept(through("mention")),
    IdentityDoubt: Kept(place("division"), UPDATE),
    IdentityDecision: Kept(through("mention"), INSERT),
    PersonMerge: Kept(person("kept", "absorbed"), INSERT | UPDATE),
}
