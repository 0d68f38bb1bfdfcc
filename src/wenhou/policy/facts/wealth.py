"""Property and spending beyond what the means test names: vehicles, homes, enterprises, transfers, schools, support.

Of a household unless said otherwise. What is registered to a member is the household's, by shares where shares are told.
"""

from wenhou.engine import fact, household, person

REVIEW = "在册各类别、各成员中最近的；未核查过的取认定日期"

fact(
    "household_reviewed_on",
    household,
    kind="date",
    label="本户最近核查日",
    sources=("SA-ARCH",),
    note=REVIEW,
)

fact(
    "licensed_vehicles",
    household,
    unit="count",
    label="登记正常的车辆",
    sources=("DI06",),
    note="残疾人专用、摩托车、三轮、拖拉机不计",
)
fact(
    "kept_vehicles",
    household,
    unit="count",
    label="仍在名下的车辆",
    sources=("DI06", "DI07"),
    note="登记正常的车辆，除去登记后已转移、注销、报废的",
)
fact(
    "has_archived_vehicle_exemption",
    household,
    kind="bool",
    label="档案载明汽车豁免已批准",
    sources=("SA-ARCH",),
    note="任一成员的现行档案行",
)
fact(
    "business_vehicles",
    household,
    unit="count",
    label="仍在名下的经营性车辆",
    sources=("DI06", "DI07"),
    note="其中小型、微型客车或货车，使用性质为营运、货运的",
)

fact(
    "homes_of_members",
    household,
    unit="count",
    label="成员名下的住宅套数",
    sources=("DI17",),
    note="宣告失踪的依法不是成员，其名下的不计",
)
fact(
    "home_area_of_members",
    household,
    unit="sqm",
    label="成员名下的住宅建筑面积",
    sources=("DI17",),
    note="按份额；宣告失踪的依法不是成员，其名下的不计",
)
fact(
    "unregistered_homes",
    household,
    unit="count",
    label="网签未登记的住宅",
    sources=("DI19", "DI17"),
    note="有效网签，本户在同一坐落没有不动产登记（现势或历史）",
)
fact(
    "unregistered_home_area",
    household,
    unit="sqm",
    label="网签未登记的住宅面积",
    sources=("DI19", "DI17"),
)
fact("home_bought_on", household, kind="date", label="最近网签购房日期", sources=("DI19",), note="有效网签")
fact("has_bought_home", household, kind="bool", label="有有效的商品房网签", sources=("DI19",))
fact(
    "application_on",
    household,
    kind="date",
    label="在册申请日期",
    sources=("SA-ARCH", "SA-CASE"),
    note="在册记录的申请日期中最早的；没有的取同户申请办件受理日期，再没有取认定日期",
)
fact(
    "nonresidential_units",
    household,
    unit="count",
    label="非居住类房产",
    sources=("DI17",),
    note="商业、办公、工业仓储，现势",
)

fact(
    "enterprise_on",
    household,
    kind="date",
    label="最近设立的存续市场主体日期",
    sources=("DI24",),
)
fact("has_enterprise", household, kind="bool", label="有存续的市场主体", sources=("DI24",))
fact(
    "declaring_enterprise_on",
    household,
    kind="date",
    label="近6个月有非零申报的市场主体设立日期",
    sources=("DI24", "DI27"),
    note="存续的中最近设立的",
)
fact(
    "has_declaring_enterprise",
    household,
    kind="bool",
    label="有近6个月非零申报的市场主体",
    sources=("DI24", "DI27"),
)
fact(
    "undeclared_enterprise_on",
    household,
    kind="date",
    label="近6个月无申报记录的市场主体设立日期",
    sources=("DI24", "DI27"),
    note="存续的中最近设立的",
)
fact(
    "has_undeclared_enterprise",
    household,
    kind="bool",
    label="有近6个月无申报记录的市场主体",
    sources=("DI24", "DI27"),
)
fact(
    "subscribed_capital",
    household,
    unit="fen",
    label="认缴出资合计",
    sources=("DI25",),
    note="股东、合伙人，未终止的",
)
fact(
    "has_unstated_subscription",
    household,
    kind="bool",
    label="有未载明认缴额的出资",
    sources=("DI25",),
)
fact(
    "turnover_12m",
    person,
    unit="fen",
    label="近12个月经营销售额",
    sources=("DI27",),
    note="逐月取申报销售额与开票金额的高者",
)

fact(
    "provident_fund_months",
    person,
    unit="months",
    label="最近核查日后连续缴存公积金的月数",
    sources=("DI22", "SA-ARCH"),
    note="状态正常、缴存额大于零；最长的一段",
)
fact(
    "housing_fund_used_on",
    household,
    kind="date",
    label="最近公积金购房提取或贷款日期",
    sources=("DI23",),
)
fact("has_used_housing_fund", household, kind="bool", label="有公积金购房提取或贷款", sources=("DI23",))

fact(
    "private_tuition",
    person,
    unit="fen",
    label="民办、国际学校学年学费",
    sources=("DI34",),
    note="在读",
)
fact(
    "student_aid_two_terms",
    person,
    unit="fen",
    label="最近两个学期的学生资助",
    sources=("DI35",),
    note="已发放的，含助学贷款",
)

fact(
    "transfers_out_before_application",
    person,
    unit="fen",
    label="受理前6个月大额转出",
    sources=("DI48", "SA-CASE", "SA-ARCH"),
    note="最近一次低保、特困、边缘、刚性申请的受理日；没有办件的取档案申请日期",
)
fact("largest_transfer_in_90d", person, unit="fen", label="近90日最大一笔转入", sources=("DI48",))
fact("transfers_in_90d", person, unit="fen", label="近90日大额转入合计", sources=("DI48",))
fact("largest_premium", person, unit="fen", label="最高的商业保险年缴保费", sources=("DI48",))

ARCHIVED = "档案所列义务人"
for name, (label, unit) in {
    "archived_income_12m": ("档案记载的义务人家庭近12个月收入", "fen"),
    "archived_household_size": ("档案记载的义务人家庭人数", "count"),
    "archived_supported_people": ("档案记载的被赡养人数", "count"),
    "archived_judged_support": ("档案记载的判决或协议给付", "fen/month"),
    "archived_paid_support": ("档案记载的实际给付", "fen/month"),
}.items():
    fact(name, person, unit=unit, label=label, sources=("SA-ARCH",), note=f"{ARCHIVED}；没有写的为0")
fact("is_archived_supporter", person, kind="bool", label=ARCHIVED, sources=("SA-ARCH",))
fact("has_archived_income", person, kind="bool", label="档案记载了义务人家庭收入", sources=("SA-ARCH",))
fact("has_archived_judgement", person, kind="bool", label="档案记载有判决或协议", sources=("SA-ARCH",))

fact(
    "property_refused_on",
    household,
    kind="date",
    label="因财产不予确认日期",
    sources=("SA-ARCH", "SA-CASE"),
    note="最近一次；档案没有日期的取同户不予确认办件的决定日期",
)
fact(
    "was_refused_for_property",
    household,
    kind="bool",
    label="曾因财产不予确认",
    sources=("SA-ARCH", "SA-CASE"),
    note="不予确认原因写明车、房、市场主体或财产的",
)
fact(
    "refused_income_per_head",
    household,
    unit="fen/month",
    label="不予确认时核定人均月收入",
    sources=("SA-ARCH", "SA-CASE"),
)
for name, label in {"vehicle": "车辆", "home": "住房", "enterprise": "市场主体"}.items():
    fact(
        f"was_refused_for_{name}",
        household,
        kind="bool",
        label=f"因{label}不予确认",
        sources=("SA-ARCH", "SA-CASE"),
        note="最近一次因财产不予确认的原因；只写财产的三者都是",
    )
fact(
    "vehicle_disposed_on",
    household,
    kind="date",
    label="最近车辆转移、注销、报废日期",
    sources=("DI07",),
)
fact("has_disposed_vehicle", household, kind="bool", label="有转移、注销或报废的车辆", sources=("DI07",))
fact("home_disposed_on", household, kind="date", label="最近住房转移日期", sources=("DI18",))
fact(
    "has_disposed_home",
    household,
    kind="bool",
    label="有买卖、赠与或征收的不动产",
    sources=("DI18",),
)
fact(
    "homes_left",
    household,
    unit="count",
    label="仍在名下的住宅",
    sources=("DI17", "DI18"),
    note="现势，除去登记后已买卖、赠与、征收的",
)
fact(
    "has_closed_enterprise",
    household,
    kind="bool",
    label="有已注销、吊销的市场主体",
    sources=("DI24",),
)
fact(
    "closed_enterprise_since",
    household,
    kind="date",
    label="已注销、吊销市场主体的设立日期",
    sources=("DI24",),
    note="其中最早设立的",
)
