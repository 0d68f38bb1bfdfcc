"""What a person or a household needs, beyond means: care, work, school, a roof, help at once."""

from wenhou.engine import fact, household, person
from wenhou.policy.facts.application import ASSESSED, DECLARED

fact("disability_category", person, kind="text", label="残疾类别", sources=("DI41",))
fact("has_incapacity_record", person, kind="bool", label="有失能记录", sources=("SA-ARCH", ASSESSED))
fact("needs_long_term_care", person, kind="bool", label="有长期照护记录", sources=("SA-SVC", DECLARED))
for name, label in {
    "can_eat": "能自主吃饭",
    "can_dress": "能自主穿衣",
    "can_get_up": "能自主上下床",
    "can_use_toilet": "能自主如厕",
    "can_walk_indoors": "能室内自主行走",
    "can_bathe": "能自主洗澡",
}.items():
    fact(name, person, kind="bool", label=label, sources=(ASSESSED,))

for name, (label, sources) in {
    "has_stable_income": ("收入稳定", (DECLARED, "DI14")),
    "is_self_employed": ("灵活就业或创业", ("DI14",)),
    "is_unemployment_insured": ("参加失业保险", ("DI10",)),
    "gets_unemployment_benefit": ("领取失业保险金", ("DI16",)),
    "gets_unemployment_subsidy": ("领取失业补助金", ("DI16",)),
    "is_resident_pension_insured": ("参加城乡居民养老保险", ("DI10",)),
    "gets_regular_veteran_benefit": ("享受国家定期抚恤补助", ("DI40",)),
    "is_veteran": ("退役军人", ("DI40", DECLARED)),
    "is_union_worker": ("工会会员职工", (DECLARED,)),
    "cannot_attend_school": ("不能到校就读", ("DI36",)),
    "boards_at_school": ("寄宿", ("DI34",)),
    "is_suspected_disabled": ("疑似残疾未办证", (DECLARED, "SA-VISIT")),
    "needs_rehabilitation": ("有康复需求", (DECLARED, "DI42")),
    "needs_assistive_device": ("有辅具需求", (DECLARED, "DI42")),
    "has_chronic_illness": ("患慢性病", ("DI30",)),
    "has_child_hiv": ("艾滋病病毒感染", ("DI32",)),
    "has_eligible_cancer": ("患宫颈癌Ⅱb期以上或浸润性乳腺癌", ("DI32", DECLARED)),
    "needs_emergency_treatment": ("急危重伤病需急救", (DECLARED,)),
    "is_identity_unknown": ("身份不明", (DECLARED,)),
    "cannot_pay_for_emergency": ("无力支付急救费用", (DECLARED,)),
    "chooses_child_protection": ("选择孤儿或事实无人抚养保障", (DECLARED,)),
}.items():
    fact(name, person, kind="bool", label=label, sources=sources)

fact("months_without_income", person, unit="months", label="连续无收入月数", sources=(DECLARED,))
fact("care_place", person, kind="text", label="供养方式", sources=("SA-ARCH", DECLARED))
fact("child_allowance_received", person, unit="fen/month", label="已领儿童基本生活费", sources=("DI46",))
fact("heating_cost", person, unit="fen", label="当年实际采暖费", sources=(DECLARED,))

for name, (label, sources) in {
    "has_emergency": ("遭遇急难", (DECLARED, "SA-CLUE")),
    "has_spending_surge": ("支出突增致基本生活困难", (DECLARED, "SA-CLUE")),
    "is_relieved_for_same_cause": ("同一事由已获临时救助", ("SA-PAY",)),
    "cannot_live_through_today": ("当日无法维持基本生活", (DECLARED, "SA-VISIT")),
    "has_income_risen_by_work": ("因就业收入超标准", (DECLARED, "SA-CHK")),
    "rents_home": ("租房居住", ("DI20", DECLARED)),
    "is_without_shelter": ("无房可住", (DECLARED, "DI43")),
    "is_struck_by_disaster": ("受灾", ("DI43",)),
    "is_at_risk_of_relapse": ("有返贫致贫风险", ("DI37", "SA-VISIT")),
    "needs_home_adaptation": ("需家庭无障碍改造", (DECLARED, "DI42")),
    "has_legal_matter": ("有法律援助事项", (DECLARED,)),
}.items():
    fact(name, household, kind="bool", label=label, sources=sources)

fact("relief_times_this_year", household, unit="times", label="本年已获临时救助次数", sources=("SA-PAY",))
fact("above_standard_since", household, kind="date", label="收入超标准起始日期", sources=("SA-CHK",))
fact("house_damage", household, kind="text", label="住房因灾损坏", sources=("DI43",))
fact("house_danger_level", household, kind="text", label="住房鉴定等级", sources=("DI21",))
