"""What is said of this room's tables (base.trust)."""

from wenhou.base.trust import DELETE, INSERT, LOCK, PUBLIC, STAFF, About, Kept, person, unplaced
from wenhou.lake.models import Erasure, FileKey, Identity, Part, SamePerson

KEPT = {
    Identity: Kept(
        person("key") | unplaced("key"),
        LOCK,
        unaudited="随部门来件成批写入，只增不改，来件有记录；查看另有查看记录",
        secret=frozenset({"number"}),
        about=About("identity", "身份证号", {"number": "身份证号"}, people=("key",)),
    ),
    Part: Kept(STAFF),
    SamePerson: Kept(
        STAFF,
        INSERT | DELETE,
        written=person("kept", "absorbed"),
        about=About(
            "identity", "同一人", {"kept": "归并到谁", "absorbed": "归并了谁"}, people=("kept", "absorbed")
        ),
    ),
    FileKey: Kept(  # sealed; kept in memory for all readers alike
        PUBLIC,
        INSERT,
        unaudited="每个加密文件一行，随文件产生；何时、凭什么销毁，写在行里",
        digested=frozenset({"secret"}),
    ),
    Erasure: Kept(STAFF),
}
