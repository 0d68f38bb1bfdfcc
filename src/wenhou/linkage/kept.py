"""What is said of this room's tables (base.trust)."""

from wenhou.base.trust import DELETE, INSERT, LOCK, UPDATE, Kept, behind, person, place, through
from wenhou.linkage.models import IdentityDecision, IdentityDoubt, LinkedLine, Mention, PersonMerge, Sighting

_ARRIVED = "随部门来件成批写入，每行带来件号，来件有记录"

KEPT = {
    LinkedLine: Kept(person("person"), DELETE),
    Mention: Kept(behind("linkage.IdentityDoubt", "mention"), LOCK, unaudited=_ARRIVED),
    Sighting: Kept(through("mention"), unaudited=_ARRIVED),
    IdentityDoubt: Kept(place("division"), UPDATE),
    IdentityDecision: Kept(through("mention"), INSERT),
    PersonMerge: Kept(person("kept", "absorbed"), INSERT | UPDATE),
}
