"""What people earn, own and must spend, as declared and verified. Twelve complete months, in fen."""

from wenhou.engine import fact, household, person
from wenhou.policy.facts.application import ASSESSED, DECLARED

for name, (label, sources) in {
    "wages_12m": ("近12个月工资性收入", ("DI26", DECLARED)),
    "business_revenue_12m": ("近12个月经营收入", ("DI27", DECLARED)),
    "business_costs_12m": ("近12个月经营费用", (DECLARED,)),
    "depreciation_12m": ("近12个月固定资产折旧", (DECLARED,)),
    "production_tax_12m": ("近12个月生产税", ("DI27", DECLARED)),
    "rental_income_12m": ("近12个月出租等财产收入", ("DI26", DECLARED)),
    "interest_and_dividends_12m": ("近12个月利息股息红利", ("DI26", DECLARED)),
    "property_costs_12m": ("近12个月财产收入的费用", (DECLARED,)),
    "other_transfers_12m": ("近12个月其他转移收入", (DECLARED,)),
    "income_tax_12m": ("近12个月个人所得税", ("DI26", DECLARED)),
    "social_insurance_paid_12m": ("近12个月社会保险支出", ("DI10", DECLARED)),
    "support_paid_12m": ("近12个月赡养支出", (DECLARED,)),
    "family_planning_awards_12m": ("近12个月计划生育奖扶", (DECLARED,)),
    "scholarships_12m": ("近12个月奖学金", ("DI35", DECLARED)),
    "bravery_awards_12m": ("近12个月见义勇为奖励", (DECLARED,)),
    "assistance_received_12m": ("近12个月各类救助款物", ("SA-PAY", "DI46")),
    "deposits": ("存款", ("DI47",)),
    "investments": ("证券理财基金", ("DI48",)),
    "insurance_value": ("商业保险现金价值", ("DI48",)),
    "medical_self_paid_12m": ("近12个月合规医疗个人负担", ("DI29", "DI30")),
    "hospital_stays_self_paid_12m": ("近12个月定点医院住院自付", ("DI29",)),
    "rehabilitation_self_paid_12m": ("近12个月康复自付", ("DI42",)),
    "public_school_fees_12m": ("近12个月教育支出按公办标准", ("DI34",)),
}.items():
    fact(name, person, unit="fen", label=label, sources=sources)

fact(
    "essential_living_spending_12m", household, unit="fen", label="近12个月必需生活支出", sources=(DECLARED,)
)
fact(
    "other_unavoidable_spending_12m", household, unit="fen", label="近12个月其他刚性支出", sources=(DECLARED,)
)
fact("homes", household, unit="count", label="住房套数", sources=("DI17",))
fact("home_area", household, unit="sqm", label="住房建筑面积", sources=("DI17",), note="本户份额")

ASSETS = {
    "vehicle": ("汽车", "has_vehicle", ("DI06",)),
    "machinery": ("大型农机具", "has_large_machinery", ("DI39",)),
    "business": ("雇人经营", "hires_workers", ("DI24", DECLARED)),
    "schooling": ("自费择校或出国留学", "pays_for_choice_of_school", ("DI05", DECLARED)),
    "homes": ("住房", None, ("DI17",)),
    "luxury": ("非必需高档消费品", "has_luxury_goods", (DECLARED, "SA-VISIT")),
    "money": ("货币财产", None, ("DI47", "DI48")),
    "other": ("县级规定的其他财产", "has_other_barred_property", (DECLARED, "SA-VISIT")),
}
"""Each kind of property: its label, the fact that it was found (homes and money are reckoned), and the sources."""

KNOWN_GROUNDS = {"vehicle": ("DI06",)}
"""Departments whose records name a ground by themselves: the kind of a vehicle."""

for kind, (label, found, sources) in ASSETS.items():
    if found is not None:
        fact(found, household, kind="bool", label=f"有{label}", sources=sources)
    grounds = (*KNOWN_GROUNDS.get(kind, ()), DECLARED)
    fact(f"{kind}_exemption", household, kind="text", label=f"{label}豁免理由", sources=grounds)
    fact(
        f"has_approved_{kind}_exemption",
        household,
        kind="bool",
        label=f"{label}豁免已批准",
        sources=(ASSESSED,),
    )
