"""Work, insurance and pensions as they change: what class B of the watch reads beside the year's income.

`_3m`, `_4_12m` and `_4_15m` are complete months before the month asked about; `_12m_before` is the year as it was reckoned
one month earlier (上一核算月): the second to the thirteenth month back.
"""

from wenhou.engine import fact, household, person

BEFORE = "上一核算月的近12个月"
SPANS = {"12m_before": BEFORE, "3m": "近3个月", "4_15m": "第4至15个月"}
PARTS = {
    "earnings_after_tax": ("税后申报收入", "DI26"),
    "employee_pension": ("职工与机关养老金", "DI11"),
    "periodic_benefits": ("工伤与遗属定期待遇", "DI13"),
    "unemployment_benefits": ("失业待遇", "DI16"),
}
"""Income paid by month, of which a whole span is summed: what it is, and the contract."""

for part, (label, source) in PARTS.items():
    for span, said in SPANS.items():
        fact(f"{part}_{span}", person, unit="fen", label=f"{said}{label}", sources=(source,))
for span in ("3m", "4_15m"):
    fact(
        f"resident_pension_net_{span}",
        person,
        unit="fen",
        label=f"{SPANS[span]}居民养老金（不含中央基础）",
        sources=("DI12",),
    )
fact("resident_pension_12m_before", person, unit="fen", label=f"{BEFORE}城乡居民养老金", sources=("DI12",))
fact(
    "central_basic_pension_12m_before", person, unit="fen", label=f"{BEFORE}中央基础养老金", sources=("DI12",)
)
fact("farm_subsidies_12m_before", person, unit="fen", label=f"{BEFORE}惠农补贴", sources=("DI38",))
fact("land_rent_12m_before", person, unit="fen", label=f"{BEFORE}土地流转租金", sources=("DI38",))
fact(
    "medical_self_paid_12m_before",
    person,
    unit="fen",
    label=f"{BEFORE}合规医疗个人负担",
    sources=("DI29", "DI30"),
)
fact("rehabilitation_self_paid_12m_before", person, unit="fen", label=f"{BEFORE}康复自付", sources=("DI42",))
fact("earnings_after_tax_4_12m", person, unit="fen", label="第4至12个月税后申报收入", sources=("DI26",))
for span, said in (("12m", "近12个月"), ("12m_before", BEFORE)):
    fact(
        f"employed_earnings_{span}",
        person,
        unit="fen",
        label=f"{said}工资与劳务报酬",
        sources=("DI26",),
        note="税前；稿酬、经营所得不在内",
    )

fact(
    "employer_insured_months",
    person,
    unit="months",
    label="连续的单位参保缴费月数",
    sources=("DI10", "SA-ARCH"),
    note="在册人员；到上一完整月为止，一月不断地以单位职工身份缴费",
)
fact(
    "employer_insured_since",
    person,
    kind="date",
    label="连续的单位参保缴费自",
    sources=("DI10", "SA-ARCH"),
    note="employer_insured_months 的首月",
)
fact("has_employer_insurance_3m", person, kind="bool", label="近3个月有单位参保", sources=("DI10",))
fact("has_employer_insurance_4_12m", person, kind="bool", label="第4至12个月有单位参保", sources=("DI10",))
fact(
    "public_insurance_months_3m",
    person,
    unit="months",
    label="近3个月机关事业养老缴费月数",
    sources=("DI10",),
)

fact(
    "employee_pension_started_on",
    person,
    kind="date",
    label="职工养老金起发月",
    sources=("DI11",),
    note="发放中的",
)
fact("has_employee_pension", person, kind="bool", label="发放职工养老金", sources=("DI11",))
fact("employee_pension_latest", person, unit="fen/month", label="最近一月职工养老金", sources=("DI11",))
fact(
    "resident_pension_first_paid_on",
    person,
    kind="date",
    label="居民养老待遇首发月",
    sources=("DI12", "SA-ARCH"),
    note="在册人员；近12个月内、其前没有发放过的",
)
fact(
    "has_new_resident_pension",
    person,
    kind="bool",
    label="近12个月首发居民养老待遇",
    sources=("DI12", "SA-ARCH"),
)
fact("has_resident_pension", person, kind="bool", label="近12个月有居民养老待遇", sources=("DI12",))
fact(
    "resident_pension_net_latest",
    person,
    unit="fen/month",
    label="最近一月居民养老金（不含中央基础）",
    sources=("DI12",),
)

fact(
    "unemployment_benefit_months",
    person,
    unit="months",
    label="当月失业待遇",
    sources=("DI16",),
    note="上一完整月与扫描月中金额大于0的月数",
)
fact(
    "unemployment_benefits_end",
    person,
    kind="date",
    label="失业保险待遇期满月",
    sources=("DI16",),
    note="失业保险金与失业补助金的 entitle_end，取最晚",
)
fact("has_unemployment_benefits_end", person, kind="bool", label="领过有期限的失业待遇", sources=("DI16",))
fact(
    "has_insurance_after_benefits",
    person,
    kind="bool",
    label="失业待遇期满后又缴社会保险",
    sources=("DI10", "DI16"),
    note="单位职工或灵活就业；居民身份的不说明就业",
)
fact(
    "registered_unemployed_since",
    person,
    kind="date",
    label="失业登记日期",
    sources=("DI15",),
    note="现仍登记的，最近一次",
)
fact(
    "refusals_in_row",
    person,
    unit="times",
    label="连续拒绝介绍工作的次数",
    sources=("DI15",),
    note="现仍登记的，最近一次登记所载",
)
fact(
    "has_latest_post_ending",
    person,
    kind="bool",
    label="最近的就业登记为在岗的公益性岗位",
    sources=("DI14",),
    note="有结束日的",
)
fact(
    "public_post_ends_on",
    person,
    kind="date",
    label="公益性岗位结束日",
    sources=("DI14",),
    note="最近的就业登记为公益性岗位的",
)
fact(
    "has_latest_post_expired",
    person,
    kind="bool",
    label="最近的就业登记为期满的公益性岗位",
    sources=("DI14",),
)

fact(
    "watched_income_per_head",
    household,
    unit="fen",
    label="防返贫监测人均年收入",
    sources=("DI37",),
    note="监测中的，最近纳入的一次所载",
)
fact(
    "is_watched_household",
    household,
    kind="bool",
    label="防返贫监测户",
    sources=("DI37",),
    note="监测中，不含脱贫户",
)

fact(
    "countable_farm_income",
    person,
    unit="fen",
    label="惠农补贴与土地流转的年度合计",
    sources=("DI38",),
    note="近12个月所及的两个公历年中有记录的较近一年；国家规定不计入的补贴先剔除",
)
fact(
    "archived_farm_income",
    person,
    unit="fen",
    label="档案核定的惠农补贴与土地流转",
    sources=("SA-ARCH",),
    note="收入项“惠农补贴”“土地流转租金”；没有该项为0",
)
fact(
    "archived_wages",
    person,
    unit="fen",
    label="档案申报的工资性收入",
    sources=("SA-ARCH",),
    note="最近一次申请、认定或核查不早于12个月的；没有该项为0",
)
fact(
    "archived_unseen_income",
    person,
    unit="fen",
    label="档案申报的其他收入净额",
    sources=("SA-ARCH",),
    note="经营收入减费用、折旧与生产税（不小于0），加出租等财产收入与其他转移收入；最近一次申请、认定或核查不早于12个月的",
)
fact("has_archived_pension", person, kind="bool", label="档案收入项有养老金", sources=("SA-ARCH",))
fact(
    "has_archived_unemployment_benefit", person, kind="bool", label="档案收入项有失业金", sources=("SA-ARCH",)
)
fact(
    "grace_ended_on", person, kind="date", label="渐退期届满日", sources=("SA-ARCH",), note="仍在保的低保成员"
)
fact("has_grace_ended", person, kind="bool", label="渐退期已届满仍在保", sources=("SA-ARCH",))
