"""What people receive already, item by item: payments of the last complete month, and what departments gave.

Beside these stand `is_dibao` … of the register, `gets_…` of DI46, `has_housing_support`, `has_heating_paid`,
`has_child_rehabilitation_12m`, `is_home_taught` and `disaster_aid`. `monitoring.gaps` compares them with the law.
"""

from wenhou.engine import fact, household, person

LAST_MONTH = "上一完整月"
PAID = f"{LAST_MONTH}成功发放的"

fact(
    "dibao_paid_last_month",
    household,
    unit="fen/month",
    label=f"{LAST_MONTH}实发低保金",
    sources=("SA-PAY",),
    note=f"{PAID}YL01，按收款人所在户合计",
)
fact(
    "tekun_paid_last_month",
    person,
    unit="fen/month",
    label=f"{LAST_MONTH}实发特困供养金",
    sources=("SA-PAY",),
    note=f"{PAID}YL02",
)
for name, label in {
    "orphan_paid_last_month": "孤儿",
    "child_without_care_paid_last_month": "事实无人抚养",
    "disability_living_paid_last_month": "困难残疾人生活补贴",
    "disability_care_paid_last_month": "重度残疾人护理补贴",
}.items():
    fact(
        name,
        person,
        unit="fen/month",
        label=f"{LAST_MONTH}实发{label}金额",
        sources=("DI46",),
        note="该月状态为发放的",
    )
fact(
    "gets_elder_subsidy",
    person,
    kind="bool",
    label="享受经济困难老年人补贴或高龄低收入补贴",
    sources=("DI46",),
    note="该项最近一月的记录为发放且未到停发月",
)

RECENT = "上一完整月起"
fact(
    "has_emergency_relief_lately",
    household,
    kind="bool",
    label=f"{RECENT}已获急难型临时救助",
    sources=("SA-PAY",),
    note="YL05 成功发放",
)
fact(
    "has_expenditure_relief_lately",
    household,
    kind="bool",
    label=f"{RECENT}已获支出型临时救助",
    sources=("SA-PAY",),
    note="YL06 成功发放",
)
fact(
    "heating_paid",
    household,
    unit="fen",
    label="实发取暖救助",
    sources=("SA-PAY",),
    note="最近一个已到11月30日的11月的YL11，成功发放的合计",
)
fact("has_funeral_waiver", person, kind="bool", label="殡葬费用已减免", sources=("DI45",), note="减免额大于0")
fact(
    "has_insurance_aid_this_year",
    person,
    kind="bool",
    label="本年度获资助参保",
    sources=("DI28",),
    note="资助类别为全额或定额",
)
fact(
    "is_employee_insured_this_year",
    person,
    kind="bool",
    label="本年度参加职工医保",
    sources=("DI28",),
    note="不在资助参保之列",
)

for name, label in {
    "has_preschool_aid": "学前资助",
    "has_compulsory_aid": "义务教育生活补助",
    "has_upper_school_aid": "高中、中职助学金或免学费",
    "has_college_aid": "高等教育助学金、助学贷款或其他资助",
}.items():
    fact(name, person, kind="bool", label=f"本学期已获{label}", sources=("DI35",), note="已发的")

fact("has_public_post", person, kind="bool", label="在公益性岗位", sources=("DI14",), note="在岗而未到期")
fact(
    "is_in_danger_renovation",
    household,
    kind="bool",
    label="危房已列入改造",
    sources=("DI21",),
    note="C、D级鉴定中有已列入、施工或竣工的",
)
fact(
    "has_assistive_device_12m",
    person,
    kind="bool",
    label="近12个月已适配辅具",
    sources=("DI42",),
    note="已服务；自近12个完整月首日至扫描日",
)
fact(
    "has_home_adapted",
    household,
    kind="bool",
    label="已做家庭无障碍改造",
    sources=("DI42",),
    note="任一成员名下已服务",
)
fact(
    "has_rebuilding_aid",
    household,
    kind="bool",
    label="已获因灾住房重建补助",
    sources=("DI43",),
    note="12个月内，救助类别为重建",
)
