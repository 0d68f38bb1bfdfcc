"""What is said of this room's tables (base.trust)."""

from wenhou.base.trust import DELETE, INSERT, LOCK, PUBLIC, STAFF, Kept, person, unplaced
from wenhou.lake.models import Erasure, FileKey, Identity, Part, SamePerson

KEPT = {
    Identity: Kept(
        person("key") | unplaced("key"),
        LOCK,
        unaudited="随部门来件成批写入，只增不改，来件有记录；查看另有查看记录",
        secret=frozenset({"number"}),
        personal={"number": "身份证号"},
    ),
    Part: Kept(STAFF),
    SamePerson: Kept(STAFF, INSERT | DELETE, written=person("kept", "absorbed")),
    FileKey: Kept(  # sealed; kept in memory for all readers alike
        PUBLIC,
        INSERT,
        unaudited="每个加密文件一行，随文件产生；何时、凭什么销毁，写在行里",
        digested=frozenset({"secret"}),
    ),
    Erasure: Kept(STAFF),
}
