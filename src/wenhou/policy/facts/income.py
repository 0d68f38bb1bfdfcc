"""Visible income of the twelve complete months before, the parts of EPCI (facts §9), and work."""

from wenhou.engine import fact, person

YEARLY = "按年发放：近12个月所及的两个公历年中，有记录的较近一年"

fact("earnings_after_tax_12m", person, unit="fen", label="近12个月税后申报收入", sources=("DI26",))
fact("employee_pension_12m", person, unit="fen", label="近12个月职工与机关养老金", sources=("DI11",))
fact("resident_pension_12m", person, unit="fen", label="近12个月城乡居民养老金", sources=("DI12",))
fact("central_basic_pension_12m", person, unit="fen", label="近12个月中央基础养老金", sources=("DI12",))
fact(
    "periodic_benefits_12m",
    person,
    unit="fen",
    label="近12个月工伤与遗属定期待遇",
    sources=("DI13",),
    note="不含生活护理费与一次性补助",
)
fact(
    "survivor_benefits_12m",
    person,
    unit="fen",
    label="近12个月供养亲属抚恤金与遗属补助",
    sources=("DI13",),
    note="periodic_benefits_12m 的一部分",
)
fact("unemployment_benefits_12m", person, unit="fen", label="近12个月失业待遇", sources=("DI16",))
fact("farm_subsidies_12m", person, unit="fen", label="惠农补贴", sources=("DI38",), note=YEARLY)
fact("land_rent_12m", person, unit="fen", label="土地流转租金", sources=("DI38",), note=YEARLY)
fact("veteran_benefits_12m", person, unit="fen", label="近12个月优抚待遇", sources=("DI40",))
fact("old_age_allowance_12m", person, unit="fen", label="近12个月高龄津贴", sources=("DI46",))

fact("wages_6m", person, unit="fen", label="近6个月工资薪金", sources=("DI26",))
fact(
    "has_employer_insurance_6m",
    person,
    kind="bool",
    label="近6个月有单位参保",
    sources=("DI10",),
    note="单位职工且已缴",
)
fact("is_employed", person, kind="bool", label="就业登记在岗", sources=("DI14",), note="未到结束日的在岗登记")
fact("is_registered_unemployed", person, kind="bool", label="登记失业", sources=("DI15",))
