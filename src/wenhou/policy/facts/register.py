"""The low-income register and what the product's own rooms did: SA-ARCH, SA-PAY, SA-CASE, SA-VISIT, SA-AUTH; and DI37.

"On the register" (在册) is a current row whose status is not 退出 and whose exit has not come: 在保, 暂停, or none,
as for 防返贫监测对象. "Supported" (在保) is status 在保.
"""

from wenhou.engine import fact, household, person

for name, label in {
    "is_dibao": "在册低保",
    "is_tekun": "在册特困",
    "is_near_dibao": "在册低保边缘",
    "is_unavoidable_spending": "在册刚性支出困难",
    "is_relapse_watch": "在册防返贫监测对象",
    "is_other_hardship": "在册其他困难",
}.items():
    fact(name, person, kind="bool", label=label, sources=("SA-ARCH",))

fact("is_on_register", person, kind="bool", label="在册", sources=("SA-ARCH",), note="六类之一")
fact("is_supported", person, kind="bool", label="在保", sources=("SA-ARCH",), note="任一在册类别状态为在保")
fact("is_covered", person, kind="bool", label="保障人口", sources=("SA-ARCH",), note="在保且计入保障")
fact("is_single_person_dibao", person, kind="bool", label="单人保", sources=("SA-ARCH",))
fact("is_applying", person, kind="bool", label="申请中", sources=("SA-ARCH",))
fact("was_refused", person, kind="bool", label="申请未获批", sources=("SA-ARCH",))
fact("has_left_register", person, kind="bool", label="曾退出", sources=("SA-ARCH",))
fact("left_register_on", person, kind="date", label="退出日期", sources=("SA-ARCH",), note="最近一次")

fact("register_division", person, kind="text", label="档案区划", sources=("SA-ARCH",), note="不在册为“无”")
fact("register_county", person, kind="text", label="档案县区", sources=("SA-ARCH",), note="6位；不在册为“无”")
fact("confirmed_on", person, kind="date", label="认定日期", sources=("SA-ARCH",), note="在册类别中最近的")
fact("dibao_confirmed_on", person, kind="date", label="低保认定日期", sources=("SA-ARCH",))
fact("tekun_confirmed_on", person, kind="date", label="特困认定日期", sources=("SA-ARCH",))
fact(
    "last_review_on",
    person,
    kind="date",
    label="最近核查日",
    sources=("SA-ARCH",),
    note="在册各类别中最近的；未核查过的取认定日期",
)
fact("next_review_on", person, kind="date", label="下次核查日", sources=("SA-ARCH",))
fact("is_able_to_work", person, kind="bool", label="登记有劳动能力", sources=("SA-ARCH",))
fact("self_care", person, kind="text", label="自理能力", sources=("SA-ARCH",), note="未评定为“无”")
fact("self_care_on", person, kind="date", label="自理能力评定日期", sources=("SA-ARCH",), note="最近一次")
fact("has_self_care_assessed", person, kind="bool", label="评定过自理能力", sources=("SA-ARCH",))

fact(
    "payments_after_death",
    person,
    unit="times",
    label="死亡次月起的成功发放笔数",
    sources=("SA-PAY", "DI03", "DI45"),
)
fact(
    "paid_after_death",
    person,
    unit="fen",
    label="死亡次月起的成功发放金额",
    sources=("SA-PAY", "DI03", "DI45"),
)
fact(
    "has_expenditure_relief_this_year",
    household,
    kind="bool",
    label="本年已获支出型临时救助",
    sources=("SA-PAY",),
    note="YL06 成功发放，计入月份在扫描日当年",
)
fact(
    "expenditure_relief_this_year", household, unit="fen", label="本年支出型临时救助金额", sources=("SA-PAY",)
)

fact(
    "last_adjustment_decided_on",
    household,
    kind="date",
    label="最近办结增减停日期",
    sources=("SA-CASE",),
    note="增发、减发、停发办件的 decided_on",
)
fact("has_adjustment_decided", household, kind="bool", label="有办结的增减停手续", sources=("SA-CASE",))

fact("last_met_on", person, kind="date", label="最近见到本人的走访", sources=("SA-VISIT",))
fact("has_been_met", person, kind="bool", label="走访见到过本人", sources=("SA-VISIT",))
fact("visits_missed_in_row", person, unit="times", label="连续未见本人的走访次数", sources=("SA-VISIT",))
fact(
    "out_of_contact_since",
    person,
    kind="date",
    label="失联起始日期",
    sources=("SA-VISIT",),
    note="最近一次见到本人以后，最早登记失联的走访",
)
fact("is_out_of_contact", person, kind="bool", label="登记失联", sources=("SA-VISIT",))

fact(
    "is_authorised",
    person,
    kind="bool",
    label="有有效授权书",
    sources=("SA-AUTH",),
    note="在有效期内且未撤回",
)

fact("is_watched_by_agriculture", person, kind="bool", label="农业农村部门监测中", sources=("DI37",))
fact("is_lifted_from_poverty", person, kind="bool", label="脱贫户成员", sources=("DI37",))
