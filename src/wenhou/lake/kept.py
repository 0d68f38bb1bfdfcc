"""What is said of this room's tables (base.trust)."""

from wenhou.base.trust import DELETE, INSERT, NOBODY, STAFF, Kept
from wenhou.lake.models import Identity, Part, SamePerson

KEPT = {
    Identity: Kept(NOBODY, secret=frozenset({"number"}), personal={"number": "身份证号"}),
    Part: Kept(STAFF),
    SamePerson: Kept(STAFF, INSERT | DELETE),
}
