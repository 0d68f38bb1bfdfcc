"""What is said of this room's tables (base.trust)."""

from wenhou.base.trust import PUBLIC, STAFF, About, Kept, household, person, place
from wenhou.registry.models import (
    Household,
    Membership,
    Person,
    PersonRecord,
    Publication,
    RegisterEntry,
    Residence,
)

_ARRIVED = "随部门来件成批写入，每行带来件号和行号，旧行留存，来件有记录"

KEPT = {
    Person: Kept(
        STAFF, unaudited=_ARRIVED, about=About("registers", "人员", {"key": "人员键"}, people=("key",))
    ),
    PersonRecord: Kept(
        place("hukou_division") | person("person"),
        unaudited=_ARRIVED,
        about=About(
            "registers",
            "户籍登记",
            {
                "name": "姓名",
                "sex": "性别",
                "nation": "民族",
                "birth_date": "出生日期",
                "hukou_division": "户籍地",
                "hukou_address": "户籍地址",
                "hukou_type": "户口类别",
                "household_no": "户号",
                "relation": "与户主关系",
                "father": "父亲",
                "mother": "母亲",
                "spouse": "配偶",
                "guardian": "监护人",
                "status": "状态",
            },
            people=("person",),
        ),
    ),
    Residence: Kept(
        place("division") | person("person"),
        unaudited=_ARRIVED,
        about=About(
            "registers",
            "居住登记",
            {
                "permit_no": "居住证号",
                "division": "居住地",
                "address": "居住地址",
                "registered_on": "登记日期",
                "status": "状态",
            },
            people=("person",),
        ),
    ),
    Household: Kept(
        household("id"),
        unaudited=_ARRIVED,
        about=About("registers", "家庭", {"household_no": "户号"}, households=("id",)),
    ),
    Membership: Kept(
        person("person"),
        unaudited=_ARRIVED,
        about=About(
            "registers",
            "家庭成员",
            {"household": "在哪一户", "relation": "与户主关系", "since": "自何日", "until": "至何日"},
            people=("person",),
            households=("household",),
        ),
    ),
    Publication: Kept(PUBLIC, unaudited=_ARRIVED),
    RegisterEntry: Kept(
        place("division", "resides_division") | person("person"),
        unaudited=_ARRIVED,
        about=About(
            "registers",
            "低收入人口登记",
            {
                "category": "救助类别",
                "status": "状态",
                "confirmed_on": "确认日期",
                "exit_on": "退出日期",
                "details": "认定所载",
            },
            people=("person",),
            households=("household",),
            since="exit_on",
        ),
    ),
}
