"""The documents behind the watch over school, care and services (class E); `policy.law` lists them with the rest."""

from wenhou.policy.law.document import Document

COUNTY_AGAINST_POVERTY = Document(
    "某县防贫方案",
    "某县防贫保障方案",
    "某县",
    "源",
    note="省外口径，镜像站，须经县级民政确认",
    entries=(("因学", "因学年度自付1万元"),),
)
RELAPSE_GROUPS = Document(
    "靖边海西防贫重点人群",
    "靖边县、海西州防贫监测重点人群",
    "靖边县、海西州",
    "源",
    note="省外口径，阈值自拟",
    entries=(("重点人群", "多子女在读、住危房等家庭列为防贫重点"),),
)
FENGXIANG_COLOURS = Document(
    "凤翔分散特困三色管理",
    "宝鸡市凤翔区分散供养特困人员红黄绿三色管理",
    "宝鸡市凤翔区民政局",
    "源",
    note="据宝鸡2024年材料；天数自拟",
    entries=(("三色", "绿常态、黄定期关注、红清单责任限期整改"),),
)
SERVICES = Document(
    "服务类社会救助做法",
    "宁夏服务类社会救助做法",
    "银川市兴庆区、石嘴山市",
    "源",
    note="据两地材料；天数自拟",
    entries=(("供需匹配", "服务需求登记后匹配资源、交付、确认"),),
)

DOCUMENTS = tuple(value for value in list(globals().values()) if isinstance(value, Document))
