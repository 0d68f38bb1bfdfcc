"""How the procedure goes: what waits and since when, what was paid and told, and what is had twice (class F).

`workdays_…` are working days (`divisions.calendar`): the day itself does not count, nor days the clock was stopped.
"""

from wenhou.engine import fact, household, person

for name, (label, sources) in {
    "without_inquiry": ("受理后未启动经济状况调查", ("SA-CASE",)),
    "without_check": ("提请后未启动信息核对", ("SA-CHK", "SA-CASE")),
    "at_county_for_dibao": ("县级收件后未决定的低保申请", ("SA-CASE",)),
    "at_county_for_tekun": ("县级收件后未决定的特困申请", ("SA-CASE",)),
    "in_hand": ("受理后未办结的低保、刚性申请", ("SA-CASE",)),
    "in_hand_delegated": ("受理后未办结的低保、刚性申请（下放乡镇）", ("SA-CASE",)),
    "in_hand_extended": ("受理后未办结的低保、刚性申请（已延长）", ("SA-CASE",)),
    "refusal_untold": ("不予确认后未书面告知", ("SA-CASE",)),
    "payment_failed": ("发放失败或退汇后未重发成功", ("SA-PAY",)),
    "red_alert_unanswered": ("红色预警派发后未反馈", ("SA-ALERT",)),
    "alert_unanswered": ("其他预警派发后未反馈", ("SA-ALERT",)),
    "urgent_clue_unanswered": ("急难线索派发后未反馈", ("SA-CLUE",)),
    "clue_unanswered": ("其他线索派发后未反馈", ("SA-CLUE",)),
}.items():
    fact(
        f"workdays_{name}",
        household,
        unit="workdays",
        label=f"{label}的工作日数",
        sources=sources,
        note="最长的",
    )
    fact(f"{name}_since", household, kind="date", label=f"{label}的起始日期", sources=sources, note="最早的")

fact("is_reported_unpublished", household, kind="bool", label="已上报县级而未公示", sources=("SA-CASE",))
fact("reported_unpublished_on", household, kind="date", label="未公示而上报县级的日期", sources=("SA-CASE",))
fact("has_been_publicised", household, kind="bool", label="在办申请公示期满", sources=("SA-CASE",))
fact(
    "shortest_publicity",
    household,
    unit="days",
    label="在办申请公示天数",
    sources=("SA-CASE",),
    note="止日减起日，最短的",
)
fact(
    "has_case_unvisited_by_county",
    household,
    kind="bool",
    label="备案件或投诉件受理后县级无入户",
    sources=("SA-CASE", "SA-VISIT"),
)
fact(
    "unvisited_case_accepted_on",
    household,
    kind="date",
    label="县级未入户的备案件或投诉件的受理日期",
    sources=("SA-CASE", "SA-VISIT"),
)
fact("has_been_refused", household, kind="bool", label="申请不予确认过", sources=("SA-CASE",))
fact("refused_on", household, kind="date", label="不予确认日期", sources=("SA-CASE",), note="最近一次")

fact(
    "has_first_month_unpaid",
    household,
    kind="bool",
    label="确认次月没有成功发放",
    sources=("SA-CASE", "SA-PAY"),
    note="低保、特困；次月在近12个完整月内",
)
fact(
    "first_month_unpaid",
    household,
    kind="date",
    label="应发而未发的首月",
    sources=("SA-CASE", "SA-PAY"),
)
fact("spending_confirmed_on", person, kind="date", label="刚性支出困难认定日期", sources=("SA-ARCH",))
fact("is_spending_expired", person, kind="bool", label="刚性支出困难认定已过有效期至", sources=("SA-ARCH",))
fact(
    "is_able_with_unsteady_income",
    person,
    kind="bool",
    label="收入不固定且有劳动能力",
    sources=("SA-ARCH",),
    note="低保C类",
)

fact("enjoys_dibao", person, kind="bool", label="享受低保", sources=("SA-ARCH",), note="在保且计入保障")
fact("enjoys_tekun", person, kind="bool", label="享受特困供养", sources=("SA-ARCH",), note="在保且计入保障")
fact(
    "child_allowance_month",
    person,
    kind="date",
    label="最近发放孤儿、事实无人抚养儿童保障的月份",
    sources=("DI46",),
)
fact(
    "child_allowance_since",
    person,
    kind="date",
    label="孤儿、事实无人抚养儿童保障的起始月份",
    sources=("DI46",),
)
fact(
    "disability_allowance_month",
    person,
    kind="date",
    label="最近发放残疾人两项补贴的月份",
    sources=("DI46",),
)
fact("supporting_counties", person, unit="count", label="同时在保的县区数", sources=("SA-ARCH",))
fact("has_left_support", person, kind="bool", label="曾退出低保、特困", sources=("SA-ARCH",))
fact(
    "left_support_on", person, kind="date", label="退出低保、特困日期", sources=("SA-ARCH",), note="最近一次"
)
fact(
    "has_price_month_unpaid",
    person,
    kind="bool",
    label="价格补贴联动启动月没有发放",
    sources=("SA-STD", "SA-PAY"),
    note="不问是否对象；指数发布当月已完",
)
fact(
    "price_month_unpaid",
    person,
    kind="date",
    label="没有发放价格补贴的联动启动月",
    sources=("SA-STD", "SA-PAY"),
    note="指数所属月，最近的",
)
