"""What is said of this room's tables (base.trust)."""

from wenhou.base.trust import DELETE, INSERT, LOCK, STAFF, Kept, person, unplaced
from wenhou.lake.models import Identity, Part, SamePerson

KEPT = {
    Identity: Kept(
        person("key") | unplaced("key"), LOCK, secret=frozenset({"id_no"}), personal={"id_no": "身份证号"}
    ),
    Part: Kept(STAFF),
    SamePerson: Kept(STAFF, INSERT | DELETE, written=person("kept", "absorbed")),
}
