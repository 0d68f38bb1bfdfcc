"""The menu: 43 items of assistance of 14 departments, each of one of the eight kinds of help. Pure data.

Which kind an item belongs to is inferred (the definition of 五层八类 was not published) and is data for that reason.
Whether a household may have an item answers the rule of the item's name, `item_yl01` to `item_yl43`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from wenhou.policy import law
from wenhou.policy.law import of_items
from wenhou.policy.law.document import Article, Articles

KINDS = {
    "living": "基本生活",
    "medical": "医疗",
    "education": "教育",
    "housing": "住房",
    "employment": "就业",
    "disaster": "受灾",
    "emergency": "急难",
    "social": "社会力量与服务",
}
"""The eight kinds of help 【推断】: the rule `help_<kind>` and its label."""


@dataclass(frozen=True)
class Item:
    """One item. code 'YL01'; rule: the household's yes, no or unknown; groups: who, in the list's words."""

    code: str
    name: str
    department: str
    kind: str
    groups: str
    basis: Articles

    @property
    def rule(self) -> str:
        return f"item_{self.code.lower()}"

    @property
    def help(self) -> str:
        """The rule that says whether anything of this kind is to be had."""
        return f"help_{self.kind}"


def _rows() -> Iterator[Item]:
    for department, rows in _MENU.items():
        for code, name, kind, groups, *basis in rows:
            yield Item(code, name, department, kind, groups, Articles(basis))


_Row = tuple[str, str, str, str, *tuple[Article, ...]]
_TIERED = law.TIERED_AID["四(二)"]
_OTHER_AID = law.TIERED_AID["四(五)"]
_SCHOOL = law.INTERIM_MEASURES["33-36"]
_HOUSING = law.INTERIM_MEASURES["37-40"]
_WORK = law.INTERIM_MEASURES["42-44"]

_MENU: dict[str, tuple[_Row, ...]] = {
    "民政局": (
        (
            "YL01", "最低生活保障", "living",
            "人均月收入低于低保标准且财产符合的家庭；单人保",
            law.INTERIM_MEASURES["9-13"], law.DIBAO["9"], law.SAFETY_NET["一(一)"],
        ),
        (
            "YL02", "特困人员救助供养", "living",
            "无劳动能力、无生活来源、无义务人或义务人无能力的老年人、残疾人、未满16周岁的未成年人",
            law.TEKUN["4-8"],
        ),
        (
            "YL03", "低保边缘家庭认定", "living",
            "人均月收入低于低保标准1.5倍且财产符合的家庭",
            law.TIERED_AID["二"], of_items.IDENTIFICATION["监测范围"],
        ),
        (
            "YL04", "刚性支出困难家庭认定", "living",
            "非低保、特困、边缘，人均收入低于上年人均可支配收入，财产符合，刚性支出占比超过规定的家庭",
            law.SPENDING["4"],
        ),
        (
            "YL05", "临时救助（急难型）", "emergency",
            "全体公民，含急难发生地的流动人口",
            law.INTERIM_MEASURES["47-48"], law.TIERED_AID["四(三)"], law.NINGXIA_RELIEF["3"],
        ),
        (
            "YL06", "临时救助（支出型）", "emergency",
            "低保、特困、边缘、刚性、监测对象及其他支出突增家庭",
            law.NINGXIA_RELIEF["24-25"],
        ),
        (
            "YL07", "孤儿和事实无人抚养儿童基本生活保障", "living",
            "父母双亡、查找不到，或双方都不能抚养的未成年人",
            law.CHILD_WITHOUT_CARE["认定情形"], law.ORPHANS["查找不到"],
        ),
        (
            "YL08", "困难残疾人生活补贴", "living",
            "低保家庭中的持证残疾人；鼓励延伸至边缘家庭",
            law.DISABILITY_ALLOWANCES["两项补贴"], _OTHER_AID,
        ),
        (
            "YL09", "重度残疾人护理补贴", "living",
            "残疾一级、二级（各地含三四级智力精神）且需长期照护的；特困人员不重复享受",
            law.DISABILITY_ALLOWANCES["两项补贴"],
        ),
        (
            "YL10", "经济困难高龄失能老年人补贴", "living",
            "低保、特困、边缘家庭60周岁以上失能或80周岁以上老年人；宁夏高龄低收入老年人",
            of_items.ELDERS_LAW["老年补贴"], of_items.NINGXIA_OLD_AGE["对象"],
        ),
        (
            "YL11", "取暖救助（采暖补贴）", "living",
            "11月在册的低保、边缘、分散特困、散居孤儿",
            _OTHER_AID, of_items.YINCHUAN_HEATING["城市低保"],
        ),
        (
            "YL12", "困难群众殡葬服务费用减免", "social",
            "低保、特困、边缘、刚性家庭已故成员；孤儿、优抚对象",
            _OTHER_AID,
        ),
    ),
    "医疗保障局": (
        (
            "YL13", "资助参加城乡居民基本医疗保险", "medical",
            "特困、孤儿全额；低保定额；高龄低收入、优抚定额；其他按规定",
            law.TIERED_AID["四(二)1"], law.NINGXIA_MEDICAL_AID["九类对象"],
        ),
        (
            "YL14", "医疗救助（住院与门诊慢特病）", "medical",
            "特困、孤儿、低保、边缘、高龄低收入、优抚、监测对象、因病致贫重病患者及自治区其他对象",
            of_items.MEDICAL_AID["救助对象"], law.NINGXIA_MEDICAL_AID["九类对象"],
        ),
        (
            "YL15", "因病致贫重病患者认定与救助", "medical",
            "年度个人自付达到门槛且收入财产符合的患者",
            law.NINGXIA_ILLNESS["自付门槛"], law.NINGXIA_ILLNESS["认定范围"],
        ),
    ),
    "教育局": (
        (
            "YL16", "学前教育资助", "education",
            "低保、特困、边缘、刚性家庭儿童，孤儿，残疾儿童",
            _TIERED,
        ),
        (
            "YL17", "义务教育家庭经济困难学生生活补助", "education",
            "低保、特困、边缘、刚性、监测家庭学生，残疾学生",
            _TIERED,
        ),
        (
            "YL18", "普通高中与中职助学金及免学费", "education",
            "低保、特困、边缘、刚性、监测家庭学生，残疾学生",
            _SCHOOL, _TIERED,
        ),
        (
            "YL19", "高等教育资助（助学金、助学贷款、新生资助）", "education",
            "低保、特困、边缘、刚性、监测家庭学生",
            _TIERED,
        ),
        (
            "YL20", "适龄残疾儿童少年送教上门与特殊教育", "education",
            "6至15周岁不能到校就读的残疾儿童",
            _SCHOOL, of_items.REFORM["(九)"],
        ),
    ),
    "人力资源社会保障局": (
        (
            "YL21", "就业困难人员认定与公益性岗位安置", "employment",
            "低保、边缘、刚性家庭有劳动能力的失业成员；零就业家庭",
            _WORK,
        ),
        (
            "YL22", "职业技能培训补贴", "employment",
            "低保、边缘、刚性、监测家庭有劳动能力的成员",
            _TIERED,
        ),
        (
            "YL23", "社会保险补贴与贷款贴息", "employment",
            "低保、边缘、刚性家庭就业创业的成员",
            _WORK, _TIERED,
        ),
        (
            "YL24", "困难群体城乡居民养老保险代缴", "living",
            "低保、特困、重度残疾、监测对象",
            of_items.PENSION_AID["代缴"],
        ),
    ),
    "住房城乡建设局": (
        (
            "YL25", "公租房配租", "housing",
            "城市低保、分散特困、边缘、刚性家庭中符合住房困难标准的",
            _HOUSING, _TIERED,
        ),
        (
            "YL26", "住房租赁补贴", "housing",
            "城市低保、分散特困、边缘、刚性家庭中符合住房困难标准而租房的",
            _HOUSING, _TIERED,
        ),
        (
            "YL27", "农村危房改造", "housing",
            "农村低保、分散特困、边缘、刚性、监测家庭住C、D级危房的",
            _HOUSING, _TIERED,
        ),
        (
            "YL28", "水、气、热等生活费用减免", "living",
            "低保、特困家庭，按各地目录",
            of_items.LOCAL_UTILITIES["减免"],
        ),
    ),
    "残疾人联合会": (
        (
            "YL29", "残疾人证办理与等级评定", "social",
            "疑似残疾而未办证的人员",
            of_items.DISABILITY_CERTIFICATE["申领"],
        ),
        (
            "YL30", "残疾儿童康复救助", "medical",
            "0至6岁（有条件扩至15岁）残疾儿童，低保、孤儿、特困优先",
            of_items.CHILD_REHABILITATION["对象"], _OTHER_AID,
        ),
        (
            "YL31", "残疾人辅助器具适配", "social",
            "持证残疾人，困难家庭优先",
            of_items.DISABLED_LAW["辅助器具"],
        ),
        (
            "YL32", "困难重度残疾人家庭无障碍改造", "housing",
            "低保、特困、边缘重度残疾人家庭",
            _OTHER_AID,
        ),
    ),
    "卫生健康委": (
        (
            "YL33", "疾病应急救助", "medical",
            "身份不明或无力支付急救费用的急危重伤病患者",
            law.INTERIM_MEASURES["32"],
        ),
        (
            "YL34", "家庭医生签约与严重精神障碍患者监护补助", "medical",
            "低保、特困、边缘家庭的慢病老人、严重精神障碍患者",
            of_items.HEALTH_POLICY["对象"],
        ),
    ),
    "应急管理局": (
        (
            "YL35", "受灾人员生活救助（应急、过渡期、旱灾、冬春）", "disaster",
            "受灾的低保、特困、边缘、刚性家庭及其他受灾群众",
            law.INTERIM_MEASURES["20-26"], of_items.DISASTER_RELIEF["受灾人员"],
        ),
        (
            "YL36", "因灾倒损住房恢复重建补助", "disaster",
            "住房倒塌或严重损坏且无房可住的家庭，低保、特困优先",
            of_items.DISASTER_RELIEF["20"],
        ),
    ),
    "农业农村局": (
        (
            "YL37", "防止返贫监测对象认定与帮扶", "living",
            "人均纯收入低于监测范围且有风险的农村家庭；突发严重困难的农村家庭",
            law.TIERED_AID["二"], of_items.RELAPSE_WATCH["对象"],
        ),
        (
            "YL38", "雨露计划职业教育补助", "education",
            "脱贫户与监测户的中职、高职在读子女",
            of_items.YULU["补助"],
        ),
    ),
    "司法局": (
        (
            "YL39", "法律援助", "social",
            "低保、特困、边缘、刚性等经济困难公民",
            of_items.LEGAL_AID["34"], of_items.LEGAL_AID["41-42"], of_items.REFORM["(十三)"],
        ),
    ),
    "总工会": (
        (
            "YL40", "困难职工帮扶与金秋助学", "social",
            "低保、边缘、刚性家庭的职工",
            of_items.DATA_SHARING["共享部门"], of_items.UNION_AID["对象"],
        ),
    ),
    "共青团委": (
        (
            "YL41", "希望工程助学", "education",
            "低保、特困、边缘、刚性家庭在读青少年",
            of_items.JOINT_NOTICE["联合发文"], of_items.HOPE_PROJECT["助学"],
        ),
    ),
    "妇女联合会": (
        (
            "YL42", "低收入妇女两癌救助", "medical",
            "低保、特困、边缘、刚性、监测家庭患宫颈癌（Ⅱb期以上）、浸润性乳腺癌的妇女",
            of_items.WOMEN_CANCER["对象"], of_items.JOINT_NOTICE["联合发文"],
        ),
    ),
    "退役军人事务局": (
        (
            "YL43", "困难退役军人帮扶援助", "social",
            "低保、特困、边缘、刚性家庭的退役军人及优抚对象",
            of_items.VETERANS["帮扶援助"],
        ),
    ),
}  # fmt: skip

ITEMS: tuple[Item, ...] = tuple(_rows())
BY_CODE = {item.code: item for item in ITEMS}


def menu() -> tuple[Item, ...]:
    """All items in the order of their codes, which is the order of the departments in the list."""
    return ITEMS


def of_kind(kind: str) -> tuple[Item, ...]:
    """The items of one kind of help, a key of KINDS."""
    return tuple(item for item in ITEMS if item.kind == kind)


HEAD = """# Items

Written from `policy.items` by `python -m wenhou.policy.items > docs/reference/items.md`; do not edit.

The menu: 43 items of 14 departments. 源 was read, 常识 is general knowledge not checked, 推断 is inferred, 自拟 is ours.
The kind of help (五层八类) is inferred 【推断】. May a household have an item? Its rule `item_yl01` … `item_yl43` answers
yes, no or unknown; `help_living` … `help_social` tell whether any item of the kind may be had.
"""


def page() -> str:
    """docs/reference/items.md."""
    lines = [HEAD, "| Code | Item | Department | Kind | For whom | Basis |", "|---|---|---|---|---|---|"]
    for item in ITEMS:
        kind = f"{KINDS[item.kind]} `{item.help}`"
        lines.append(
            f"| {item.code} | {item.name} | {item.department} | {kind} | {item.groups} | {item.basis} |"
        )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(page(), end="")
