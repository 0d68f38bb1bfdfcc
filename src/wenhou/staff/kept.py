"""What is said of this room's tables (base.trust)."""

from wenhou.base.trust import DELETE, INSERT, STAFF, UPDATE, About, Kept, own
from wenhou.staff.models import Account, Look, OldPassword, Post, SecondFactor, Submission

KEPT = {
    Account: Kept(
        STAFF | own("id"),
        UPDATE,
        written=own("id"),
        digested=frozenset({"password"}),
        about=About(
            "accounts",
            "账号",
            {"full_name": "姓名", "person": "是登记的哪个人", "username": "用户名", "password": "密码，散列"},
            people=("person",),
        ),
    ),
    OldPassword: Kept(
        own("account"),
        INSERT,
        secret=frozenset({"password"}),
        about=About(
            "accounts",
            "用过的密码",
            {"password": "用过的密码，散列"},
            people=("account__person",),
            since="until",
        ),
    ),
    SecondFactor: Kept(
        own("account"),
        INSERT | UPDATE | DELETE,
        secret=frozenset({"secret"}),
        about=About(
            "accounts",
            "第二因素",
            {"secret": "动态口令的密钥", "name": "哪部手机"},
            people=("account__person",),
        ),
    ),
    Look: Kept(
        own("account"),
        INSERT,
        about=About(
            "looks",
            "查看留痕",
            {
                "account": "谁看的",
                "purpose": "用途",
                "at": "何时",
            },
            people=("person",),
            since="at",
        ),
    ),
    Post: Kept(
        STAFF,
        about=About(
            "accounts",
            "岗位",
            {"role": "岗位", "division": "在哪里", "since": "自何日", "until": "至何日"},
            people=("account__person",),
            since="until",
        ),
    ),
    Submission: Kept(
        own("account"), INSERT | UPDATE | DELETE, unaudited="只记一张表单收过没有，它办的事另有记录"
    ),
}
