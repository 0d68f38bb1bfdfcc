"""The documents the law stands in, and the articles that rules, indicators and standards rest on.

Every document carries the mark of how it is known: 源 (the text or a report of it was read), 常识 (general
knowledge, not checked), 推断 (inferred from several sources), 自拟 (ours, provisional until a county confirms
it). An article's own mark may be weaker than its document's. Before a province goes live every 源 is checked
against the issuer by document number.
"""

from datetime import date
from types import MappingProxyType

from wenhou.policy import law_items
from wenhou.policy.document import Article, Articles, Document, Mark

__all__ = ["LAW", "Article", "Articles", "Document", "Mark"]

DIBAO = Document(
    "民发〔2021〕57号",
    "最低生活保障审核确认办法",
    "民政部",
    "源",
    in_force=date(2021, 7, 1),
    entries=(
        ("4-5", "申请地与户籍、居住地"),
        ("7", "共同生活的家庭成员；服刑、强制隔离戒毒的不计入"),
        ("8", "边缘家庭成员单独提出申请"),
        ("8(一)", "边缘家庭中持有一、二级残疾证，或三级智力、三级精神残疾证的，可单独申请"),
        ("8(二)", "边缘家庭中患有重特大疾病的，可单独申请"),
        ("8(四)", "县级以上规定的其他单独申请人员"),
        ("9", "人均月收入低于低保标准且财产符合的，纳入"),
        ("13", "家庭收入的四类构成与不计入项目"),
        ("15", "入户、协同核查"),
        ("17", "辅助评估：出国旅游、水电气等支出"),
        ("27", "特殊困难人员增发"),
        ("30", "人口、收入、财产变化应当及时告知"),
        ("31", "定期核查；符合增减停发的及时办理"),
        ("34", "拒绝就业的减停本人"),
    ),
)
TEKUN = Document(
    "民发〔2021〕43号",
    "特困人员认定办法",
    "民政部",
    "源",
    in_force=date(2021, 7, 1),
    entries=(
        ("4-8", "无劳动能力、无生活来源、无法定义务人或义务人无履行能力"),
        ("6", "无生活来源：收入低于低保标准且财产符合；基础养老金、医保、高龄津贴不计"),
        ("8", "义务人无履行义务能力的情形"),
        ("21-23", "自理能力评估；变化的10个工作日内复核"),
        ("24(一)", "死亡、被宣告死亡或失踪的，终止"),
        ("24(三)", "服刑的，终止"),
        ("24(五)", "义务人有履行义务能力的，终止"),
        ("24末款", "未成年特困人员满18周岁，仍就读义务教育或普高、中职的可继续"),
        ("基本生活", "基本生活标准按低保标准的倍数确定"),
        ("照料护理", "照料护理标准按自理能力分三档；集中供养另设"),
    ),
)
SAFETY_NET = Document(
    "民发〔2022〕83号",
    "关于进一步做好最低生活保障等社会救助兜底保障工作的通知",
    "民政部等",
    "源",
    issued=date(2022, 10, 20),
    note="文号【常识】，正文【源】",
    entries=(
        ("一(一)", "成年无业重度残疾人可参照单人户提出申请；依靠老年父母、兄弟姐妹供养的可视情豁免"),
        ("一(三)", "家庭成员死亡的，自死亡之日起3个月内核查并办理增发、减发、停发"),
        ("三(三)", "重病、残疾、就学、失业等情形的数据比对"),
        ("二(一)", "未参保失业人员连续3个月无收入且未纳入低保的，一次性临时救助"),
        ("五(五)", "重大变化超过3个月未告知的"),
    ),
)
TIERED_AID = Document(
    "国办发〔2023〕39号",
    "关于加强低收入人口动态监测做好分层分类社会救助工作的意见",
    "国务院办公厅转发民政部等",
    "源",
    entries=(
        ("三(三)", "动态监测：看困难情形的变化，看政策是否落实"),
        ("三(四)", "不再符合条件的核查退出"),
        ("四(二)1", "资助参加基本医疗保险；医疗救助"),
        ("四(三)", "临时救助"),
        ("四(二)", "医疗、教育、住房、就业等专项救助"),
        ("四(五)", "采暖、殡葬等其他救助帮扶；困难残疾人福利鼓励延伸"),
        ("二", "低收入人口的六类对象"),
    ),
)
INTERIM_MEASURES = Document(
    "国务院令第649号",
    "社会救助暂行办法",
    "国务院",
    "源",
    note="2019年修订",
    entries=(
        ("9", "最低生活保障的条件"),
        ("9-13", "最低生活保障"),
        ("20-26", "受灾人员救助"),
        ("32", "疾病应急救助"),
        ("33-36", "教育救助"),
        ("37-40", "住房救助"),
        ("42-44", "就业救助"),
        ("47-48", "临时救助；紧急的可简化程序"),
        ("58", "依请求、委托代为查询"),
        ("68", "骗取救助的，停止并责令退回"),
    ),
)
CHILD_WITHOUT_CARE = Document(
    "民发〔2019〕62号",
    "关于进一步加强事实无人抚养儿童保障工作的意见",
    "民政部等",
    "源",
    entries=(
        ("认定情形", "父母重残、重病、服刑、强制隔离戒毒、失联等，期限六个月以上"),
        ("补差", "与低保、特困、困难残疾人生活补贴并存且低于标准的，补差发放"),
    ),
)
ORPHANS = Document(
    "国办发〔2010〕54号",
    "关于加强孤儿保障工作的意见",
    "国务院办公厅",
    "常识",
    entries=(
        ("对象", "父母均死亡的未成年人"),
        ("查找不到", "失去父母、查找不到生父母的未满18周岁的未成年人"),
    ),
)
DISABILITY_ALLOWANCES = Document(
    "国发〔2015〕52号",
    "关于全面建立困难残疾人生活补贴和重度残疾人护理补贴制度的意见",
    "国务院",
    "常识",
    entries=(("两项补贴", "低保家庭中的残疾人享生活补贴，一级、二级残疾人享护理补贴"),),
)
NINGXIA_ILLNESS = Document(
    "宁夏因病致贫重病患者认定办法",
    "宁夏因病致贫重病患者认定办法",
    "宁夏回族自治区",
    "源",
    note="据自治区2023年材料；收入财产限额未查到",
    entries=(
        ("自付门槛", "个人自付医疗费用由3万元调为2万元"),
        ("认定范围", "由定点医院住院放宽为定点医疗机构住院总费用与门诊慢特病"),
        ("收入财产", "收入、财产符合规定；限额未查到"),
    ),
)
NINGXIA_RELIEF = Document(
    "宁夏临时救助实施细则",
    "宁夏回族自治区临时救助实施细则",
    "宁夏回族自治区民政厅",
    "源",
    issued=date(2023, 12, 25),
    in_force=date(2023, 12, 25),
    entries=(
        ("支出型", "支出型临时救助；年底核算刚性支出"),
        ("3", "本地户籍、持居住证并居住、急难发生地的流动人口均可申请"),
        ("24-25", "救助标准；重大困难一事一议"),
        ("急难标准", "急难型人均不低于城市低保月标准的2倍"),
        ("急难型", "急难型临时救助"),
        ("支出标准", "支出型人均不低于城市低保月标准的3倍"),
    ),
)
NINGXIA_MEDICAL_AID = Document(
    "宁夏医疗救助办法",
    "宁夏回族自治区医疗救助办法",
    "宁夏回族自治区",
    "源",
    in_force=date(2023, 3, 1),
    entries=(("九类对象", "特困、孤儿、低保、边缘、监测、因病致贫等九类对象的医疗救助"),),
)
BAOJI_EXEMPTION = Document(
    "宝鸡赡养费豁免口径",
    "宝鸡赡养费豁免口径",
    "宝鸡市民政局",
    "源",
    note="据宝鸡2024年材料（杨某案例）；文件名未查到",
    entries=(("满七十周岁", "父母满70周岁的，给付按100%豁免"),),
)
YANGYUAN = Document(
    "河北阳原医保防贫监测口径",
    "河北阳原医保防贫监测口径",
    "阳原县",
    "源",
    note="省外口径，须经县级民政确认",
    entries=(("自付比例", "一般户以上年农村居民人均可支配收入、监测户以其50%为线"),),
)
MEDICAL_DATA_COOPERATION = Document(
    "某地民政医保数据协同口径",
    "某地民政医保数据协同口径",
    "某地民政局、医保局",
    "源",
    note="省外口径，本地可调",
    entries=(("单次住院", "单次住院自付1万元，监测户6000元"),),
)
ILLNESS_SHARE = Document(
    "因病致贫认定50%口径",
    "因病致贫认定50%口径（省外）",
    "省外某地",
    "源",
    note="镜像站，须复核",
    entries=(("五成", "医疗自付占家庭年收入五成以上"),),
)
NINGXIA_ANSWERS = Document(
    "中卫市民政局问答",
    "中卫市民政局2023-10-24问答",
    "中卫市民政局",
    "源",
    issued=date(2023, 10, 24),
    note="镜像站",
    entries=(("标准", "宁夏城乡低保标准与财产限额"),),
)
NINGXIA_LINES = Document(
    "宁夏城乡低保标准",
    "宁夏城乡低保标准",
    "宁夏回族自治区民政厅",
    "源",
    note="二手转载，上线前按文号复核",
    entries=(("自治区最低标准", "城市、农村最低生活保障标准"),),
)
YINCHUAN_LINES = Document(
    "银川市低保标准",
    "银川市城乡低保标准",
    "银川市民政局",
    "源",
    note="据银川市2025年材料；2020年据文件文本转载",
    entries=(
        ("低保标准", "城市、农村最低生活保障标准"),
        ("单人保", "边缘家庭中的未成年人、失能失智老年人可单独申请"),
    ),
)
GUYUAN_LINES = Document(
    "固原市低保标准",
    "固原市城乡低保标准",
    "固原市民政局",
    "源",
    note="镜像站，年份被站点篡改",
    entries=(("低保标准", "城市、农村最低生活保障标准"),),
)
SHAANXI_LINES = Document(
    "陕西各市低保标准",
    "陕西各市低保标准（报道）",
    "陕西有关市民政局",
    "源",
    note="报道所见，宝鸡近年标准未查到",
    entries=(("低保标准", "城市、农村最低生活保障标准"),),
)
STATISTICS = Document(
    "统计公报",
    "国民经济和社会发展统计公报",
    "国家统计局及省级统计局",
    "常识",
    note="数值未核实，2024年及以后未载入",
    entries=(("人均可支配收入", "城镇、农村居民人均可支配收入"),),
)
OWN = Document(
    "自拟",
    "本平台自拟口径",
    "温厚",
    "自拟",
    note="暂定，须经县级民政确认",
    entries=(
        ("阈值", "阈值自拟，暂定"),
        ("口径", "口径自拟，暂定"),
        ("期限", "期限自拟，暂定"),
        ("组合", "条件组合自拟，暂定"),
        ("事件集", "事件集自拟，暂定"),
    ),
)

DOCUMENTS = (
    DIBAO,
    TEKUN,
    SAFETY_NET,
    TIERED_AID,
    INTERIM_MEASURES,
    CHILD_WITHOUT_CARE,
    ORPHANS,
    DISABILITY_ALLOWANCES,
    NINGXIA_ILLNESS,
    NINGXIA_RELIEF,
    NINGXIA_MEDICAL_AID,
    BAOJI_EXEMPTION,
    YANGYUAN,
    MEDICAL_DATA_COOPERATION,
    ILLNESS_SHARE,
    NINGXIA_ANSWERS,
    NINGXIA_LINES,
    YINCHUAN_LINES,
    GUYUAN_LINES,
    SHAANXI_LINES,
    STATISTICS,
    OWN,
    *law_items.DOCUMENTS,
)
LAW: MappingProxyType[str, Document] = MappingProxyType({document.number: document for document in DOCUMENTS})
