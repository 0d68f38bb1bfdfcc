"""Marriages, divorces and births, school, and the allowances of children, the old and the disabled."""

from wenhou.engine import fact, person

fact("last_married_on", person, kind="date", label="最近结婚登记日期", sources=("DI44",))
fact("has_married", person, kind="bool", label="有结婚登记", sources=("DI44",))
fact("last_divorced_on", person, kind="date", label="最近离婚登记日期", sources=("DI44",))
fact("has_divorced", person, kind="bool", label="有离婚登记", sources=("DI44",))
fact(
    "last_marital_event",
    person,
    kind="text",
    label="最近婚姻登记",
    sources=("DI44",),
    note="结婚、离婚或撤销（补领不算）；无记录为“无”",
)
fact(
    "married_outside_household_on",
    person,
    kind="date",
    label="与户外人员结婚日期",
    sources=("DI44",),
    note="最近一次结婚中配偶不在本户的",
)
fact("has_married_outside_household", person, kind="bool", label="配偶不在本户的结婚登记", sources=("DI44",))
fact(
    "divorced_within_household_on",
    person,
    kind="date",
    label="离婚而原配偶仍在本户",
    sources=("DI44",),
    note="其后未与同一人复婚",
)
fact("has_divorced_within_household", person, kind="bool", label="离婚的原配偶仍在本户", sources=("DI44",))
fact(
    "newborn_outside_household_on",
    person,
    kind="date",
    label="未在本户的新生儿出生日期",
    sources=("DI33",),
    note="母亲的；最近出生、未死亡、不在母亲户内的",
)
fact("has_newborn_outside_household", person, kind="bool", label="有新生儿不在本户", sources=("DI33",))

fact(
    "is_in_basic_schooling",
    person,
    kind="bool",
    label="小学、初中、普高或中职在读",
    sources=("DI34",),
)

for name, label in {
    "gets_orphan_allowance": "孤儿",
    "gets_child_without_care_allowance": "事实无人抚养",
    "gets_disability_living_allowance": "困难残疾人生活补贴",
    "gets_disability_care_allowance": "重度残疾人护理补贴",
    "gets_old_age_allowance": "高龄津贴",
}.items():
    fact(
        name,
        person,
        kind="bool",
        label=f"享受{label}",
        sources=("DI46",),
        note="该项最近一月的记录为发放且未到停发月",
    )
